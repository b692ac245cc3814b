package bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CompareTest {

	@Test
	@DisplayName("A variant has its own options besides those of all")
	void readsVariants() {
		Compare compare = new Compare(List.of("--variant", "one hub", "--seconds", "5", "--variant",
				"two: --hubs 2 --jvm '-Xmx99m -XX:+UseSerialGC' --hub-env A=B:C", "--runs", "4"));
		assertThat(compare.runs()).isEqualTo(4);
		assertThat(compare.variants().keySet()).containsExactly("one hub", "two");
		Options one = compare.variants().get("one hub");
		Options two = compare.variants().get("two");
		assertThat(one.number("hubs")).isEqualTo(1);
		assertThat(one.number("seconds")).isEqualTo(5);
		assertThat(two.number("hubs")).isEqualTo(2);
		assertThat(two.number("seconds")).isEqualTo(5);
		assertThat(two.text("jvm")).isEqualTo("-Xmx99m -XX:+UseSerialGC");
		assertThat(two.hubEnvironment()).containsEntry("A", "B:C");
	}

	@Test
	@DisplayName("One variant alone, the same name twice and a wrong option are refused")
	void refuses() {
		for (List<String> wrong : List.of(List.<String>of(), List.of("--variant", "alone"), List.of("--variant"),
				List.of("--variant", "a", "--variant", "a"), List.of("--variant", "a", "--variant", "b: --no-such 1"),
				List.of("--variant", "a", "--variant", "b: --jvm '-Xmx1g"),
				List.of("--variant", "a", "--variant", "b", "--runs", "many"),
				List.of("--variant", "a", "--variant", "b", "--runs", "0"))) {
			assertThatIllegalArgumentException().as("%s", wrong).isThrownBy(() -> new Compare(wrong));
		}
	}

	@Test
	@DisplayName("A ratio is that of the medians, with a tilde where the runs overlap")
	void ratios() {
		List<Double> first = List.of(9., 10., 11.);
		assertThat(Comparison.ratio(first, List.of(19., 20., 30.))).isEqualTo("2.00");
		assertThat(Comparison.ratio(first, List.of(4., 5., 6.))).isEqualTo("0.50");
		assertThat(Comparison.ratio(first, List.of(10., 12., 14.))).isEqualTo("~1.20");
		assertThat(Comparison.ratio(first, first)).isEmpty();
		assertThat(Comparison.ratio(first, List.of())).isEmpty();
		assertThat(Comparison.ratio(List.of(0.), List.of(1.))).isEmpty();
	}

	@Test
	@DisplayName("Each figure has a line for each variant, also where one has not measured it")
	void prints() {
		Comparison comparison = new Comparison();
		comparison.of("a").add("speed", "/s", 10);
		comparison.of("a").add("speed", "/s", 12);
		comparison.of("b").add("speed", "/s", 22);
		comparison.of("b").add("size", "MB", 5);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		comparison.print(new PrintStream(out, true, StandardCharsets.UTF_8));
		assertThat(out.toString(StandardCharsets.UTF_8).lines().map((line) -> line.strip().replaceAll(" +", " ")))
			.containsExactly("speed median least most ratio", "a 11 10 12 /s", "b 22 22 22 /s 2.00",
					"size median least most ratio", "a", "b 5 5 5 MB");
	}

}
