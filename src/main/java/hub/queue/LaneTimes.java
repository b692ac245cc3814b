package hub.queue;

import java.time.Duration;

import hub.config.HubProperties;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Puts lanes, tries and pauses right that the database's clock has left in the future,
 * because it was set back since: else nobody there would be answered until that time has
 * come.
 */
@Component("laneTimes")
public class LaneTimes {

	/** A turn that has failed waits no longer for its next try. */
	private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(75);

	/** Nor does a send: what Meta wants between tries grows to 4^6 s, and a fifth. */
	private static final Duration LONGEST_TRY = Duration.ofMinutes(90);

	/** Broadcasts rest for an hour at most, everything else for less. */
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(65);

	private static final Logger log = LoggerFactory.getLogger(LaneTimes.class);

	private final Database database;

	private final HubProperties properties;

	private final QueueSignals signals;

	public LaneTimes(Database database, HubProperties properties, QueueSignals signals) {
		this.database = database;
		this.properties = properties;
		this.signals = signals;
	}

	/**
	 * Wakes what is too far ahead.
	 */
	public void setRight() {
		HubProperties.Delivery delivery = this.properties.delivery();
		Duration lease = this.properties.queue().lease();
		Duration longest = lease.plus(LONGEST_BACK_OFF).plus(delivery.ratePerContactInterval());
		int inbound = setLanesRight("queue/set-inbound-lanes-right", lease, longest);
		this.database.statement("queue/set-tries-right")
			.param("in_doubt_ms", delivery.inDoubtAfter().toMillis())
			.param("longest_try_ms", LONGEST_TRY.toMillis())
			.param("longest_ms", longest.toMillis())
			.update();
		int outbound = setLanesRight("queue/set-outbound-lanes-right", lease, longest);
		int pauses = this.database.statement("queue/set-senders-right")
			.param("longest_ms", LONGEST_PAUSE.toMillis())
			.update();
		if (inbound + outbound + pauses > 0) {
			log.warn(
					"The database's clock was set back: {} lanes of the inbox, {} of the outbox and {} channels are woken",
					inbound, outbound, pauses);
			this.signals.wake("inbound");
			this.signals.wake("outbound");
		}
	}

	private int setLanesRight(String statement, Duration lease, Duration longest) {
		return this.database.statement(statement)
			.param("lease_ms", lease.toMillis())
			.param("longest_ms", longest.toMillis())
			.update();
	}

}
