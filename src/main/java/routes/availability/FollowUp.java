package routes.availability;

import java.util.List;

import hub.contact.Reach;

/**
 * What is due for a check that waits for an answer.
 *
 * @param check the check
 * @param refusal why it is due before its time: a question that can't arrive; null if its
 * time has come
 * @param step {@code remind}, {@code ask-next}, {@code expire}, {@code fail} or
 * {@code wait}
 * @param current who was asked last, null for nobody who can answer
 * @param next who is asked next, null for nobody
 * @param reach how the next one is reached, null for nobody
 * @param unreachable who would have been next, but can't be asked any more
 */
public record FollowUp(Check check, Refusal refusal, String step, Ask current, Ask next, Reach reach,
		List<Ask> unreachable) {
}
