package hub.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import hub.config.HubProperties;
import hub.queue.QueueStore.Claimed;
import hub.queue.QueueStore.Ended;
import hub.queue.QueueStore.LeaseLostException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes items from a durable queue and sends each through its route. Only as many are
 * taken as there are idle workers, because a taken item's lease runs.
 * <p>
 * Items that ended well are written together with all others that did so meanwhile: a hub
 * in a hurry makes few transactions, one at leisure makes one at once. What can't be
 * written together is written alone, so that none harms another.
 */
public class QueueConsumer extends DefaultConsumer implements QueueSignals.Listener {

	/** The name of the correlation id in log lines. */
	public static final String MDC_KEY = "flow";

	/** The exchange property that holds the {@link QueuedItem}. */
	public static final String ITEM = "queuedItem";

	/** The exchange property that tells a dead item's route what the item died of. */
	public static final String DEATH = "queuedItemDeath";

	/**
	 * The exchange property that tells a dead item's route what its last try failed of, a
	 * {@link Throwable}; not set if that never ended.
	 */
	public static final String FAILURE = "queuedItemFailure";

	/**
	 * The exchange property, {@code true}, by which a route says that what has failed
	 * would fail again: the item dies at once.
	 */
	public static final String HOPELESS = "queuedItemHopeless";

	private static final long FIRST_BACK_OFF_MILLIS = 500;

	private static final long LONGEST_BACK_OFF_MILLIS = 60_000;

	/** How long the end of an item is tried to be written while the database is away. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration AT_ONCE = Duration.ofMillis(1);

	private static final Duration PATIENCE_OF_A_STOP = Duration.ofSeconds(5);

	/** So often an item that dies may kill the route that would tell of its death. */
	private static final int LAST_WORDS = 3;

	/**
	 * So long after a claim, or after ends were written, the next one waits for more to
	 * come, so that a hub in a hurry makes few transactions.
	 */
	private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

	/**
	 * Where processors have been full for long and little has come meanwhile, as to one
	 * of several instances, a transaction waits longer to be worth its price.
	 */
	private static final long LONG_BREATH_NANOS = 2 * BREATH_NANOS;

	/** While processors are idle, transactions may be more, and answers sooner. */
	private static final long SHORT_BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

	/** What a stop puts among the ends, so that nobody waits for more of them. */
	private static final Ended NO_MORE = new Ended(null, null, null);

	/** At most so many items end in one transaction, so that it stays short. */
	private static final int LARGEST_BULK = 64;

	private static final Logger log = LoggerFactory.getLogger(QueueConsumer.class);

	private final QueueEndpoint endpoint;

	private final QueueSignals signals;

	private final HubProperties.Queue settings;

	private final ApplicationEventPublisher events;

	private final QueueMeters meters;

	private final RightOfWay rightOfWay;

	private final ProcessorLoad processors;

	private final Semaphore idle;

	/** As many as are worth a transaction where processors are full: half of them. */
	private final int worthIt;

	private final Semaphore call = new Semaphore(0);

	/** How often it was told that something is there. */
	private final AtomicLong told = new AtomicLong();

	/** All of which it was told up to here is taken. Written by the poller. */
	private volatile long taken;

	/** Since when it was told of something that may not be taken yet. */
	private volatile long waitingSince;

	private QueueStore store;

	private ProducerTemplate deadTemplate;

	private ExecutorService workers;

	/** Hands items over to the workers, who wake one another. */
	private StaggeredExecutor handover;

	private Thread poller;

	/** How many items the last claim brought. Used by the poller alone. */
	private int lastBrought;

	private Thread finisher;

	private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>(4 * LARGEST_BULK);

	private volatile boolean finishing;

	private volatile boolean running;

	QueueConsumer(QueueEndpoint endpoint, Processor processor, QueueComponent queues) {
		super(endpoint, processor);
		this.endpoint = endpoint;
		this.signals = queues.signals();
		this.settings = queues.settings();
		this.events = queues.events();
		this.meters = queues.meters();
		this.rightOfWay = queues.rightOfWay();
		this.processors = queues.processors();
		this.idle = new Semaphore(endpoint.getConcurrency());
		this.worthIt = (endpoint.getConcurrency() + 1) / 2;
	}

