package bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL that keeps its promises (fsync and synchronous_commit on), and that can be
 * taken away in several ways: an embedded one, or one that is installed on this machine.
 */
final class Postgres {

	private final Path home;

	private final Path data;

	private final int port;

	private final Map<String, String> settings = new HashMap<>();

	private final Map<String, String> environment;

	private Closeable server;

	/**
	 * A server that is not started yet.
	 * @param home where the {@code bin} of an installed one is, or an empty path for the
	 * embedded one
	 * @param data where its data is, or will be
	 * @param port where it listens
	 * @param settings of the server, besides or instead of those here
	 * @param environment variables of an installed one's process
	 */
	Postgres(Path home, Path data, int port, Map<String, String> settings, Map<String, String> environment) {
		this.home = home;
		this.data = data;
		this.port = port;
		this.environment = environment;
		this.settings.putAll(Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "autovacuum",
				"on", "shared_buffers", "512MB", "max_wal_size", "4GB", "max_connections", "200"));
		this.settings.putAll(settings);
	}

	/**
	 * Starts it, also after it was {@link #end(String) ended}.
	 * @throws IOException if it does not come up
	 */
	void start() throws IOException {
		if (!this.home.toString().isEmpty()) {
			this.server = InstalledPostgres.start(this.home, this.data, this.port, this.settings,
					this.environment);
			return;
		}
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPort(this.port)
			.setPGStartupWait(Duration.ofSeconds(60));
		this.settings.forEach(builder::setServerConfig);
		this.server = builder.start();
	}

	String url() {
		return "postgresql://postgres:postgres@127.0.0.1:" + this.port + "/postgres";
	}

	Connection connect() throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + this.port + "/postgres", "postgres",
				"postgres");
	}

	/**
	 * Connects for something that may fail, but not hang.
	 * @return a connection whose statements take 5 s at most
	 */
	Connection connectBriefly() throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://127.0.0.1:" + this.port + "/postgres?connectTimeout=2&socketTimeout=5", "postgres",
				"postgres");
	}

	int port() {
		return this.port;
	}

	/**
	 * One number out of the database.
	 * @param sql a query with one row and one column
	 * @return its value
	 */
	double number(String sql) throws SQLException {
		return number(connect(), sql);
	}

	/**
	 * One number out of a database that may be away.
	 * @param sql a query with one row and one column
	 * @return its value
	 * @throws SQLException if it is, after 5 s at most
	 */
	double briefly(String sql) throws SQLException {
		return number(connectBriefly(), sql);
	}

	private static double number(Connection opened, String sql) throws SQLException {
		try (Connection connection = opened;
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getDouble(1);
		}
	}

	void execute(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Whether it runs, which it also does while it is frozen.
	 * @return false before its start and after its end
	 */
	boolean isRunning() throws IOException {
		return Files.exists(this.data.resolve("postmaster.pid")) && ProcessHandle.of(pid()).isPresent();
	}

	long pid() throws IOException {
		return Long.parseLong(Files.readAllLines(this.data.resolve("postmaster.pid")).get(0).strip());
	}

	/**
	 * Sends a signal to the server's main process.
	 * @param signal such as {@code KILL}, {@code QUIT}
	 * @param all whether its children get it too
	 */
	void signal(String signal, boolean all) throws IOException, InterruptedException {
		Stream<Long> pids = Stream.of(pid());
		if (all) {
			pids = Stream.concat(pids, ProcessHandle.of(pid()).orElseThrow().descendants().map(ProcessHandle::pid));
		}
		Proc.signal(signal, pids.toList());
	}

	/**
	 * Ends the server with a signal and waits until all of it has gone.
	 * @param signal such as {@code KILL}, {@code QUIT}
	 */
	void end(String signal) throws IOException, InterruptedException {
		ProcessHandle main = ProcessHandle.of(pid()).orElseThrow();
		List<ProcessHandle> all = Stream.concat(Stream.of(main), main.descendants()).toList();
		signal(signal, false);
		for (ProcessHandle one : all) {
			one.onExit().join();
		}
		// Its owner in this process holds a lock on the data, which the next start needs.
		stop();
	}

	void stop() throws IOException {
		if (this.server != null) {
			this.server.close();
			this.server = null;
		}
	}

}
