package routes.availability;

import java.time.Instant;
import java.util.List;

import hub.contact.Identity;

/**
 * What an agent has said up to a pause, or some of it.
 *
 * @param id the row's id
 * @param contactId who has said it
 * @param askId what it answers to, null if that is not known
 * @param identity where the agent is answered
 * @param leaseNo the fencing number: another message makes it another burst
 * @param waits whether the agent is still to say which check is meant or, if that is
 * known, what the answer is
 * @param part whether more was said, which these words say nothing of
 * @param words the messages, in their order
 */
public record Burst(long id, long contactId, Long askId, Identity identity, int leaseNo, boolean waits, boolean part,
		List<AgentWords> words) {

	/**
	 * Takes some of its messages.
	 * @param some which
	 * @return a burst of these alone; this one if these are all
	 */
	Burst only(List<AgentWords> some) {
		return (some.size() == this.words.size()) ? this
				: new Burst(this.id, this.contactId, this.askId, this.identity, this.leaseNo, this.waits, true, some);
	}

	/**
	 * When the last of it was said.
	 * @return business time
	 */
	Instant endedAt() {
		return this.words.get(this.words.size() - 1).at();
	}

	/**
	 * When the first of it was said.
	 * @return business time
	 */
	Instant beganAt() {
		return this.words.get(0).at();
	}

	/**
	 * Whether some of it quotes a message that the hub does not know: it was meant for
	 * one question, and only the agent can say for which.
	 * @return true if so
	 */
	boolean isAstray() {
		return this.askId == null && this.words.stream().anyMatch((message) -> message.quotes() != null);
	}

}
