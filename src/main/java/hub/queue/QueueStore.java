package hub.queue;

import java.util.List;

/**
 * A durable queue as its consumer sees it.
 */
interface QueueStore {

	/**
	 * Takes what is due, at most one item a line.
	 * @param limit at most so many
	 * @return the taken items, and whether it is worth asking again at once
	 */
	Claimed claim(int limit);

	/**
	 * Ends an item and writes what its handling decided, in one transaction. May be
	 * called again when the database failed: it takes effect once.
	 * @param item the item
	 * @param outcome how it ended
	 * @param work what to write with it, null for nothing
	 * @return whether more is due in its line
	 * @throws LeaseLostException if somebody else holds the line by now; nothing was
	 * written
	 */
	boolean finish(QueuedItem item, Outcome outcome, Work work);

	/**
	 * Whether an item's end stands even if what belongs to it can't be written: a message
	 * that has left must not leave again.
	 * @return false if the item is to be tried again instead
	 */
	default boolean endsWithoutWork() {
		return false;
	}

	/**
	 * What a claim yielded.
	 *
	 * @param items the taken items
	 * @param lanes how many lines were leased for it
	 */
	record Claimed(List<QueuedItem> items, int lanes) {
	}

	/** Somebody else holds the line by now. */
	final class LeaseLostException extends RuntimeException {

		LeaseLostException(QueuedItem item) {
			super("The lease of item " + item.id() + " has passed to somebody else");
		}

	}

}
