package hub.turn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What a contact was last shown, so that a choice that names no object has one: "Property
 * details" means the listing that was just looked at. Where several were shown at once
 * none is meant, and the contact is asked which.
 * <p>
 * It belongs to the conversation's memory and is written with the turn. A thread of the
 * web chat has none.
 */
@Component("shown")
public class Shown {

	/** The rows of one list (Meta); of more nobody can be asked which. */
	private static final int MOST = 10;

	private static final Logger log = LoggerFactory.getLogger(Shown.class);

	private final ObjectMapper json;

	public Shown(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * Notes what is shown, in place of what was shown of its kind before.
	 * @param turn the turn that shows it
	 * @param kind what it is
	 * @param ids the platform's ids, in the order they are shown; empty for nothing any
	 * more. The first 10 are kept
	 */
	public void note(Turn turn, Kind kind, List<String> ids) {
		Map<String, List<String>> shown = read(turn);
		shown.put(kind.key(), ids.stream().distinct().limit(MOST).toList());
		try {
			turn.show(this.json.writeValueAsString(shown));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("What was shown can't be written as JSON", ex);
		}
	}

	/**
	 * What was shown last.
	 * @param turn the turn
	 * @param kind what it is
	 * @return the platform's ids, in the order they were shown; empty for nothing
	 */
	public List<String> last(Turn turn, Kind kind) {
		return read(turn).getOrDefault(kind.key(), List.of());
	}

	/**
	 * Notes that one listing is shown.
	 * @param turn the turn that shows it
	 * @param id the platform's id
	 */
	public void noteProperty(Turn turn, String id) {
		note(turn, Kind.PROPERTY, List.of(id));
	}

	/**
	 * Notes that one inspection is shown.
	 * @param turn the turn that shows it
	 * @param id the platform's id
	 */
	public void noteInspection(Turn turn, String id) {
		note(turn, Kind.INSPECTION, List.of(id));
	}

	/**
	 * Which listing a choice is about.
	 * @param turn the turn
	 * @param object what the choice names, null for nothing
	 * @return what it names, else the listing that was shown last; null if there was none
	 * or several at once
	 */
	public String property(Turn turn, String object) {
		return (object != null) ? object : only(last(turn, Kind.PROPERTY));
	}

	/**
	 * Which inspection a choice is about.
	 * @param turn the turn
	 * @param object what the choice names, null for nothing
	 * @return what it names, else the inspection that was shown last; null if there was
	 * none or several at once
	 */
	public String inspection(Turn turn, String object) {
		return (object != null) ? object : only(last(turn, Kind.INSPECTION));
	}

	/**
	 * Which slot a choice is about.
	 * @param turn the turn
	 * @param object what the choice names, null for nothing
	 * @return what it names, else the slot that was shown last; null if there was none or
	 * several at once
	 */
	public String slot(Turn turn, String object) {
		return (object != null) ? object : only(last(turn, Kind.SLOT));
	}

	private static String only(List<String> ids) {
		return (ids.size() == 1) ? ids.get(0) : null;
	}

	private Map<String, List<String>> read(Turn turn) {
		if (turn.shown() == null) {
			return new TreeMap<>();
		}
		try {
			return this.json.readValue(turn.shown(), new TypeReference<TreeMap<String, List<String>>>() {
			});
		}
		catch (JsonProcessingException ex) {
			// Of another version of the hub: a choice without object is asked back, no
			// more
			log.warn("What was shown to a contact can't be read: {}", ex.getOriginalMessage());
			return new TreeMap<>();
		}
	}

	/** What can be shown. */
	public enum Kind {

		/** A listing. */
		PROPERTY,
		/** An inspection, also called booking. */
		INSPECTION,
		/** A time at which a listing can be inspected. */
		SLOT;

		String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
