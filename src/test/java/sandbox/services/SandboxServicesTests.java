package sandbox.services;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import hub.config.DatabaseUrl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DisplayName("E4: the embedded servers")
class SandboxServicesTests {

	@Test
	@DisplayName("keep data between starts, on the same ports; each stops and starts alone; erased, all is gone")
	void keepData(@TempDir Path parent) throws SQLException {
		Path directory = parent.resolve("sandbox");
		String url;
		try (SandboxServices services = SandboxServices.start(directory)) {
			url = services.database().url();
			assertThat(ask(url, "show fsync")).isEqualTo("on");
			assertThat(ask(url, "show synchronous_commit")).isEqualTo("on");
			assertThat(ask(url, "show server_version")).startsWith("17.");
			ask(url, "create table kept as select 7 as seven; select 1");
			services.database().stop();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(url, "select 1"));
			services.database().start();
			assertThat(ask(url, "select seven from kept")).isEqualTo("7");
			services.redis().stop();
			services.redis().start();
			services.redis().flush();
		}
		try (SandboxServices again = SandboxServices.start(directory)) {
			assertThat(again.database().url()).isEqualTo(url);
			assertThat(ask(url, "select seven from kept")).isEqualTo("7");
		}
		SandboxServices.erase(directory);
		assertThat(Files.exists(directory)).isFalse();
	}

	@Test
	@DisplayName("leave a port that somebody else has taken meanwhile")
	void leaveTakenPorts(@TempDir Path parent) throws IOException {
		int mail;
		try (SandboxServices services = SandboxServices.start(parent)) {
			mail = services.mail().port();
		}
		try (ServerSocket taken = new ServerSocket(mail, 1, InetAddress.getLoopbackAddress());
				SandboxServices services = SandboxServices.start(parent)) {
			assertThat(services.mail().port()).isNotEqualTo(taken.getLocalPort());
		}
	}

	@Test
	@DisplayName("stop for as long as it takes to write what is still to be written, then start again")
	void stopSlowly(@TempDir Path directory) throws Exception {
		try (SandboxServices services = SandboxServices.start(directory)) {
			String url = services.database().url();
			String writer = ask(url, "select pid from pg_stat_activity where backend_type = 'checkpointer'");
			signal("STOP", writer);
			CompletableFuture<Void> later = CompletableFuture.runAsync(() -> signal("CONT", writer),
					CompletableFuture.delayedExecutor(6, TimeUnit.SECONDS));
			services.database().stop();
			later.join();
			services.database().start();
			assertThat(ask(url, "select 7")).isEqualTo("7");
		}
	}

	@Test
	@DisplayName("listen where no connection's near end can be")
	void ports() {
		assertThat(Stream.generate(SandboxServices::freePort).limit(50)).allMatch((port) -> port < 32_768);
	}

	@Test
	@DisplayName("attach to what a killed owner left running")
	void attach(@TempDir Path parent) throws Exception {
		Path directory = parent.resolve("sandbox");
		Process owner = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Owner.class.getName(), directory.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String url;
		try (BufferedReader out = owner.inputReader()) {
			url = out.lines().filter((line) -> line.startsWith("postgresql:")).findFirst().orElseThrow();
			ask(url, "create table kept as select 7 as seven; select 1");
		}
		finally {
			owner.destroyForcibly().waitFor();
		}
		String before = ask(url, "select pg_postmaster_start_time()::text");
		try (SandboxServices next = SandboxServices.start(directory)) {
			assertThat(next.database().url()).isEqualTo(url);
			assertThat(ask(url, "select pg_postmaster_start_time()::text")).isEqualTo(before);
			assertThat(ask(url, "select seven from kept")).isEqualTo("7");
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(url, "select 1"));
	}

	private static void signal(String name, String pid) {
		try {
			assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String ask(String url, String sql) throws SQLException {
		DatabaseUrl parts = DatabaseUrl.parse(url);
		try (Connection connection = DriverManager.getConnection(parts.jdbcUrl(), parts.user(), parts.password())) {
			Statement statement = connection.createStatement();
			boolean result = statement.execute(sql);
			while (!result) {
				result = statement.getMoreResults();
			}
			try (ResultSet rows = statement.getResultSet()) {
				rows.next();
				return rows.getString(1);
			}
		}
	}

	/**
	 * Starts the servers and waits to be killed.
	 */
	static final class Owner {

		public static void main(String[] args) throws InterruptedException {
			System.out.println(SandboxServices.start(Path.of(args[0])).database().url());
			new CountDownLatch(1).await();
		}

	}

}
