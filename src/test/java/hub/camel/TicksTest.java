package hub.camel;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TicksTest {

	private final Ticks ticks = new Ticks();

	@Test
	@DisplayName("O6: however long something is away, the log has one line of it, and one of its return")
	void tellsOnce(CapturedOutput output) {
		this.ticks.worked("sweep");
		for (int i = 0; i < 3; i++) {
			this.ticks.failed("sweep", new IllegalStateException("away"));
		}
		this.ticks.failed("drain", new IllegalStateException("away"));
		this.ticks.worked("sweep");
		this.ticks.worked("sweep");
		assertThat(output.getOut().lines().filter((line) -> line.contains("sweep"))).satisfiesExactly(
				(line) -> assertThat(line).contains("sweep fails and is tried again until it works: away"),
				(line) -> assertThat(line).contains("sweep works again"));
		assertThat(output.getOut()).containsOnlyOnce("drain fails").doesNotContain("drain works");
	}

}
