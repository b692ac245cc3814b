package hub.platform;

/**
 * The platform understood a request and does not take it: asking again is no use.
 */
public class PlatformRefusedException extends RuntimeException {

	private final int status;

	/**
	 * Creates it.
	 * @param what what was tried, without secrets or personal data
	 * @param status the platform's HTTP status, 400 to 499
	 * @param cause the platform's answer
	 */
	public PlatformRefusedException(String what, int status, Throwable cause) {
		super("The platform refused " + what + " with " + status, cause);
		this.status = status;
	}

	public int status() {
		return this.status;
	}

}
