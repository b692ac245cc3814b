package routes.linking;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.config.TestSettings;
import hub.message.InboundMessage;
import hub.turn.TestTurn;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class AccountLinkingFuzzTest {

	private final AccountLinking linking = new AccountLinking(null, null, null, null,
			TestSettings.properties("LIMIT_CODES_PER_HOUR", "0"));

	@FuzzTest
	@DisplayName("W5: whatever follows /link is one plain address, or refused")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		for (String words : new String[] { text, "/link " + text }) {
			LinkRequest request = Fuzzed.promptly(() -> this.linking.read(TestTurn.text(words).open()));
			assertThat(request.email() == null).isNotEqualTo(request.refusal() == null);
			if (request.email() != null) {
				assertThat(request.email()).matches("[^\\s/@?#%\"<>]{1,64}@[a-z0-9.-]{3,}")
					.hasSizeLessThanOrEqualTo(254)
					.isLowerCase();
			}
		}
	}

}
