package routes.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.message.Media;
import hub.store.Database;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * What agents have said who are still to say to whom.
 */
@Component
public class PendingWords {

	/** So long they may think about it. */
	private static final Duration PATIENCE = Duration.ofHours(1);

	private static final TypeReference<List<Media>> MEDIA = new TypeReference<>() {
	};

	private final Database database;

	private final ObjectMapper json;

	public PendingWords(Database database, ObjectMapper json) {
		this.database = database;
		this.json = json;
	}

	/**
	 * Keeps a turn's words.
	 * @param turn the turn
	 * @param words what it says
	 */
	void keep(Turn turn, Words words) {
		String media = write(words.media());
		turn.change((database) -> database.statement("relay/keep-words")
			.param("contact_id", turn.contact().id())
			.param("channel", words.channel())
			.param("text", words.text())
			.param("media", media)
			.param("quotes", words.quotes())
			.param("at", Database.time(turn.now()))
			.update());
	}

	/**
	 * What a turn's sender has said.
	 * @param turn the turn
	 * @return all of it, empty if nothing waits
	 */
	Pending of(Turn turn) {
		List<Long> ids = new ArrayList<>();
		List<Instant> times = new ArrayList<>();
		List<Words> words = this.database.statement("relay/list-words")
			.param("contact_id", turn.contact().id())
			.param("since", Database.time(turn.now().minus(PATIENCE)))
			.query((row, n) -> {
				ids.add(row.getLong("id"));
				times.add(Database.instant(row.getObject("at", OffsetDateTime.class)));
				return new Words(row.getString("text"), row.getString("channel"), read(row.getString("media")),
						row.getString("quotes"));
			})
			.list();
		return words.isEmpty() ? new Pending(List.of(), 0, null)
				: new Pending(words, ids.get(ids.size() - 1), times.get(times.size() - 1));
	}

	/**
	 * Removes what is dealt with in the same transaction.
	 * @param database the transaction's store
	 * @param turn the turn of the sender
	 * @param pending what it is
	 */
	void drop(Database database, Turn turn, Pending pending) {
		database.statement("relay/drop-words")
			.param("contact_id", turn.contact().id())
			.param("up_to", pending.upTo())
			.update();
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

	/**
	 * Words that wait.
	 *
	 * @param words in their order
	 * @param upTo the row of the last
	 * @param lastAt when the last was said, business time; null for none
	 */
	record Pending(List<Words> words, long upTo, Instant lastAt) {

		boolean isEmpty() {
			return this.words.isEmpty();
		}

		/** All of them as one, which quotes what the first of them does that quotes. */
		Words together() {
			return new Words(
					this.words.stream()
						.map(Words::text)
						.filter((text) -> !text.isBlank())
						.collect(Collectors.joining("\n")),
					this.words.get(0).channel(),
					this.words.stream().flatMap((words) -> words.media().stream()).toList(),
					this.words.stream().map(Words::quotes).filter(Objects::nonNull).findFirst().orElse(null));
		}

	}

}
