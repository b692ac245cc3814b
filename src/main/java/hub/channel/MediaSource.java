package hub.channel;

import hub.message.Media;

/**
 * Fetches what people sent besides words from the provider that keeps it. Safe for use by
 * many threads; never called while a transaction is open.
 */
public interface MediaSource {

	/**
	 * The channel's name.
	 * @return such as {@code whatsapp}
	 */
	String channel();

	/**
	 * Fetches a picture, sound, video or file that came with a message of this channel.
	 * What comes back is whatever the provider gave: its type is the provider's claim.
	 * Takes up to 30 seconds.
	 * @param media as the message carries it
	 * @param maxBytes the most bytes that are read, 1 or more
	 * @return the content
	 * @throws MediaException if there is none to be had, with the reason
	 */
	MediaContent fetch(Media media, int maxBytes);

}
