package hub.channel.whatsapp;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.ProviderWords;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import hub.channel.Text;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class GraphAnswerFuzzTest {

	private static final int LONGEST = 64 * 1024;

	private final GraphAnswer answers = new GraphAnswer();

	@FuzzTest
	@DisplayName("W10, O6: whatever Meta answers means something, and its words show no number, id or token")
	void reads(byte[] input) {
		String body = Fuzzed.text(input, LONGEST);
		for (int status : List.of(200, 302, 400, 401, 408, 429, 500)) {
			SendOutcome outcome = Fuzzed.promptly(() -> this.answers.of(status, body));
			assertThat(this.answers.of(status, body)).isEqualTo(outcome);
			assertThat(outcome.verdict()).isNotNull();
			if (outcome.verdict() == Verdict.ACCEPTED) {
				assertThat(status).isEqualTo(200);
				assertThat(outcome.providerId()).matches("[\\x21-\\x7E]{1,512}");
			}
			if (outcome.reason() != null) {
				assertThat(outcome.reason()).hasSizeLessThanOrEqualTo(ProviderWords.MAX_WORDS)
					.isEqualTo(Text.clean(outcome.reason()))
					.doesNotContainPattern("[0-9]{9}")
					.doesNotContainPattern("[A-Za-z0-9_=|/+.-]{25}");
			}
		}
	}

}
