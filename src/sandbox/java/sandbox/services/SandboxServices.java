package sandbox.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * PostgreSQL, Redis and SMTP together, on one directory and on ports that stay the same
 * as long as the directory does. Each can be stopped and started again alone.
 *
 * <p>
 * Integration tests share one set for the whole test run: {@link #shared()}.
 */
public final class SandboxServices implements AutoCloseable {

	private static final String PORTS = "ports.properties";

	private static final int FIRST_PORT = 20_000;

	/** The lowest of any system's: Linux's. */
	private static final int FIRST_CLIENT_PORT = 32_768;

	private static SandboxServices shared;

	private final Path directory;

	private final EmbeddedDatabase database;

	private final EmbeddedRedis redis;

	private final MailServer mail;

	private SandboxServices(Path directory) {
		this.directory = directory;
		Properties ports = ports(directory);
		this.database = new EmbeddedDatabase(directory.resolve("postgres"), port(ports, "postgres"));
		this.redis = new EmbeddedRedis(directory.resolve("redis"), port(ports, "redis"));
		this.mail = new MailServer(port(ports, "smtp"));
	}

	/**
	 * Starts all three at once.
	 * @param directory holds the data; made if it is not there
	 * @return the running services
	 */
	public static SandboxServices start(Path directory) {
		leaveTakenPorts(directory);
		SandboxServices services = new SandboxServices(directory);
		CompletableFuture<?>[] starts = Stream
			.<Runnable>of(services.database::start, services.redis::start, services.mail::start)
			.map(CompletableFuture::runAsync)
			.toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(starts).join();
		}
		catch (CompletionException ex) {
			services.close();
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		return services;
	}

	/**
	 * The services that another process has started, to be used but not to be stopped.
	 * @param directory the other process's directory
	 * @return where they are
	 * @throws IllegalStateException if nothing was ever started there
	 */
	public static SandboxServices join(Path directory) {
		if (!Files.exists(directory.resolve(PORTS))) {
			throw new IllegalStateException(
					"There is no sandbox to join: start one first, without --sandbox.join, in this directory");
		}
		return new SandboxServices(directory);
	}

	/**
	 * The services of this test run, started by the first who asks, in a directory of
	 * their own that is gone afterwards.
	 * @return the running services
	 */
	public static synchronized SandboxServices shared() {
		if (shared == null) {
			try {
				Path directory = Files.createTempDirectory("inspakta-test");
				shared = start(directory);
				SandboxServices started = shared;
				Runtime.getRuntime().addShutdownHook(new Thread(() -> {
					started.close();
					delete(directory);
				}));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return shared;
	}

	/**
	 * Removes a directory's data, and stops whatever a killed owner left running on it.
	 * @param directory the directory
	 */
	public static void erase(Path directory) {
		if (Files.exists(directory.resolve(PORTS))) {
			SandboxServices leftover = new SandboxServices(directory);
			leftover.redis.stop();
			if (Files.exists(directory.resolve("postgres/postmaster.pid"))) {
				leftover.database.start();
				leftover.database.stop();
			}
		}
		delete(directory);
	}

	public EmbeddedDatabase database() {
		return this.database;
	}

	public EmbeddedRedis redis() {
		return this.redis;
	}

	public MailServer mail() {
		return this.mail;
	}

	/**
	 * Where everything of these services is kept.
	 * @return a directory
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Stops all three. What they keep stays in the directory.
	 */
	@Override
	public void close() {
		this.mail.stop();
		this.redis.stop();
		this.database.stop();
	}

	/**
	 * A TCP port that nobody uses now, below those from which systems take the near ends
	 * of connections: one of these could be taken while the server behind it is stopped,
	 * even by a client that tries to reach that server.
	 * @return its number, 20000 to 32767
	 */
	public static int freePort() {
		return ThreadLocalRandom.current()
			.ints(FIRST_PORT, FIRST_CLIENT_PORT)
			.filter(SandboxServices::free)
			.findFirst()
			.getAsInt();
	}

	private static int port(Properties ports, String name) {
		return Integer.parseInt(ports.getProperty(name));
	}

	private static Properties ports(Path directory) {
		Path file = directory.resolve(PORTS);
		Properties ports = new Properties();
		try {
			if (Files.exists(file)) {
				try (InputStream in = Files.newInputStream(file)) {
					ports.load(in);
				}
				return ports;
			}
			for (String name : List.of("postgres", "redis", "smtp")) {
				String port;
				do {
					port = Integer.toString(freePort());
				}
				while (ports.containsValue(port));
				ports.setProperty(name, port);
			}
			store(ports, directory);
			return ports;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A port of the last start may belong to somebody else by now.
	 */
	private static void leaveTakenPorts(Path directory) {
		Properties ports = ports(directory);
		boolean changed = false;
		for (String name : List.of("postgres", "redis", "smtp")) {
			boolean ours = switch (name) {
				case "postgres" -> Files.exists(directory.resolve("postgres/postmaster.pid"));
				case "redis" -> new EmbeddedRedis(directory.resolve("redis"), port(ports, name)).answers();
				default -> false;
			};
			if (!ours && !free(port(ports, name))) {
				ports.setProperty(name, Integer.toString(freePort()));
				changed = true;
			}
		}
		if (changed) {
			try {
				store(ports, directory);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private static void store(Properties ports, Path directory) throws IOException {
		Files.createDirectories(directory);
		try (OutputStream out = Files.newOutputStream(directory.resolve(PORTS))) {
			ports.store(out, "Kept, so that a start after a crash finds what still runs");
		}
	}

	private static boolean free(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void delete(Path directory) {
		if (!Files.exists(directory)) {
			return;
		}
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
