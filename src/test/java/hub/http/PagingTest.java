package hub.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PagingTest {

	private static Map<String, Object> parameters(long limit, Object cursor) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("limit", limit);
		parameters.put("cursor", cursor);
		return parameters;
	}

	@Test
	@DisplayName("Page by page a list is shown whole, in order, nothing twice")
	void pages() {
		List<Integer> all = IntStream.range(0, 10).boxed().toList();
		List<Object> seen = new ArrayList<>();
		Object cursor = null;
		int pages = 0;
		do {
			Map<String, Object> page = Paging.page(all, parameters(4, cursor));
			seen.addAll((List<?>) page.get("items"));
			cursor = page.get("next_cursor");
			pages++;
		}
		while (cursor != null);
		assertThat(seen).isEqualTo(all);
		assertThat(pages).isEqualTo(3);
		assertThat(Paging.page(all, parameters(10, null))).containsOnlyKeys("items");
		assertThat(Paging.page(List.of(), parameters(1, null))).containsOnlyKeys("items");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "YXQ6", "YXQ6LTE", "YXQ6OTk5OTk5OTk5OTk", "Zm9v", "%%" })
	@DisplayName("A cursor that is none of ours is refused with its name")
	void refuses(String cursor) {
		assertThatExceptionOfType(HttpProblem.class).isThrownBy(() -> Paging.page(List.of(1), parameters(1, cursor)))
			.satisfies((problem) -> {
				assertThat(problem.status()).isEqualTo(422);
				assertThat(problem.errors().get(0).field()).isEqualTo("cursor");
			});
	}

}
