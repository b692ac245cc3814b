package routes.admin;

import java.time.Instant;

/**
 * A stretch of business time.
 *
 * @param from its beginning
 * @param to its end, which is no part of it
 */
public record Period(Instant from, Instant to) {
}
