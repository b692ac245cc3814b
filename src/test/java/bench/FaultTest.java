package bench;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@DisplayName("Faults of the load harness")
class FaultTest {

	private final List<Fault> all = Stream.of("kill-hub", "kill-hubs", "stop-hub-5", "stop-hub-60")
		.map((name) -> new Fault(name, 5, () -> {
		}, () -> {
		}))
		.toList();

	@Test
	@DisplayName("are named whole, or by their beginning up to a hyphen, and are done in their own order")
	void named() {
		assertThat(names("stop-hub-60,kill-hub")).containsExactly("kill-hub", "stop-hub-60");
		assertThat(names("stop")).containsExactly("stop-hub-5", "stop-hub-60");
		assertThat(names("all")).hasSize(4);
	}

	@Test
	@DisplayName("that there are not, or none, are refused: nothing is left out in silence")
	void unknown() {
		for (String names : List.of("kill-hub,kil", "", ",", "kill-hub,")) {
			assertThatIllegalArgumentException().isThrownBy(() -> names(names)).withMessageContaining("stop-hub-5");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Fault.named("clock", this.all, List.of("clock: no compiler")))
			.withMessageContaining("no compiler");
	}

	private List<String> names(String wished) {
		return Fault.named(wished, this.all, List.of()).stream().map(Fault::name).toList();
	}

}