	@Override
	protected void doStart() throws Exception {
		super.doStart();
		this.store = this.endpoint.queueStore();
		String name = "queue-" + this.endpoint.getName()
				+ ((this.endpoint.getChannel() != null) ? "-" + this.endpoint.getChannel() : "");
		this.workers = getEndpoint().getCamelContext()
			.getExecutorServiceManager()
			.newFixedThreadPool(this, name, this.endpoint.getConcurrency());
		this.handover = new StaggeredExecutor(this.workers);
		if (this.endpoint.getDeadUri() != null) {
			this.deadTemplate = getEndpoint().getCamelContext().createProducerTemplate();
		}
		this.running = true;
		this.finishing = true;
		this.finisher = new Thread(this::finishInBulk, name + "-finish");
		this.finisher.setDaemon(true);
		this.finisher.start();
		// What was committed while it did not listen lies there, too.
		wake();
		this.signals.listen(this);
		this.poller = new Thread(this::poll, name + "-poll");
		this.poller.setDaemon(true);
		this.poller.start();
	}

	@Override
	protected void doStop() throws Exception {
		this.running = false;
		this.signals.unlisten(this);
		lookAgain();
		if (this.poller != null) {
			this.poller.join(TimeUnit.SECONDS.toMillis(5));
		}
		if (this.workers != null) {
			this.handover.wakeAll();
			getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(this.workers, 15_000);
		}
		this.finishing = false;
		if (this.finisher != null) {
			// Where it finds no room the finisher waits for nothing.
			this.ends.offer(NO_MORE);
			this.finisher.join(PATIENCE_OF_A_STOP.multipliedBy(2).toMillis());
		}
		if (this.deadTemplate != null) {
			this.deadTemplate.stop();
		}
		super.doStop();
	}

	@Override
	public String queue() {
		return this.endpoint.getName();
	}

	@Override
	public String channel() {
		return this.endpoint.getChannel();
	}

	@Override
	public void wake() {
		if (this.told.getAndIncrement() == this.taken) {
			this.waitingSince = System.nanoTime();
		}
		lookAgain();
	}

	@Override
	public long waitingMillis() {
		long taken = this.taken;
		return (taken < this.told.get()) ? (System.nanoTime() - this.waitingSince) / 1_000_000 : -1;
	}

	private void lookAgain() {
		if (this.call.availablePermits() == 0) {
			this.call.release();
		}
	}

