package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis that keeps nothing on disk, and that can be taken away: an embedded one, or one
 * that is installed on this machine.
 */
final class Redis {

	private final ExecutableProvider program;

	private final int port;

	private RedisServer server;

	private ProcessHandle process;

	/**
	 * A server that is not started yet.
	 * @param program the installed one's, or an empty path for the embedded one
	 * @param port where it listens
	 */
	Redis(Path program, int port) {
		this.program = program.toString().isEmpty() ? ExecutableProvider.newJarResourceProvider() : program::toFile;
		this.port = port;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	/** Starts it, also after it was killed. */
	void start() throws IOException {
		List<ProcessHandle> before = ProcessHandle.current().children().toList();
		this.server = RedisServer.newRedisServer()
			.executableProvider(this.program)
			.port(this.port)
			.bind("127.0.0.1")
			.setting("save \"\"")
			.setting("appendonly no")
			.build();
		this.server.start();
		this.process = ProcessHandle.current()
			.children()
			.filter((child) -> !before.contains(child))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Sends it a signal.
	 * @param signal such as {@code KILL}, {@code STOP}
	 */
	void signal(String signal) throws IOException, InterruptedException {
		Proc.signal(signal, List.of(pid()));
	}

	/** Kills it and waits until it has gone. */
	void kill() throws IOException, InterruptedException {
		signal("KILL");
		this.process.onExit().join();
	}

	/** Ends it, also while it stands still. */
	void stop() throws IOException {
		if (this.process != null && this.process.isAlive()) {
			try {
				signal("CONT");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.server.stop();
		}
	}

}
