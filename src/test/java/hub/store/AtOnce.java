package hub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Several things at the same moment, as on several instances.
 */
public final class AtOnce {

	private AtOnce() {
	}

	/**
	 * Does all of it at once, each on a thread of its own, and waits for the end, but not
	 * for ever.
	 * @param actions what is done
	 * @throws Exception if one of them fails, or waits for another for ever
	 */
	public static void atOnce(Runnable... actions) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(actions.length);
		try {
			CyclicBarrier start = new CyclicBarrier(actions.length);
			List<Future<?>> results = new ArrayList<>();
			for (Runnable action : actions) {
				results.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					action.run();
					return null;
				}));
			}
			for (Future<?> result : results) {
				result.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

}
