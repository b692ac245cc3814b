package hub.queue;

import java.time.Duration;

/**
 * A message that is to be queued.
 *
 * @param contactId whom it is said to, null for nobody the hub talks with
 * @param channel the channel's name
 * @param address the contact's canonical address on it
 * @param kind what it is in the log: {@code text}, {@code options}, {@code mail}, …
 * @param text its words for the log
 * @param priority who goes first
 * @param sequel whether it waits, for a while, until the one before it is delivered
 * @param delay how long it waits at least
 * @param body the message as JSON, as its delivery route takes it
 * @param correlationId what it belongs to
 */
public record NewOutbound(Long contactId, String channel, String address, String kind, String text, int priority,
		boolean sequel, Duration delay, String body, String correlationId) {

	/**
	 * The line it stands in.
	 * @return channel and address
	 */
	public String laneKey() {
		return this.channel + ":" + this.address;
	}

}
