package hub.queue;

import java.time.Duration;

/**
 * How the handling of a queued item ended. A route that says nothing has ended it well;
 * an exception means another try, with back-off, until the attempts are used up.
 */
public sealed interface Outcome {

	/**
	 * Why it did not end well.
	 * @return words for an operator, null if it did
	 */
	default String reason() {
		return null;
	}

	/** The item is done. */
	record Done() implements Outcome {
	}

	/**
	 * Again, later; the item's line waits, so that its order holds.
	 *
	 * @param after how long
	 * @param reason why, in words for an operator
	 * @param counted whether this counts as one of the attempts, else as a setback
	 */
	record Again(Duration after, String reason, boolean counted) implements Outcome {
	}

	/**
	 * Again, after so long that the item's line does not wait: what is behind it leaves
	 * meanwhile.
	 *
	 * @param after how long
	 * @param reason why, in words for an operator
	 */
	record Held(Duration after, String reason) implements Outcome {
	}

	/**
	 * Never; the item is kept with its reason and can be replayed.
	 *
	 * @param reason why, in words for an operator
	 */
	record Dead(String reason) implements Outcome {
	}

	/**
	 * Kept, but not to be handled, such as what is over a limit.
	 *
	 * @param reason why, in words for an operator
	 */
	record SetAside(String reason) implements Outcome {
	}

	/**
	 * A send that may or may not have been accepted: its line waits for the provider's
	 * report, unless it is never repeated.
	 *
	 * @param reason why, in words for an operator
	 */
	record InDoubt(String reason) implements Outcome {
	}

}
