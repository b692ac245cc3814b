package hub.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Lets those who come at the same time share a transaction. Whoever comes first commits
 * at once; who comes meanwhile waits, and then one of them commits for all who wait. So
 * nobody waits for more than one commit before his own, and a crowd makes few. Where few
 * come at a time, each of them may be made to wait a little for others.
 *
 * @param <T> what one caller wants to commit
 * @param <R> what the caller gets for it
 */
final class GroupCommit<T, R> {

	private final int largest;

	private final long heaviest;

	private final ToIntFunction<T> weight;

	private final Function<List<T>, List<R>> commit;

	private final LongSupplier apart;

	private final Queue<Request<T, R>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean busy = new AtomicBoolean();

	/** When the last transaction began. Used by who leads. */
	private long began = System.nanoTime();

	/**
	 * Creates one.
	 * @param largest at most so many share a transaction
	 * @param commit commits all of these or none, and yields a result for each, in their
	 * order
	 */
	GroupCommit(int largest, Function<List<T>, List<R>> commit) {
		this(largest, Long.MAX_VALUE, (any) -> 0, () -> 0, commit);
	}

	/**
	 * Creates one whose transactions are limited by what they carry, too.
	 * @param largest at most so many share a transaction
	 * @param heaviest together they weigh no more; who weighs more commits alone
	 * @param weight what one weighs
	 * @param apart how many nanoseconds after the start of a transaction the next one may
	 * begin; 0 for as soon as it has ended
	 * @param commit commits all of these or none, and yields a result for each, in their
	 * order
	 */
	GroupCommit(int largest, long heaviest, ToIntFunction<T> weight, LongSupplier apart,
			Function<List<T>, List<R>> commit) {
		this.largest = largest;
		this.heaviest = heaviest;
		this.weight = weight;
		this.apart = apart;
		this.commit = commit;
	}

	/**
	 * Commits, alone or with others. What one of them can't do harms no other: then each
	 * is committed alone.
	 * @param what what is to be committed
	 * @return what became of it
	 * @throws RuntimeException what has failed; nothing of this caller's was committed
	 */
	R commit(T what) {
		Request<T, R> mine = new Request<>(what, Thread.currentThread());
		this.waiting.add(mine);
		boolean interrupted = false;
		while (!mine.ended) {
			if (this.busy.compareAndSet(false, true)) {
				try {
					interrupted |= awaitNext();
					lead();
				}
				finally {
					this.busy.set(false);
					callNext();
				}
			}
			else {
				LockSupport.park(this);
				interrupted |= Thread.interrupted();
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		if (mine.failure != null) {
			throw mine.failure;
		}
		return mine.result;
	}

	/** Who comes while somebody leads parks: nobody else would wake him. */
	private void callNext() {
		Request<T, R> next = this.waiting.peek();
		if (next != null) {
			LockSupport.unpark(next.thread);
		}
	}

	/**
	 * Waits until the next transaction may begin.
	 * @return whether the thread was interrupted meanwhile
	 */
	private boolean awaitNext() {
		boolean interrupted = false;
		long next = this.began + this.apart.getAsLong();
		for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
			LockSupport.parkNanos(this, left);
			interrupted |= Thread.interrupted();
		}
		this.began = System.nanoTime();
		return interrupted;
	}

	private void lead() {
		List<Request<T, R>> group = take(this.largest, this.heaviest);
		try {
			together(group);
		}
		catch (RuntimeException ex) {
			if (StoreFailures.passing(ex)) {
				// Who waits would only find the same, and no sooner.
				group.addAll(take(Integer.MAX_VALUE, Long.MAX_VALUE));
				group.forEach((request) -> request.failure = ex);
			}
			else if (group.size() == 1) {
				group.get(0).failure = ex;
			}
			else {
				group.forEach(this::alone);
			}
		}
		catch (Error ex) {
			group.forEach((request) -> request.failure = new IllegalStateException(ex));
			throw ex;
		}
		finally {
			group.forEach(Request::end);
		}
	}

	private List<Request<T, R>> take(int most, long heaviest) {
		List<Request<T, R>> taken = new ArrayList<>();
		long together = 0;
		for (Request<T, R> next = this.waiting.peek(); next != null
				&& taken.size() < most; next = this.waiting.peek()) {
			together += this.weight.applyAsInt(next.what);
			if (together > heaviest && !taken.isEmpty()) {
				break;
			}
			// Nobody else takes while this one leads.
			taken.add(this.waiting.poll());
		}
		return taken;
	}

	private void together(List<Request<T, R>> group) {
		if (group.isEmpty()) {
			return;
		}
		List<R> results = this.commit.apply(group.stream().map((request) -> request.what).toList());
		for (int n = 0; n < group.size(); n++) {
			group.get(n).result = results.get(n);
		}
	}

	private void alone(Request<T, R> request) {
		try {
			together(List.of(request));
		}
		catch (RuntimeException ex) {
			request.failure = ex;
		}
	}

	private static final class Request<T, R> {

		private final T what;

		private final Thread thread;

		private R result;

		private RuntimeException failure;

		private volatile boolean ended;

		private Request(T what, Thread thread) {
			this.what = what;
			this.thread = thread;
		}

		private void end() {
			this.ended = true;
			LockSupport.unpark(this.thread);
		}

	}

}
