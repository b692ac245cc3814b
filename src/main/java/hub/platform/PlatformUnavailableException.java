package hub.platform;

/**
 * The platform did not answer, or not in a way that can be used. Not the same as
 * "absent".
 */
public class PlatformUnavailableException extends RuntimeException {

	/**
	 * Creates it.
	 * @param message what was tried, without secrets or personal data
	 * @param cause what went wrong, null for none
	 */
	public PlatformUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
