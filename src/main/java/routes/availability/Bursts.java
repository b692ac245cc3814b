package routes.availability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.config.HubProperties;
import hub.contact.Identity;
import hub.message.Media;
import hub.store.Database;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * What agents are saying: rows with a time at which they are taken for complete, so that
 * a restart or another instance loses nothing.
 */
@Component("agentBursts")
public class Bursts {

	/** How long folding and fetching photos may take before somebody else does it. */
	private static final Duration LEASE = Duration.ofMinutes(2);

	private static final int AT_ONCE = 100;

	private static final TypeReference<List<Media>> MEDIA = new TypeReference<>() {
	};

	private final Database database;

	private final ObjectMapper json;

	private final Clock clock;

	private final HubProperties.Checks times;

	public Bursts(Database database, ObjectMapper json, Clock clock, HubProperties properties) {
		this.database = database;
		this.json = json;
		this.clock = clock;
		this.times = properties.checks();
	}

	/**
	 * Adds a turn's message to what its sender is saying.
	 * @param turn the turn
	 * @param askId what it answers to, null if that is not known
	 * @param quotes the message that it quotes if the hub does not know it, null for none
	 */
	void add(Turn turn, Long askId, String quotes) {
		String media = write(turn.message().media());
		turn.changeFirst((database) -> database.statement("availability/add-words")
			.param("contact_id", turn.contact().id())
			.param("ask_id", askId)
			.param("channel", turn.identity().channel())
			.param("address", turn.identity().address())
			.param("at", Database.time(turn.now()))
			.param("quiet_at", Database.time(turn.now().plus(this.times.quietTime())))
			.param("max_ms", this.times.maxTime().toMillis())
			.param("text", turn.message().text())
			.param("media", media)
			.param("quotes", quotes)
			.update());
	}

	/**
	 * Takes what is complete; nobody else does until the lease is over.
	 * @return in the order in which they were complete
	 */
	public List<Burst> claimDue() {
		return this.database.inTransaction(() -> withWords(this.database.statement("availability/claim-due-bursts")
			.param("now", Database.time(this.clock.instant()))
			.param("lease_ms", LEASE.toMillis())
			.param("limit", AT_ONCE)
			.query(Bursts::burst)
			.list()));
	}

	/**
	 * What somebody has said and nobody has dealt with yet.
	 * @param contactId who
	 * @return the latest first
	 */
	List<Burst> of(long contactId) {
		return withWords(this.database.statement("availability/list-bursts")
			.param("contact_id", contactId)
			.query(Bursts::burst)
			.list());
	}

	/**
	 * Ends a burst whose words are dealt with in the same transaction. What else was said
	 * is looked at anew after the quiet time.
	 * @param database the transaction's store
	 * @param burst the burst as it was read
	 * @return false if there is more to it by now, or somebody else has dealt with it
	 */
	boolean end(Database database, Burst burst) {
		if (burst.part()) {
			return database.statement("availability/end-part")
				.param("id", burst.id())
				.param("lease_no", burst.leaseNo())
				.param("due_at", Database.time(later()))
				.param("word_ids", burst.words().stream().map(AgentWords::id).toArray(Long[]::new))
				.update() == burst.words().size();
		}
		return database.statement("availability/end-burst")
			.param("id", burst.id())
			.param("lease_no", burst.leaseNo())
			.update() == 1;
	}

	/**
	 * Ends a burst whose words decide nothing and are dealt with in the same transaction.
	 * Its photos are kept: they are part of the answer that is still to come.
	 * @param database the transaction's store
	 * @param burst the burst as it was read
	 * @param askId what they answer to
	 * @return false if there is more to it by now, or somebody else has dealt with it
	 */
	boolean endKeepingPhotos(Database database, Burst burst, long askId) {
		if (burst.words().stream().allMatch((message) -> message.media().isEmpty())) {
			return end(database, burst);
		}
		lock(database, burst.contactId());
		if (!renew(database, burst)) {
			return false;
		}
		Long[] words = burst.words().stream().map(AgentWords::id).toArray(Long[]::new);
		database.statement("availability/keep-photos")
			.param("id", burst.id())
			.param("ask_id", askId)
			.param("word_ids", words)
			.update();
		database.statement("availability/drop-words").param("id", burst.id()).param("word_ids", words).update();
		database.statement("availability/end-empty-burst").param("id", burst.id()).update();
		return true;
	}

	/**
	 * Keeps a burst until its sender has said which check is meant.
	 * @param database the transaction's store
	 * @param burst the burst as it was read
	 * @return false if there is more to it by now, or somebody else has dealt with it
	 */
	boolean park(Database database, Burst burst) {
		return database.statement("availability/park-burst")
			.param("id", burst.id())
			.param("lease_no", burst.leaseNo())
			.update() == 1;
	}

