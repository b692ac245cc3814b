package bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;

/**
 * Requests as large as webhooks to a route that only answers: what the hub's server and
 * Camel's {@code platform-http} take by themselves, which no webhook can beat.
 */
final class Echo implements WebhookClient.Listener, AutoCloseable {

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

	private final Meta meta;

	private final WebhookClient client;

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private volatile Histogram answers = new Histogram(LONGEST_NANOS, 3);

	private volatile long lastAnswerAt;

	Echo(int... hubPorts) throws IOException {
		this.meta = new Meta(hubPorts[0]);
		this.client = new WebhookClient(hubPorts, Traffic.CONNECTIONS, this);
	}

	/**
	 * Asks at a fixed rate.
	 * @param rate requests a second
	 * @param seconds for how long
	 * @return nanoseconds from when a request was due until 200
	 */
	Histogram openLoop(int rate, int seconds) throws InterruptedException {
		Delivery[] requests = prepare(rate * seconds);
		this.answers = new Histogram(LONGEST_NANOS, 3);
		Pace pace = new Pace(rate);
		for (int n = 0; n < requests.length; n++) {
			requests[n].dueAt = pace.await(n);
			post(requests[n]);
		}
		await();
		return this.answers;
	}

	/**
	 * Asks as fast as the connections carry it.
	 * @param count how often
	 * @return answers a second
	 */
	double burst(int count) throws InterruptedException {
		Delivery[] requests = prepare(count);
		long start = System.nanoTime();
		for (Delivery request : requests) {
			request.dueAt = start;
			post(request);
		}
		await();
		return count * 1e9 / (this.lastAnswerAt - start);
	}

	private Delivery[] prepare(int count) {
		Delivery[] requests = new Delivery[count];
		for (int n = 0; n < count; n++) {
			requests[n] = this.meta.text(n, "menu", RouteCopy.ECHO_PATH);
		}
		return requests;
	}

	private void post(Delivery request) {
		this.sent.incrementAndGet();
		this.client.post(request);
	}

	private void await() throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (this.answered.get() + this.refused.get() < this.sent.get() && System.nanoTime() < deadline) {
			Thread.sleep(10);
		}
	}

	/** How many requests were not answered 200. */
	long refused() {
		return this.sent.get() - this.answered.get();
	}

	@Override
	public void answered(Delivery delivery, int status, long at) {
		if (status != 200) {
			this.refused.incrementAndGet();
			return;
		}
		this.answers.recordValue(Math.min(at - delivery.dueAt, LONGEST_NANOS));
		this.lastAnswerAt = at;
		this.answered.incrementAndGet();
	}

	@Override
	public void broken(Delivery delivery) {
		this.refused.incrementAndGet();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

}
