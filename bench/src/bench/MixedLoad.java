package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import bench.SteadyLoad.Sent;
import org.HdrHistogram.Histogram;

/**
 * What a day of the hub's is made of, at a fixed rate (open loop): menus, pages of homes,
 * bookings in three steps, visitors' checks with their agents' answers, by a tap or with
 * a photo, and three reports on each message that the hub sends. What was accepted is
 * written down as shortly as can be, for {@link Audit}: a soak has to go on for long.
 */
final class MixedLoad implements WebhookClient.Listener, Provider.Listener, Audit.Book, AutoCloseable {

	/** The parts of the load that {@code rate} is divided among. */
	static final List<Kind> PARTS = List.of(Kind.MENU, Kind.BROWSE, Kind.BOOKING, Kind.CHECK, Kind.PHOTO);

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final int CONNECTIONS = 256;

	/** How long somebody who books thinks about each step. */
	private static final int STEP_SECONDS = 5;

	/** How long an agent thinks. */
	private static final long AGENT_MILLIS = 500;

	/** When the provider reports each state, after it has taken the message. */
	private static final Map<String, Long> REPORTS = Map.of("sent", 50L, "delivered", 300L, "read", 1500L);

	/** Comes with a question that is put to an agent, in a button or in a template. */
	private static final byte[] QUESTION = Bytes.ascii("\"check:");

	private volatile int rate;

	private final Homes homes;

	private final People people;

	private final Shares shares;

	private final Shares answers;

	private final List<String> tokens;

	private final Map<Kind, Queue<Delivery>> written = new EnumMap<>(Kind.class);

	private final Map<Kind, Histogram> acks = new EnumMap<>(Kind.class);

	private final Map<Kind, AtomicLong> accepted = new EnumMap<>(Kind.class);

	private final Map<Integer, Deque<String>> bookings = new HashMap<>();

	/** What each seeker who books did last. */
	private final Map<Integer, Delivery> lastSteps = new HashMap<>();

	private final Map<String, Integer> questions = new HashMap<>();

	private final SentMessages sent = new SentMessages();

	private final AtomicLong due = new AtomicLong();

	private final AtomicLong done = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong asksInDoubt = new AtomicLong();

	/** Who answers a message of the hub's with a photo once they have it, by its id. */
	private final Map<String, Integer> photographers = new ConcurrentHashMap<>();

	private final Queue<String> confirmations = new ConcurrentLinkedQueue<>();

	private final AtomicLong photos = new AtomicLong();

