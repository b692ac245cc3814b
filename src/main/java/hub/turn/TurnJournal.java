package hub.turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import hub.chat.Attachment;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.contact.PhoneNumber;
import hub.message.Kind;
import hub.message.OutboundMessage;
import hub.queue.BulkWriter;
import hub.queue.NewOutbound;
import hub.queue.Outcome;
import hub.queue.Work;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Writes turns: messages and answers into the log, answers into the outbox or their
 * thread, what the conversations remember.
 */
@Component
public class TurnJournal implements BulkWriter {

	private static final Logger log = LoggerFactory.getLogger(TurnJournal.class);

	private final Outbox outbox;

	private final Threads threads;

	public TurnJournal(Outbox outbox, Threads threads) {
		this.outbox = outbox;
		this.threads = threads;
	}

	@Override
	public void write(Database database, List<Work> works) {
		List<Turn> turns = works.stream().map(Turn.class::cast).toList();
		// Threads first, then what is to be sent: the order of locks, see V2 and V1.
		turns.stream()
			.filter((turn) -> turn.threadId() != null)
			.sorted(Comparator.comparing(Turn::threadId))
			.forEach((turn) -> say(database, turn));
		List<Turn> sent = turns.stream().filter((turn) -> turn.threadId() == null).toList();
		this.outbox.write(database,
				Stream
					.concat(sent.stream().flatMap(this::answers),
							turns.stream().flatMap((turn) -> turn.letters().stream()))
					.toList());
		if (!sent.isEmpty()) {
			log(database, sent);
			remember(database, sent);
		}
	}

	/** The thread itself is the log of what is said in it. */
	private void say(Database database, Turn turn) {
		if (turn.changedMemory() != null) {
			throw new IllegalStateException("A thread of the web chat remembers nothing between two messages");
		}
		int count = 0;
		for (OutboundMessage reply : turn.replies()) {
			ThreadMessage message = ThreadMessage.assistant(turn.threadId(), reply.text())
				.withActions(reply.options())
				.withKey(turn.item().correlationId() + ":" + count++);
			boolean shown = reply.picture() != null && reply.picture().url() != null;
			this.threads.post(database,
					shown ? message.withMedia(List.of(Attachment.image(reply.picture().url()))) : message);
		}
	}

	private Stream<NewOutbound> answers(Turn turn) {
		List<NewOutbound> answers = new ArrayList<>();
		for (OutboundMessage reply : turn.replies()) {
			answers.add(this.outbox.message(turn.contact().id(), turn.identity(), reply, !answers.isEmpty(),
					turn.item().correlationId()));
		}
		return answers.stream();
	}

	private static void log(Database database, List<Turn> turns) {
		database.statement("turn/log-inbound")
			.param("contact_ids", Database.column(turns, (turn) -> turn.contact().id(), Long[]::new))
			.param("channels", Database.column(turns, (turn) -> turn.item().provider(), String[]::new))
			.param("addresses", Database.column(turns, (turn) -> turn.identity().address(), String[]::new))
			.param("kinds",
					Database.column(turns, (turn) -> turn.message().kind().name().toLowerCase(Locale.ROOT),
							String[]::new))
			.param("texts", Database.column(turns, (turn) -> turn.message().text(), String[]::new))
			.param("provider_ids", Database.column(turns, (turn) -> turn.message().providerId(), String[]::new))
			.param("correlation_ids", Database.column(turns, (turn) -> turn.item().correlationId(), String[]::new))
			.param("received_at", Database.column(turns, (turn) -> turn.item().receivedAt().toString(), String[]::new))
			.param("heard_at", Database.column(turns, TurnJournal::heardAt, String[]::new))
			.update();
	}

	/**
	 * When the person's own words opened the service window. What the provider itself
	 * tells of a person opens nothing.
	 */
	private static String heardAt(Turn turn) {
		return (turn.message().kind() != Kind.SYSTEM) ? turn.heardAt().toString() : null;
	}

	private static void remember(Database database, List<Turn> turns) {
		// one row a contact, who may have written from two addresses
		Map<Long, Turn.Memory> changed = new TreeMap<>();
		turns.stream()
			.filter((turn) -> turn.changedMemory() != null)
			.forEach((turn) -> changed.put(turn.contact().id(), turn.changedMemory()));
		if (changed.isEmpty()) {
			return;
		}
		List<Turn.Memory> memories = List.copyOf(changed.values());
		database.statement("turn/remember-conversations")
			.param("contact_ids", changed.keySet().toArray(Long[]::new))
			.param("dialogues", Database.column(memories, Turn.Memory::dialogue, String[]::new))
			.param("dialogue_data", Database.column(memories, Turn.Memory::dialogueData, String[]::new))
			.param("dialogue_expires_at",
					Database.column(memories, (memory) -> Objects.toString(memory.dialogueExpiresAt(), null),
							String[]::new))
			.param("shown", Database.column(memories, Turn.Memory::shown, String[]::new))
			.update();
	}

	void committed(Turn turn) {
		log.info("{} from {} on {} read as {}: {} answers{}", turn.message().kind(),
				PhoneNumber.mask(turn.identity().address()), turn.identity().channel(), turn.reading(),
				turn.replies().size(), (turn.outcome() instanceof Outcome.SetAside aside) ? ", " + aside.reason() : "");
		if (!turn.replies().isEmpty() && turn.threadId() != null) {
			this.threads.wake(turn.threadId());
		}
		Set<String> channels = new TreeSet<>();
		turn.letters().forEach((letter) -> channels.add(letter.channel()));
		if (!turn.replies().isEmpty() && turn.threadId() == null) {
			channels.add(turn.identity().channel());
		}
		channels.forEach(this.outbox::wake);
	}

}
