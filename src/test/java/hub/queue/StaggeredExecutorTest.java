package hub.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How workers are woken. */
class StaggeredExecutorTest {

	@Test
	@DisplayName("W4: one worker is woken at a time, and does what others would have come too late for")
	void oneAtATime() {
		HandDriven pool = new HandDriven();
		StaggeredExecutor workers = new StaggeredExecutor(pool);
		List<Integer> done = new ArrayList<>();
		for (int n = 0; n < 5; n++) {
			int task = n;
			workers.execute(() -> done.add(task));
		}
		assertThat(pool.woken).hasSize(1);
		pool.woken.remove().run();
		assertThat(done).containsExactly(0, 1, 2, 3, 4);
		assertThat(pool.woken).as("another one, who finds nothing").hasSize(1);
		pool.woken.remove().run();
		workers.execute(() -> done.add(5));
		assertThat(pool.woken).hasSize(1);
		pool.woken.remove().run();
		assertThat(done).hasSize(6);
		assertThat(pool.woken).isEmpty();
	}

	@Test
	@DisplayName("W4: tasks that wait for one another are all at work at the same time")
	void allAtWork() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(8);
		StaggeredExecutor workers = new StaggeredExecutor(pool);
		CyclicBarrier together = new CyclicBarrier(9);
		for (int n = 0; n < 8; n++) {
			workers.execute(() -> await(together));
		}
		together.await(20, TimeUnit.SECONDS);
		pool.shutdown();
		assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	@DisplayName("W3: before a stop a worker is woken for each task that is left, so that slow ones need not wait for one another")
	void wakesAll() {
		HandDriven pool = new HandDriven();
		StaggeredExecutor workers = new StaggeredExecutor(pool);
		List<Integer> done = new ArrayList<>();
		for (int n = 0; n < 3; n++) {
			int task = n;
			workers.execute(() -> done.add(task));
		}
		workers.wakeAll();
		pool.shutdown();
		assertThat(pool.woken).hasSizeGreaterThanOrEqualTo(3);
		pool.woken.forEach(Runnable::run);
		assertThat(done).containsExactly(0, 1, 2);
	}

	@Test
	@DisplayName("W3: whoever hands tasks over, and however many at once, each is done once")
	void eachOnce() throws Exception {
		int givers = 4;
		int each = 5_000;
		ExecutorService pool = Executors.newFixedThreadPool(6);
		StaggeredExecutor workers = new StaggeredExecutor(pool);
		AtomicIntegerArray times = new AtomicIntegerArray(givers * each);
		CountDownLatch left = new CountDownLatch(givers * each);
		for (int giver = 0; giver < givers; giver++) {
			int first = giver * each;
			new Thread(() -> {
				for (int n = first; n < first + each; n++) {
					int task = n;
					workers.execute(() -> {
						times.incrementAndGet(task);
						left.countDown();
					});
				}
			}).start();
		}
		assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
		pool.shutdown();
		assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		for (int task = 0; task < times.length(); task++) {
			assertThat(times.get(task)).isOne();
		}
	}

	@Test
	@DisplayName("W3: when the pool is shut down, what was handed over is done, and nothing more is taken")
	void shutDown() {
		HandDriven pool = new HandDriven();
		StaggeredExecutor workers = new StaggeredExecutor(pool);
		List<String> done = new ArrayList<>();
		workers.execute(() -> done.add("first"));
		workers.execute(() -> done.add("second"));
		pool.shutdown();
		pool.woken.remove().run();
		assertThat(done).containsExactly("first", "second");
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> workers.execute(() -> done.add("later")));
		assertThat(pool.woken).isEmpty();
		assertThat(done).hasSize(2);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A pool whose threads begin when the test says so. */
	private static final class HandDriven extends AbstractExecutorService {

		final Deque<Runnable> woken = new ArrayDeque<>();

		private boolean shutDown;

		@Override
		public void execute(Runnable command) {
			if (this.shutDown) {
				throw new RejectedExecutionException("Shut down");
			}
			this.woken.add(command);
		}

		@Override
		public void shutdown() {
			this.shutDown = true;
		}

		@Override
		public List<Runnable> shutdownNow() {
			shutdown();
			return List.of();
		}

		@Override
		public boolean isShutdown() {
			return this.shutDown;
		}

		@Override
		public boolean isTerminated() {
			return this.shutDown;
		}

		@Override
		public boolean awaitTermination(long timeout, TimeUnit unit) {
			return true;
		}

	}

}
