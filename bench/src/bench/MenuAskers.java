package bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * People who ask for their menu, one after the other, at a fixed rate (open loop), while
 * the hub is busy with something else: how long do they wait?
 */
final class MenuAskers implements WebhookClient.Listener {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private final int first;

	/** When the webhook of each was due. */
	private final long[] dueAt;

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private volatile Histogram menus = new Histogram(LONGEST_NANOS, 3);

	private volatile boolean stopped;

	private Thread writers;

	/**
	 * People who do not write yet.
	 * @param first the contact that is the first of them; all who follow are theirs
	 * @param people how many there are
	 */
	MenuAskers(int first, int people) {
		this.first = first;
		this.dueAt = new long[people];
	}

	/**
	 * Lets them write until {@link #stop()}.
	 * @param client carries their webhooks, and tells this of the answers
	 * @param meta makes the webhooks
	 * @param rate how many write in a second
	 */
	void start(WebhookClient client, Meta meta, int rate) {
		this.stopped = false;
		this.writers = new Thread(() -> write(client, meta, rate), "bench-writers");
		this.writers.start();
	}

	private void write(WebhookClient client, Meta meta, int rate) {
		Pace pace = new Pace(rate);
		for (int n = 0; !this.stopped; n++) {
			int person = n % this.dueAt.length;
			Delivery delivery = meta.text(this.first + person, "menu");
			this.dueAt[person] = pace.await(n);
			this.asked.incrementAndGet();
			client.post(delivery);
		}
	}

	/** Lets nobody write any more, and waits until each has their menu. */
	void stop() throws Exception {
		this.stopped = true;
		this.writers.join();
		await(() -> this.answered.get() >= this.asked.get());
	}

	/**
	 * Waits until so many have their menu.
	 * @param count how many in all
	 */
	void awaitAnswers(int count) throws Exception {
		await(() -> this.answered.get() >= count);
	}

	/**
	 * Something is at the provider.
	 * @param contact whom it is for
	 * @param at when, nanoseconds
	 * @return whether it is one of theirs, a menu
	 */
	boolean menu(int contact, long at) {
		if (contact < this.first) {
			return false;
		}
		this.menus.recordValue(Math.min(at - this.dueAt[contact - this.first], LONGEST_NANOS));
		this.answered.incrementAndGet();
		return true;
	}

	/**
	 * How long they have waited since this was last asked for, nanoseconds from when the
	 * webhook was due until the menu was at the provider.
	 */
	Histogram takeMenus() {
		Histogram taken = this.menus;
		this.menus = new Histogram(LONGEST_NANOS, 3);
		return taken;
	}

	/**
	 * Says what has gone wrong.
	 * @param complaints what it is added to
	 */
	void complain(List<String> complaints) {
		if (this.refused.get() != 0) {
			complaints.add(this.refused.get() + " webhooks were not answered 200");
		}
		int missing = this.asked.get() - this.answered.get();
		if (missing != 0) {
			complaints.add(missing + " menus were not answered");
		}
	}

	@Override
	public void answered(Delivery delivery, int status, long at) {
		if (status != 200) {
			this.refused.incrementAndGet();
		}
	}

	@Override
	public void broken(Delivery delivery) {
		this.refused.incrementAndGet();
	}

	/** Waits for it, but not for ever: then the complaints say what is missing. */
	static void await(Condition condition) throws Exception {
		long end = System.nanoTime() + LONGEST_NANOS;
		while (!condition.isMet() && System.nanoTime() < end) {
			LockSupport.parkNanos(LOOK_NANOS);
		}
	}

	/** What is waited for. */
	interface Condition {

		boolean isMet() throws Exception;

	}

}
