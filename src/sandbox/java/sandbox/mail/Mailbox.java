package sandbox.mail;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import sandbox.event.Events;
import sandbox.services.MailServer;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Everybody's mailbox. A mail is kept in the database before the sender is told that it
 * was taken.
 */
@Component
public class Mailbox implements DisposableBean {

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final Events events;

	private final AutoCloseable subscription;

	Mailbox(SandboxDatabase database, SandboxClock clock, Events events, ObjectProvider<MailServer> server) {
		this.database = database;
		this.clock = clock;
		this.events = events;
		MailServer running = server.getIfAvailable();
		this.subscription = (running != null) ? running.onMail(this::receive) : () -> {
		};
	}

	/**
	 * Mails received.
	 * @param to only those to this address, in any case; null for all
	 * @return the oldest first
	 */
	public List<Mail> mails(String to) {
		return this.database
			.sql("select * from mail where :to::text is null or lower(recipient) = lower(:to::text) order by n")
			.param("to", to, java.sql.Types.VARCHAR)
			.query((row, number) -> new Mail(row.getLong("n"), row.getString("recipient"), row.getString("subject"),
					row.getString("text"), row.getObject("at", OffsetDateTime.class).toInstant()))
			.list();
	}

	@Override
	public void destroy() throws Exception {
		this.subscription.close();
	}

	private void receive(String to, MimeMessage message) throws MessagingException {
		try {
			this.database.sql("insert into mail (recipient, subject, text, at) values (:to, :subject, :text, :at)")
				.param("to", to)
				.param("subject", (message.getSubject() != null) ? message.getSubject() : "")
				.param("text", text(message).replace("\r\n", "\n").strip())
				.param("at", this.clock.instant().atOffset(ZoneOffset.UTC))
				.update();
		}
		catch (IOException | DataAccessException ex) {
			throw new MessagingException("The mailbox is not available", ex instanceof IOException io ? io : null);
		}
		this.events.changed("mail");
	}

	/**
	 * The plain text of a mail, else what there is.
	 */
	private static String text(Part part) throws MessagingException, IOException {
		if (part.isMimeType("text/*")) {
			return part.getContent().toString();
		}
		if (!part.isMimeType("multipart/*")) {
			return "";
		}
		Multipart parts = (Multipart) part.getContent();
		String found = "";
		for (int i = 0; i < parts.getCount(); i++) {
			BodyPart one = parts.getBodyPart(i);
			String text = text(one);
			if (found.isEmpty() || one.isMimeType("text/plain")) {
				found = text;
			}
		}
		return found;
	}

	/**
	 * A mail received.
	 *
	 * @param n counts from 1
	 * @param to the recipient
	 * @param subject decoded
	 * @param text the plain text
	 * @param at business time
	 */
	public record Mail(long n, String to, String subject, String text, Instant at) {
	}

}
