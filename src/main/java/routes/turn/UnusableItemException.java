package routes.turn;

/**
 * An item that can't be handled, however often it is tried.
 */
public class UnusableItemException extends RuntimeException {

	/**
	 * Creates it.
	 * @param message why, in words for an operator
	 * @param cause what went wrong, null for none
	 */
	public UnusableItemException(String message, Throwable cause) {
		super(message, cause);
	}

}
