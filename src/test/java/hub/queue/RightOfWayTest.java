package hub.queue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What gives way to webhooks, when, and until when. */
class RightOfWayTest {

	private static final double IDLE = 0.3;

	private static final double BUSY = 1;

	@Test
	@DisplayName("W1: a turn gives way while webhooks crowd full processors, but not for ever")
	void waitsOutACrowd() throws Exception {
		RightOfWay rightOfWay = of(1, RightOfWay.LONGEST_WAIT, () -> BUSY);
		rightOfWay.enter();
		rightOfWay.enter();

		assertThat(rightOfWay.giveWay()).isTrue();
	}

	@Test
	@DisplayName("W1: a turn goes on as soon as the crowd of webhooks is over")
	void goesOnWhenClear() throws Exception {
		RightOfWay rightOfWay = of(1, Duration.ofDays(1), () -> BUSY);
		rightOfWay.enter();
		rightOfWay.enter();
		Thread turn = new Thread(() -> giveWay(rightOfWay));
		turn.start();
		while (turn.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		rightOfWay.leave();

		turn.join(TimeUnit.MINUTES.toMillis(1));
		assertThat(turn.isAlive()).isFalse();
		assertThat(rightOfWay.giveWay()).as("the next one").isFalse();
	}

	@Test
	@DisplayName("W1: all turns that wait go on, not only the first")
	void freesAll() throws Exception {
		RightOfWay rightOfWay = of(0, Duration.ofMinutes(1), () -> BUSY);
		rightOfWay.enter();
		ExecutorService turns = Executors.newFixedThreadPool(5);
		try {
			CompletableFuture<Void> all = CompletableFuture.allOf(IntStream.range(0, 5)
				.mapToObj((turn) -> CompletableFuture.runAsync(() -> giveWay(rightOfWay), turns))
				.toArray(CompletableFuture[]::new));
			long began = System.nanoTime();
			while (!all.isDone()) {
				rightOfWay.leave();
				Thread.sleep(5);
				rightOfWay.enter();
			}
			all.join();
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
		}
		finally {
			turns.shutdown();
		}
	}

	@Test
	@DisplayName("Few webhooks hold nothing up, and nobody looks at the processors")
	void ignoresFew() throws Exception {
		AtomicInteger looks = new AtomicInteger();
		RightOfWay rightOfWay = of(1, RightOfWay.LONGEST_WAIT, looks::incrementAndGet);
		rightOfWay.enter();

		assertThat(rightOfWay.giveWay()).isFalse();
		assertThat(looks).hasValue(0);
	}

	@Test
	@DisplayName("Webhooks that wait for the database hold nothing up: the processors are idle")
	void ignoresIdleProcessors() throws Exception {
		RightOfWay idle = of(0, RightOfWay.LONGEST_WAIT, () -> IDLE);
		RightOfWay unknown = of(0, RightOfWay.LONGEST_WAIT, () -> -1);
		idle.enter();
		unknown.enter();

		assertThat(idle.giveWay()).isFalse();
		assertThat(unknown.giveWay()).isFalse();
	}

	private static RightOfWay of(int most, Duration longestWait, DoubleSupplier load) {
		return new RightOfWay(most, longestWait, new ProcessorLoad(load));
	}

	private static void giveWay(RightOfWay rightOfWay) {
		try {
			rightOfWay.giveWay();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
