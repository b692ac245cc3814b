package bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moments at a fixed rate, whatever becomes of what is done at them (open loop).
 */
final class Pace {

	private final long start = System.nanoTime();

	private final int rate;

	/**
	 * Begins now.
	 * @param rate moments a second
	 */
	Pace(int rate) {
		this.rate = rate;
	}

	/**
	 * Waits for a moment, not at all if it is past.
	 * @param n which one, from 0
	 * @return when it was due, in nanoseconds
	 */
	long await(long n) {
		long due = this.start + n * TimeUnit.SECONDS.toNanos(1) / this.rate;
		for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
			LockSupport.parkNanos(wait);
		}
		return due;
	}

}
