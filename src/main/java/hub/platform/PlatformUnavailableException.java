package hub.platform;

/**
 * The platform did not answer, or not in a way that can be used. Not the same as
 * "absent".
 */
public class PlatformUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean unsure;

	/**
	 * Creates it for what has certainly not been done.
	 * @param message what was tried, without secrets or personal data
	 * @param cause what went wrong, null for none
	 */
	public PlatformUnavailableException(String message, Throwable cause) {
		this(message, cause, false);
	}

	/**
	 * Creates it.
	 * @param message what was tried, without secrets or personal data
	 * @param cause what went wrong, null for none
	 * @param unsure whether a change that was asked for may have been made
	 */
	public PlatformUnavailableException(String message, Throwable cause, boolean unsure) {
		super(message, cause);
		this.unsure = unsure;
	}

	/**
	 * Whether a change that was asked for may have been made: the request went out, and
	 * nobody knows what became of it.
	 * @return false for reads, and for what never reached the platform
	 */
	public boolean unsure() {
		return this.unsure;
	}

}
