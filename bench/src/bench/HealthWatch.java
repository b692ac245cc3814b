package bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/**
 * Asks for the hub's health all the time, as whoever decides on its restart does.
 */
final class HealthWatch implements AutoCloseable {

	private static final Duration LONGEST = Duration.ofSeconds(2);

	private static final long PAUSE_MILLIS = 250;

	private final HubProcess hub;

	private final Histogram answers = new Histogram(3);

	private final Map<String, Integer> wrong = new TreeMap<>();

	private final Thread thread = new Thread(this::ask, "bench-health");

	private volatile boolean stopped;

	/**
	 * Begins to ask.
	 * @param hub which is healthy
	 */
	HealthWatch(HubProcess hub) {
		this.hub = hub;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void ask() {
		while (!this.stopped) {
			long begin = System.nanoTime();
			int status = this.hub.health(LONGEST);
			this.answers.recordValue(System.nanoTime() - begin);
			if (status != 200) {
				this.wrong.merge((status == 0) ? "no answer within " + LONGEST.toSeconds() + " s" : "HTTP " + status, 1,
						Integer::sum);
			}
			try {
				Thread.sleep(PAUSE_MILLIS);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	/**
	 * Adds what was seen, after the {@link #close() end}.
	 * @param table gets the answers' times
	 */
	void addTo(Table table) {
		table.add("health, asked all the time, answers", "", this.answers.getTotalCount());
		table.add("health, p50", "ms", this.answers.getValueAtPercentile(50) / 1e6);
		table.add("health, slowest", "ms", this.answers.getMaxValue() / 1e6, "< 1,000");
		table.add("health, not 200 within " + LONGEST.toSeconds() + " s", "",
				this.wrong.values().stream().mapToInt(Integer::intValue).sum(), "0");
	}

	void printFindings() {
		this.wrong.forEach((how, count) -> System.out.println("WRONG: health, " + count + " times: " + how));
	}

	boolean clean() {
		return this.wrong.isEmpty();
	}

	@Override
	public void close() throws InterruptedException {
		this.stopped = true;
		this.thread.join();
	}

}
