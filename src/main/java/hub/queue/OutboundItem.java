package hub.queue;

import java.time.Instant;

/**
 * A message to be sent, taken by a worker: what {@code queue:outbound} puts into the
 * exchange.
 *
 * @param messageId its id in the log, which the provider carries back in its reports
 * @param channel the channel's name
 * @param address whom it goes to, canonical
 * @param priority {@link hub.message.Priority} by ordinal
 * @param attempt how often it was started, this time included and setbacks left out
 * @param setbacks how often it failed through no fault of its own
 * @param doubted whether an earlier send of it was never confirmed
 * @param body the message as JSON
 * @param correlationId what its log lines carry
 * @param recipient who gets it, null for nobody the hub talks with (an administrator)
 */
public record OutboundItem(long messageId, String channel, String address, int priority, int attempt, int setbacks,
		boolean doubted, String body, String correlationId, Recipient recipient) {

	/**
	 * Whom a message goes to, as the hub knew it when the message was taken.
	 *
	 * @param sendTo the provider's own form of the address
	 * @param lastInboundAt when the person was last heard from on this channel, null for
	 * never
	 * @param suppressed whether the provider said that this person wants no more
	 * @param optedOut whether this person has sent STOP
	 */
	public record Recipient(String sendTo, Instant lastInboundAt, boolean suppressed, boolean optedOut) {
	}

}
