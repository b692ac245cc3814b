package routes.alerts;

import hub.queue.NewOutbound;

/**
 * What a seeker is told.
 *
 * @param digest what is new
 * @param message what is sent, null if the seeker can't, or does not want to, be written
 * to
 */
public record AlertLetter(Digest digest, NewOutbound message) {
}
