package routes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.alert.Incidents;
import hub.camel.Failures;
import hub.config.HubProperties;
import hub.message.MailMessage;
import hub.queue.OutboundItem;
import hub.queue.Work;
import hub.store.Database;
import hub.text.Texts;
import jakarta.mail.internet.AddressException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;

import org.springframework.stereotype.Component;

/**
 * Writes mails from what waits in the outbox.
 */
@Component("mailRoom")
public class MailRoom {

	/** No such mailbox, not here, not allowed, no address at all. */
	private static final Set<Integer> REFUSALS = Set.of(550, 551, 553, 501);

	private static final Pattern OUR_FAULT = Pattern.compile("\\b5\\.7\\.\\d");

	private final ObjectMapper json;

	private final Texts texts;

	private final Incidents incidents;

	private final Clock clock;

	private final String webhookAddress;

	public MailRoom(ObjectMapper json, Texts texts, Incidents incidents, Clock clock, HubProperties properties) {
		this.json = json;
		this.texts = texts;
		this.incidents = incidents;
		this.clock = clock;
		this.webhookAddress = properties.mail().adminWebhookUrl();
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

	/**
	 * Where the administrator's webhook is: a secret, which nothing that waits anywhere
	 * holds.
	 * @return its address
	 */
	public String webhookAddress() {
		return this.webhookAddress;
	}

	/**
	 * Holds the administrator's webhook to an acceptance.
	 * @param status the HTTP status of its answer
	 * @throws IllegalStateException unless it is 2xx
	 */
	public void accepted(int status) {
		if (status < 200 || status > 299) {
			throw new IllegalStateException("The administrator's webhook answered HTTP " + status);
		}
	}

	/**
	 * Says that the administrator's webhook could not be called, without its address,
	 * which the failure's own words may quote.
	 * @param failure what the HTTP client threw
	 * @throws IllegalStateException always
	 */
	public void uncalled(Exception failure) {
		throw new IllegalStateException("The administrator's webhook could not be called: "
				+ Failures.unwrapped(failure).getClass().getSimpleName());
	}

	/**
	 * Whether it is the recipient that a mail server refuses: this mail will never be
	 * accepted, others will. Source: RFC 5321, 4.2.3; a code of the class 5.7 (RFC 3463)
	 * refuses us instead.
	 * @param failure what the mail client threw
	 * @return false if it is the server, the way to it, or our login
	 */
	public boolean refuses(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof AddressException) {
				return true;
			}
			if (cause instanceof SMTPAddressFailedException refusal && REFUSALS.contains(refusal.getReturnCode())
					&& !OUR_FAULT.matcher(refusal.getMessage()).find()) {
				return true;
			}
		}
		return false;
	}

	/** Numbered values first, in their order; then the others by name. */
	private static Object[] values(MailMessage mail) {
		return new TreeMap<>(mail.values()).values().toArray();
	}

	/**
	 * A mail is done.
	 * @param item the outbox's item
	 * @param posted whether the mail server took it; null or false for what went another
	 * way, or needed not to be sent any more, and proves nothing of the server
	 * @return what is written with its end
	 */
	public Work sent(OutboundItem item, Boolean posted) {
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
				if (Boolean.TRUE.equals(posted)) {
					MailRoom.this.incidents.recovered("mail");
				}
			}
		};
	}

}
