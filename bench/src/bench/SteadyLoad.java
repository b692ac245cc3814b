package bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Numbered messages at a steady rate while something is done to the hub. What is not
 * answered 200 is delivered again until it is, as Meta does, and others overtake it
 * meanwhile. Everything is written down, for {@link Audit}.
 */
final class SteadyLoad implements WebhookClient.Listener, Provider.Listener, AutoCloseable {

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final int CONNECTIONS = 256;

	private static final long FIRST_RETRY_MILLIS = 200;

	private static final long LONGEST_RETRY_MILLIS = 10_000;

	private final int rate;

	private final int contacts;

	private final String[] reports;

	private final Queue<Delivery> messages = new ConcurrentLinkedQueue<>();

	private final Queue<Delivery> statuses = new ConcurrentLinkedQueue<>();

	private final List<Sent> sent = new ArrayList<>();

	private final Map<String, AtomicLong> refusals = new ConcurrentHashMap<>();

	private final AtomicLong due = new AtomicLong();

	private final AtomicLong accepted = new AtomicLong();

	private final ScheduledExecutorService again = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "bench-again");
		thread.setDaemon(true);
		return thread;
	}, new ThreadPoolExecutor.DiscardPolicy());

	private final Thread pacer = new Thread(this::pace, "bench-pacer");

	private volatile Histogram acks = histogram();

	private volatile boolean stopped;

	private Meta meta;

	private WebhookClient client;

	/**
	 * The options of a scenario with such a load.
	 * @return names and defaults
	 */
	static Map<String, String> defaults() {
		Map<String, String> defaults = Stage.defaults();
		defaults.put("rate", "300");
		defaults.put("contacts", "200");
		defaults.put("provider-delay", "20");
		defaults.put("statuses", "false");
		return defaults;
	}

	static SteadyLoad of(Options options) {
		String[] reports = options.flag("statuses") ? new String[] { "sent", "delivered", "read" } : new String[0];
		return new SteadyLoad(options.number("rate"), options.number("contacts"), reports);
	}

	/**
	 * Nobody writes yet.
	 * @param rate messages a second
	 * @param contacts how many people write, in turn
	 * @param reports the states that the provider reports of each message, in order
	 */
	private SteadyLoad(int rate, int contacts, String... reports) {
		this.rate = rate;
		this.contacts = contacts;
		this.reports = reports;
	}

	void start(int... hubPorts) throws IOException {
		this.meta = new Meta(hubPorts[0]);
		this.client = new WebhookClient(hubPorts, CONNECTIONS, this);
		this.pacer.start();
	}

	private void pace() {
		long start = System.nanoTime();
		long interval = TimeUnit.SECONDS.toNanos(1) / this.rate;
		for (int n = 0; !this.stopped; n++) {
			Delivery delivery = this.meta.text(n % this.contacts, "message number " + (n / this.contacts + 1));
			delivery.dueAt = start + n * interval;
			for (long wait = delivery.dueAt - System.nanoTime(); wait > 0; wait = delivery.dueAt - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			this.messages.add(delivery);
			this.due.incrementAndGet();
			this.client.post(delivery);
		}
	}

	/** Nobody writes any more; what was not accepted yet is still delivered. */
	void stop() throws InterruptedException {
		this.stopped = true;
		this.pacer.join();
	}

	/**
	 * Begins a new count of webhook answers.
	 * @return the old one, nanoseconds from due to 200
	 */
	Histogram takeAcks() {
		Histogram before = this.acks;
		this.acks = histogram();
		return before;
	}

	private static Histogram histogram() {
		return new Histogram(LONGEST_NANOS, 3);
	}

	@Override
	public void answered(Delivery delivery, int status, long at) {
		if (status != 200) {
			refused(delivery, "HTTP " + status);
			return;
		}
		delivery.acceptedAt = at;
		if (delivery.contact >= 0) {
			this.acks.recordValue(Math.min(at - delivery.dueAt, LONGEST_NANOS));
		}
		this.accepted.incrementAndGet();
	}

	@Override
	public void broken(Delivery delivery) {
		refused(delivery, "no answer");
	}

	private void refused(Delivery delivery, String how) {
		this.refusals.computeIfAbsent(how, (key) -> new AtomicLong()).incrementAndGet();
		long delay = Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(delivery.tries, 10));
		// Spread: a storm of repetitions would keep a starting hub from its start.
		long spread = delay / 2 + ThreadLocalRandom.current().nextLong(delay);
		this.again.schedule(() -> this.client.post(delivery), spread, TimeUnit.MILLISECONDS);
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		synchronized (this.sent) {
			this.sent.add(new Sent(contact, messageId, providerId, at));
		}
		for (String state : this.reports) {
			Delivery report = this.meta.status(state, providerId, callbackData, contact);
			report.dueAt = at;
			this.statuses.add(report);
			this.due.incrementAndGet();
			this.client.post(report);
		}
	}

	boolean allAccepted() {
		return this.accepted.get() >= this.due.get();
	}

	long requests() {
		synchronized (this.sent) {
			return this.sent.size();
		}
	}

	Map<String, AtomicLong> refusals() {
		return this.refusals;
	}

	/**
	 * All messages that people have written.
	 * @return in the order in which they were due
	 */
	List<Delivery> messages() {
		return List.copyOf(this.messages);
	}

	List<Delivery> statuses() {
		return List.copyOf(this.statuses);
	}

	/**
	 * All requests at the provider.
	 * @return in their order
	 */
	List<Sent> sent() {
		synchronized (this.sent) {
			return List.copyOf(this.sent);
		}
	}

	@Override
	public void close() throws IOException {
		this.stopped = true;
		this.again.shutdownNow();
		if (this.client != null) {
			this.client.close();
		}
	}

	/**
	 * A request for sending, as the provider saw it.
	 *
	 * @param contact the recipient
	 * @param messageId the hub's own id
	 * @param providerId the id that it got
	 * @param at when, nanoseconds
	 */
	record Sent(int contact, long messageId, String providerId, long at) {
	}

}
