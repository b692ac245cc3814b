package routes.menu;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class ActionTokenFuzzTest {

	@FuzzTest
	@DisplayName("W6: whatever comes back as a tap is an action with ids, or none")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		ActionToken token = Fuzzed.promptly(() -> ActionToken.parse(text));
		assertThat(token.action()).matches("[a-z_]{0,40}");
		assertThat(token.objects()).hasSizeLessThanOrEqualTo(3)
			.allSatisfy((object) -> assertThat(object).matches("[A-Za-z0-9._-]+"));
		if (token.action().isEmpty()) {
			assertThat(token.objects()).isEmpty();
		}
	}

}
