package hub.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.config.HubProperties;
import hub.security.WebUser;
import hub.store.Database;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * The threads of the web chat. Whatever is to be seen in one is posted here, within the
 * transaction that makes it true, and its thread is woken after the commit: <pre>
 * turn.change((database) -&gt; threads.post(database, message));
 * turn.afterwards(() -&gt; threads.wake(message.threadId()));
 * </pre> A wake that is lost delays the message by a second and loses nothing.
 */
@Component("chatThreads")
public class Threads {

	private static final int LONGEST_TITLE = 120;

	private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\u0000");

	private final Database database;

	private final Clock clock;

	private final ObjectMapper json;

	private final Texts texts;

	private final ThreadSignals signals;

	private final Greeting greeting;

	private final String defaultLanguage;

	public Threads(Database database, Clock clock, ObjectMapper json, Texts texts, ThreadSignals signals,
			Greeting greeting, HubProperties properties) {
		this.database = database;
		this.clock = clock;
		this.json = json;
		this.texts = texts;
		this.signals = signals;
		this.greeting = greeting;
		this.defaultLanguage = properties.language();
	}

	/**
	 * Says something in a thread, within the caller's transaction, which holds the
	 * thread's row until it ends; {@link #wake} follows the commit. A message whose key
	 * has been posted before is left as it was.
	 * @param database the transaction's store
	 * @param message what is said
	 * @return its number within the thread; the old one if it was there
	 * @throws IllegalArgumentException if there is no such thread
	 */
	public long post(Database database, ThreadMessage message) {
		return write(database, message).seq();
	}

	/**
	 * Says something in a thread, in a transaction of its own, and tells its sockets.
	 * @param message what is said
	 * @return its number within the thread; the old one if it was there
	 * @throws IllegalArgumentException if there is no such thread
	 */
	public long say(ThreadMessage message) {
		long seq = this.database.inTransaction(() -> post(this.database, message));
		wake(message.threadId());
		return seq;
	}

	/**
	 * Says something, as {@link #post} does.
	 * @param database the transaction's store
	 * @param message what is said
	 * @return its number, and whether it is new
	 */
	Posted write(Database database, ThreadMessage message) {
		if (message.key() != null) {
			database.statement("chat/lock-thread").param("id", message.threadId()).query(Long.class).optional();
		}
		return database.statement("chat/post-message")
			.param("thread_id", message.threadId())
			.param("event", message.event().key())
			.param("key", message.key())
			.param("text", message.text().replace("\u0000", ""))
			.param("extras", extras(message))
			.param("at", Database.time(this.clock.instant()))
			.query((row, n) -> new Posted(row.getLong("seq"), row.getBoolean("added")))
			.optional()
			.orElseThrow(() -> new IllegalArgumentException("There is no thread " + message.threadId()));
	}

	private String extras(ThreadMessage message) {
		Map<String, Object> extras = new LinkedHashMap<>();
		if (message.event() == ThreadEvent.CHECK_UPDATED) {
			extras.putAll(message.metadata());
		}
		else {
			extras.put("metadata", message.metadata());
			extras.put("cards", message.cards());
			extras.put("actions", message.actions());
			extras.put("media", message.media());
			if (message.metadata().isEmpty() && message.cards().isEmpty() && message.actions().isEmpty()
					&& message.media().isEmpty()) {
				return null;
			}
		}
		try {
			return withoutNul(this.json.writeValueAsString(extras));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("A message can't be written as JSON", ex);
		}
	}

	/**
	 * Takes out of JSON what PostgreSQL's text can't hold. Behind an escaped backslash
	 * the same letters are just letters.
	 */
	static String withoutNul(String json) {
		return json.contains("\\u0000") ? NUL.matcher(json).replaceAll("$1") : json;
	}

	/**
	 * Tells the sockets of all instances that something was said, after the commit.
	 * @param threadId the thread
	 */
	public void wake(long threadId) {
		this.signals.wake(threadId);
	}

	/**
	 * Opens a thread, which greets its visitor.
	 * @param user whose it is
	 * @param listingId what it is about, null for nothing in particular
	 * @return the thread
	 */
	public ChatThread open(WebUser user, String listingId) {
		return open(user, listingId, null, null);
	}

