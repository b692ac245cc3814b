package routes.turn;

import java.time.Duration;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.contact.Role;
import hub.message.InboundMessage;
import hub.text.Consent;
import hub.turn.TestTurn;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class IntentReaderFuzzTest {

	private final IntentReader reader = new IntentReader();

	@FuzzTest
	@DisplayName("W8, W13: whatever a person writes has one intent, whoever it is, and no words but STOP opt out")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		List<TestTurn> turns = List.of(TestTurn.text(text), TestTurn.choice(text, text),
				TestTurn.text(text).linked(Role.SEEKER).asked("menu-take-consent", "confirm:42:7"),
				TestTurn.text(text).linked(Role.AGENT).questioned(),
				TestTurn.text(text).asked("linking-request-code", Duration.ofMinutes(5)).codeRequested(Duration.ZERO));
		for (TestTurn turn : turns) {
			Intent intent = Fuzzed.promptly(() -> this.reader.read(turn.open()));
			assertThat(this.reader.read(turn.open())).isEqualTo(intent);
			if (intent == Intent.OPT_OUT) {
				assertThat(text.strip()).hasSizeLessThan(100).containsPattern("(?i)[a-z]{3}");
			}
			if (intent == Intent.CODE) {
				assertThat(text).containsPattern("[0-9]{3}[ \\-\\s\\p{Z}\\p{M}]*[0-9]");
			}
		}
		assertThat(Fuzzed.promptly(() -> Consent.read(text))).isEqualTo(Consent.read(text));
	}

}
