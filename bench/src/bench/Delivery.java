package bench;

/**
 * One webhook request and what became of it. Times are {@link System#nanoTime()}, 0 for
 * not yet.
 */
final class Delivery {

	/** The whole HTTP request, signed. */
	final byte[] request;

	/** Whose message it carries; -1 for a report on one of the hub's. */
	final int contact;

	/** The id that the provider gave to what it carries. */
	final String id;

	/** When it was to leave, which is what its latency is counted from. */
	volatile long dueAt;

	/** When its first try left. */
	volatile long firstSentAt;

	/** When 200 came. */
	volatile long acceptedAt;

	/** When the hub's answer to the message reached the provider. */
	volatile long answeredAt;

	volatile int tries;

	Delivery(byte[] request, int contact, String id) {
		this.request = request;
		this.contact = contact;
		this.id = id;
	}

	/** Notes that it leaves now. Only one thread at a time has it in hand. */
	void countTry() {
		this.tries++;
		if (this.firstSentAt == 0) {
			this.firstSentAt = System.nanoTime();
		}
	}

}
