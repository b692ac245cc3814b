package bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL that is installed on this machine, such as Debian's, run on a directory of
 * the harness's own.
 */
final class InstalledPostgres implements Closeable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Whose it is where the harness is run by root, for whom PostgreSQL does not work. */
	private static final String USER = "postgres";

	private final Process process;

	private InstalledPostgres(Process process) {
		this.process = process;
	}

	/**
	 * Starts it, with a new cluster if there is none.
	 * @param home where its {@code bin} is, such as {@code /usr/lib/postgresql/15}
	 * @param data where its data is, or will be
	 * @param port where it listens, on 127.0.0.1
	 * @param settings of the server
	 * @param environment variables of its process besides the harness's own
	 * @return the server, which takes connections
	 * @throws IOException if it does not come up within a minute; it says where its log is
	 */
	static InstalledPostgres start(Path home, Path data, int port, Map<String, String> settings,
			Map<String, String> environment) throws IOException {
		Path log = data.resolveSibling("postgres.log");
		if (Files.notExists(data.resolve("PG_VERSION"))) {
			Files.createDirectories(data);
			if (root()) {
				UserPrincipal owner = data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
				Files.setOwner(data, owner);
			}
			Process initdb = run(log, home.resolve("bin/initdb"), List.of("--pgdata=" + data, "--username=postgres",
					"--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"), Map.of());
			if (!ended(initdb) || initdb.exitValue() != 0) {
				initdb.destroyForcibly();
				throw new IOException("initdb failed, see " + log);
			}
		}
		List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port), "-c",
				"listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
		settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
		InstalledPostgres server = new InstalledPostgres(run(log, home.resolve("bin/postgres"), arguments, environment));
		server.await(port, log);
		return server;
	}

	private static boolean root() {
		return System.getProperty("user.name").equals("root");
	}

	private static Process run(Path log, Path program, List<String> arguments, Map<String, String> environment)
			throws IOException {
		List<String> command = new ArrayList<>();
		if (root()) {
			command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
		}
		command.add(program.toString());
		command.addAll(arguments);
		ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		process.environment().putAll(environment);
		return process.start();
	}

	private void await(int port, Path log) throws IOException {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			try {
				DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "").close();
				return;
			}
			catch (SQLException ex) {
				if (!this.process.isAlive() || System.nanoTime() > until) {
					close();
					throw new IOException("PostgreSQL did not come up, see " + log, ex);
				}
			}
			try {
				Thread.sleep(50);
			}
			catch (InterruptedException ex) {
				close();
				throw new InterruptedIOException();
			}
		}
	}

	private static boolean ended(Process process) throws IOException {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
	}

	/**
	 * Ends it and its connections, as its fast shutdown does.
	 * @throws IOException if it has not gone a minute later
	 */
	@Override
	public void close() throws IOException {
		if (!this.process.isAlive()) {
			return;
		}
		try {
			Proc.signal("INT", List.of(this.process.pid()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
		if (!ended(this.process)) {
			throw new IOException("PostgreSQL does not stop");
		}
	}

}
