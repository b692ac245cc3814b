package bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

import org.HdrHistogram.Histogram;

/**
 * Load of people who ask for their menu, for measuring: each message must be answered
 * 200, and by exactly one message to its sender. Answers are matched with messages by
 * their sender and in order, which the hub promises.
 */
final class Traffic implements WebhookClient.Listener, Provider.Listener, AutoCloseable {

	/** Longer than anything should take; histograms end there. */
	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	static final int CONNECTIONS = 64;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

	private final List<Deque<Delivery>> outstanding = new ArrayList<>();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong unexpected = new AtomicLong();

	private final AtomicInteger next = new AtomicInteger();

	private volatile Histogram acks = histogram();

	private volatile Histogram turns = histogram();

	private volatile IntConsumer then = (contact) -> {
	};

	private volatile long lastAckAt;

	private volatile long lastAnswerAt;

	private Meta meta;

	private WebhookClient client;

	/**
	 * Nobody writes yet.
	 * @param contacts how many people there are
	 */
	Traffic(int contacts) {
		for (int n = 0; n < contacts; n++) {
			this.outstanding.add(new ArrayDeque<>());
		}
	}

	void connect(int... hubPorts) throws IOException {
		this.meta = new Meta(hubPorts[0]);
		this.client = new WebhookClient(hubPorts, CONNECTIONS, this);
	}

	/**
	 * Messages at a fixed rate, whatever the hub does (open loop). Latencies run from the
	 * time at which a message was due, so that a stall counts for all that it delays.
	 * @param rate messages a second
	 * @param seconds for how long
	 * @return what came of it, once all is answered
	 */
	Result openLoop(int rate, int seconds) throws Exception {
		return openLoop(rate, seconds, Release.NOTHING);
	}

	/**
	 * The same, of a hub that handles nothing until it is let.
	 * @param rate messages a second
	 * @param seconds for how long
	 * @param release lets the hub handle what it was sent, once all webhooks are answered
	 * @return what came of it, once all is answered; the rate is that of the answers
	 * after the release
	 */
	Result openLoop(int rate, int seconds, Release release) throws Exception {
		List<Delivery> deliveries = prepare(rate * seconds);
		long start = begin();
		Pace pace = new Pace(rate);
		for (int n = 0; n < deliveries.size(); n++) {
			send(deliveries.get(n), pace.await(n));
		}
		return end(start, release);
	}

	/**
	 * As many messages as the connections take, at once.
	 * @param count messages
	 * @param release lets the hub handle them, once all webhooks are answered
	 * @return what came of it, once all is answered
	 */
	Result burst(int count, Release release) throws Exception {
		List<Delivery> deliveries = prepare(count);
		long start = begin();
		for (Delivery delivery : deliveries) {
			send(delivery, start);
		}
		return end(start, release);
	}

	/**
	 * People who write again as soon as they are answered (closed loop).
	 * @param people how many write at the same time
	 * @param seconds for how long
	 * @param turns until so many messages are answered, if that is sooner
	 * @return what came of it; the rate is that of the loop, without its end
	 */
	Result closedLoop(int people, int seconds, int turns) throws Exception {
		long start = begin();
		long before = this.answered.get();
		this.then = (contact) -> send(this.meta.text(contact, "menu"), System.nanoTime());
		for (int contact = 0; contact < people; contact++) {
			send(this.meta.text(contact, "menu"), System.nanoTime());
		}
		long end = start + TimeUnit.SECONDS.toNanos(seconds);
		while (System.nanoTime() < end && this.answered.get() - before < turns) {
			Thread.sleep(20);
		}
		double rate = (this.answered.get() - before) * 1e9 / (System.nanoTime() - start);
		this.then = (contact) -> {
		};
		return end(start, Release.NOTHING).atRate(rate);
	}

	private List<Delivery> prepare(int count) {
		List<Delivery> deliveries = new ArrayList<>(count);
		for (int n = 0; n < count; n++) {
			int contact = this.next.getAndUpdate((last) -> (last + 1) % this.outstanding.size());
			deliveries.add(this.meta.text(contact, "menu"));
		}
		return deliveries;
	}

	private long begin() {
		this.acks = histogram();
		this.turns = histogram();
		return System.nanoTime();
	}

	private void send(Delivery delivery, long due) {
		delivery.dueAt = due;
		Deque<Delivery> line = this.outstanding.get(delivery.contact);
		synchronized (line) {
			line.addLast(delivery);
		}
		this.sent.incrementAndGet();
		this.client.post(delivery);
	}

