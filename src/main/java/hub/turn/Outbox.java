package hub.turn;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.contact.Identity;
import hub.message.MailMessage;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.queue.NewOutbound;
import hub.queue.OutboundQueue;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * What is to be sent, in the form in which the outbox keeps it.
 */
@Component
public class Outbox {

	private final OutboundQueue queue;

	private final ObjectMapper json;

	public Outbox(OutboundQueue queue, ObjectMapper json) {
		this.queue = queue;
		this.json = json;
	}

	/**
	 * A message on a channel.
	 * @param contactId whom it is said to
	 * @param identity where it goes
	 * @param message what is said
	 * @param sequel whether it waits, for a while, until the one before it is delivered
	 * @param correlationId what it belongs to
	 * @return the queued form
	 */
	public NewOutbound message(long contactId, Identity identity, OutboundMessage message, boolean sequel,
			String correlationId) {
		return new NewOutbound(contactId, identity.channel(), identity.address(),
				message.options().isEmpty() ? "text" : "options", message.text(), message.priority().ordinal(), sequel,
				Duration.ZERO, write(message), correlationId);
	}

	/**
	 * A mail.
	 * @param contactId whom it belongs to, null for nobody the hub talks with
	 * @param channel {@code mail} to people, {@code alert} to administrators
	 * @param mail what is to be written
	 * @param correlationId what it belongs to
	 * @return the queued form
	 */
	public NewOutbound mail(Long contactId, String channel, MailMessage mail, String correlationId) {
		return new NewOutbound(contactId, channel, mail.to(), "mail", mail.type(), Priority.REPLY.ordinal(), false,
				Duration.ZERO, write(mail), correlationId);
	}

	/**
	 * Writes to the outbox within the caller's transaction; {@link #wake()} follows the
	 * commit.
	 * @param database the transaction's store
	 * @param messages what is to be sent
	 * @return the messages' ids in the log, in the order of the messages
	 */
	public List<Long> write(Database database, List<NewOutbound> messages) {
		return this.queue.write(database, messages);
	}

	/** Tells all senders that something was committed. */
	public void wake() {
		this.queue.wake();
	}

	/**
	 * Tells a channel's senders that something was committed.
	 * @param channel the channel's name
	 */
	public void wake(String channel) {
		this.queue.wake(channel);
	}

	private String write(Object message) {
		try {
			return this.json.writeValueAsString(message);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A message can't be written as JSON", ex);
		}
	}

}
