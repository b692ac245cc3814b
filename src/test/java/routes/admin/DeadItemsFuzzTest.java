package routes.admin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.http.HttpProblem;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cursor as it comes, and the words that one would stand for.
 */
class DeadItemsFuzzTest {

	private static final int LONGEST = 4096;

	/** What PostgreSQL knows. */
	private static final Instant FIRST = Instant.parse("-4000-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("+200000-01-01T00:00:00Z");

	@FuzzTest
	@DisplayName("O9: whatever is given for a cursor of the dead is a place in the list that a database can look for, or the caller is told that it is none")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
		for (String cursor : List.of(text, encoded)) {
			try {
				DeadItems.Position place = Fuzzed.promptly(() -> DeadItems.position(cursor));
				assertThat(place.queue()).isIn("inbound", "outbound");
				assertThat(place.id()).isNotNegative();
				assertThat(place.diedAt()).isBetween(FIRST, LAST);
				String name = place.queue() + "-" + place.id();
				assertThat(DeadItems.position(DeadItems
					.cursor(new DeadItems.DeadLetter(name, place.queue(), null, null, 1, place.diedAt(), null))))
					.isEqualTo(place);
			}
			catch (HttpProblem ex) {
				assertThat(ex.status()).isEqualTo(422);
				assertThat(ex.errors()).extracting(HttpProblem.FieldError::field).containsExactly("cursor");
			}
		}
	}

}
