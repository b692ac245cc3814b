package bench;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether the hubs still tick: whatever is to happen later (reminders, alerts,
 * broadcasts) waits for that.
 */
final class TickWatch implements AutoCloseable {

	/** When an instance has died or was away, another one takes over within so long. */
	private static final double LONGEST_SECONDS = 60;

	private static final String TICKED = "select min(prev_fire_time) from hub.qrtz_triggers where trigger_group = 'clock'";

	private final Stage stage;

	private final Thread thread = new Thread(this::look, "bench-ticks");

	private double longest;

	private volatile boolean stopped;

	/**
	 * Begins to look.
	 * @param stage with hubs that are healthy
	 */
	TickWatch(Stage stage) {
		this.stage = stage;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void look() {
		double last = 0;
		long since = System.nanoTime();
		while (!this.stopped) {
			try {
				double ticked = this.stage.postgres().briefly(TICKED);
				since = (ticked != last) ? System.nanoTime() : since;
				last = ticked;
			}
			catch (SQLException ex) {
				since = System.nanoTime(); // Without a database nothing is due.
			}
			this.longest = Math.max(this.longest, (System.nanoTime() - since) / 1e9);
			try {
				TimeUnit.SECONDS.sleep(1);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	void addTo(Table table) {
		table.add("longest time without a tick while PostgreSQL was there", "s", this.longest, "< 60");
	}

	boolean clean() {
		return this.longest < LONGEST_SECONDS;
	}

	@Override
	public void close() throws InterruptedException {
		this.stopped = true;
		this.thread.join();
	}

}
