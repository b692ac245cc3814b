package hub.queue;

import hub.store.Database;

/**
 * What an exchange has decided to write. A consumer of {@code queue:} whose exchange ends
 * with such a body writes it in the same transaction that ends the queued item: both, or
 * neither.
 */
public interface Work {

	/**
	 * Writes, within a transaction that is already open and short. Nothing here may call
	 * the outside.
	 * @param database the store
	 * @throws org.springframework.dao.OptimisticLockingFailureException if what was read
	 * before has changed meanwhile: all is rolled back and the item is tried again
	 */
	void write(Database database);

	/**
	 * Who can write this together with the work of other items. A queue that is busy then
	 * ends many items in one transaction.
	 * @return null if it is written alone: what changes more than its own rows must be
	 */
	default BulkWriter inBulk() {
		return null;
	}

	/**
	 * How the item itself ends.
	 * @return done, unless the exchange says otherwise
	 */
	default Outcome outcome() {
		return new Outcome.Done();
	}

	/** Called once after the commit, in no transaction. */
	default void committed() {
	}

}