	private Result end(long start, Release release) throws Exception {
		long from = start;
		if (release != Release.NOTHING) {
			await(this::acknowledged, this.accepted::get);
			from = System.nanoTime();
			release.run();
		}
		await(() -> this.answered.get() + this.refused.get() >= this.sent.get() && acknowledged(), this.answered::get);
		return new Result(this.acks, this.turns, this.turns.getTotalCount(), (this.lastAckAt - start) / 1e9,
				(this.lastAnswerAt - from) / 1e9, this.turns.getTotalCount() * 1e9 / (this.lastAnswerAt - from));
	}

	/** Waits as long as there is progress. */
	private static void await(BooleanSupplier done, LongSupplier progress) throws InterruptedException {
		long last = progress.getAsLong();
		long lastProgress = System.nanoTime();
		while (!done.getAsBoolean()) {
			Thread.sleep(10);
			if (progress.getAsLong() != last) {
				last = progress.getAsLong();
				lastProgress = System.nanoTime();
			}
			else if (System.nanoTime() - lastProgress > PATIENCE_NANOS) {
				return;
			}
		}
	}

	private boolean acknowledged() {
		return this.accepted.get() + this.refused.get() >= this.sent.get();
	}

	@Override
	public void answered(Delivery delivery, int status, long at) {
		if (status != 200) {
			refuse(delivery);
			return;
		}
		this.acks.recordValue(Math.min(at - delivery.dueAt, LONGEST_NANOS));
		this.lastAckAt = at;
		this.accepted.incrementAndGet();
	}

	@Override
	public void broken(Delivery delivery) {
		refuse(delivery);
	}

	private void refuse(Delivery delivery) {
		Deque<Delivery> line = this.outstanding.get(delivery.contact);
		synchronized (line) {
			line.remove(delivery);
		}
		this.refused.incrementAndGet();
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		Delivery delivery = null;
		if (contact >= 0 && contact < this.outstanding.size()) {
			Deque<Delivery> line = this.outstanding.get(contact);
			synchronized (line) {
				delivery = line.pollFirst();
			}
		}
		if (delivery == null) {
			this.unexpected.incrementAndGet();
			return;
		}
		this.turns.recordValue(Math.min(at - delivery.dueAt, LONGEST_NANOS));
		this.lastAnswerAt = at;
		this.answered.incrementAndGet();
		this.then.accept(contact);
	}

	long turns() {
		return this.answered.get();
	}

	/**
	 * Whether everything happened once.
	 * @return a sentence for each thing that did not; empty if all is well
	 */
	List<String> complaints() {
		List<String> complaints = new ArrayList<>();
		long unanswered = this.sent.get() - this.answered.get() - this.refused.get();
		complain(complaints, this.refused.get(), "webhooks were not answered 200");
		complain(complaints, unanswered, "messages were never answered");
		complain(complaints, this.unexpected.get(), "messages of the hub answered nothing");
		return complaints;
	}

	private static void complain(List<String> complaints, long count, String what) {
		if (count != 0) {
			complaints.add(count + " " + what);
		}
	}

	private static Histogram histogram() {
		return new Histogram(LONGEST_NANOS, 3);
	}

	@Override
	public void close() throws IOException {
		if (this.client != null) {
			this.client.close();
		}
	}

	/** Lets a hub go on that was held. */
	interface Release {

		/** Nothing was held. */
		Release NOTHING = () -> {
		};

		void run() throws Exception;

	}

	/**
	 * What a phase measured.
	 *
	 * @param acks webhook due to 200, nanoseconds
	 * @param turns webhook due to request at the provider, nanoseconds
	 * @param count messages that were answered
	 * @param ackSeconds until the last 200
	 * @param seconds until the last answer
	 * @param rate answered messages a second
	 */
	record Result(Histogram acks, Histogram turns, long count, double ackSeconds, double seconds, double rate) {

		private Result atRate(double rate) {
			return new Result(this.acks, this.turns, this.count, this.ackSeconds, this.seconds, rate);
		}

		double ackMillis(double percentile) {
			return this.acks.getValueAtPercentile(percentile) / 1e6;
		}

		double turnMillis(double percentile) {
			return this.turns.getValueAtPercentile(percentile) / 1e6;
		}

	}

}
