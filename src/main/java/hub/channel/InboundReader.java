package hub.channel;

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

}
