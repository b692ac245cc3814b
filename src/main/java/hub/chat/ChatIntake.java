package hub.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.queue.InboundItem;
import hub.queue.InboundQueue;
import hub.store.Database;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Takes what visitors say: it stands in the thread, which is the acknowledgement, and in
 * the inbox, to be answered, or it does neither.
 */
@Component("chatIntake")
public class ChatIntake {

	private final Database database;

	private final Threads threads;

	private final InboundQueue inbox;

	private final Texts texts;

	private final ObjectMapper json;

	public ChatIntake(Database database, Threads threads, InboundQueue inbox, Texts texts, ObjectMapper json) {
		this.database = database;
		this.threads = threads;
		this.inbox = inbox;
		this.texts = texts;
		this.json = json;
	}

	/**
	 * Keeps a message. One with a client id that was kept before changes nothing.
	 * @param message what the visitor sends
	 * @param route the id of the route that takes it, for whoever asks for its way
	 * @return its number within the thread
	 */
	public long keep(VisitorMessage message, String route) {
		Threads.Posted posted = this.database.inTransaction(() -> {
			Threads.Posted said = this.threads.write(this.database, said(message));
			if (said.added()) {
				this.inbox.write(this.database, List.of(item(message, said.seq(), route)));
			}
			return said;
		});
		if (posted.added()) {
			this.threads.wake(message.thread().id());
			this.inbox.wake();
		}
		return posted.seq();
	}

	private ThreadMessage said(VisitorMessage message) {
		long thread = message.thread().id();
		if (message.action() == null) {
			return ThreadMessage.user(thread, message.text(), message.clientId());
		}
		return ThreadMessage.user(thread, title(message.thread().language(), message.action()), message.clientId())
			.withMetadata(Map.of("action", message.action()));
	}

	/** What a choice reads like in the thread. */
	private String title(String language, String action) {
		String key = switch (WebChannel.verb(action)) {
			case "book" -> "chat.choice.book";
			case "check" -> "chat.choice.check";
			case "info" -> "chat.choice.info";
			case "browse" -> "chat.choice.browse";
			case "more" -> "chat.choice.more";
			case "write_agent" -> "chat.choice.write-agent";
			case "leave" -> "chat.choice.leave";
			case "help" -> "chat.choice.help";
			default -> null;
		};
		return (key != null) ? this.texts.say(language, key) : action;
	}

	private InboundItem item(VisitorMessage message, long seq, String route) {
		long thread = message.thread().id();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("seq", seq);
		body.put("text", message.text());
		body.put("action", message.action());
		body.put("route", route);
		String name = (message.clientId() != null) ? message.clientId() : "#" + seq;
		try {
			return new InboundItem(WebChannel.NAME, "", thread + ":" + name, WebChannel.lane(thread),
					this.json.writeValueAsString(body), null);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("A message can't be written as JSON", ex);
		}
	}

}
