package hub.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import hub.store.Database;

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
	 * Ends several items that went well, in one transaction: all of them or none.
	 * @param ended items of different lines, whose work names a writer
	 * @return whether more is due in any of their lines
	 * @throws LeaseLostException if somebody else holds one of the lines by now; nothing
	 * was written
	 */
	boolean finishAll(List<Ended> ended);

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

	/**
	 * An item that was handled.
	 *
	 * @param item the item
	 * @param outcome how it ended
	 * @param work what to write with it, null for nothing
	 */
	record Ended(QueuedItem item, Outcome outcome, Work work) {

		/** Whether it can be written together with others. */
		boolean isBulk() {
			return this.outcome instanceof Outcome.Done && (this.work == null || this.work.inBulk() != null);
		}

		/** Writes the work of all of these with as few statements as can be. */
		static void write(Database database, List<Ended> ended) {
			Map<BulkWriter, List<Work>> works = new LinkedHashMap<>();
			for (Ended end : ended) {
				if (end.work() != null) {
					works.computeIfAbsent(end.work().inBulk(), (writer) -> new ArrayList<>()).add(end.work());
				}
			}
			works.forEach((writer, alike) -> writer.write(database, alike));
		}

	}

	/** Somebody else holds the line by now. */
	final class LeaseLostException extends RuntimeException {

		LeaseLostException(QueuedItem item) {
			super("The lease of item " + item.id() + " has passed to somebody else");
		}

		LeaseLostException(int items) {
			super("The lease of one of " + items + " items has passed to somebody else");
		}

	}

}