	private final ScheduledExecutorService later = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "bench-later");
		thread.setDaemon(true);
		return thread;
	}, new ThreadPoolExecutor.DiscardPolicy());

	private final Thread pacer = new Thread(this::pace, "bench-pacer");

	private Meta meta;

	private WebhookClient client;

	private int hubPort;

	private int asked;

	private volatile long measuredFrom;

	private volatile boolean stopped;

	/**
	 * Nobody does anything yet.
	 * @param rate what people do in a second
	 * @param weights of {@link #PARTS}, in their order
	 * @param homes the platform
	 * @param people who they are
	 * @param tokens a token for each visitor
	 */
	MixedLoad(int rate, int[] weights, Homes homes, People people, List<String> tokens) {
		this.rate = rate;
		this.homes = homes;
		this.people = people;
		this.tokens = tokens;
		this.shares = new Shares(weights);
		boolean asked = weights[3] + weights[4] > 0;
		this.answers = new Shares(asked ? new int[] { weights[3], weights[4] } : new int[] { 1 });
		for (Kind kind : Kind.values()) {
			this.written.put(kind, new ConcurrentLinkedQueue<>());
			this.acks.put(kind, new Histogram(LONGEST_NANOS, 3));
			this.accepted.put(kind, new AtomicLong());
		}
	}

	void start(int... hubPorts) throws IOException {
		this.hubPort = hubPorts[0];
		this.meta = new Meta(hubPorts[0]);
		this.client = new WebhookClient(hubPorts, CONNECTIONS, this);
		this.pacer.start();
	}

	private void pace() {
		int rate = this.rate;
		Pace pace = new Pace(rate);
		for (int n = 0; !this.stopped; n++) {
			if (rate != this.rate) {
				rate = this.rate;
				pace = new Pace(rate);
				n = 0;
			}
			Kind kind = PARTS.get(this.shares.next());
			int seeker = (kind == Kind.BOOKING) ? this.people.next(kind) : -1;
			if (seeker >= 0 && this.lastSteps.containsKey(seeker) && this.lastSteps.get(seeker).acceptedAt == 0) {
				kind = Kind.MENU; // who was not heard has nothing to go on with
			}
			Delivery delivery = switch (kind) {
				case MENU -> this.meta.text(this.people.next(kind), "menu");
				case BROWSE -> this.meta.choice(this.people.next(kind), "seeker_browse");
				case BOOKING -> step(seeker);
				default -> ask();
			};
			Kind request = (kind == Kind.CHECK || kind == Kind.PHOTO) ? Kind.ASK : kind;
			long dueAt = pace.await(n);
			this.due.incrementAndGet();
			post(delivery, request, dueAt);
		}
	}

	/** The next step of a seeker's booking; after the last one another begins. */
	private Delivery step(int seeker) {
		Deque<String> steps = this.bookings.computeIfAbsent(seeker, (key) -> new ArrayDeque<>());
		if (steps.isEmpty()) {
			Homes.Time time = this.homes.next();
			steps.add("book:" + time.home());
			steps.add("slot:" + time.home() + ":" + time.slotId());
			steps.add("confirm:" + time.home() + ":" + time.slotId());
		}
		String step = steps.poll();
		Delivery delivery = (steps.size() == 1) ? this.meta.choice(seeker, step) : this.meta.tap(seeker, step);
		this.lastSteps.put(seeker, delivery);
		if (steps.isEmpty()) {
			this.confirmations.add(delivery.id);
		}
		return delivery;
	}

	/** Nobody asks about a home again: an open check would be the answer. */
	private Delivery ask() {
		int count = this.asked++;
		int visitor = (count + count / this.homes.count()) % this.tokens.size();
		int home = count % this.homes.count() + 1;
		String body = "{\"listing_id\":\"%d\",\"thread_id\":\"%d\"}".formatted(home, visitor + 1);
		String request = """
				POST /api/v1/availability/check HTTP/1.1\r
				Host: 127.0.0.1:%d\r
				Authorization: Bearer %s\r
				Content-Type: application/json\r
				Content-Length: %d\r
				\r
				%s""".formatted(this.hubPort, this.tokens.get(visitor), body.length(), body);
		return new Delivery(request.getBytes(StandardCharsets.US_ASCII), -1, "ask-" + count);
	}

	private void post(Delivery delivery, Kind kind, long dueAt) {
		delivery.mark = kind;
		delivery.dueAt = dueAt;
		if (kind != Kind.STATUS && kind != Kind.ASK) {
			this.written.get(kind).add(delivery);
		}
		this.client.post(delivery);
	}

	/** Something is posted after a while, and is due then. */
	private void postLater(long millis, Kind kind, Supplier<Delivery> request) {
		long dueAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		this.due.incrementAndGet();
		this.later.schedule(() -> post(request.get(), kind, dueAt), millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		throw new UnsupportedOperationException("A mixed load reads what is sent");
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at,
			Provider.Content content) {
		this.sent.add(new Sent(contact, messageId, providerId, at));
		String question = content.after(QUESTION);
		if (!question.isEmpty()) {
			String token = question.substring(0, Math.max(0, question.indexOf(':')));
			int times;
			synchronized (this.questions) {
				times = this.questions.merge(token, 1, Integer::sum);
			}
			if (times == 1) {
				answer(contact, token, providerId);
			}
		}
		REPORTS.forEach((state, millis) -> postLater(millis, Kind.STATUS,
				() -> this.meta.status(state, providerId, callbackData, contact)));
	}

	private void answer(int agent, String token, String providerId) {
		if (this.answers.next() == 0) {
			postLater(AGENT_MILLIS, Kind.CHECK, () -> this.meta.tap(agent, "check:" + token + ":yes"));
			return;
		}
		this.due.incrementAndGet();
		this.photographers.put(providerId, agent);
	}

	/** A photo says nothing of the question but which message it answers: that has to be known. */
	private void photograph(int agent, String providerId) {
		long media = 1_000_000_000_000_000L + this.photos.incrementAndGet();
		postLater(AGENT_MILLIS, Kind.PHOTO,
				() -> this.meta.photo(agent, Long.toString(media), "yes still available", providerId));
		this.done.incrementAndGet();
	}

	@Override
	public void answered(Delivery delivery, int status, long at) {
		Kind kind = (Kind) delivery.mark;
		if (status != ((kind == Kind.ASK) ? 202 : 200)) {
			if (kind == Kind.ASK && status >= 500) {
				this.asksInDoubt.incrementAndGet();
			}
			again(delivery);
			return;
		}
		if (kind == Kind.STATUS && delivery.id.endsWith(":sent")) {
			String providerId = delivery.id.substring(0, delivery.id.indexOf(':'));
			Integer agent = this.photographers.remove(providerId);
			if (agent != null) {
				photograph(agent, providerId);
			}
		}
		delivery.acceptedAt = at;
		delivery.forgetRequest();
		this.accepted.get(kind).incrementAndGet();
		if (this.measuredFrom != 0 && delivery.dueAt >= this.measuredFrom) {
			this.acks.get(kind).recordValue(Math.min(Math.max(0, at - delivery.dueAt), LONGEST_NANOS));
		}
		this.done.incrementAndGet();
	}

	@Override
	public void broken(Delivery delivery) {
		if (delivery.mark == Kind.ASK) {
			this.asksInDoubt.incrementAndGet();
		}
		again(delivery);
	}

	@Override
	public void unreached(Delivery delivery) {
		again(delivery);
	}

	private void again(Delivery delivery) {
		this.refused.addAndGet((delivery.tries == 1) ? 1 : 0);
		this.later.schedule(() -> this.client.post(delivery), delivery.pauseMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * From now on people do more, or less.
	 * @param rate what they do in a second
	 */
	void goAt(int rate) {
		this.rate = rate;
	}

	/** From now on latencies count. */
	void measure() {
		this.measuredFrom = System.nanoTime();
	}

	/** Nobody begins anything any more; what was begun is answered and reported. */
	void stop() throws InterruptedException {
		this.stopped = true;
		this.pacer.join();
	}

	/** Whether the hub has accepted all that was due, and nothing more is on its way. */
	boolean allAccepted() {
		return this.done.get() >= this.due.get();
	}

	/**
	 * How long the answers to what was due since {@link #measure()} took.
	 * @param kind of what
	 * @return nanoseconds
	 */
	Histogram acks(Kind kind) {
		return this.acks.get(kind);
	}

	/**
	 * How long it took until the provider had the first message that answers, since
	 * {@link #measure()}; after the audit.
	 * @param kind of what
	 * @return nanoseconds
	 */
	Histogram replies(Kind kind) {
		Histogram replies = new Histogram(LONGEST_NANOS, 3);
		this.written.get(kind)
			.stream()
			.filter((message) -> message.answeredAt != 0 && message.dueAt >= this.measuredFrom)
			.forEach((message) -> replies.recordValue(Math.min(message.answeredAt - message.dueAt, LONGEST_NANOS)));
		return replies;
	}

	/**
	 * How many requests of a kind were accepted.
	 * @param kind of what
	 * @return how many, from the beginning
	 */
	long accepted(Kind kind) {
		return this.accepted.get(kind).get();
	}

	/** How many requests were not accepted at once. */
	long refused() {
		return this.refused.get();
	}

	/** How many requests for a check left and got no answer that says what came of them. */
	long asksInDoubt() {
		return this.asksInDoubt.get();
	}

	/**
	 * Asks again whoever does not answer for long, as providers and browsers do.
	 * @param patience so long a request waits for its answer
	 */
	void giveUpAfter(Duration patience) {
		this.client.giveUpAfter(patience);
	}

	/** The ids of the messages that confirm a booking. */
	List<String> confirmations() {
		return List.copyOf(this.confirmations);
	}

	/** How many photos were sent. */
	long photos() {
		return this.photos.get();
	}

	/** How many requests to send something the provider took. */
	long requests() {
		return this.sent.count();
	}

	/** How many different messages the provider got. */
	long messagesSent() {
		return this.sent.all().stream().mapToLong(Sent::messageId).distinct().count();
	}

	/**
	 * How often each question was put.
	 * @return by the token that comes back with an answer
	 */
	Map<String, Integer> questions() {
		synchronized (this.questions) {
			return Map.copyOf(this.questions);
		}
	}

	/** A menu is one answer; what else people do may have several. */
	@Override
	public List<Delivery> messages() {
		return List.copyOf(this.written.get(Kind.MENU));
	}

	@Override
	public List<Delivery> others() {
		List<Delivery> others = new ArrayList<>();
		for (Kind kind : List.of(Kind.BROWSE, Kind.BOOKING, Kind.CHECK)) {
			others.addAll(this.written.get(kind));
		}
		return others;
	}

	/** What belongs to an answer that is put together later. */
	@Override
	public List<Delivery> gathered() {
		return List.copyOf(this.written.get(Kind.PHOTO));
	}

	@Override
	public List<Delivery> statuses() {
		return List.of();
	}

	@Override
	public List<Sent> sent() {
		return this.sent.all();
	}

	@Override
	public void close() throws IOException {
		this.stopped = true;
		this.later.shutdownNow();
		if (this.client != null) {
			this.client.close();
		}
	}

	/**
	 * Who does what: each seeker always the same, so that nobody does two things at once.
	 */
	static final class People {

		private final Map<Kind, Integer> first = new EnumMap<>(Kind.class);

		private final Map<Kind, Integer> count = new EnumMap<>(Kind.class);

		private final Map<Kind, Integer> turns = new EnumMap<>(Kind.class);

		/**
		 * Divides seekers by how often each thing is done.
		 * @param seekers how many there are
		 * @param weights of {@link MixedLoad#PARTS}
		 * @param rate what people do in a second: who books takes a step every few
		 * seconds
		 */
		People(int seekers, int[] weights, int rate) {
			int sum = Math.max(1, weights[0] + weights[1] + weights[2]);
			int all = Arrays.stream(weights).sum();
			int next = 0;
			for (int n = 0; n < 3; n++) {
				int theirs = Math.max(1, (int) ((long) (seekers - 3) * weights[n] / sum));
				if (PARTS.get(n) == Kind.BOOKING) {
					theirs = Math.max(1, Math.min(theirs, STEP_SECONDS * rate * weights[n] / all));
				}
				this.first.put(PARTS.get(n), next);
				this.count.put(PARTS.get(n), theirs);
				next += theirs;
			}
		}

		private int next(Kind kind) {
			int turn = this.turns.merge(kind, 1, Integer::sum) - 1;
			return this.first.get(kind) + turn % this.count.get(kind);
		}

	}

}
