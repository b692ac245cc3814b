package hub.alert;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import hub.camel.Failures;
import hub.config.HubProperties;
import hub.message.MailMessage;
import hub.queue.NewOutbound;
import hub.store.Database;
import hub.turn.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Tells administrators, by mail and webhook, that something the hub depends on has failed
 * and that it works again: once each per incident, over all instances.
 */
@Component("incidents")
public class Incidents {

	private static final Logger log = LoggerFactory.getLogger(Incidents.class);

	private final Database database;

	private final Outbox outbox;

	private final Clock clock;

	private final HubProperties.Mail mail;

	private final String language;

	private final ZoneId zone;

	/**
	 * What this instance believes to be open, so that good news cost nothing. One too
	 * many costs a statement.
	 */
	private final Set<String> open = ConcurrentHashMap.newKeySet();

	public Incidents(Database database, Outbox outbox, Clock clock, HubProperties properties) {
		this.database = database;
		this.outbox = outbox;
		this.clock = clock;
		this.mail = properties.mail();
		this.language = properties.language();
		this.zone = properties.timeZone();
	}

	/**
	 * Learns which incidents are open. Any instance may have opened one, and may be gone:
	 * whoever sees that it is over ends it.
	 */
	public void recall() {
		this.open.addAll(this.database.statement("alert/list-open").query(String.class).list());
	}

	/**
	 * Something has failed. Administrators are told if this begins an incident.
	 * @param key what has failed, such as {@code platform}
	 * @param detail how, in words for an operator, without secrets or personal data
	 */
	public void report(String key, String detail) {
		Instant now = this.clock.instant();
		boolean begins = this.database.inTransaction(() -> {
			boolean first = this.database.statement("alert/report-incident")
				.param("key", key)
				.param("detail", detail)
				.param("at", Database.time(now))
				.query(Boolean.class)
				.single();
			if (first) {
				tell("incident", Map.of("0", key, "1", format(now), "2", detail));
			}
			return first;
		});
		this.open.add(key);
		if (begins) {
			log.error("Incident {}: {}", key, detail);
			this.outbox.wake();
		}
	}

	/**
	 * Something has failed.
	 * @param key what has failed, such as {@code platform}
	 * @param failure how; what Camel wrapped around it is left out
	 */
	public void reportFailure(String key, Throwable failure) {
		Throwable cause = Failures.unwrapped(failure);
		report(key, (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName());
	}

	/**
	 * Something works. Administrators are told if this ends an incident.
	 * @param key what works, such as {@code platform}
	 */
	public void recovered(String key) {
		if (!this.open.remove(key)) {
			return;
		}
		try {
			close(key);
		}
		catch (RuntimeException ex) {
			// The next good news tries again.
			this.open.add(key);
			throw ex;
		}
	}

	private void close(String key) {
		Instant now = this.clock.instant();
		boolean ended = this.database.inTransaction(() -> this.database.statement("alert/close-incident")
			.param("key", key)
			.param("at", Database.time(now))
			.query((row, n) -> {
				tell("recovery",
						Map.of("0", key, "1", format(now), "2",
								format(Database.instant(row.getObject("opened_at", OffsetDateTime.class))), "3",
								Integer.toString(row.getInt("occurrences"))));
				return true;
			})
			.optional()
			.orElse(false));
		if (ended) {
			log.warn("Incident {} is over", key);
			this.outbox.wake();
		}
	}

	private void tell(String type, Map<String, String> values) {
		List<NewOutbound> notices = new ArrayList<>();
		if (this.mail.configured() && !this.mail.adminEmail().isEmpty()) {
			notices.add(this.outbox.mail(null, "alert",
					new MailMessage(type, this.mail.adminEmail(), this.language, values), "alert"));
		}
		if (!this.mail.adminWebhookUrl().isEmpty()) {
			Map<String, String> called = new HashMap<>(values);
			called.put("event", type);
			// by name only: the address is a secret, which its delivery looks up
			notices.add(this.outbox.mail(null, "alert", new MailMessage("webhook", "webhook", this.language, called),
					"alert"));
		}
		this.outbox.write(this.database, notices);
	}

	private String format(Instant instant) {
		return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV").format(instant.atZone(this.zone));
	}

}
