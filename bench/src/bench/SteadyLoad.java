package bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.HdrHistogram.Histogram;

/**
 * Numbered messages at a steady rate while something is done to the hub. What is not
 * answered 200 is delivered again until it is, as Meta does, and others overtake it
 * meanwhile. Everything is written down, for {@link Audit}.
 */
final class SteadyLoad implements WebhookClient.Listener, Provider.Listener, Audit.Book, AutoCloseable {

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final int CONNECTIONS = 256;

	private final int rate;

	private final int contacts;

	private final String[] reports;

	private final Queue<Delivery> messages = new ConcurrentLinkedQueue<>();

	private final Queue<Delivery> others = new ConcurrentLinkedQueue<>();

	private final Queue<Delivery> statuses = new ConcurrentLinkedQueue<>();

	private final SentMessages sent = new SentMessages();

	private final Map<String, AtomicLong> refusals = new ConcurrentHashMap<>();

	private final AtomicLong due = new AtomicLong();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong acceptedMessages = new AtomicLong();

	private final AtomicLong onTheWay = new AtomicLong();

	private final Set<Long> reached = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService again = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "bench-again");
		thread.setDaemon(true);
		return thread;
	}, new ThreadPoolExecutor.DiscardPolicy());

	private final Thread pacer = new Thread(this::pace, "bench-pacer");

	private volatile Histogram acks = histogram();

	private volatile Courier courier = Courier.PROMPT;

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
		return options.flag("statuses") ? reported(options)
				: new SteadyLoad(options.number("rate"), options.number("contacts"));
	}

	/**
	 * A load whose provider reports all states of each message.
	 * @param options with {@code rate} and {@code contacts}
	 * @return the load
	 */
	static SteadyLoad reported(Options options) {
		return new SteadyLoad(options.number("rate"), options.number("contacts"), "sent", "delivered", "read");
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
		Pace pace = new Pace(this.rate);
		for (int n = 0; !this.stopped; n++) {
			Delivery delivery = this.meta.text(n % this.contacts, "message number " + (n / this.contacts + 1));
			delivery.dueAt = pace.await(n);
			this.messages.add(delivery);
			this.due.incrementAndGet();
			carry(delivery);
		}
	}

	/**
	 * Somebody writes who is none of the steady ones.
	 * @param write writes the request
	 * @return the request, which is delivered until it is accepted
	 */
	Delivery write(Function<Meta, Delivery> write) {
		Delivery delivery = write.apply(this.meta);
		delivery.dueAt = System.nanoTime();
		this.others.add(delivery);
		this.due.incrementAndGet();
		carry(delivery);
		return delivery;
	}

	private void carry(Delivery delivery) {
		this.courier.carry(delivery, this.client::post, (late, millis) -> {
			this.onTheWay.incrementAndGet();
			this.again.schedule(() -> {
				this.onTheWay.decrementAndGet();
				this.client.post(late);
			}, millis, TimeUnit.MILLISECONDS);
		});
	}

	/**
	 * Exchanges who brings deliveries to the hub.
	 * @param courier brings those from now on
	 */
	void by(Courier courier) {
		this.courier = courier;
	}

	/**
	 * Lets the provider break connections whose answer does not come, after the start.
	 * @param patience so long it waits
	 */
	void giveUpAfter(Duration patience) {
		this.client.giveUpAfter(patience);
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
		Delivery original = delivery.original;
		if (original.acceptedAt != 0) {
			return;
		}
		original.hub = delivery.hub;
		original.acceptedAt = at;
		if (original.contact >= 0) {
			this.acks.recordValue(Math.min(Math.max(0, at - original.dueAt), LONGEST_NANOS));
			this.acceptedMessages.addAndGet((original.contact < this.contacts) ? 1 : 0);
		}
		this.accepted.incrementAndGet();
	}

	@Override
	public void broken(Delivery delivery) {
		refused(delivery, "no answer");
	}

	private void refused(Delivery delivery, String how) {
		this.refusals.computeIfAbsent(how, (key) -> new AtomicLong()).incrementAndGet();
		if (delivery != delivery.original) {
			return; // its original is delivered in any case
		}
		this.again.schedule(() -> this.client.post(delivery), delivery.pauseMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		this.sent.add(new Sent(contact, messageId, providerId, at));
		if (contact >= 0 && contact < this.contacts) {
			this.reached.add(messageId);
		}
		for (String state : this.reports) {
			Delivery report = this.meta.status(state, providerId, callbackData, contact);
			report.dueAt = at;
			this.statuses.add(report);
			this.due.incrementAndGet();
			carry(report);
		}
	}

	/** Whether the hub has accepted all, and no copy of anything is on its way any more. */
	boolean allAccepted() {
		return this.accepted.get() >= this.due.get() && this.onTheWay.get() == 0;
	}

	/** How many messages of the steady ones were accepted. */
	long acceptedMessages() {
		return this.acceptedMessages.get();
	}

	/** How many messages of the hub's have reached the steady ones, repetitions aside. */
	int reached() {
		return this.reached.size();
	}

	long requests() {
		return this.sent.count();
	}

	Map<String, AtomicLong> refusals() {
		return this.refusals;
	}

	/**
	 * All messages that people have written.
	 * @return in the order in which they were due
	 */
	@Override
	public List<Delivery> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * All that others have written.
	 * @return in the order in which they were due
	 */
	@Override
	public List<Delivery> others() {
		return List.copyOf(this.others);
	}

	@Override
	public List<Delivery> statuses() {
		return List.copyOf(this.statuses);
	}

	/**
	 * All requests at the provider.
	 * @return in their order
	 */
	@Override
	public List<Sent> sent() {
		return this.sent.all();
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
