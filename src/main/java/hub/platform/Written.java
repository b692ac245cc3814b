package hub.platform;

/**
 * What the platform made of a change.
 *
 * @param value what it says is so now, null if it refused
 * @param refusal why nothing was changed, null if it was
 * @param <T> what was changed
 */
public record Written<T>(T value, Refusal refusal) {

	/** Why nothing was changed. */
	public enum Refusal {

		/** As things stand it can't be: a time that is taken, a visit that is over. */
		CONFLICT,
		/** What was to be changed does not exist, or no more. */
		ABSENT,
		/** The platform does not take this change, now or later. */
		INVALID

	}

	/**
	 * Whether it is so now.
	 * @return false if the platform refused
	 */
	public boolean done() {
		return this.refusal == null;
	}

}
