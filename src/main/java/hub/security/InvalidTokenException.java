package hub.security;

/**
 * A token that is none of ours, is not valid any more, or does not say whose it is.
 */
public class InvalidTokenException extends RuntimeException {

	/**
	 * Creates it.
	 * @param reason why, without any part of the token
	 * @param cause what was found, null for nothing
	 */
	public InvalidTokenException(String reason, Throwable cause) {
		super(reason, cause);
	}

}
