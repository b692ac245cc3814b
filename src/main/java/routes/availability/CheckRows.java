package routes.availability;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Reads checks and asks.
 */
@Component
public class CheckRows {

	/** A list message has 10 rows (Meta). */
	static final int MOST_OPEN = 10;

	private final Database database;

	public CheckRows(Database database) {
		this.database = database;
	}

	/**
	 * Finds a check.
	 * @param id its id
	 * @return the check, empty if there is none
	 */
	public Optional<Check> check(long id) {
		return this.database.statement("availability/find-check").param("id", id).query(CheckRows::check).optional();
	}

	/**
	 * Holds a check until the transaction ends.
	 * @param database the transaction's store
	 * @param id its id
	 * @return the check as it is now
	 */
	Check lock(Database database, long id) {
		return database.statement("availability/lock-check").param("id", id).query(CheckRows::check).single();
	}

	/**
	 * The open check of a visitor for a listing.
	 * @param userId the visitor
	 * @param listingId the listing
	 * @return the check, empty if none is open
	 */
	Optional<Check> open(String userId, String listingId) {
		return this.database.statement("availability/find-open-check")
			.param("user_id", userId)
			.param("listing_id", listingId)
			.query(CheckRows::check)
			.optional();
	}

	/**
	 * The agents of a check.
	 * @param checkId the check
	 * @return in the order in which they are asked
	 */
	List<Ask> asks(long checkId) {
		return this.database.statement("availability/list-asks")
			.param("check_id", checkId)
			.query(CheckRows::ask)
			.list();
	}

	/**
	 * What somebody was asked.
	 * @param askId the ask
	 * @return the question, empty if there is none
	 */
	Optional<Question> question(long askId) {
		return this.database.statement("availability/find-ask")
			.param("id", askId)
			.query(CheckRows::ask)
			.optional()
			.map(this::question);
	}

	/**
	 * What a button belongs to.
	 * @param token the token that it carries
	 * @return the question, empty for a token that is none of ours
	 */
	Optional<Question> questionOfToken(String token) {
		return this.database.statement("availability/find-ask-by-token")
			.param("token", token)
			.query(CheckRows::ask)
			.optional()
			.map(this::question);
	}

	/**
	 * What a message that is quoted belongs to.
	 * @param contactId who quotes it
	 * @param channel the channel
	 * @param providerId the provider's id of the quoted message
	 * @return the question, empty if it is about no check
	 */
	Optional<Question> questionOfQuote(long contactId, String channel, String providerId) {
		return this.database.statement("availability/find-ask-by-quote")
			.param("contact_id", contactId)
			.param("channel", channel)
			.param("provider_id", providerId)
			.query(CheckRows::ask)
			.optional()
			.map(this::question);
	}

	/**
	 * What somebody has not answered yet.
	 * @param contactId who was asked
	 * @return the oldest first, at most as many as a list can show
	 */
	List<Question> openQuestions(long contactId) {
		return this.database.statement("availability/list-open-asks")
			.param("contact_id", contactId)
			.param("limit", MOST_OPEN)
			.query(CheckRows::ask)
			.list()
			.stream()
			.map(this::question)
			.toList();
	}

	/**
	 * What somebody was asked last.
	 * @param contactId who was asked
	 * @param since not longer ago than this
	 * @return the question, empty if there was none
	 */
	Optional<Question> lastQuestion(long contactId, Instant since) {
		return this.database.statement("availability/find-last-ask")
			.param("contact_id", contactId)
			.param("since", Database.time(since))
			.query(CheckRows::ask)
			.optional()
			.map(this::question);
	}

	private Question question(Ask ask) {
		return new Question(ask, check(ask.checkId()).orElseThrow());
	}

	static Check check(ResultSet row, int number) throws SQLException {
		return new Check(row.getLong("id"), row.getString("user_id"), row.getString("visitor_name"),
				row.getString("language"), row.getLong("thread_id"), row.getString("listing_id"),
				row.getString("listing_title"), row.getString("currency"), row.getString("rent_period"),
				CheckState.of(row.getString("state")), time(row, "asked_at"), time(row, "expires_at"),
				time(row, "due_at"), time(row, "answered_at"), row.getString("price"),
				row.getObject("available_from", LocalDate.class),
				List.of((String[]) row.getArray("photos").getArray()));
	}

	static Ask ask(ResultSet row, int number) throws SQLException {
		return new Ask(row.getLong("id"), row.getLong("check_id"), row.getInt("position"), row.getString("agent_id"),
				row.getString("agent_name"), row.getString("phone"), row.getString("language"),
				ZoneId.of(row.getString("time_zone")), row.getString("token"), row.getObject("contact_id", Long.class),
				time(row, "asked_at"), time(row, "reminded_at"), row.getString("answer"), time(row, "refused_at"),
				row.getBoolean("open"));
	}

	static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

}
