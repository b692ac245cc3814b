package hub.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.contact.Identity;
import hub.message.OutboundMessage;
import hub.queue.NewOutbound;
import hub.queue.OutboundQueue;
import hub.queue.ReceivedItem;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Writes a turn: the message and the answers into the log, the answers into the outbox,
 * what the conversation remembers.
 */
@Component
public class TurnJournal {

	private final OutboundQueue outbound;

	private final ObjectMapper json;

	public TurnJournal(OutboundQueue outbound, ObjectMapper json) {
		this.outbound = outbound;
		this.json = json;
	}

	void write(Database database, Turn turn) {
		// Outbound first: the order of locks, see V1.
		List<NewOutbound> answers = new ArrayList<>();
		for (OutboundMessage reply : turn.replies()) {
			answers.add(outbound(turn.contact().id(), turn.identity(), reply, !answers.isEmpty(),
					turn.item().correlationId()));
		}
		this.outbound.write(database, answers);
		ReceivedItem item = turn.item();
		database.statement("turn/log-inbound")
			.param("contact_id", turn.contact().id())
			.param("channel", item.provider())
			.param("address", turn.identity().address())
			.param("kind", turn.message().kind().name().toLowerCase(Locale.ROOT))
			.param("text", turn.message().text())
			.param("provider_id", turn.message().providerId())
			.param("correlation_id", item.correlationId())
			.param("received_at", Database.time(item.receivedAt()))
			.update();
		Turn.Memory memory = turn.changedMemory();
		if (memory != null) {
			database.statement("turn/remember-conversation")
				.param("contact_id", turn.contact().id())
				.param("dialogue", memory.dialogue())
				.param("dialogue_data", memory.dialogueData())
				.param("dialogue_expires_at", Database.time(memory.dialogueExpiresAt()))
				.param("shown", memory.shown())
				.update();
		}
	}

	void committed(Turn turn) {
		if (!turn.replies().isEmpty()) {
			this.outbound.wake();
		}
	}

	/**
	 * A message as the outbox takes it.
	 * @param contactId whom it is said to
	 * @param identity where it goes
	 * @param message what is said
	 * @param sequel whether it waits until the one before it is delivered
	 * @param correlationId what it belongs to
	 * @return the queued form
	 */
	public NewOutbound outbound(long contactId, Identity identity, OutboundMessage message, boolean sequel,
			String correlationId) {
		try {
			return new NewOutbound(contactId, identity.channel(), identity.address(),
					message.options().isEmpty() ? "text" : "options", message.text(), message.priority().ordinal(),
					sequel, Duration.ZERO, this.json.writeValueAsString(message), correlationId);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A message can't be written as JSON", ex);
		}
	}

}
