package hub.channel;

import java.time.Instant;

/**
 * A provider's report on a message that the hub sent.
 *
 * @param channel the channel's name
 * @param messageId our own id of the message as the provider carried it back (Meta:
 * {@code biz_opaque_callback_data}), null when it was absent or is no id of a hub
 * @param installation which hub that id is one of ({@link hub.store.Installation}), null
 * where nobody else's reports come
 * @param providerId the provider's message id
 * @param state the reported state
 * @param at when the provider says it happened
 * @param errorCode the provider's code of a failure, null for none
 * @param error the provider's words for a failure, null for none
 */
public record StatusUpdate(String channel, Long messageId, String installation, String providerId, MessageState state,
		Instant at, Integer errorCode, String error) {

	/** A report that came on a way of our own. */
	public StatusUpdate(String channel, Long messageId, String providerId, MessageState state, Instant at,
			Integer errorCode, String error) {
		this(channel, messageId, null, providerId, state, at, errorCode, error);
	}

}
