package routes.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of business time.
 *
 * @param from its beginning
 * @param to its end, which is no part of it
 */
public record Period(Instant from, Instant to) {

	/** As exact as the store is, so that what it gives back is the same moment. */
	public Period {
		from = from.truncatedTo(ChronoUnit.MICROS);
		to = to.truncatedTo(ChronoUnit.MICROS);
	}

}
