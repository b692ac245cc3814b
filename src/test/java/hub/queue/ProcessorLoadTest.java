package hub.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When processors count as full, and how often that is looked at. */
class ProcessorLoadTest {

	@Test
	@DisplayName("Processors are full from four fifths on; where that is not known they are not")
	void tellsFull() {
		assertThat(new ProcessorLoad(() -> 0.8).full()).isTrue();
		assertThat(new ProcessorLoad(() -> 0.79).full()).isFalse();
		assertThat(new ProcessorLoad(() -> -1).full()).isFalse();
		assertThat(new ProcessorLoad(() -> Double.NaN).full()).isFalse();
	}

	@Test
	@DisplayName("Processors are full for long after a second without a look that found them idle")
	void tellsFullForLong() {
		AtomicReference<Double> share = new AtomicReference<>(1.0);
		ProcessorLoad load = new ProcessorLoad(share::get);
		long began = System.nanoTime();
		assertThat(load.fullForLong()).isFalse();
		await().until(load::fullForLong);
		assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));

		share.set(0.5);
		await().until(() -> !load.full());
		share.set(1.0);
		await().until(load::full);
		assertThat(load.fullForLong()).as("Idle in between").isFalse();
	}

	@Test
	@DisplayName("The processors are looked at a few times a second, however often they are asked about")
	void looksNowAndThen() {
		AtomicInteger looks = new AtomicInteger();
		ProcessorLoad load = new ProcessorLoad(() -> {
			looks.incrementAndGet();
			return 0.3;
		});
		long began = System.nanoTime();
		for (int turn = 0; turn < 1_000; turn++) {
			load.full();
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

		assertThat(looks.get()).isBetween(1, 1 + (int) (millis / 200));
	}

}
