package routes.chat;

import java.time.Instant;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.chat.ChatThread;
import hub.http.HttpProblem;
import hub.text.Texts;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadsApiFuzzTest {

	/** What the server takes of all headers. */
	private static final int LONGEST = 8 * 1024;

	/** What PostgreSQL knows. */
	private static final Instant LAST = Instant.parse("+200000-01-01T00:00:00Z");

	@FuzzTest
	@DisplayName("C2, O9: whatever a page speaks is a language of the hub's or none, and whatever it gives for a cursor is a place in the list or none")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		Optional<String> spoken = Fuzzed.promptly(() -> ThreadsApi.spoken(text));
		spoken.ifPresent((language) -> assertThat(Texts.LANGUAGES).contains(language));
		assertPlace(text);
	}

	private static void assertPlace(String cursor) {
		try {
			ChatThread place = Fuzzed.promptly(() -> ThreadsApi.place(cursor));
			assertThat(place.id()).isNotNegative();
			assertThat(place.updatedAt()).isBetween(Instant.EPOCH, LAST);
		}
		catch (HttpProblem ex) {
			assertThat(ex.status()).isEqualTo(422);
			assertThat(ex.errors()).extracting(HttpProblem.FieldError::field).containsExactly("cursor");
		}
	}

}
