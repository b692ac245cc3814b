package sandbox.control;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers that come late or never, without keeping a thread of the web server waiting:
 * the hub needs them.
 */
@Component
public class HeldAnswers implements SmartLifecycle {

	/** Longer than any client of ours waits. */
	private static final long NEVER_MILLIS = 60_000;

	private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, (task) -> {
		Thread thread = new Thread(task, "sandbox-held-answers");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<DeferredResult<ResponseEntity<?>>> held = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	/**
	 * Answers after a while.
	 * @param millis how long the answer is held back; 0 for not at all
	 * @param answer makes it, when the time has come
	 * @return the answer to be
	 */
	public DeferredResult<ResponseEntity<?>> after(long millis, Supplier<ResponseEntity<?>> answer) {
		DeferredResult<ResponseEntity<?>> result = new DeferredResult<>(NEVER_MILLIS * 3);
		if (millis <= 0) {
			result.setResult(answer.get());
			return result;
		}
		keep(result);
		this.timer.schedule(() -> {
			try {
				result.setResult(answer.get());
			}
			catch (RuntimeException ex) {
				result.setErrorResult(ex);
			}
		}, millis, TimeUnit.MILLISECONDS);
		return result;
	}

	/**
	 * Does not answer before the caller has given up.
	 * @return an answer that comes after a minute, as a gateway's 504
	 */
	public DeferredResult<ResponseEntity<?>> never() {
		return after(NEVER_MILLIS, () -> ResponseEntity.status(HttpStatus.GATEWAY_TIMEOUT).build());
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		// Held requests would keep a graceful shutdown waiting.
		this.held.forEach(
				(result) -> result.setResult(ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build()));
		this.timer.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private void keep(DeferredResult<ResponseEntity<?>> result) {
		this.held.add(result);
		result.onCompletion(() -> this.held.remove(result));
	}

}
