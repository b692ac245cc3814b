package hub.channel;

import java.time.Instant;

/**
 * The provider's late word that a message it had accepted will not arrive.
 *
 * @param messageId our own id of the message, null when the report does not carry it
 * @param installation which hub that id is one of ({@link hub.store.Installation}), null
 * where nobody else's reports come
 * @param providerId the provider's id of the message
 * @param phone the recipient's number in E.164, null when it is hidden
 * @param userId the recipient's user id, null for none
 * @param at when it failed
 * @param outcome what to do now, as for an error in an answer; an unknown error is final
 */
public record FailedSend(Long messageId, String installation, String providerId, String phone, String userId,
		Instant at, SendOutcome outcome) {

	/** A report that came on a way of our own. */
	public FailedSend(Long messageId, String providerId, String phone, String userId, Instant at, SendOutcome outcome) {
		this(messageId, null, providerId, phone, userId, at, outcome);
	}

}
