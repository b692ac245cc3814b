package routes.availability;

import java.util.List;

/**
 * A tap on a button of a check.
 *
 * @param question what it belongs to, null for a token that is none of ours or not for
 * this number
 * @param choice {@code yes}, {@code no} or {@code pick}
 * @param said what the agent has said in words and is part of the answer
 * @param left what the agent has said besides and waits for the choice of a home
 * @param words the messages of {@code said}, and last the tap itself
 * @param refusal the key of the text that says why it decides nothing, null if it does
 */
public record Press(Question question, String choice, List<Burst> said, List<Burst> left, List<AgentWords> words,
		String refusal) {

	/**
	 * Whether there is something to be read as an answer.
	 * @return false for a tap that decides nothing
	 */
	public boolean isAnswer() {
		return this.refusal == null;
	}

}
