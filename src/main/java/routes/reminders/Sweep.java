package routes.reminders;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A look through the platform's inspections of the next days.
 *
 * @param from inspections from this moment on
 * @param to up to this moment
 * @param askedAt when it began, real time
 * @param seen the ids that the platform has listed so far
 */
public record Sweep(Instant from, Instant to, Instant askedAt, Set<String> seen) {

	/** Everything is known for a day and more before its reminder is due. */
	private static final Duration AHEAD = Duration.ofHours(50);

	/** How far places on earth are from UTC. */
	private static final Duration WESTERNMOST = Duration.ofHours(12);

	private static final Duration EASTERNMOST = Duration.ofHours(14);

	static Sweep at(Instant now, Instant askedAt) {
		return new Sweep(now, now.plus(AHEAD), askedAt, new HashSet<>());
	}

	/**
	 * The days of which inspections are wanted, wherever on earth they are.
	 * @return in order
	 */
	public List<LocalDate> days() {
		LocalDate first = LocalDate.ofInstant(this.from.minus(WESTERNMOST), ZoneOffset.UTC);
		LocalDate last = LocalDate.ofInstant(this.to.plus(EASTERNMOST), ZoneOffset.UTC);
		return first.datesUntil(last.plusDays(1)).toList();
	}

}
