package routes.availability;

import java.util.List;

import hub.contact.Identity;

/**
 * What an agent has said up to a pause.
 *
 * @param id the row's id
 * @param contactId who has said it
 * @param askId what it answers to, null if that is not known
 * @param identity where the agent is answered
 * @param leaseNo the fencing number: another message makes it another burst
 * @param waits whether the agent is still to say which check is meant
 * @param words the messages, in their order
 */
public record Burst(long id, long contactId, Long askId, Identity identity, int leaseNo, boolean waits,
		List<AgentWords> words) {
}
