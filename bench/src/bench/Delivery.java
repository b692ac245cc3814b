package bench;

import java.util.concurrent.ThreadLocalRandom;

/**
 * One webhook request and what became of it. Times are {@link System#nanoTime()}, 0 for
 * not yet.
 */
final class Delivery {

	private static final byte[] NOTHING = {};

	private static final long FIRST_PAUSE_MILLIS = 200;

	private static final long LONGEST_PAUSE_MILLIS = 10_000;

	/** The whole HTTP request, signed; empty once nobody will send it any more. */
	volatile byte[] request;

	/** Whose message it carries; -1 for a report on one of the hub's. */
	final int contact;

	/** The id that the provider gave to what it carries. */
	final String id;

	/** Whose copy it is; itself if it is none. */
	final Delivery original;

	/** When it was to leave, which is what its latency is counted from. */
	volatile long dueAt;

	/** When the first try left, its own or that of a copy. */
	volatile long firstSentAt;

	/** When 200 came, for it or for a copy. */
	volatile long acceptedAt;

	/** The port of the hub that has answered last; of an original, that has accepted it. */
	volatile int hub;

	/** When the hub's answer to the message reached the provider. */
	volatile long answeredAt;

	volatile int tries;

	/** What the load remembers of it; null for nothing. */
	Object mark;

	Delivery(byte[] request, int contact, String id) {
		this.request = request;
		this.contact = contact;
		this.id = id;
		this.original = this;
	}

	private Delivery(Delivery original) {
		this.request = original.request;
		this.contact = original.contact;
		this.id = original.id;
		this.original = original;
	}

	/**
	 * The same once more, as a provider repeats it.
	 * @return a request that nobody has in hand
	 */
	Delivery copy() {
		return new Delivery(this.original);
	}

	/** It has arrived: a long run has no room for what was sent. */
	void forgetRequest() {
		this.request = NOTHING;
	}

	/**
	 * How long to wait before it is tried again: longer each time, and spread, because a
	 * storm of repetitions would keep a starting hub from its start.
	 * @return milliseconds, half to one and a half times the pause of so many tries
	 */
	long pauseMillis() {
		long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(this.tries, 10));
		return pause / 2 + ThreadLocalRandom.current().nextLong(pause);
	}

	/** Notes that it leaves now. Only one thread at a time has it in hand. */
	void countTry() {
		this.tries++;
		if (this.original.firstSentAt == 0) {
			this.original.firstSentAt = System.nanoTime();
		}
	}

}
