package hub.chat;

/**
 * How visitors of the web chat stand in the inbox: each thread is a line of its own.
 */
public final class WebChannel {

	/** The channel's name. */
	public static final String NAME = "web";

	private static final String LANE = "web:";

	private WebChannel() {
	}

	/**
	 * The line of a thread.
	 * @param threadId the thread
	 * @return the contact key, such as {@code web:17}
	 */
	public static String lane(long threadId) {
		return LANE + threadId;
	}

	/**
	 * The thread whose line it is.
	 * @param contactKey such as {@code web:17}
	 * @return the thread's id
	 * @throws IllegalArgumentException if it is no thread's
	 */
	public static long thread(String contactKey) {
		if (!contactKey.startsWith(LANE)) {
			throw new IllegalArgumentException("This is no thread's line: " + contactKey);
		}
		return Long.parseLong(contactKey.substring(LANE.length()));
	}

	/**
	 * What an action does.
	 * @param action such as {@code book:42}
	 * @return such as {@code book}
	 */
	public static String verb(String action) {
		int colon = action.indexOf(':');
		return (colon >= 0) ? action.substring(0, colon) : action;
	}

	/**
	 * What an action is about.
	 * @param action such as {@code book:42}
	 * @return such as {@code 42}, null for nothing
	 */
	public static String object(String action) {
		int colon = action.indexOf(':');
		return (colon >= 0 && colon + 1 < action.length()) ? action.substring(colon + 1) : null;
	}

}
