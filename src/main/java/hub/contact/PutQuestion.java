package hub.contact;

import java.time.Instant;

/**
 * A question that the hub has put to a contact of its own accord, such as an availability
 * check.
 *
 * @param askedAt when the last one was put, business time
 * @param open whether the answer to any is still awaited
 */
public record PutQuestion(Instant askedAt, boolean open) {
}
