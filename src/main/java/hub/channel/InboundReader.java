package hub.channel;

import java.util.Optional;

import hub.message.InboundMessage;

/**
 * Reads what one channel delivered.
 */
public interface InboundReader {

	/**
	 * The channel's name.
	 * @return such as {@code whatsapp}
	 */
	String channel();

	/**
	 * Reads an item of the inbox.
	 * @param body the item as JSON, as the channel's intake stored it
	 * @return what the person sent
	 * @throws IllegalArgumentException if it can't be understood; trying again does not
	 * help
	 */
	InboundMessage read(String body);

	/**
	 * Reads what a message of the kind {@link hub.message.Kind#SYSTEM} says of its
	 * sender's identity.
	 * @param body the item as JSON
	 * @return the change, empty if the message tells of none
	 * @throws IllegalArgumentException if it can't be understood
	 */
	Optional<IdentityChange> readIdentityChange(String body);

	/**
	 * Reads the report of a failed send.
	 * @param body the item as JSON
	 * @return what failed and what to do
	 * @throws IllegalArgumentException if this is the body of something else
	 */
	FailedSend readFailedSend(String body);

}
