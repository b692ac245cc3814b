package hub.text;

import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsFuzzTest {

	private static final int LONGEST = 200;

	@FuzzTest
	@DisplayName("C2: whatever a seeker writes is a search with sensible limits, or none")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		Optional<Search> search = Fuzzed.promptly(() -> SearchWords.read(text));
		assertThat(SearchWords.read(text)).isEqualTo(search);
		search.ifPresent((found) -> assertSensible(found));
		String whole = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		assertThat(Fuzzed.promptly(() -> SearchWords.fold(whole))).doesNotContain("  ");
		assertThat(SearchWords.place(text)).isNotNull();
	}

	private static void assertSensible(Search search) {
		if (search.words() != null) {
			assertThat(search.words()).isNotBlank().isEqualTo(search.words().strip()).hasSizeLessThan(LONGEST * 8);
		}
		if (search.minPrice() != null) {
			assertThat(search.minPrice()).isBetween(1000L, 1_000_000_000_000L);
		}
		if (search.maxPrice() != null) {
			assertThat(search.maxPrice()).isBetween(1000L, 1_000_000_000_000L);
		}
		if (search.minPrice() != null && search.maxPrice() != null) {
			assertThat(search.minPrice()).isLessThanOrEqualTo(search.maxPrice());
		}
		if (search.bedrooms() != null) {
			assertThat(search.bedrooms()).isBetween(0, 99);
		}
	}

}
