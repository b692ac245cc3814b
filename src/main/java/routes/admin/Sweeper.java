package routes.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;

import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Removes what has been kept long enough. Deliveries stay 8 days, one day longer than
 * Meta repeats them; what died stays 30, to be looked at and replayed. What has a day of
 * its own to go, goes on it.
 */
@Component("sweeper")
public class Sweeper {

	private static final Duration HANDLED = Duration.ofDays(8);

	private static final Duration DEAD = Duration.ofDays(30);

	private static final int AT_ONCE = 5000;

	private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

	private final Database database;

	private final Clock clock;

	public Sweeper(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/** Removes what is old, in short transactions. */
	public void sweep() {
		Instant now = this.clock.instant();
		for (String statement : new String[] { "admin/sweep-inbox", "admin/sweep-outbox", "admin/sweep-codes",
				"admin/sweep-booking-requests" }) {
			sweep(statement,
					() -> this.database.statement(statement)
						.param("handled_before", Database.time(now.minus(HANDLED)))
						.param("dead_before", Database.time(now.minus(DEAD)))
						.param("most", AT_ONCE)
						.update());
		}
		sweep("media/sweep-photos",
				() -> this.database.statement("media/sweep-photos")
					.param("now", Database.time(now))
					.param("most", AT_ONCE)
					.update());
	}

	private static void sweep(String statement, IntSupplier removal) {
		int removed;
		do {
			removed = removal.getAsInt();
			if (removed > 0) {
				log.info("{}: {} rows removed", statement, removed);
			}
		}
		while (removed == AT_ONCE);
	}

}
