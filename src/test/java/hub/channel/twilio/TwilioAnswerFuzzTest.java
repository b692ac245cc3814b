package hub.channel.twilio;

import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.ProviderWords;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import hub.channel.Text;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code stands in the first line, the words in the others.
 */
class TwilioAnswerFuzzTest {

	private static final int LONGEST = 64 * 1024;

	private final TwilioAnswer answers = new TwilioAnswer();

	@FuzzTest
	@DisplayName("W10, O6: whatever Twilio answers means something, and its words show no number, id or token")
	void reads(byte[] input) {
		List<String> parts = Fuzzed.lines(Fuzzed.text(input, LONGEST), 2);
		TwilioError error = Fuzzed
			.promptly(() -> TwilioError.of(Map.of("ErrorCode", parts.get(0), "ErrorMessage", parts.get(1))));
		for (int status : List.of(302, 400, 401, 408, 429, 500)) {
			SendOutcome outcome = Fuzzed.promptly(() -> this.answers.of(status, error.code(), parts.get(1)));
			assertThat(outcome.verdict()).isNotNull().isNotEqualTo(Verdict.ACCEPTED);
			assertThat(outcome.reason()).isNotBlank()
				.hasSizeLessThanOrEqualTo(ProviderWords.MAX_WORDS)
				.isEqualTo(Text.clean(outcome.reason()))
				.doesNotContainPattern("[0-9]{9}")
				.doesNotContainPattern("[A-Za-z0-9_=|/+.-]{25}");
		}
		SendOutcome sent = this.answers.of(parts.get(0));
		assertThat(sent.verdict()).isIn(Verdict.ACCEPTED, Verdict.IN_DOUBT);
	}

}
