package routes.availability;

import java.time.Instant;
import java.util.List;

import hub.message.Media;

/**
 * One message of an agent.
 *
 * @param text its words, empty for none
 * @param channel the channel it came by
 * @param media what came with it; empty for nothing
 * @param quoted whether it answers to a question of ours
 * @param at when it was received, business time
 */
public record AgentWords(String text, String channel, List<Media> media, boolean quoted, Instant at) {

	public AgentWords {
		media = List.copyOf(media);
	}

}
