package hub.queue;

/**
 * A message to be sent, taken by a worker: what {@code queue:outbound} puts into the
 * exchange.
 *
 * @param messageId its id in the log, which the provider carries back in its reports
 * @param channel the channel's name
 * @param address whom it goes to, canonical
 * @param priority {@link hub.message.Priority} by ordinal
 * @param attempt how often it was started, this time included
 * @param doubted whether an earlier send of it was never confirmed
 * @param body the message as JSON
 * @param correlationId what its log lines carry
 */
public record OutboundItem(long messageId, String channel, String address, int priority, int attempt, boolean doubted,
		String body, String correlationId) {
}
