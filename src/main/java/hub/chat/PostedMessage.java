package hub.chat;

import java.time.Instant;

/**
 * A message that stands in a thread.
 *
 * @param threadId the thread
 * @param seq its number within the thread, from 1, without gaps
 * @param event whose words it is
 * @param key what makes it the same message when it is posted again, null for nothing
 * @param text the words, empty for none
 * @param extras the JSON object of its metadata, cards, actions and media, or of a
 * check's state; null for nothing
 * @param at when it was said, business time
 */
record PostedMessage(long threadId, long seq, ThreadEvent event, String key, String text, String extras, Instant at) {

	/**
	 * What the client that sent it calls it.
	 * @return null for what no client sent, or has no name
	 */
	String clientId() {
		return (this.key != null && this.key.startsWith(ThreadMessage.CLIENT_KEY))
				? this.key.substring(ThreadMessage.CLIENT_KEY.length()) : null;
	}

}
