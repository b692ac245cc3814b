package routes.availability;

import java.time.Instant;
import java.util.List;

import hub.message.Media;

/**
 * One message of an agent.
 *
 * @param id the row's id, 0 for a tap
 * @param text its words, empty for none
 * @param channel the channel it came by
 * @param media what came with it; empty for nothing
 * @param quotes the provider's id of the message that it or the words before it quote, as
 * long as the hub does not know that message; null for none
 * @param at when it was received, business time
 */
public record AgentWords(long id, String text, String channel, List<Media> media, String quotes, Instant at) {

	public AgentWords {
		media = List.copyOf(media);
	}

	/**
	 * The same message, taken for one that quotes another.
	 * @param other the provider's id of that message, null for none
	 * @return the message
	 */
	AgentWords quoting(String other) {
		return new AgentWords(this.id, this.text, this.channel, this.media, other, this.at);
	}

}