	/**
	 * Opens a thread, which greets its visitor.
	 * @param user whose it is
	 * @param listingId what it is about, null for nothing in particular
	 * @param title what it is called, cut to 120 characters; null for a usual one
	 * @param language what the visitor would like to be answered in, such as
	 * {@code fr-CI}; null for the hub's
	 * @return the thread
	 */
	public ChatThread open(WebUser user, String listingId, String title, String language) {
		String spoken = Texts.language(language, this.defaultLanguage);
		String called = (title != null && !title.isBlank()) ? title.strip() : this.texts.say(spoken, "chat.title");
		return this.database.inTransaction(() -> {
			ChatThread thread = this.database.statement("chat/open-thread")
				.param("user_id", user.id())
				.param("listing_id", listingId)
				.param("title", called.substring(0, Math.min(called.length(), LONGEST_TITLE)))
				.param("visitor_name", user.name())
				.param("language", spoken)
				.param("at", Database.time(this.clock.instant()))
				.query((row, n) -> thread(row))
				.single();
			post(this.database, this.greeting.greet(thread));
			return thread(thread.id()).orElseThrow();
		});
	}

	/**
	 * The language of a visitor who has linked a number.
	 * @param userId the platform's id of the visitor
	 * @return such as {@code fr}, empty if it is not known here
	 */
	public Optional<String> language(String userId) {
		return this.database.statement("chat/find-language").param("user_id", userId).query(String.class).optional();
	}

	/**
	 * Finds a thread.
	 * @param id its id
	 * @return the thread, empty if there is none
	 */
	public Optional<ChatThread> thread(long id) {
		return this.database.statement("chat/find-thread").param("id", id).query((row, n) -> thread(row)).optional();
	}

	/**
	 * The thread in which a visitor was last written to or wrote.
	 * @param userId the platform's id of the visitor
	 * @return the thread, empty if they have none
	 */
	public Optional<ChatThread> mostRecent(String userId) {
		return this.database.statement("chat/find-recent-thread")
			.param("user_id", userId)
			.query((row, n) -> thread(row))
			.optional();
	}

	/**
	 * A visitor's threads, a page at a time, those first in which something was said
	 * last.
	 * @param userId the platform's id of the visitor
	 * @param after the thread that the page before ended with, null for the first page
	 * @param limit at most so many
	 * @return the threads
	 */
	public List<ChatThread> of(String userId, ChatThread after, int limit) {
		return this.database.statement("chat/list-threads")
			.param("user_id", userId)
			.param("before_at", (after != null) ? Database.time(after.updatedAt()) : null)
			.param("before_id", (after != null) ? after.id() : null)
			.param("limit", limit)
			.query((row, n) -> thread(row))
			.list();
	}

	/**
	 * What was said in a thread, in order.
	 * @param threadId the thread
	 * @param after the number above which it begins
	 * @param limit at most so many
	 * @return the messages
	 */
	List<PostedMessage> messages(long threadId, long after, int limit) {
		return this.database.statement("chat/list-messages")
			.param("thread_id", threadId)
			.param("after", after)
			.param("limit", limit)
			.query((row, n) -> message(row))
			.list();
	}

	/**
	 * Notes up to where a visitor has read. It never goes back.
	 * @param threadId the thread
	 * @param seq the number of the newest message that was read
	 * @return the thread from now on
	 */
	public ChatThread markRead(long threadId, long seq) {
		return this.database.statement("chat/mark-read")
			.param("id", threadId)
			.param("seq", seq)
			.query((row, n) -> thread(row))
			.single();
	}

	/**
	 * Lets a visitor's words go to a listing's agent for a while, or no longer, within
	 * the caller's transaction. The thread is about that listing from then on.
	 * @param database the transaction's store
	 * @param threadId the thread
	 * @param listingId whose agent, null for the listing that the thread is about
	 * @param until business time, null to end the talk
	 */
	public void talk(Database database, long threadId, String listingId, Instant until) {
		database.statement("chat/keep-talking")
			.param("id", threadId)
			.param("listing_id", listingId)
			.param("until", Database.time(until))
			.update();
	}

	private static ChatThread thread(ResultSet row) throws SQLException {
		return new ChatThread(row.getLong("id"), row.getString("user_id"), row.getString("listing_id"),
				row.getString("title"), row.getString("visitor_name"), row.getString("language"),
				row.getLong("last_seq"), row.getLong("last_read_seq"), time(row, "updated_at"),
				time(row, "talking_until"), time(row, "created_at"));
	}

	/**
	 * Reads a row of messages.
	 * @param row the row, with all columns
	 * @return the message
	 */
	static PostedMessage message(ResultSet row) throws SQLException {
		return new PostedMessage(row.getLong("thread_id"), row.getLong("seq"), ThreadEvent.of(row.getString("event")),
				row.getString("key"), row.getString("text"), row.getString("extras"), time(row, "at"));
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

	/**
	 * What became of a message.
	 *
	 * @param seq its number within the thread
	 * @param added whether it is new
	 */
	record Posted(long seq, boolean added) {
	}

}
