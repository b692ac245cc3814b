package hub.channel;

/**
 * What became of one request to a provider, in no provider's terms.
 *
 * @param verdict what to do now
 * @param providerId the provider's message id when it was accepted, else null
 * @param code the provider's error code, null for none
 * @param reason what happened in words for an operator, without secrets or numbers; null
 * when it was accepted
 */
public record SendOutcome(Verdict verdict, String providerId, Integer code, String reason) {

	/** What to do after a request to a provider. */
	public enum Verdict {

		/** Accepted; statuses follow. */
		ACCEPTED,
		/** A passing fault that has nothing to do with this message: again, later. */
		TRANSIENT,
		/** Our number is too fast: this message again, later, and all others slower. */
		SLOW_DOWN,
		/** This contact gets too many messages: again, backing off steeply. */
		CONTACT_SLOW_DOWN,
		/** Broadcasts rest; this message again, later. */
		PAUSE_BULK,
		/** Not before 24 hours have passed. */
		NEXT_DAY,
		/** Outside the service window: only a template may go. */
		NEEDS_TEMPLATE,
		/** This person wants none of these messages: final, and no more like it. */
		SUPPRESSED,
		/** This message will never be accepted. */
		FAILED,
		/**
		 * The channel itself is refused (token, account, payment): it stops and an
		 * administrator is alerted; this message waits.
		 */
		STOP_CHANNEL,
		/** It may or may not have been accepted: wait for its status. */
		IN_DOUBT

	}

	/**
	 * A message was accepted.
	 * @param providerId the provider's message id
	 * @return its outcome
	 */
	public static SendOutcome accepted(String providerId) {
		return new SendOutcome(Verdict.ACCEPTED, providerId, null, null);
	}

	/**
	 * A message was not accepted, or perhaps not.
	 * @param verdict what to do now
	 * @param code the provider's error code, null for none
	 * @param reason what happened in words for an operator, without secrets or numbers
	 * @return its outcome
	 */
	public static SendOutcome of(Verdict verdict, Integer code, String reason) {
		return new SendOutcome(verdict, null, code, reason);
	}

}
