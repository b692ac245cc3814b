package routes.admin;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.http.HttpProblem;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first line is {@code from}, the second {@code to}; an empty one is absent.
 */
class HubFiguresFuzzTest {

	private static final int LONGEST = 4096;

	/** What PostgreSQL knows. */
	private static final Instant FIRST = Instant.parse("-4000-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("+200000-01-01T00:00:00Z");

	private final HubFigures figures = new HubFigures(null, Clock.systemUTC(), null, null);

	@FuzzTest
	@DisplayName("O5, O9: whatever is given for a period, it begins before it ends and a database can look for it, or the caller is told what is wrong")
	void reads(byte[] input) {
		List<String> lines = Fuzzed.lines(Fuzzed.text(input, LONGEST), 2);
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("from", lines.get(0).isEmpty() ? null : lines.get(0));
		parameters.put("to", lines.get(1).isEmpty() ? null : lines.get(1));
		try {
			Period period = Fuzzed.promptly(() -> this.figures.period(parameters));
			assertThat(period.from()).isBetween(FIRST, LAST).isBeforeOrEqualTo(period.to());
			assertThat(period.to()).isBefore(LAST);
		}
		catch (HttpProblem ex) {
			assertThat(ex.status()).isEqualTo(422);
			assertThat(ex.errors()).extracting(HttpProblem.FieldError::field).containsAnyOf("from", "to").hasSize(1);
		}
	}

}
