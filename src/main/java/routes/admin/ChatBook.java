package routes.admin;

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

import hub.http.HttpProblem;
import hub.http.Paging;
import hub.platform.PlatformUser;
import hub.security.LogMask;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * The threads of the web chat, and what was said in them: for operators who were called
 * by a visitor.
 */
@Component("chatBook")
public class ChatBook {

	private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

	/** Whose words are among so many that came last has written recently. */
	private static final int RECENT_ITEMS = 2000;

	private static final int MOST_CONTACTS = 5;

	private final Database database;

	private final Clock clock;

	public ChatBook(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Finds threads.
	 * @param parameters {@code q}, a thread's id or the beginnings of the words of its
	 * visitor's name, absent for those in which something was said last; {@code limit}
	 * and {@code cursor}, as the contract gives them
	 * @param user whose threads, empty if the platform knows nobody of that mail address;
	 * null if {@code q} is none
	 * @return a page of {@link Chat}s
	 * @throws HttpProblem 422 if the cursor is none of ours
	 */
	public Map<String, Object> find(Map<String, Object> parameters, Optional<PlatformUser> user) {
		int limit = ((Number) parameters.get("limit")).intValue();
		String wanted = (String) parameters.get("q");
		List<Long> found = (wanted != null) ? find(wanted.strip(), user, Paging.before(parameters), limit + 1)
				: recent(limit);
		return Paging.newestFirst(describe(found), parameters, Chat::number);
	}

	private List<Long> find(String wanted, Optional<PlatformUser> user, long before, int limit) {
		boolean id = ID.matcher(wanted).matches();
		return this.database.statement("admin/find-threads")
			.param("id", id ? Long.valueOf(wanted) : null)
			.param("user_id", (user != null) ? user.map(PlatformUser::id).orElse(null) : null)
			.param("words", (id || user != null) ? null : WantedPeople.words(wanted))
			.param("before", before)
			.param("limit", limit)
			.query(Long.class)
			.list();
	}

	private List<Long> recent(int limit) {
		return this.database.statement("admin/find-recent-threads")
			.param("items", RECENT_ITEMS)
			.param("limit", limit)
			.query(Long.class)
			.list();
	}

	private List<Chat> describe(List<Long> ids) {
		return this.database.statement("admin/describe-threads")
			.param("ids", ids.toArray(Long[]::new))
			.param("now", Database.time(this.clock.instant()))
			.query((row, n) -> chat(row))
			.list();
	}

	private static Chat chat(ResultSet row) throws SQLException {
		return new Chat(Long.toString(row.getLong("id")), LogMask.mask(row.getString("title")),
				LogMask.mask(row.getString("name")), row.getString("role"), row.getString("listing_id"),
				row.getString("language"), row.getLong("last_seq"), row.getLong("last_read_seq"),
				row.getBoolean("talking"), Database.instant(row.getObject("updated_at", OffsetDateTime.class)));
	}

	/**
	 * Lists what was said in a thread, the latest first.
	 * @param id the thread's
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of {@link LoggedMessage}s, the {@code thread}, and the ids of the
	 * {@code contacts} that the same account has linked
	 * @throws HttpProblem 404 if there is no such thread, 422 if the cursor is none of
	 * ours
	 */
	public Map<String, Object> messages(String id, Map<String, Object> parameters) {
		List<Chat> thread = ID.matcher(id).matches() ? describe(List.of(Long.valueOf(id))) : List.of();
		if (thread.isEmpty()) {
			throw HttpProblem.notFound("There is no such thread");
		}
		List<LoggedMessage> messages = this.database.statement("admin/list-thread-messages")
			.param("thread_id", Long.valueOf(id))
			.param("before", Paging.before(parameters))
			.param("limit", ((Number) parameters.get("limit")).intValue() + 1)
			.query((row, n) -> LoggedMessage.ofThread(row))
			.list();
		Map<String, Object> page = new LinkedHashMap<>();
		page.put("thread", thread.get(0));
		page.put("contacts",
				this.database.statement("admin/list-contacts-of-thread")
					.param("thread_id", Long.valueOf(id))
					.param("limit", MOST_CONTACTS)
					.query(String.class)
					.list());
		page.putAll(Paging.newestFirst(messages, parameters, LoggedMessage::number));
		return page;
	}

	/**
	 * A thread of the web chat.
	 *
	 * @param threadId its id
	 * @param title what it is called
	 * @param visitor how its visitor is called, masked; null if nobody has said
	 * @param role the visitor's at the platform; null without a linked number
	 * @param listingId what it is about, null for nothing in particular
	 * @param language in which the visitor is answered
	 * @param lastSeq how many messages it has
	 * @param lastReadSeq up to which the visitor has read
	 * @param talking whether the visitor writes with an agent now
	 * @param updatedAt when the latest message was said, business time
	 */
	public record Chat(String threadId, String title, String visitor, String role, String listingId, String language,
			long lastSeq, long lastReadSeq, boolean talking, Instant updatedAt) {

		long number() {
			return Long.parseLong(this.threadId);
		}

	}

}
