package hub.http;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operation's id stands in the first line, the value of all parameters in the second,
 * the body in the others.
 */
class OperationFuzzTest {

	private static final int LONGEST = 64 * 1024;

	private final List<Operation> operations = new Contract().operations();

	@FuzzTest
	@DisplayName("O9: whatever is asked, a route gets what the contract says, or the caller is told what is wrong")
	void reads(byte[] input) {
		List<String> parts = Fuzzed.lines(Fuzzed.text(input, LONGEST), 3);
		Operation operation = operation(parts.get(0));
		byte[] body = parts.get(2).getBytes(StandardCharsets.UTF_8);
		try {
			Operation.Request request = Fuzzed
				.promptly(() -> operation.read((in, name) -> parts.get(1), "application/json", body));
			request.parameters().values().forEach(OperationFuzzTest::assertStorable);
			request.body().values().forEach(OperationFuzzTest::assertStorable);
			assertThat(operation.read((in, name) -> parts.get(1), "application/json", body)).isEqualTo(request);
		}
		catch (HttpProblem ex) {
			assertThat(ex.status()).isIn(400, 404, 415, 422);
			assertThat(ex.errors()).allSatisfy((error) -> assertThat(error.field()).isNotBlank());
		}
	}

	private Operation operation(String id) {
		return this.operations.stream()
			.filter((operation) -> operation.id().equals(id))
			.findFirst()
			.orElseGet(() -> this.operations.get(Math.floorMod(id.hashCode(), this.operations.size())));
	}

	private static void assertStorable(Object value) {
		if (value instanceof String text) {
			assertThat(text).doesNotContain("\u0000");
		}
		else if (value instanceof Map<?, ?> fields) {
			fields.values().forEach(OperationFuzzTest::assertStorable);
		}
		else if (value instanceof Collection<?> items) {
			items.forEach(OperationFuzzTest::assertStorable);
		}
		else if (value instanceof Number number) {
			assertThat(Math.abs(number.doubleValue())).isLessThan(1e19);
		}
	}

}
