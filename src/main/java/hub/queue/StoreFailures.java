package hub.queue;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Tells failures of the database from failures of what was asked of it.
 */
final class StoreFailures {

	private StoreFailures() {
	}

	/**
	 * Whether the same may succeed later, such as when the database is away.
	 * @param failure what went wrong
	 * @return false for what will fail again
	 */
	static boolean passing(RuntimeException failure) {
		if (failure instanceof OptimisticLockingFailureException) {
			return false;
		}
		return !(failure instanceof NonTransientDataAccessException)
				|| failure instanceof DataAccessResourceFailureException
				|| failure instanceof UncategorizedSQLException;
	}

}
