package bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged hub, in a process of its own.
 */
final class HubProcess {

	private static final Duration LONGEST_START = Duration.ofMinutes(3);

	/** Between two questions whether it is healthy: who asks all the time slows the start. */
	private static final Duration POLL = Duration.ofMillis(100);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	private final List<String> command = new ArrayList<>();

	private final Map<String, String> environment;

	private final Path runsIn;

	private final Path directory;

	private final int port;

	private Process process;

	private long startedAt;

	/**
	 * A hub that is not started yet.
	 * @param command the JVM, its options and the jar
	 * @param runsIn where the JVM looks for what the command names
	 * @param environment all that it is configured by
	 * @param directory what holds its spool, its logs and its output
	 * @param port where it listens
	 */
	HubProcess(List<String> command, Path runsIn, Map<String, String> environment, Path directory, int port) {
		this.command.addAll(command);
		this.runsIn = runsIn;
		this.environment = environment;
		this.directory = directory;
		this.port = port;
	}

	int port() {
		return this.port;
	}

	Path spool() {
		return this.directory.resolve("spool");
	}

	/** What it writes to its console. */
	Path log() {
		return this.directory.resolve("hub.log");
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Looks whether it still runs.
	 * @throws IllegalStateException if it has ended
	 */
	void demandAlive() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("The hub has ended with " + this.process.exitValue() + ": see " + log());
		}
	}

	/** Starts it and does not wait. */
	void launch() throws IOException {
		Files.createDirectories(this.directory);
		File output = log().toFile();
		ProcessBuilder builder = new ProcessBuilder(this.command).directory(this.runsIn.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output));
		// Nothing of the caller's environment may configure what is measured.
		builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME"));
		builder.environment().put("SPOOL_DIR", spool().toString());
		builder.environment().put("LOG_DIR", this.directory.resolve("logs").toString());
		builder.environment().putAll(this.environment);
		this.startedAt = System.nanoTime();
		this.process = builder.start();
	}

	/**
	 * Waits until it is healthy.
	 * @return milliseconds since its launch
	 * @throws IllegalStateException if it ends instead, or takes too long
	 */
	long awaitHealthy() throws InterruptedException {
		long deadline = this.startedAt + LONGEST_START.toNanos();
		while (System.nanoTime() < deadline) {
			demandAlive();
			if (health() == 200) {
				return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.startedAt);
			}
			Thread.sleep(POLL.toMillis());
		}
		throw new IllegalStateException("The hub is not healthy: see " + log());
	}

	/**
	 * Asks for its health.
	 * @return the HTTP status, 0 for no answer
	 */
	int health() {
		return health(Duration.ofSeconds(5));
	}

	/**
	 * Asks for its health.
	 * @param longest how long to wait for the answer
	 * @return the HTTP status, 0 for no answer in that time
	 */
	int health(Duration longest) {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/health"))
				.timeout(longest)
				.build();
			return this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 0;
		}
	}

	/**
	 * Ends it and waits until it has gone.
	 * @param signal {@code KILL} or {@code TERM}
	 */
	void end(String signal) throws InterruptedException {
		switch (signal) {
			case "KILL" -> this.process.destroyForcibly();
			case "TERM" -> this.process.destroy();
			default -> throw new IllegalArgumentException("--signal takes KILL or TERM");
		}
		this.process.waitFor();
	}

	/**
	 * Stops it for a while, or lets it go on.
	 * @param signal {@code STOP} or {@code CONT}
	 */
	void signal(String signal) throws IOException, InterruptedException {
		Proc.signal(signal, List.of(pid()));
	}

	/** Ends it, if it runs at all, without waiting. */
	void abandon() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	/** Ends it, politely at first. */
	void stop() throws InterruptedException {
		if (this.process != null && this.process.isAlive()) {
			this.process.destroy();
			if (!this.process.waitFor(25, TimeUnit.SECONDS)) {
				end("KILL");
			}
		}
	}

}
