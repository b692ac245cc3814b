package routes.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.chat.ChatThread;
import hub.chat.Threads;
import hub.chat.WebChannel;
import hub.contact.Contact;
import hub.contact.Identity;
import hub.contact.KnownSender;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.queue.ReceivedItem;
import hub.turn.Turn;
import hub.turn.TurnJournal;

import org.springframework.stereotype.Component;

/**
 * Opens the turns of what visitors say in the web chat.
 */
@Component("chatTurns")
public class ChatTurns {

	private final Threads threads;

	private final TurnJournal journal;

	private final Clock clock;

	private final ObjectMapper json;

	public ChatTurns(Threads threads, TurnJournal journal, Clock clock, ObjectMapper json) {
		this.threads = threads;
		this.journal = journal;
		this.clock = clock;
		this.json = json;
	}

	/**
	 * The thread in which something was said.
	 * @param item what was said
	 * @return the thread as it is now, null if it is no more
	 */
	public ChatThread thread(ReceivedItem item) {
		return this.threads.thread(WebChannel.thread(item.contactKey())).orElse(null);
	}

	/**
	 * Opens the turn of an item.
	 * @param item what was said
	 * @param thread where
	 * @param attempt how often the item was started, this time included
	 * @return the turn; a choice's text is its id
	 */
	public Turn open(ReceivedItem item, ChatThread thread, int attempt) {
		JsonNode body;
		try {
			body = this.json.readTree(item.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String action = body.path("action").asText(null);
		String address = item.contactKey();
		InboundMessage message = new InboundMessage(WebChannel.NAME, "", null, thread.userId(), address,
				thread.visitorName(), item.eventKey(), item.receivedAt(), (action != null) ? Kind.CHOICE : Kind.TEXT,
				(action != null) ? action : body.path("text").asText(), action, null, List.of(), null);
		Contact contact = new Contact(0, null, thread.visitorName(), thread.language(), null, null);
		KnownSender sender = new KnownSender(contact,
				new Identity(WebChannel.NAME, address, address, item.receivedAt()), null, null, null);
		return new Turn(item, message, sender, thread.language(), this.clock.instant(), attempt > 1, this.journal);
	}

}
