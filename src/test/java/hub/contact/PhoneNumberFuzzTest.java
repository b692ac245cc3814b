package hub.contact;

import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class PhoneNumberFuzzTest {

	private static final int LONGEST = 4096;

	@FuzzTest
	@DisplayName("O6: whatever is written for a number is one canonical number, or none, and never stands whole in a log")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		Optional<PhoneNumber> number = Fuzzed.promptly(() -> PhoneNumber.of(text));
		number.ifPresent((found) -> {
			assertThat(found.e164()).matches("\\+[1-9][0-9]{6,14}");
			assertThat(PhoneNumber.of(found.e164())).contains(found);
			assertThat(PhoneNumber.of(found.e164().substring(1))).contains(found);
			assertThat(found.toString()).doesNotContain(found.e164().substring(4));
		});
		String masked = PhoneNumber.mask(text);
		assertThat(masked).hasSizeLessThanOrEqualTo(7);
	}

}
