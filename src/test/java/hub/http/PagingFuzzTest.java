package hub.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cursor as it comes, and the words that one would stand for.
 */
class PagingFuzzTest {

	private static final int LONGEST = 4096;

	private static final List<Integer> ALL = IntStream.range(0, 10).boxed().toList();

	@FuzzTest
	@DisplayName("O9: whatever is given for a cursor, a page begins there and the list ends, or the caller is told that it is none")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
		for (String cursor : List.of(text, encoded)) {
			assertPages(cursor);
			assertRow(cursor);
		}
	}

	private static void assertPages(String first) {
		try {
			List<Object> seen = new ArrayList<>();
			String cursor = first;
			for (int pages = 0; cursor != null; pages++) {
				String from = cursor;
				Map<String, Object> page = Fuzzed.promptly(() -> Paging.page(ALL, parameters(from)));
				seen.addAll((List<?>) page.get("items"));
				cursor = (String) page.get("next_cursor");
				assertThat(pages).isLessThan(ALL.size());
			}
			assertThat(seen).isEqualTo(ALL.subList(ALL.size() - seen.size(), ALL.size()));
		}
		catch (HttpProblem ex) {
			assertNone(ex);
		}
	}

	private static void assertRow(String cursor) {
		try {
			long before = Fuzzed.promptly(() -> Paging.before(parameters(cursor)));
			assertThat(before).isNotNegative();
			Map<String, Object> page = Paging.newestFirst(List.of(before, before - 1, before - 2, before - 3),
					parameters(cursor), (row) -> Math.max(0, row));
			assertThat(Paging.before(parameters((String) page.get("next_cursor")))).isEqualTo(Math.max(0, before - 2));
		}
		catch (HttpProblem ex) {
			assertNone(ex);
		}
	}

	private static void assertNone(HttpProblem problem) {
		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem.errors()).extracting(HttpProblem.FieldError::field).containsExactly("cursor");
	}

	private static Map<String, Object> parameters(String cursor) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("limit", 3L);
		parameters.put("cursor", cursor);
		return parameters;
	}

}