	/**
	 * Has a burst looked at once more after the quiet time, though its sender has not
	 * said which check is meant.
	 * @param database the transaction's store
	 * @param burst the burst as it was read
	 * @return false if there is more to it by now, or somebody else has dealt with it
	 */
	boolean renew(Database database, Burst burst) {
		return database.statement("availability/renew-burst")
			.param("id", burst.id())
			.param("lease_no", burst.leaseNo())
			.param("due_at", Database.time(later()))
			.update() == 1;
	}

	/**
	 * Holds all that somebody is saying until the transaction ends.
	 * @param database the transaction's store
	 * @param contactId who
	 */
	void lock(Database database, long contactId) {
		database.statement("availability/lock-bursts").param("contact_id", contactId).query((row) -> {
		});
	}

	/**
	 * Gives words to what is said to the questions that they answer to; the rest is
	 * looked at anew after the quiet time, when these are dealt with.
	 * @param burst the burst as it was read; nothing is done if there is more to it by
	 * now, or somebody else has dealt with it
	 * @param words some of it by the ask that it answers to
	 */
	void move(Burst burst, Map<Long, List<AgentWords>> words) {
		this.database.inTransaction(() -> {
			lock(this.database, burst.contactId());
			if (renew(this.database, burst)) {
				words.forEach((askId, messages) -> this.database.statement("availability/move-words")
					.param("id", burst.id())
					.param("ask_id", askId)
					.param("now", Database.time(this.clock.instant()))
					.param("word_ids", messages.stream().map(AgentWords::id).toArray(Long[]::new))
					.update());
				this.database.statement("availability/end-empty-burst").param("id", burst.id()).update();
			}
			return null;
		});
	}

	private Instant later() {
		return this.clock.instant().plus(this.times.quietTime());
	}

	private List<Burst> withWords(List<Burst> bursts) {
		if (bursts.isEmpty()) {
			return bursts;
		}
		Map<Long, List<AgentWords>> words = new HashMap<>();
		bursts.forEach((burst) -> words.put(burst.id(), new ArrayList<>()));
		Map<Long, String> channels = new HashMap<>();
		bursts.forEach((burst) -> channels.put(burst.id(), burst.identity().channel()));
		this.database.statement("availability/list-words")
			.param("burst_ids", words.keySet().toArray(Long[]::new))
			.query((row) -> {
				long id = row.getLong("burst_id");
				words.get(id)
					.add(new AgentWords(row.getLong("id"), row.getString("text"), channels.get(id),
							read(row.getString("media")), row.getString("quotes"), CheckRows.time(row, "at")));
			});
		return bursts.stream()
			.filter((burst) -> !words.get(burst.id()).isEmpty())
			.map((burst) -> new Burst(burst.id(), burst.contactId(), burst.askId(), burst.identity(), burst.leaseNo(),
					burst.waits(), false, withQuotes(words.get(burst.id()))))
			.toList();
	}

	/**
	 * Whoever quotes in a breath goes on about the same, and began with it; after a pause
	 * it may be about anything.
	 */
	private List<AgentWords> withQuotes(List<AgentWords> words) {
		List<AgentWords> quoting = words.stream().filter((message) -> message.quotes() != null).toList();
		return words.stream().map((message) -> message.quoting(quotes(message, quoting))).toList();
	}

	private String quotes(AgentWords message, List<AgentWords> quoting) {
		List<AgentWords> near = quoting.stream()
			.filter((other) -> Duration.between(message.at(), other.at()).abs().compareTo(this.times.maxTime()) <= 0)
			.toList();
		return near.stream()
			.filter((other) -> other.id() <= message.id())
			.reduce((one, later) -> later)
			.or(() -> near.stream().findFirst())
			.map(AgentWords::quotes)
			.orElse(null);
	}

	private static Burst burst(ResultSet row, int number) throws SQLException {
		String address = row.getString("address");
		Instant dueAt = CheckRows.time(row, "due_at");
		return new Burst(row.getLong("id"), row.getLong("contact_id"), row.getObject("ask_id", Long.class),
				new Identity(row.getString("channel"), address, address, null), row.getInt("lease_no"), dueAt == null,
				false, List.of());
	}

	private String write(List<Media> media) {
		try {
			return media.isEmpty() ? null : this.json.writeValueAsString(media);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Media can't be written as JSON", ex);
		}
	}

	private List<Media> read(String media) {
		try {
			return (media != null) ? this.json.readValue(media, MEDIA) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
