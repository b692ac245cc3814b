package hub.message;

/**
 * Who goes first on a provider's line. Stored by {@link #ordinal()}: the lower goes
 * first.
 */
public enum Priority {

	/** An answer to somebody who waits for it. */
	REPLY,
	/** Something that is due, such as a reminder or an alert. */
	REMINDER,
	/** Something for many. */
	BROADCAST

}
