package hub.queue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets webhooks go first where processors are short. A provider counts how soon it is
 * answered, and repeats what was not; that a turn begins a moment later is noticed by
 * nobody. So while the processors are full and more webhooks are under way than two a
 * processor, a claim of turns or sends gives way, {@link #LONGEST_WAIT} at most: a wave
 * of webhooks makes answers late, but can't stop them.
 * <p>
 * Where processors are idle nobody gives way: webhooks that wait for the database are not
 * answered sooner for it.
 */
@Component
public class RightOfWay {

	/** How long a claim gives way at most. */
	static final Duration LONGEST_WAIT = Duration.ofMillis(25);

	private final int most;

	private final Duration longestWait;

	private final ProcessorLoad processors;

	private final AtomicInteger webhooks = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition clear = this.lock.newCondition();

	/**
	 * Lets two webhooks a processor be before others give way.
	 * @param processors the machine's (or the container's)
	 */
	@Autowired
	public RightOfWay(ProcessorLoad processors) {
		this(2 * Runtime.getRuntime().availableProcessors(), LONGEST_WAIT, processors);
	}

	/**
	 * Creates one.
	 * @param most so many webhooks may be under way before anything gives way to them
	 * @param longestWait how long a claim gives way at most
	 * @param processors those that are short or not
	 */
	RightOfWay(int most, Duration longestWait, ProcessorLoad processors) {
		this.most = most;
		this.longestWait = longestWait;
		this.processors = processors;
	}

	/** A webhook has come; {@link #leave()} follows. */
	public void enter() {
		this.webhooks.incrementAndGet();
	}

	/** A webhook has been answered. */
	public void leave() {
		if (this.webhooks.decrementAndGet() <= this.most && this.waiting.get() > 0) {
			this.lock.lock();
			try {
				this.clear.signal();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Waits while webhooks have the right of way.
	 * @return whether they had
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	boolean giveWay() throws InterruptedException {
		if (!crowded() || !this.processors.full()) {
			return false;
		}
		long left = this.longestWait.toNanos();
		this.waiting.incrementAndGet();
		this.lock.lock();
		try {
			while (left > 0 && crowded()) {
				left = this.clear.awaitNanos(left);
			}
			return true;
		}
		finally {
			this.lock.unlock();
			this.waiting.decrementAndGet();
		}
	}

	private boolean crowded() {
		return this.webhooks.get() > this.most;
	}

}
