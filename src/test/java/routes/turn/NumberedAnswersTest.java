package routes.turn;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumberedAnswersTest {

	@ParameterizedTest
	@DisplayName("A7: a bare number is read as people write it")
	@CsvSource({ "1, 1", "' 2 ', 2", "3., 3", "4), 4", "(5), 5", "#6, 6", "7!, 7", "10, 10", "8\uFE0F\u20E3, 8",
			"\u0663, 3", "\uD835\uDFCF, 1", "\uD83A\uDD51\uD83A\uDD50, 10" })
	void readsNumbers(String text, int number) {
		assertThat(NumberedAnswers.number(text)).contains(number);
	}

	@ParameterizedTest
	@DisplayName("A2: a number among words, a price, a code or a time is no choice")
	@ValueSource(
			strings = { "", "0", "00", "1 2", "1st", "100", "123456", "-1", "1.5", "2m", "10:30", "option 1", "yes" })
	void readsNothingElse(String text) {
		assertThat(NumberedAnswers.number(text)).isEmpty();
	}

}
