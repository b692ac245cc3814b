package bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings deliveries to the hub: promptly, or as badly as providers do at times.
 */
interface Courier {

	/** At once, and once. */
	Courier PROMPT = (delivery, now, later) -> now.accept(delivery);

	/** Posts a request after a while. */
	interface Later {

		void post(Delivery delivery, long millis);

	}

	/**
	 * Brings a delivery.
	 * @param delivery which is due
	 * @param now posts at once
	 * @param later posts after a while
	 */
	void carry(Delivery delivery, Consumer<Delivery> now, Later later);

	/**
	 * Brings each delivery several times: at once, within seconds, and minutes later.
	 * @param random when
	 * @param longest seconds until the last copy, at most
	 * @return the courier
	 */
	static Courier repeating(Random random, int longest) {
		return (delivery, now, later) -> {
			now.accept(delivery);
			later.post(delivery.copy(), millis(random, 0, 50));
			later.post(delivery.copy(), millis(random, 50, 3000));
			if (random.nextInt(4) == 0) {
				later.post(delivery.copy(), millis(random, 3000, longest * 1000));
			}
		};
	}

	/**
	 * Brings each delivery over several connections at the same time.
	 * @return the courier
	 */
	static Courier atOnce() {
		return (delivery, now, later) -> {
			now.accept(delivery);
			for (int n = 0; n < 3; n++) {
				now.accept(delivery.copy());
			}
		};
	}

	/**
	 * Lets deliveries overtake each other.
	 * @param random how late each is
	 * @param longest milliseconds at most
	 * @return the courier
	 */
	static Courier shuffling(Random random, int longest) {
		return (delivery, now, later) -> {
			long millis = millis(random, 0, longest);
			delivery.dueAt += TimeUnit.MILLISECONDS.toNanos(millis);
			later.post(delivery, millis);
		};
	}

	/**
	 * Keeps all deliveries back, and then brings them all at once.
	 * @param at until when, in nanoseconds
	 * @return the courier
	 */
	static Courier holding(long at) {
		return (delivery, now, later) -> {
			long millis = Math.max(0, TimeUnit.NANOSECONDS.toMillis(at - System.nanoTime()));
			delivery.dueAt = Math.max(delivery.dueAt, at);
			later.post(delivery, millis);
		};
	}

	private static long millis(Random random, int from, int to) {
		synchronized (random) {
			return from + random.nextInt(to - from);
		}
	}

}
