package sandbox.services;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on this machine. It holds only what may be forgotten, so nothing is kept.
 * Our own process handling: the library's stops it before Spring has finished with it.
 */
public final class EmbeddedRedis implements AutoCloseable {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

	private final Path directory;

	private final int port;

	EmbeddedRedis(Path directory, int port) {
		this.directory = directory.toAbsolutePath();
		this.port = port;
	}

	/**
	 * Starts the server, or attaches to the one that a killed owner left behind.
	 * @throws IllegalStateException if it does not answer within 15 seconds
	 */
	public synchronized void start() {
		if (answers()) {
			return;
		}
		try {
			Files.createDirectories(this.directory);
			String executable = ExecutableProvider.newJarResourceProvider(this.directory.toFile())
				.get()
				.getAbsolutePath();
			long start = System.nanoTime();
			Process process = launch(new ProcessBuilder(executable, "--port", Integer.toString(this.port), "--bind",
					"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", this.directory.toString())
				.redirectErrorStream(true)
				.redirectOutput(Redirect.appendTo(this.directory.resolve("redis.log").toFile())), start);
			while (!answers()) {
				if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
					process.destroyForcibly();
					throw new IllegalStateException("The embedded Redis did not start; see redis.log in "
							+ this.directory.getParent().getFileName());
				}
				pause();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What was unpacked a moment ago can't be started while another process, which
	 * another thread began meanwhile, still has it open for writing: for a moment.
	 */
	private static Process launch(ProcessBuilder command, long start) throws IOException {
		while (true) {
			try {
				return command.start();
			}
			catch (IOException ex) {
				if (!String.valueOf(ex.getMessage()).contains("Text file busy")
						|| System.nanoTime() - start > PATIENCE_NANOS) {
					throw ex;
				}
				pause();
			}
		}
	}

	/**
	 * Stops the server and forgets what it held. Does nothing when it does not run.
	 */
	public synchronized void stop() {
		try {
			ask("SHUTDOWN NOSAVE");
		}
		catch (IOException ex) {
			return; // it was not there
		}
		long start = System.nanoTime();
		while (answers() && System.nanoTime() - start < PATIENCE_NANOS) {
			pause();
		}
	}

	/**
	 * Forgets everything.
	 * @throws UncheckedIOException if it does not run
	 */
	public void flush() {
		try {
			ask("FLUSHALL");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Its address.
	 * @return {@code redis://…}
	 */
	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Whether a Redis answers on the port.
	 * @return true if so
	 */
	boolean answers() {
		try {
			return "+PONG".equals(ask("PING"));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String ask(String command) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
			socket.setSoTimeout(2000);
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for Redis", ex);
		}
	}

}
