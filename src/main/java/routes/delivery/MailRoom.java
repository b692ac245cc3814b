package routes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.alert.Incidents;
import hub.message.MailMessage;
import hub.queue.OutboundItem;
import hub.queue.Work;
import hub.store.Database;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Writes mails from what waits in the outbox.
 */
@Component("mailRoom")
public class MailRoom {

	private final ObjectMapper json;

	private final Texts texts;

	private final Incidents incidents;

	private final Clock clock;

	public MailRoom(ObjectMapper json, Texts texts, Incidents incidents, Clock clock) {
		this.json = json;
		this.texts = texts;
		this.incidents = incidents;
		this.clock = clock;
	}

	/**
	 * Opens what waited.
	 * @param item the outbox's item
	 * @return the mail
	 */
	public MailMessage open(OutboundItem item) {
		try {
			return this.json.readValue(item.body(), MailMessage.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes a mail whose words need nothing but its values.
	 * @param mail the mail
	 * @return the words
	 */
	public Optional<String> write(MailMessage mail) {
		return Optional.of(this.texts.say(mail.language(), "mail." + mail.type() + ".body", values(mail)));
	}

	/**
	 * The subject of a mail.
	 * @param mail the mail
	 * @return one line
	 */
	public String subject(MailMessage mail) {
		return this.texts.say(mail.language(), "mail." + mail.type() + ".subject", values(mail))
			.replaceAll("[\\r\\n]+", " ");
	}

	/**
	 * What the administrator's webhook gets.
	 * @param mail what is told
	 * @return JSON: {@code event} ({@code incident} or {@code recovery}), {@code key},
	 * {@code text}
	 */
	public String webhook(MailMessage mail) {
		String event = mail.values().get("event");
		Map<String, String> told = new LinkedHashMap<>();
		told.put("event", event);
		told.put("key", mail.values().get("0"));
		told.put("text", this.texts.say(mail.language(), "mail." + event + ".body", values(mail)));
		try {
			return this.json.writeValueAsString(told);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Numbered values first, in their order; then the others by name. */
	private static Object[] values(MailMessage mail) {
		return new TreeMap<>(mail.values()).values().toArray();
	}

	/**
	 * A mail has left.
	 * @param item the outbox's item
	 * @return what is written with its end
	 */
	public Work sent(OutboundItem item) {
		return new Work() {
			@Override
			public void write(Database database) {
				database.statement("queue/record-acceptances")
					.param("message_ids", new Long[] { item.messageId() })
					.param("provider_ids", new String[] { null })
					.param("at", Database.time(MailRoom.this.clock.instant()))
					.update();
			}

			@Override
			public void committed() {
				MailRoom.this.incidents.recovered("mail");
			}
		};
	}

}
