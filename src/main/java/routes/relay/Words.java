package routes.relay;

import java.util.List;

import hub.message.Media;

/**
 * What an agent says in a talk.
 *
 * @param text the words, empty for none
 * @param channel the channel it came by
 * @param media photos, as the message carries them; empty for none
 * @param quotes the provider's id of the message that they quote, null for none
 */
public record Words(String text, String channel, List<Media> media, String quotes) {

	public Words {
		media = List.copyOf(media);
	}

}
