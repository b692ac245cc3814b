package routes.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;

import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Removes what has been kept long enough. Deliveries stay 8 days, one day longer than
 * Meta repeats them; what died stays 30, to be looked at and replayed; the log of what
 * was said stays 400, so that a year can be compared with the one before. What has a day
 * of its own to go, goes on it.
 */
@Component("sweeper")
public class Sweeper {

	private static final Duration HANDLED = Duration.ofDays(8);

	private static final Duration DEAD = Duration.ofDays(30);

	private static final Duration SAID = Duration.ofDays(400);

	private static final int AT_ONCE = 5000;

	private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

	private final Database database;

	private final Clock clock;

	public Sweeper(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Removes what is old, in short transactions. What fails holds up nothing else.
	 * @throws RuntimeException what has failed first
	 */
	public void sweep() {
		Instant now = this.clock.instant();
		RuntimeException failure = null;
		for (Runnable part : List.<Runnable>of(() -> walk("admin/sweep-inbox", now, HANDLED),
				() -> walk("admin/sweep-outbox", now, HANDLED), () -> walk("admin/sweep-codes", now, HANDLED),
				() -> walk("admin/sweep-messages", now, SAID), () -> sweepBookingRequests(now), () -> sweepPhotos(now),
				() -> sweepRelay(now), () -> sweepReminders(now), () -> sweepBroadcasts(now))) {
			try {
				part.run();
			}
			catch (RuntimeException ex) {
				log.debug("A part could not be swept", ex);
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	/** From the oldest row on, and no further than to the first that are young. */
	private void walk(String statement, Instant now, Duration handled) {
		Looked looked = new Looked(0, 0L);
		int removed = 0;
		do {
			looked = this.database.statement(statement)
				.param("after", looked.last())
				.param("handled_before", Database.time(now.minus(handled)))
				.param("dead_before", Database.time(now.minus(DEAD)))
				.param("most", AT_ONCE)
				.query(Looked.class)
				.single();
			removed += looked.removed();
		}
		while (looked.last() != null);
		tell(statement, removed);
	}

	private void sweepBookingRequests(Instant now) {
		repeat("admin/sweep-booking-requests",
				() -> this.database.statement("admin/sweep-booking-requests")
					.param("before", Database.time(now.minus(HANDLED)))
					.param("most", AT_ONCE)
					.update());
	}

	private void sweepPhotos(Instant now) {
		repeat("media/sweep-photos",
				() -> this.database.statement("media/sweep-photos")
					.param("now", Database.time(now))
					.param("most", AT_ONCE)
					.update());
	}

	private void sweepRelay(Instant now) {
		repeat("relay/sweep-words",
				() -> this.database.statement("relay/sweep-words")
					.param("before", Database.time(now.minus(HANDLED)))
					.param("most", AT_ONCE)
					.update());
		repeat("relay/sweep-talks",
				() -> this.database.statement("relay/sweep-talks")
					.param("before", Database.time(now.minus(DEAD)))
					.param("most", AT_ONCE)
					.update());
	}

	private void sweepReminders(Instant now) {
		repeat("reminders/sweep-inspections",
				() -> this.database.statement("reminders/sweep-inspections")
					.param("before", Database.time(now.minus(DEAD)))
					.param("most", AT_ONCE)
					.update());
		repeat("alerts/sweep-listings",
				() -> this.database.statement("alerts/sweep-listings")
					.param("before", Database.time(now.minus(DEAD)))
					.param("most", AT_ONCE)
					.update());
		repeat("queue/sweep-withdrawals",
				() -> this.database.statement("queue/sweep-withdrawals")
					.param("before", Database.time(now.minus(DEAD)))
					.param("most", AT_ONCE)
					.update());
	}

	private void sweepBroadcasts(Instant now) {
		// one at a time: it may have gone to everybody
		repeat("broadcasts/sweep-recipients", () -> {
			int swept = 0;
			while (swept < AT_ONCE && this.database.statement("broadcasts/sweep-recipients")
				.param("before", Database.time(now.minus(DEAD)))
				.param("most", 1)
				.update() > 0) {
				swept++;
			}
			return swept;
		});
	}

	private static void repeat(String statement, IntSupplier removal) {
		int removed;
		do {
			removed = removal.getAsInt();
			tell(statement, removed);
		}
		while (removed == AT_ONCE);
	}

	private static void tell(String statement, int removed) {
		if (removed > 0) {
			log.info("{}: {} rows removed", statement, removed);
		}
	}

	/**
	 * What a statement has looked at.
	 *
	 * @param removed how many rows it has removed
	 * @param last the last row it has looked at, null if there is nothing old behind it
	 */
	private record Looked(int removed, Long last) {
	}

}
