package hub.media;

/**
 * What was sent is no picture that can be shown. Its message says why, in words for an
 * operator, without anything of the content.
 */
class NoPictureException extends Exception {

	private static final long serialVersionUID = 1L;

	NoPictureException(String message) {
		super(message);
	}

	NoPictureException(String message, Throwable cause) {
		super(message, cause);
	}

}