	private void poll() {
		boolean failing = false;
		while (this.running) {
			long began = System.nanoTime();
			try {
				if (!claimOnce()) {
					await(this.settings.poll());
					LockSupport.parkNanos(began + breath(this.lastBrought) - System.nanoTime());
				}
				if (failing) {
					log.info("The queue {} can be read again", this.endpoint.getName());
				}
				failing = false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			// Whatever it was: without its poller the queue would stand still.
			catch (RuntimeException | Error ex) {
				if (!failing) {
					log.warn("The queue {} can't be read, it is tried again until it can: {}", this.endpoint.getName(),
							ex.toString());
				}
				failing = true;
				pause(this.settings.poll().multipliedBy(2));
			}
		}
	}

	/**
	 * How long after the start of one transaction the next one may begin.
	 * @param items how many it is expected to carry
	 */
	private long breath(int items) {
		if (!this.processors.full()) {
			return SHORT_BREATH_NANOS;
		}
		return (items < this.worthIt && this.processors.fullForLong()) ? LONG_BREATH_NANOS : BREATH_NANOS;
	}

	private void await(Duration longest) throws InterruptedException {
		if (this.call.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
			this.call.drainPermits();
		}
	}

	/**
	 * Takes what is due and hands it to idle workers.
	 * @return whether it is worth asking again at once
	 */
	private boolean claimOnce() throws InterruptedException {
		int free = awaitIdle();
		if (free == 0) {
			return true;
		}
		if (this.rightOfWay.giveWay()) {
			free += this.idle.drainPermits();
		}
		if (!this.running) {
			this.idle.release(free);
			return false;
		}
		int handedOver = 0;
		// Before the claim: what is committed during it may be missed by it.
		long toldBefore = this.told.get();
		long claimedAt = System.nanoTime();
		Claimed claimed;
		try {
			claimed = this.store.claim(free);
			this.lastBrought = claimed.items().size();
			for (QueuedItem item : claimed.items()) {
				this.handover.execute(() -> {
					try {
						work(item, () -> handle(item, claimedAt));
					}
					finally {
						this.idle.release();
					}
				});
				handedOver++;
			}
		}
		finally {
			this.idle.release(free - handedOver);
		}
		if (claimed.lanes() >= free) {
			return true;
		}
		// Less than was asked for is all there is, but for what somebody holds at this
		// moment: whoever brings more calls.
		this.waitingSince = claimedAt;
		this.taken = toldBefore;
		return false;
	}

	/**
	 * Waits for idle workers. Where processors are full it is worth a breath to have half
	 * of them: else each that becomes idle would have a claim of its own.
	 * @return how many there are, none of them idle for others any more
	 */
	private int awaitIdle() throws InterruptedException {
		if (this.processors.full() && this.idle.tryAcquire(this.worthIt, BREATH_NANOS, TimeUnit.NANOSECONDS)) {
			return this.worthIt + this.idle.drainPermits();
		}
		if (this.idle.tryAcquire(this.settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
			return 1 + this.idle.drainPermits();
		}
		return 0;
	}

	private void work(QueuedItem item, BooleanSupplier task) {
		MDC.put(MDC_KEY, item.correlationId());
		item.trace().begin();
		boolean more = false;
		try {
			more = task.getAsBoolean();
		}
		catch (LeaseLostException ex) {
			log.info(ex.getMessage());
		}
		catch (Throwable ex) {
			log.error("Item {} of the queue {} could not be ended; it is taken up again when its lease is over",
					item.id(), this.endpoint.getName(), ex);
		}
		finally {
			MDC.remove(MDC_KEY);
			if (more) {
				lookAgain();
			}
		}
	}

	/**
	 * Handles an item, unless its lease has passed already: then this hub stood still
	 * between the claim and now, and others may be at it. If none is, it is taken up
	 * again at once.
	 * @return whether its line is known to have more
	 */
	private boolean handle(QueuedItem item, long claimedAt) {
		if (System.nanoTime() - claimedAt > this.settings.lease().toNanos()) {
			return finish(item, new Outcome.Again(AT_ONCE, "Its lease had passed before it was begun", false), null);
		}
		if (item.attempt() > this.endpoint.getMaxAttempts()) {
			boolean more = bury(item, "It was started " + this.endpoint.getMaxAttempts() + " times and never ended",
					null);
			tellDeath(item, "never ended");
			return more;
		}
		Exchange exchange = createExchange(false);
		try {
			exchange.getMessage().setBody(item.body());
			exchange.setProperty(ITEM, item);
			Throwable failure = process(exchange);
			Work work = exchange.getMessage().getBody() instanceof Work result ? result : null;
			if (failure != null) {
				return exchange.getProperty(HOPELESS, false, boolean.class) ? giveUp(item, failure)
						: fail(item, failure);
			}
			Ended ended = new Ended(item, (work != null) ? work.outcome() : new Outcome.Done(), work);
			if (ended.isBulk()) {
				this.ends.put(ended);
				return false;
			}
			return finishAlone(ended);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted before the end could be written", ex);
		}
		finally {
			releaseExchange(exchange, false);
		}
	}

	private boolean finishAlone(Ended ended) {
		QueuedItem item = ended.item();
		try {
			return finish(item, ended.outcome(), ended.work());
		}
		catch (LeaseLostException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (!this.store.endsWithoutWork()) {
				return fail(item, ex);
			}
			log.error("What belongs to the end of item {} of the queue {} could not be written", item.id(),
					this.endpoint.getName(), ex);
			return finish(item, ended.outcome(), null);
		}
	}

	/** How many items are handled and wait to be written. */
	int ending() {
		return this.ends.size();
	}

	private void finishInBulk() {
		List<Ended> ended = new ArrayList<>();
		long written = System.nanoTime() - BREATH_NANOS;
		while (this.finishing || !this.ends.isEmpty()) {
			try {
				Ended first = this.ends.poll(this.settings.poll().toMillis(), TimeUnit.MILLISECONDS);
				if (first == null || first == NO_MORE) {
					continue;
				}
				ended.add(first);
				LockSupport.parkNanos(written + breath(this.worthIt) - System.nanoTime());
				// Now it is known how many have come.
				LockSupport.parkNanos(written + breath(1 + this.ends.size()) - System.nanoTime());
				written = System.nanoTime();
				this.ends.drainTo(ended, LARGEST_BULK - 1);
				ended.removeIf((end) -> end == NO_MORE);
				finishTogether(ended);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			// Whatever it was: without its finisher the queue would stand still.
			catch (RuntimeException | Error ex) {
				log.error("The end of {} items of the queue {} could not be written; they are taken up again when "
						+ "their leases are over", ended.size(), this.endpoint.getName(), ex);
			}
			ended.clear();
		}
	}

	private void finishTogether(List<Ended> ended) {
		boolean more;
		try {
			more = persist(() -> this.store.finishAll(ended));
		}
		catch (RuntimeException ex) {
			log.debug("The end of {} items could not be written together: each is written alone", ended.size(), ex);
			for (Ended end : List.copyOf(ended)) {
				alone(end);
			}
			return;
		}
		for (Ended end : ended) {
			MDC.put(MDC_KEY, end.item().correlationId());
			tellCommitted(end.item(), end.outcome(), end.work());
		}
		MDC.remove(MDC_KEY);
		if (more) {
			lookAgain();
		}
	}

	/** By a worker: what takes its time must not hold up the ends of others. */
	private void alone(Ended ended) {
		Runnable task = () -> work(ended.item(), () -> finishAlone(ended));
		try {
			this.workers.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the workers have gone home
			task.run();
		}
	}

	private Throwable process(Exchange exchange) {
		long began = System.nanoTime();
		try {
			getProcessor().process(exchange);
		}
		catch (Exception ex) {
			exchange.setException(ex);
		}
		this.meters.handled(this.endpoint.getName(), this.endpoint.getChannel(), System.nanoTime() - began);
		return exchange.getException();
	}

	private boolean giveUp(QueuedItem item, Throwable failure) {
		log.warn("Item {} of the queue {} is dead: it would fail again", item.id(), this.endpoint.getName());
		return bury(item, describe(failure), failure);
	}

	private boolean fail(QueuedItem item, Throwable failure) {
		String reason = describe(failure);
		if (item.attempt() >= this.endpoint.getMaxAttempts()) {
			log.error("Item {} of the queue {} is dead after {} attempts", item.id(), this.endpoint.getName(),
					item.attempt(), failure);
			boolean more = bury(item, reason, failure);
			tellDeath(item, NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName());
			return more;
		}
		Duration after = backOff(item.attempt());
		log.warn("Item {} of the queue {} failed at attempt {} and is tried again in {} ms: {}", item.id(),
				this.endpoint.getName(), item.attempt(), after.toMillis(), reason);
		log.debug("The failure of item {}", item.id(), failure);
		return finish(item, new Outcome.Again(after, reason, true), null);
	}

	private void tellDeath(QueuedItem item, String cause) {
		try {
			this.events.publishEvent(
					new DeadItem(this.endpoint.getName(), this.endpoint.getChannel(), Long.toString(item.id()), cause));
		}
		catch (RuntimeException ex) {
			log.warn("The death of item {} could not be told to an administrator", item.id(), ex);
		}
	}

	private boolean bury(QueuedItem item, String reason, Throwable failure) {
		Work lastWords = null;
		if (this.deadTemplate != null && item.attempt() <= this.endpoint.getMaxAttempts() + LAST_WORDS) {
			Exchange answer = this.deadTemplate.send(this.endpoint.getDeadUri(), (exchange) -> {
				exchange.getMessage().setBody(item.body());
				exchange.setProperty(ITEM, item);
				exchange.setProperty(DEATH, reason);
				exchange.setProperty(FAILURE, failure);
			});
			if (answer.getException() != null) {
				log.error("The death of item {} could not be told", item.id(), answer.getException());
			}
			else if (answer.getMessage().getBody() instanceof Work work) {
				lastWords = work;
			}
		}
		try {
			return finish(item, new Outcome.Dead(reason), lastWords);
		}
		catch (LeaseLostException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (lastWords == null) {
				throw ex;
			}
			log.error("What belongs to the death of item {} could not be written", item.id(), ex);
			return finish(item, new Outcome.Dead(reason), null);
		}
	}

	/**
	 * Writes an item's end. While the database is away it is tried again: what is known
	 * of a send must not be forgotten.
	 */
	private boolean finish(QueuedItem item, Outcome outcome, Work work) {
		boolean more = persist(() -> this.store.finish(item, outcome, work));
		tellCommitted(item, outcome, work);
		return more;
	}

	private boolean persist(BooleanSupplier write) {
		long began = System.nanoTime();
		while (true) {
			try {
				return write.getAsBoolean();
			}
			catch (DataAccessException | TransactionException ex) {
				Duration patience = this.running ? PATIENCE : PATIENCE_OF_A_STOP;
				if (!StoreFailures.passing(ex) || System.nanoTime() - began > patience.toNanos()
						|| !pause(this.settings.poll())) {
					throw ex;
				}
				log.debug("An end could not be written yet", ex);
			}
		}
	}

	/** What fails here can't undo the commit. */
	private void tellCommitted(QueuedItem item, Outcome outcome, Work work) {
		this.meters.ended(this.endpoint.getName(), this.endpoint.getChannel(), outcome);
		if (work == null) {
			return;
		}
		try {
			work.committed();
		}
		catch (RuntimeException ex) {
			log.warn("Item {} is committed, what was to follow has failed", item.id(), ex);
		}
	}

	private static Duration backOff(int attempt) {
		long millis = Math.min(LONGEST_BACK_OFF_MILLIS, FIRST_BACK_OFF_MILLIS << Math.min(attempt - 1, 20));
		return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4));
	}

	private static String describe(Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		String words = cause.getClass().getSimpleName() + ": " + cause.getMessage();
		return (words.length() > 1000) ? words.substring(0, 1000) : words;
	}

	/**
	 * Returns false if it was interrupted: then there is nothing to wait for any more.
	 */
	private static boolean pause(Duration pause) {
		try {
			Thread.sleep(pause.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
