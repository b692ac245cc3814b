package routes.linking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.contact.Contacts;
import hub.message.MailMessage;
import hub.message.OutboundMessage;
import hub.queue.OutboundItem;
import hub.queue.Work;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Outbox;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Writes the mails that carry codes. A code is made only when its mail is, and kept only
 * as a hash: nothing that waits anywhere holds it.
 */
@Component("codeMails")
public class CodeMails {

	private final SecureRandom random = new SecureRandom();

	private final Database database;

	private final PasswordEncoder codes;

	private final Texts texts;

	private final Clock clock;

	private final Contacts contacts;

	private final Outbox outbox;

	private final ObjectMapper json;

	public CodeMails(Database database, PasswordEncoder codes, Texts texts, Clock clock, Contacts contacts,
			Outbox outbox, ObjectMapper json) {
		this.database = database;
		this.codes = codes;
		this.texts = texts;
		this.clock = clock;
		this.contacts = contacts;
		this.outbox = outbox;
		this.json = json;
	}

	/**
	 * Makes a new code for a request. An earlier one of the same request, whose mail may
	 * not have left, is no longer valid.
	 * @param mail the mail that asks for it
	 * @return the mail's words; empty if the request is no longer open, or for an address
	 * without account
	 */
	public Optional<String> write(MailMessage mail) {
		String code = "%06d".formatted(this.random.nextInt(1_000_000));
		Instant now = this.clock.instant();
		int open = this.database.statement("linking/save-code")
			.param("id", Long.parseLong(mail.values().get("request")))
			.param("code_hash", this.codes.encode(code))
			.param("at", Database.time(now))
			.param("expires_at", Database.time(now.plus(AccountLinking.VALID)))
			.update();
		if (open == 0) {
			return Optional.empty();
		}
		String asker = mail.values().get("asker");
		if (asker == null) {
			String number = mail.values().get("number");
			return Optional.of((number != null)
					? this.texts.say(mail.language(), "mail.web-code-number.body", code,
							AccountLinking.VALID.toMinutes(), number)
					: this.texts.say(mail.language(), "mail.web-code.body", code, AccountLinking.VALID.toMinutes()));
		}
		return Optional
			.of(this.texts.say(mail.language(), "mail.link-code.body", code, asker, AccountLinking.VALID.toMinutes()));
	}

	/**
	 * Gives up on a mail that could not be sent: its request is closed, and the person is
	 * told to ask again later.
	 * @param item the outbox's item
	 * @return what is written with its end
	 */
	public Work giveUp(OutboundItem item) {
		MailMessage mail = open(item);
		return new Work() {
			@Override
			public void write(Database database) {
				if (mail.type().equals("link-code")) {
					CodeMails.this.giveUp(database, mail, item);
				}
			}

			@Override
			public void committed() {
				CodeMails.this.outbox.wake();
			}
		};
	}

	private MailMessage open(OutboundItem item) {
		try {
			return this.json.readValue(item.body(), MailMessage.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void giveUp(Database database, MailMessage mail, OutboundItem item) {
		long request = Long.parseLong(mail.values().get("request"));
		database.statement("linking/void-request")
			.param("id", request)
			.param("at", Database.time(this.clock.instant()))
			.update();
		database.statement("linking/find-asker")
			.param("id", request)
			.query(Long.class)
			.optional()
			.ifPresent((contactId) -> tellUnsent(database, contactId, mail, item));
	}

	private void tellUnsent(Database database, long contactId, MailMessage mail, OutboundItem item) {
		this.contacts.identities(contactId)
			.stream()
			.findFirst()
			.ifPresent((identity) -> this.outbox.write(database,
					List.of(this.outbox.message(contactId, identity,
							OutboundMessage.text(this.texts.say(mail.language(), "link.mail-failed"))
								.withLanguage(mail.language()),
							false, item.correlationId()))));
	}

}
