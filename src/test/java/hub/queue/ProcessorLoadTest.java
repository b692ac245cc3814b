package hub.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
