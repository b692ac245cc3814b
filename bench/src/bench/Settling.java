package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Waits until the hub has done all that it was given.
 */
final class Settling {

	/** Counts what waits in the queues. */
	static final String QUEUED = """
			select (select count(*) from hub.inbox where state = 0) + (select count(*) from hub.outbox where state in (0, 3, 4))""";

	private Settling() {
	}

	/**
	 * Waits for empty queues, an empty spool and, where there is one, an empty broker.
	 * @param stage the hub and its database
	 * @param load the load, which has stopped
	 * @param longest how long at most
	 * @return whether that has come to pass
	 */
	static boolean await(Stage stage, SteadyLoad load, Duration longest)
			throws InterruptedException, IOException, SQLException {
		return await(stage, load::allAccepted, QUEUED, longest);
	}

	/**
	 * Waits until there is nothing open, nothing in the spool and, where there is one,
	 * nothing in the broker.
	 * @param stage the hub and its database
	 * @param allAccepted whether the load, which has stopped, has brought all that it had
	 * @param open counts what is open
	 * @param longest how long at most
	 * @return whether that has come to pass
	 */
	static boolean await(Stage stage, BooleanSupplier allAccepted, String open, Duration longest)
			throws InterruptedException, IOException, SQLException {
		long deadline = System.nanoTime() + longest.toNanos();
		while (System.nanoTime() < deadline) {
			// What is accepted may lie in the spool, then in the broker, then in the database
			if (allAccepted.getAsBoolean() && spooled(stage) == 0 && stage.lag() == 0
					&& stage.postgres().number(open) == 0 && allAccepted.getAsBoolean()) {
				return true;
			}
			Thread.sleep(250);
		}
		return false;
	}

	private static long spooled(Stage stage) throws IOException {
		long files = 0;
		for (HubProcess hub : stage.hubs()) {
			files += spooled(hub.spool());
		}
		return files;
	}

	/**
	 * How many files with deliveries wait on disk.
	 * @param spool the spool's directory
	 * @return files, 0 also if there is no such directory
	 */
	static long spooled(Path spool) throws IOException {
		if (!Files.isDirectory(spool)) {
			return 0;
		}
		try (Stream<Path> files = Files.list(spool)) {
			return files.filter((file) -> file.toString().endsWith(".json")).count();
		}
	}

}
