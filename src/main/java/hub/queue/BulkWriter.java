package hub.queue;

import java.util.List;

import hub.store.Database;

/**
 * Writes the work of several items at once: with as many statements as one of them would
 * need.
 */
public interface BulkWriter {

	/**
	 * Writes, as {@link Work#write} does for one: all of it has the same effect as if
	 * each had been written alone, in this order.
	 * @param database the store
	 * @param works at least one, all of which have named this writer
	 */
	void write(Database database, List<Work> works);

}
