package hub.contact;

import java.time.Instant;

/**
 * All that the hub remembers when a message comes in.
 *
 * @param contact who wrote
 * @param identity how to answer
 * @param dialogue the question that waits for an answer, null for none; may have expired
 * @param shown JSON: what was last offered, null for nothing
 * @param codeRequestedAt when a one-time code was last asked for, null for never
 */
public record KnownSender(Contact contact, Identity identity, Dialogue dialogue, String shown,
		Instant codeRequestedAt) {
}
