package routes.admin;

import java.time.Clock;
import java.time.Duration;

import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Removes what has been kept long enough. Deliveries stay 8 days, one day longer than
 * Meta repeats them; what died stays 30, to be looked at and replayed.
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
		for (String statement : new String[] { "admin/sweep-inbox", "admin/sweep-outbox", "admin/sweep-codes" }) {
			int removed;
			do {
				removed = this.database.statement(statement)
					.param("handled_before", Database.time(this.clock.instant().minus(HANDLED)))
					.param("dead_before", Database.time(this.clock.instant().minus(DEAD)))
					.param("most", AT_ONCE)
					.update();
				if (removed > 0) {
					log.info("{}: {} rows removed", statement, removed);
				}
			}
			while (removed == AT_ONCE);
		}
	}

}
