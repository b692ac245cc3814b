package hub.contact;

import java.time.Instant;

/**
 * A question of ours that waits for words.
 *
 * @param name which question, such as {@code completion-notes}
 * @param data what has been gathered so far, JSON, null for nothing
 * @param expiresAt when it is forgotten
 */
public record Dialogue(String name, String data, Instant expiresAt) {
}
