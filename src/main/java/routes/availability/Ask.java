package routes.availability;

import java.time.Instant;
import java.time.ZoneId;

/**
 * An agent's part in a check: somebody who was asked, or will be if those before stay
 * silent. Times are business time.
 *
 * @param id the hub's id
 * @param checkId the check
 * @param position 0 is asked first
 * @param agentId the platform's id of the agent
 * @param agentName the agent's name
 * @param phone the number that the platform has, E.164; null for none
 * @param language what the agent is written in
 * @param zone the agent's time zone
 * @param token what the question's buttons carry; nobody can guess it
 * @param contactId whose answer counts: the number that was asked; null until then
 * @param askedAt when the question was put, null for not yet
 * @param remindedAt when the reminder was sent, null for not yet
 * @param answer {@code yes} or {@code no}, null for neither
 * @param refusedAt when it was known that the question can't reach the agent, null if it
 * can
 * @param open whether an answer is awaited
 */
public record Ask(long id, long checkId, int position, String agentId, String agentName, String phone, String language,
		ZoneId zone, String token, Long contactId, Instant askedAt, Instant remindedAt, String answer,
		Instant refusedAt, boolean open) {

	/**
	 * Whether the agent may still be asked.
	 * @return false once asked, or if that is impossible
	 */
	public boolean isWaiting() {
		return this.askedAt == null && this.refusedAt == null;
	}

	/**
	 * Whether the question was put to the agent and was not refused.
	 * @return true if an answer may come
	 */
	public boolean isPut() {
		return this.askedAt != null && this.refusedAt == null;
	}

	/**
	 * When the agent was last asked or reminded.
	 * @return null for never
	 */
	public Instant lastAskedAt() {
		return (this.remindedAt != null) ? this.remindedAt : this.askedAt;
	}

	/**
	 * The first word of the agent's name, to greet with.
	 * @return never blank unless the name is
	 */
	public String firstName() {
		return this.agentName.strip().split("\\s+", 2)[0];
	}

	/**
	 * What a message about this carries through the log, so that an answer that quotes it
	 * is known.
	 * @return such as {@code ask-17}
	 */
	public String correlationId() {
		return "ask-" + this.id;
	}

	/**
	 * The token of a button.
	 * @param choice {@code yes}, {@code no} or {@code pick}
	 * @return such as {@code check:…:yes}
	 */
	public String button(String choice) {
		return "check:" + this.token + ":" + choice;
	}

}
