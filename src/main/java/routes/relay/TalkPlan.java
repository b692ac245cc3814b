package routes.relay;

import hub.contact.Reach;

/**
 * Where a visitor's words go.
 *
 * @param talk the talk, perhaps one that begins with them; null if they can't go anywhere
 * @param reach how the agent is reached, null likewise
 * @param refusal the key of the text that says why they can't, null if they can
 */
public record TalkPlan(Talk talk, Reach reach, String refusal) {

	static TalkPlan refused(String refusal) {
		return new TalkPlan(null, null, refusal);
	}

}
