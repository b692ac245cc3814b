package hub.queue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes the threads of a pool one after the other: the next one only when the one before
 * has begun. A pool by itself wakes a thread for each task, and where tasks are short and
 * come by the dozen, they take less time than waking. Here a thread that is done takes
 * the next task, while another one is still on its way; but as soon as tasks wait for
 * something, and leave the processors to others, as many threads are at work as the pool
 * has.
 */
final class StaggeredExecutor implements Executor {

	private final ExecutorService pool;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Whether a thread was woken and has not begun. */
	private final AtomicBoolean waking = new AtomicBoolean();

	/**
	 * Creates one.
	 * @param pool whose threads do the work
	 */
	StaggeredExecutor(ExecutorService pool) {
		this.pool = pool;
	}

	/**
	 * Has a task done.
	 * @param task what must not fail
	 * @throws RejectedExecutionException if the pool is shut down
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		try {
			wakeNext();
		}
		catch (RejectedExecutionException ex) {
			// else one that is still at work has taken it
			if (this.tasks.remove(task)) {
				throw ex;
			}
		}
	}

	/**
	 * Wakes a thread for each task that none has begun. Once the pool is shut down none
	 * can be woken, and what is left would wait for those few that are at work.
	 */
	void wakeAll() {
		this.tasks.forEach((task) -> this.pool.execute(this::work));
	}

	private void wakeNext() {
		if (!this.tasks.isEmpty() && this.waking.compareAndSet(false, true)) {
			try {
				this.pool.execute(this::work);
			}
			catch (RejectedExecutionException ex) {
				this.waking.set(false);
				throw ex;
			}
		}
	}

	private void work() {
		// Before it looks for tasks: who adds one from now on wakes another
		this.waking.set(false);
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			try {
				wakeNext();
			}
			catch (RejectedExecutionException ex) {
				// the pool is shut down: this thread does what is left
			}
			task.run();
		}
	}

}
