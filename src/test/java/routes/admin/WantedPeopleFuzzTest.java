package routes.admin;

import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class WantedPeopleFuzzTest {

	private static final int LONGEST = 100;

	private final WantedPeople people = new WantedPeople();

	@FuzzTest
	@DisplayName("O9: whatever an operator types is words that a search takes for words, and a mail address only as a whole")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		String words = Fuzzed.promptly(() -> WantedPeople.words(text));
		assertThat(words).matches("|[\\p{L}\\p{N}]+:\\*( & [\\p{L}\\p{N}]+:\\*)*");
		assertThat(words.replaceAll("[^\\p{L}\\p{N}]", "")).isEqualTo(text.replaceAll("[^\\p{L}\\p{N}]", ""));
		assertThat(WantedPeople.words(words)).isEqualTo(words);
		String email = this.people.email(Map.of("q", text));
		if (email != null) {
			assertThat(email).isEqualTo(text.strip()).matches("[^\\s@]+@[^\\s@]+");
		}
	}

}
