package routes.booking;

import java.time.Instant;

/**
 * What a seeker has confirmed to book.
 *
 * @param propertyId the home
 * @param slotId its slot
 * @param seekerId for whom
 * @param at when
 * @param key names the wish to the platform
 */
public record Reservation(String propertyId, String slotId, String seekerId, Instant at, String key) {
}
