package hub.chat;

import java.util.Locale;

/**
 * Whose words a thread's message is, or that it is a check's new state.
 */
public enum ThreadEvent {

	/** Everything that the hub says. */
	ASSISTANT_MESSAGE,
	/** The visitor's own words, or what they chose. */
	USER_MESSAGE,
	/** An agent's relayed words. */
	AGENT_MESSAGE,
	/** An availability check has changed its state. */
	CHECK_UPDATED;

	/**
	 * The name that data and interfaces use.
	 * @return such as {@code assistant_message}
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds an event by its name.
	 * @param key such as {@code assistant_message}
	 * @return the event
	 * @throws IllegalArgumentException for a name that is none
	 */
	public static ThreadEvent of(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT));
	}

}
