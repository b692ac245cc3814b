package hub.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import hub.queue.DeadItem;
import hub.store.Database;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells administrators that messages have died: once, until none has for an hour. What
 * dies of a mail server's fault is that server's incident already.
 */
@Component("deadLetters")
public class DeadLetters {

	/** The incident's key: it has a problem, and works again. */
	static final String INCIDENT = "handling of messages";

	private static final Duration QUIET = Duration.ofHours(1);

	private static final Set<String> TOLD_OTHERWISE = Set.of("mail", "alert");

	private final Incidents incidents;

	private final Database database;

	private final Clock clock;

	public DeadLetters(Incidents incidents, Database database, Clock clock) {
		this.incidents = incidents;
		this.database = database;
		this.clock = clock;
	}

	@EventListener
	void died(DeadItem item) {
		if (item.channel() != null && TOLD_OTHERWISE.contains(item.channel())) {
			return;
		}
		report(item.name() + " of " + item.queue() + ((item.channel() != null) ? " on " + item.channel() : ""),
				item.cause());
	}

	/**
	 * A message has died.
	 * @param name which one, such as its id and its queue
	 * @param cause why, without anything of the message
	 */
	public void report(String name, String cause) {
		this.incidents.report(INCIDENT, name + " could not be handled, and is kept: " + cause);
	}

	/** Ends the incident when it is long enough since the last death. */
	public void settle() {
		boolean quiet = this.database.statement("alert/tell-quiet")
			.param("key", INCIDENT)
			.param("since", Database.time(this.clock.instant().minus(QUIET)))
			.query(Boolean.class)
			.single();
		if (quiet) {
			this.incidents.recovered(INCIDENT);
		}
	}

}
