package routes.availability;

import java.util.Locale;

/**
 * How far an availability check has come. Asked and reminded are open; the others are
 * ends.
 */
public enum CheckState {

	/** An agent has been asked, the first one or the next. */
	ASKED,
	/** The agent who was asked last has been reminded. */
	REMINDED,
	/** An agent says yes. */
	AVAILABLE,
	/** An agent says no. */
	UNAVAILABLE,
	/** Nobody has answered in time. This is no "no". */
	EXPIRED,
	/** The question could not be brought to any agent. */
	FAILED;

	/**
	 * The name that data and interfaces use.
	 * @return such as {@code asked}
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a state by its name.
	 * @param key such as {@code asked}
	 * @return the state
	 * @throws IllegalArgumentException for a name that is none
	 */
	public static CheckState of(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT));
	}

	/**
	 * Whether an answer is still awaited.
	 * @return true for asked and reminded
	 */
	public boolean isOpen() {
		return this == ASKED || this == REMINDED;
	}

	/**
	 * What is known of the listing.
	 * @return null for nothing
	 */
	public Boolean availability() {
		return switch (this) {
			case AVAILABLE -> Boolean.TRUE;
			case UNAVAILABLE -> Boolean.FALSE;
			default -> null;
		};
	}

}
