package hub.channel;

/**
 * What a person sent can't be fetched. Its message is in words for an operator, without
 * addresses, tokens and numbers.
 */
public class MediaException extends RuntimeException {

	private final Reason reason;

	/** Why something can't be fetched. */
	public enum Reason {

		/** The provider has it no longer, or never had it. */
		GONE,
		/** It is larger than asked for. */
		TOO_LARGE,
		/** It is not the provider's, or the provider does not let us have it. */
		REFUSED,
		/** A passing fault: trying again may help. */
		UNAVAILABLE

	}

	/**
	 * Creates it.
	 * @param reason the class of the failure
	 * @param message what happened
	 * @param cause what went wrong, null for none
	 */
	public MediaException(Reason reason, String message, Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * Creates it.
	 * @param reason the class of the failure
	 * @param message what happened
	 */
	public MediaException(Reason reason, String message) {
		this(reason, message, null);
	}

	public Reason reason() {
		return this.reason;
	}

	/**
	 * Whether it is worth trying again.
	 * @return true for a passing fault
	 */
	public boolean isPassing() {
		return this.reason == Reason.UNAVAILABLE;
	}

}
