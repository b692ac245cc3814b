package hub.queue;

import hub.store.Database;

/**
 * Somebody who must know of messages that will not arrive: refused for good, or tried so
 * often that they are dead.
 */
public interface SendFailureListener {

	/**
	 * A message will not arrive. Called within the transaction that says so, which holds
	 * the locks of its lane: whoever listens writes new rows of its own and locks nothing
	 * else, or two of them deadlock.
	 * @param database the transaction's store
	 * @param messageId the message in the log
	 * @param reason why, in words for an operator
	 */
	void failed(Database database, long messageId, String reason);

}
