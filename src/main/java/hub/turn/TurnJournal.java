package hub.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hub.contact.PhoneNumber;
import hub.message.OutboundMessage;
import hub.queue.NewOutbound;
import hub.queue.Outcome;
import hub.queue.ReceivedItem;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Writes a turn: the message and the answers into the log, the answers into the outbox,
 * what the conversation remembers.
 */
@Component
public class TurnJournal {

	private static final Logger log = LoggerFactory.getLogger(TurnJournal.class);

	private final Outbox outbox;

	public TurnJournal(Outbox outbox) {
		this.outbox = outbox;
	}

	void write(Database database, Turn turn) {
		// Outbound first: the order of locks, see V1.
		List<NewOutbound> answers = new ArrayList<>();
		for (OutboundMessage reply : turn.replies()) {
			answers.add(this.outbox.message(turn.contact().id(), turn.identity(), reply, !answers.isEmpty(),
					turn.item().correlationId()));
		}
		this.outbox.write(database, answers);
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
		log.info("{} from {} on {} read as {}: {} answers{}", turn.message().kind(),
				PhoneNumber.mask(turn.identity().address()), turn.identity().channel(), turn.reading(),
				turn.replies().size(), (turn.outcome() instanceof Outcome.SetAside aside) ? ", " + aside.reason() : "");
		if (!turn.replies().isEmpty()) {
			this.outbox.wake();
		}
	}

}
