package hub.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * How much waits in the durable queues, and what is dead in them. They are shared: the
 * figures are those of all instances.
 */
@Component
public class QueueFigures {

	/** So old may be what those are shown who ask again and again. */
	private static final Duration RECENT = Duration.ofSeconds(2);

	private final Database database;

	private final Clock clock;

	private final ReentrantLock measuring = new ReentrantLock();

	private volatile Measured last;

	public QueueFigures(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Measures both queues.
	 * @return by the queue's name: {@code inbound}, {@code outbound}
	 * @throws org.springframework.dao.DataAccessException if the database can't be asked
	 */
	public Map<String, Figure> measure() {
		Map<String, Figure> figures = new LinkedHashMap<>();
		this.database.statement("queue/measure").param("now", Database.time(this.clock.instant())).query((row) -> {
			figures.put(row.getString("queue"),
					new Figure(row.getLong("depth"), Math.max(0, row.getLong("oldest_seconds")), row.getLong("dead")));
		});
		return figures;
	}

	/**
	 * What was measured last, if that is at most two seconds old, else what is now.
	 * @param queue the queue's name
	 * @return its figures
	 * @throws org.springframework.dao.DataAccessException if the database can't be asked
	 */
	public Figure recent(String queue) {
		Measured known = this.last;
		if (known == null || known.isOld()) {
			// One asks for all: a console reads each figure by itself.
			this.measuring.lock();
			try {
				known = this.last;
				if (known == null || known.isOld()) {
					known = new Measured(measure(), System.nanoTime());
					this.last = known;
				}
			}
			finally {
				this.measuring.unlock();
			}
		}
		return known.figures().get(queue);
	}

	/**
	 * What is in a queue.
	 *
	 * @param depth how many wait
	 * @param oldestSeconds for how long the oldest of them has waited, 0 for none
	 * @param dead how many could not be handled and are kept
	 */
	public record Figure(long depth, long oldestSeconds, long dead) {
	}

	private record Measured(Map<String, Figure> figures, long at) {

		private boolean isOld() {
			return System.nanoTime() - this.at > RECENT.toNanos();
		}

	}

}
