package routes.availability;

import java.time.Instant;
import java.util.List;

/**
 * All that an agent has said up to a pause, as one answer.
 *
 * @param text the words, a line for each message
 * @param photos the addresses of the photos, in order; empty for none
 * @param at when the first message with words was received, business time: what
 * "tomorrow" is counted from
 */
public record AgentAnswer(String text, List<String> photos, Instant at) {

	public AgentAnswer {
		photos = List.copyOf(photos);
	}

}
