package hub.queue;

import java.time.Clock;
import java.util.Collection;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Forbids to send what was said and has not left yet. Nothing in the outbox is touched: a
 * withdrawal is a row of its own, which the sender asks for just before the request
 * leaves. So it also meets what is being tried again, what a provider holds back and what
 * an operator replays, and locks no line. What is being sent at that moment is sent.
 * Whatever it meets has failed, and stays in the log; {@link OutboundQueue#withdraw}
 * erases what waits, as if it had never been said, and meets nothing that comes later.
 */
@Component
public class Withdrawals {

	private final Database database;

	private final Clock clock;

	public Withdrawals(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Takes back all that has been said so far about something, within the caller's
	 * transaction. What is said about it later is sent.
	 * @param database the transaction's store
	 * @param abouts what it tells of, as {@link hub.message.Validity#about()} names it
	 */
	public void withdraw(Database database, Collection<String> abouts) {
		if (abouts.isEmpty()) {
			return;
		}
		database.statement("queue/withdraw")
			.param("abouts", abouts.toArray(String[]::new))
			.param("at", Database.time(this.clock.instant()))
			.update();
	}

	/**
	 * Whether a message has been taken back.
	 * @param about what it tells of
	 * @param messageId its id in the log
	 * @return true if everything about that was withdrawn after it was said
	 */
	public boolean isWithdrawn(String about, long messageId) {
		return this.database.statement("queue/find-withdrawal")
			.param("about", about)
			.param("message_id", messageId)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

}
