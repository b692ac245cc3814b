package routes.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import hub.chat.ThreadEvent;
import hub.chat.WebChannel;
import hub.security.LogMask;
import hub.store.Database;

/**
 * A message of the log or of a thread of the web chat, as an operator reads it: numbers
 * and addresses in it are masked.
 *
 * @param id its own; in a thread the thread's and its number there, such as {@code 12-3}
 * @param direction {@code in} or {@code out}
 * @param channel the channel's name
 * @param kind such as {@code text}; in a thread also {@code agent_message}, an agent's
 * relayed words, and {@code check}, an availability check's new state
 * @param text what was said; a code that somebody wrote is dots
 * @param state {@code received}, or how far it has come
 * @param error why it has failed, or had to be sent again; null for neither
 * @param at when it came or was written; like all of these business time
 * @param sentAt when the provider took it, null if it has not
 * @param deliveredAt when it arrived, null as long as nobody says so
 * @param readAt when it was read, null as long as nobody says so
 * @param flow what it belongs to: in each of its log lines; null if nobody knows (any
 * more)
 * @param contactId with whom it was said, null in a thread and for an alert
 * @param threadId the thread of the web chat, null elsewhere
 */
record LoggedMessage(String id, String direction, String channel, String kind, String text, String state, String error,
		Instant at, Instant sentAt, Instant deliveredAt, Instant readAt, String flow, String contactId,
		String threadId) {

	private static final ObjectMapper JSON = new ObjectMapper();

	/** What may be a code that somebody was mailed: whoever reads it could use it. */
	private static final Pattern CODE = Pattern.compile("\\W*\\d{3}\\W?\\d{3}\\W*");

	/** What a turn says in a thread has a key that begins with its flow. */
	private static final Pattern KEY = Pattern.compile("(?:relay:)?(in-\\d{1,18})(?::.*)?");

	private static final int DEAD = 2;

	static LoggedMessage of(ResultSet row) throws SQLException {
		boolean in = row.getString("direction").equals("in");
		long contact = row.getLong("contact_id");
		String contactId = row.wasNull() ? null : Long.toString(contact);
		return new LoggedMessage(Long.toString(row.getLong("id")), row.getString("direction"), row.getString("channel"),
				row.getString("kind"), words(row.getString("text")),
				in ? "received" : MessageCounts.state(row.getInt("state")), LogMask.mask(row.getString("error")),
				time(row, "at"), time(row, "sent_at"), time(row, "delivered_at"), time(row, "read_at"),
				row.getString("correlation_id"), contactId, null);
	}

	/**
	 * Reads a message of a thread. There is no telling when it was shown: it is read once
	 * the visitor has read up to it.
	 * @param row with {@code last_read_seq}, and of the inbox what the visitor's words
	 * are there
	 * @return the message
	 */
	static LoggedMessage ofThread(ResultSet row) throws SQLException {
		ThreadEvent event = ThreadEvent.of(row.getString("event"));
		boolean in = event == ThreadEvent.USER_MESSAGE;
		JsonNode extras = read(row.getString("extras"));
		String text = (event == ThreadEvent.CHECK_UPDATED)
				? "Check " + extras.path("check_id").asText() + ": " + extras.path("state").asText()
				: row.getString("text");
		String state = (row.getLong("seq") <= row.getLong("last_read_seq")) ? "read" : "sent";
		if (in) {
			state = (row.getInt("inbox_state") == DEAD) ? "failed" : "received";
		}
		String thread = Long.toString(row.getLong("thread_id"));
		return new LoggedMessage(thread + "-" + row.getLong("seq"), in ? "in" : "out", WebChannel.NAME,
				kind(event, extras), words(text), state, LogMask.mask(row.getString("error")), time(row, "at"),
				in ? null : time(row, "at"), null, null, flow(row, in), null, thread);
	}

	private static String kind(ThreadEvent event, JsonNode extras) {
		if (event == ThreadEvent.CHECK_UPDATED) {
			return "check";
		}
		if (event == ThreadEvent.AGENT_MESSAGE) {
			return event.key();
		}
		if (event == ThreadEvent.USER_MESSAGE && extras.at("/metadata/action").isTextual()) {
			return "choice";
		}
		if (!extras.path("cards").isEmpty()) {
			return "cards";
		}
		return extras.path("media").isEmpty() ? "text" : "image";
	}

	private static String flow(ResultSet row, boolean in) throws SQLException {
		if (in) {
			long item = row.getLong("inbox_id");
			return row.wasNull() ? null : "in-" + item;
		}
		String key = row.getString("key");
		Matcher flow = (key != null) ? KEY.matcher(key) : null;
		return (flow != null && flow.matches()) ? flow.group(1) : null;
	}

	private static JsonNode read(String extras) {
		if (extras == null) {
			return MissingNode.getInstance();
		}
		try {
			return JSON.readTree(extras);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The extras of a thread's message are no JSON", ex);
		}
	}

	static String words(String text) {
		return (text != null && CODE.matcher(text).matches()) ? "••••••" : LogMask.mask(text);
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

	/** The number by which its list is ordered. */
	long number() {
		return Long.parseLong(this.id.substring(this.id.indexOf('-') + 1));
	}

	boolean isOutbound() {
		return this.direction.equals("out");
	}

	boolean isOfThread() {
		return this.threadId != null;
	}

}
