package hub.contact;

import java.time.Instant;

/**
 * How a contact is reached on one channel.
 *
 * @param channel the channel's name
 * @param address the canonical address: a number in E.164, else the provider's user id
 * @param sendTo the provider's own form of the address
 * @param lastInboundAt when the person last wrote there, which opens the service window;
 * null for never
 */
public record Identity(String channel, String address, String sendTo, Instant lastInboundAt) {
}
