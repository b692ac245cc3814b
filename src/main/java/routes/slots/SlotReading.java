package routes.slots;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What an agent's words say about times.
 *
 * @param times those to come, in order, each once; empty with a problem
 * @param past those that are over already, in order
 * @param problem why the words can't be used, null if they can
 * @param piece the words that it is about; empty for all of them
 * @param offTopic whether the words begin with something else than a day or a time, and
 * no number follows: "yes, it is", but neither "tomorrow" nor "every day at 10"
 */
record SlotReading(List<Instant> times, List<Instant> past, Problem problem, String piece, boolean offTopic) {

	SlotReading {
		times = List.copyOf(times);
		past = List.copyOf(past);
	}

	static SlotReading of(List<Instant> times, List<Instant> past) {
		return new SlotReading(times, past, null, "", false);
	}

	static SlotReading problem(Problem problem, String piece, boolean offTopic) {
		return new SlotReading(List.of(), List.of(), problem, piece, offTopic);
	}

	/** Why words can't be used. Each is asked back about; nothing is guessed. */
	enum Problem {

		/** There is neither a day nor a time in it. */
		NOTHING,
		/** There are times, but no day. */
		NO_DAY,
		/** There is a day, but no time. */
		NO_TIME,
		/** A word that may change what is meant. */
		UNKNOWN,
		/** Day and month may be the other way round. */
		AMBIGUOUS_DATE,
		/** "Next Friday" may be this week's or next week's. */
		AMBIGUOUS_DAY,
		/** Morning or evening? */
		AMBIGUOUS_TIME,
		/** The clock has no such time. */
		BAD_TIME,
		/** The calendar has no such day. */
		BAD_DATE,
		/** The date is another day of the week. */
		MISMATCH,
		/** Nobody inspects a home at that time. */
		NIGHT,
		/** The clock jumps over that time. */
		GAP,
		/** All of it is over. */
		PAST,
		/** More than half a year ahead. */
		TOO_FAR,
		/** More than can be added at once. */
		TOO_MANY;

		String key() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
