package routes.turn;

import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class NumberedAnswersFuzzTest {

	@FuzzTest
	@DisplayName("A7: whatever a person writes is a number that a list may have, in any script, or no choice")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		Optional<Integer> number = Fuzzed.promptly(() -> NumberedAnswers.number(text));
		assertThat(NumberedAnswers.number(text)).isEqualTo(number);
		assertThat(NumberedAnswers.number(" " + text + "\n")).isEqualTo(number);
		number.ifPresent((found) -> {
			assertThat(found).isBetween(1, 99);
			assertThat(NumberedAnswers.number(found.toString())).contains(found);
			assertThat(text.codePoints().filter(Character::isDigit).count()).isBetween(1L, 2L);
			assertThat(text.codePoints()).noneMatch(Character::isLetter);
		});
	}

}
