package routes.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

import hub.security.LogMask;
import hub.store.Database;

/**
 * A message of the log, as an operator reads it: numbers and addresses in it are masked.
 *
 * @param id its own
 * @param direction {@code in} or {@code out}
 * @param channel the channel's name
 * @param kind such as {@code text}
 * @param text what was said; a code that somebody wrote is dots
 * @param state {@code received}, or how far it has come
 * @param error why it has failed, or had to be sent again; null for neither
 * @param at when it came or was written; like all of these business time
 * @param sentAt when the provider took it, null if it has not
 * @param deliveredAt when it arrived, null as long as nobody says so
 * @param readAt when it was read, null as long as nobody says so
 * @param flow what it belongs to: in each of its log lines
 */
record LoggedMessage(String id, String direction, String channel, String kind, String text, String state, String error,
		Instant at, Instant sentAt, Instant deliveredAt, Instant readAt, String flow) {

	/** What may be a code that somebody was mailed: whoever reads it could use it. */
	private static final Pattern CODE = Pattern.compile("\\W*\\d{3}\\W?\\d{3}\\W*");

	static LoggedMessage of(ResultSet row) throws SQLException {
		boolean in = row.getString("direction").equals("in");
		return new LoggedMessage(Long.toString(row.getLong("id")), row.getString("direction"), row.getString("channel"),
				row.getString("kind"), words(row.getString("text")),
				in ? "received" : MessageCounts.state(row.getInt("state")), LogMask.mask(row.getString("error")),
				time(row, "at"), time(row, "sent_at"), time(row, "delivered_at"), time(row, "read_at"),
				row.getString("correlation_id"));
	}

	static String words(String text) {
		return (text != null && CODE.matcher(text).matches()) ? "••••••" : LogMask.mask(text);
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

	long number() {
		return Long.parseLong(this.id);
	}

	boolean isOutbound() {
		return this.direction.equals("out");
	}

}
