package routes.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import hub.contact.PhoneNumber;
import hub.http.HttpProblem;
import hub.http.Paging;
import hub.platform.PlatformUser;
import hub.security.LogMask;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * With whom the hub talks, and what was said: for operators who were called by one of
 * them.
 */
@Component("contactBook")
public class ContactBook {

	private static final Pattern NUMBER = Pattern.compile("[\\d\\s+().-]+");

	private static final Pattern ID = Pattern.compile("\\d{1,18}");

	/** Who is behind the newest messages has talked with the hub recently. */
	private static final int RECENT_MESSAGES = 2000;

	private static final int MOST_THREADS = 5;

	private final Database database;

	public ContactBook(Database database) {
		this.database = database;
	}

	/**
	 * Finds people.
	 * @param parameters {@code q}, the last digits of a number or the beginnings of a
	 * name's words, absent for those who have talked with the hub last; {@code limit} and
	 * {@code cursor}, as the contract gives them
	 * @param user who is looked for, empty if the platform knows nobody of that mail
	 * address; null if {@code q} is none
	 * @return a page of {@link Entry}s
	 * @throws HttpProblem 422 if the cursor is none of ours
	 */
	public Map<String, Object> find(Map<String, Object> parameters, Optional<PlatformUser> user) {
		int limit = ((Number) parameters.get("limit")).intValue();
		String wanted = (String) parameters.get("q");
		List<Long> found = (wanted != null) ? find(wanted.strip(), user, Paging.before(parameters), limit + 1)
				: recent(limit);
		return Paging.newestFirst(describe(found), parameters, Entry::number);
	}

	private List<Long> find(String wanted, Optional<PlatformUser> user, long before, int limit) {
		boolean number = NUMBER.matcher(wanted).matches();
		return this.database.statement("admin/find-contacts")
			.param("ending", number ? new StringBuilder(wanted.replaceAll("\\D", "")).reverse().toString() : null)
			.param("words", (number || user != null) ? null : WantedPeople.words(wanted))
			.param("user_id", (user != null) ? user.map(PlatformUser::id).orElse(null) : null)
			.param("before", before)
			.param("limit", limit)
			.query(Long.class)
			.list();
	}

	private List<Long> recent(int limit) {
		return this.database.statement("admin/find-recent-contacts")
			.param("messages", RECENT_MESSAGES)
			.param("limit", limit)
			.query(Long.class)
			.list();
	}

	private List<Entry> describe(List<Long> ids) {
		return this.database.statement("admin/describe-contacts")
			.param("ids", ids.toArray(Long[]::new))
			.query((row, n) -> entry(row))
			.list();
	}

	private static Entry entry(ResultSet row) throws SQLException {
		return new Entry(Long.toString(row.getLong("id")), LogMask.mask(row.getString("name")),
				masked(row.getString("address")), row.getString("role"), row.getString("language"),
				row.getBoolean("linked"), row.getBoolean("opted_out"),
				List.of(Objects.toString(row.getString("channels"), "").split(" ")),
				Database.instant(row.getObject("heard_at", OffsetDateTime.class)));
	}

	/** What is no number is a provider's id of a person, which says as much. */
	private static String masked(String address) {
		String masked = LogMask.mask(address);
		return Objects.equals(masked, address) ? PhoneNumber.mask(address) : masked;
	}

	/**
	 * Lists what was said with somebody, the latest first.
	 * @param id the contact's
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of {@link LoggedMessage}s, the {@code contact}, and the latest
	 * {@code threads} of the web chat that the same account has
	 * @throws HttpProblem 404 if there is no such contact, 422 if the cursor is none of
	 * ours
	 */
	public Map<String, Object> messages(String id, Map<String, Object> parameters) {
		List<Entry> contact = ID.matcher(id).matches() ? describe(List.of(Long.valueOf(id))) : List.of();
		if (contact.isEmpty()) {
			throw HttpProblem.notFound("There is no such contact");
		}
		List<LoggedMessage> messages = this.database.statement("admin/list-contact-messages")
			.param("contact_id", Long.valueOf(id))
			.param("before", Paging.before(parameters))
			.param("limit", ((Number) parameters.get("limit")).intValue() + 1)
			.query((row, n) -> LoggedMessage.of(row))
			.list();
		Map<String, Object> page = new LinkedHashMap<>();
		page.put("contact", contact.get(0));
		page.put("threads", threads(Long.parseLong(id)));
		page.putAll(Paging.newestFirst(messages, parameters, LoggedMessage::number));
		return page;
	}

	private List<OwnThread> threads(long contact) {
		return this.database.statement("admin/list-threads-of-contact")
			.param("contact_id", contact)
			.param("limit", MOST_THREADS)
			.query((row, n) -> new OwnThread(Long.toString(row.getLong("id")), LogMask.mask(row.getString("title")),
					Database.instant(row.getObject("updated_at", OffsetDateTime.class))))
			.list();
	}

	/**
	 * Somebody the hub talks with.
	 *
	 * @param id the contact's
	 * @param name as the platform or the person has it; null if nobody has said
	 * @param phone the number, masked; null if there is nothing to be told of it
	 * @param role at the platform; null for a contact that is not linked
	 * @param language in which the person is answered, null for the hub's own
	 * @param linked whether it belongs to an account of the platform
	 * @param optedOut whether the person has sent STOP
	 * @param channels over which the person is reached
	 * @param heardAt when the person wrote last, null for never
	 */
	public record Entry(String id, String name, String phone, String role, String language, boolean linked,
			boolean optedOut, List<String> channels, Instant heardAt) {

		long number() {
			return Long.parseLong(this.id);
		}

	}

	/**
	 * A thread of the web chat.
	 *
	 * @param threadId its id
	 * @param title what it is called
	 * @param updatedAt when the latest message was said, business time
	 */
	record OwnThread(String threadId, String title, Instant updatedAt) {
	}

}
