package routes.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * The rows of talks.
 */
@Component
public class Talks {

	private final Database database;

	public Talks(Database database) {
		this.database = database;
	}

	/**
	 * The talk that goes on in a thread.
	 * @param threadId the thread
	 * @param now business time
	 * @return the talk, empty if there is none or it has died away
	 */
	Optional<Talk> ofThread(long threadId, Instant now) {
		return this.database.statement("relay/find-by-thread")
			.param("thread_id", threadId)
			.param("since", Database.time(now.minus(Talk.SILENCE)))
			.query((row, n) -> talk(row))
			.optional();
	}

	/**
	 * The talks that an agent is in.
	 * @param contactId the agent
	 * @param now business time
	 * @return the one with the latest word first
	 */
	List<Talk> ofAgent(long contactId, Instant now) {
		return this.database.statement("relay/list-of-agent")
			.param("contact_id", contactId)
			.param("since", Database.time(now.minus(Talk.SILENCE)))
			.query((row, n) -> talk(row))
			.list();
	}

	/**
	 * The talk that a message of ours belonged to.
	 * @param contactId who got it
	 * @param channel where
	 * @param providerId the provider's id of the message
	 * @return the talk, perhaps over; empty if the message was about something else
	 */
	Optional<Talk> quoted(long contactId, String channel, String providerId) {
		return this.database.statement("relay/find-by-quote")
			.param("contact_id", contactId)
			.param("channel", channel)
			.param("provider_id", providerId)
			.query((row, n) -> talk(row))
			.optional();
	}

	/**
	 * The talk of an option.
	 * @param contactId who chose it: nobody else's is found
	 * @param token what the option carries
	 * @return the talk, perhaps over; empty if there is none
	 */
	Optional<Talk> named(long contactId, String token) {
		return this.database.statement("relay/find-by-token")
			.param("contact_id", contactId)
			.param("token", token)
			.query((row, n) -> talk(row))
			.optional();
	}

	/**
	 * The talk that a seeker is in by phone.
	 * @param contactId the seeker
	 * @param now business time
	 * @return the talk, empty if there is none or it has died away
	 */
	Optional<Talk> ofSeeker(long contactId, Instant now) {
		return this.database.statement("relay/find-by-seeker")
			.param("contact_id", contactId)
			.param("since", Database.time(now.minus(Talk.SILENCE)))
			.query((row, n) -> talk(row))
			.optional();
	}

	/**
	 * An id for a talk that may begin, so that its messages can carry it before it does.
	 * @return an id that nothing else has
	 */
	long reserve() {
		return this.database.statement("relay/reserve-talk").query(Long.class).single();
	}

	/**
	 * Begins a talk; another one of its visitor is over: in the same thread, or by phone.
	 * @param database the transaction's store
	 * @param talk what it will be
	 * @param now business time
	 */
	void begin(Database database, Talk talk, Instant now) {
		database.statement("relay/end-former")
			.param("thread_id", talk.threadId())
			.param("seeker_contact_id", talk.seekerContactId())
			.param("at", Database.time(now))
			.update();
		database.statement("relay/begin-talk")
			.param("id", talk.id())
			.param("thread_id", talk.threadId())
			.param("seeker_contact_id", talk.seekerContactId())
			.param("visitor_language", talk.visitorLanguage())
			.param("listing_id", talk.listingId())
			.param("listing_title", talk.listingTitle())
			.param("visitor_name", talk.visitorName())
			.param("agent_id", talk.agentId())
			.param("agent_name", talk.agentName())
			.param("agent_language", talk.agentLanguage())
			.param("contact_id", talk.contactId())
			.param("token", talk.token())
			.param("at", Database.time(now))
			.update();
	}

	/**
	 * Notes a word.
	 * @param database the transaction's store
	 * @param talk the talk
	 * @param byVisitor who said it
	 * @param now business time
	 * @return how many talks that was: 0 if it is over
	 */
	int speak(Database database, Talk talk, boolean byVisitor, Instant now) {
		return database.statement("relay/note-word")
			.param("id", talk.id())
			.param("visitor_waits", byVisitor)
			.param("at", Database.time(now))
			.update();
	}

	/**
	 * Ends a talk.
	 * @param database the transaction's store
	 * @param talk the talk
	 * @param now business time
	 * @return how many talks that was: 0 if it is over
	 */
	int end(Database database, Talk talk, Instant now) {
		return database.statement("relay/end-talk").param("id", talk.id()).param("at", Database.time(now)).update();
	}

	private static Talk talk(ResultSet row) throws SQLException {
		return new Talk(row.getLong("id"), row.getObject("thread_id", Long.class),
				row.getObject("seeker_contact_id", Long.class), row.getString("visitor_language"),
				row.getString("listing_id"), row.getString("listing_title"), row.getString("visitor_name"),
				row.getString("agent_id"), row.getString("agent_name"), row.getString("agent_language"),
				row.getLong("contact_id"), row.getString("phone"), row.getString("token"),
				Database.instant(row.getObject("spoken_at", OffsetDateTime.class)), row.getBoolean("visitor_waits"),
				row.getObject("ended_at") != null);
	}

}
