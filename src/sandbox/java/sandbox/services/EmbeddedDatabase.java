package sandbox.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL on this machine, as safe as in production: a commit is on the disk. It
 * keeps its data between starts and, when its owner was killed, goes on running; the next
 * start attaches to it.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final Path directory;

	private final int port;

	private EmbeddedPostgres postgres;

	EmbeddedDatabase(Path directory, int port) {
		this.directory = directory.toAbsolutePath();
		this.port = port;
	}

	/**
	 * Starts the server, or attaches to the one that a killed owner left behind. Does
	 * nothing when it runs already.
	 * @throws UncheckedIOException if it does not start within a minute
	 */
	public synchronized void start() {
		if (this.postgres != null) {
			return;
		}
		try {
			forgetDeadOwner();
			Files.createDirectories(this.directory.getParent());
			Path log = this.directory.resolveSibling("postgres.log");
			this.postgres = EmbeddedPostgres.builder()
				.setDataDirectory(this.directory)
				.setCleanDataDirectory(false)
				.setRegisterShutdownHook(false)
				.setPort(this.port)
				.setPGStartupWait(PATIENCE)
				.setOutputRedirector(Redirect.appendTo(log.toFile()))
				.setErrorRedirector(Redirect.appendTo(log.toFile()))
				// The library switches both off: fast, but no database that keeps a
				// promise.
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("listen_addresses", "127.0.0.1")
				.setServerConfig("shared_buffers", "128MB")
				.setServerConfig("max_wal_size", "512MB")
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL did not start; see postgres.log in "
					+ this.directory.getParent().getFileName(), ex);
		}
	}

	/**
	 * Stops the server; open connections are cut. Does nothing when it does not run.
	 * @throws IllegalStateException if it has not ended within a minute
	 */
	public synchronized void stop() {
		if (this.postgres == null) {
			return;
		}
		try {
			Optional<ProcessHandle> server = server();
			this.postgres.close();
			// The library waits for five seconds. What is still to be written may take a busy
			// disk longer, and nothing can be started on this directory before.
			server.ifPresent(this::awaitEnd);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.postgres = null;
		}
	}

	/**
	 * Its address in the form that the hub takes.
	 * @return {@code postgresql://…}
	 */
	public String url() {
		return "postgresql://postgres@127.0.0.1:" + this.port + "/postgres";
	}

	@Override
	public void close() {
		stop();
	}

	private void awaitEnd(ProcessHandle server) {
		try {
			server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("The embedded PostgreSQL has not stopped; see postgres.log in "
					+ this.directory.getParent().getFileName(), ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * After a crash of the whole machine or container the pid file may name a process
	 * that is somebody else now; PostgreSQL would refuse to start.
	 */
	private void forgetDeadOwner() throws IOException {
		if (server().isEmpty()) {
			Files.deleteIfExists(this.directory.resolve("postmaster.pid"));
		}
	}

	/** The server that the pid file names, if it is one. */
	private Optional<ProcessHandle> server() throws IOException {
		Path file = this.directory.resolve("postmaster.pid");
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		String pid = Files.readAllLines(file).stream().findFirst().orElse("").strip();
		return Optional.of(pid)
			.filter((digits) -> digits.matches("\\d{1,18}"))
			.flatMap((digits) -> ProcessHandle.of(Long.parseLong(digits)))
			.filter((process) -> process.info()
				.command()
				.map((command) -> Path.of(command).getFileName().toString().startsWith("postgres"))
				.orElse(false));
	}

}
