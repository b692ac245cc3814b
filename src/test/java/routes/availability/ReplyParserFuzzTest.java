package routes.availability;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;
import routes.availability.AgentReply.Answer;
import routes.availability.AgentReply.Price;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyParserFuzzTest {

	private static final ZonedDateTime AT = ZonedDateTime.of(2026, 11, 18, 10, 0, 0, 0, ZoneId.of("Africa/Lagos"));

	private static final BigDecimal MOST = new BigDecimal("1000000000000");

	private final ReplyParser parser = new ReplyParser();

	@FuzzTest
	@DisplayName("A2, A3: whatever an agent writes is an answer or unclear, and names no absurd rent or day")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		AgentReply reply = Fuzzed.promptly(() -> this.parser.parse(text, AT));
		assertThat(this.parser.parse(text, AT)).isEqualTo(reply);
		assertThat(this.parser.answers(text) || reply.answer() == Answer.UNCLEAR || !reply.dates().isEmpty()).isTrue();
		if (reply.answer() == Answer.YES || reply.answer() == Answer.NO) {
			assertThat(reply.why()).isNotEmpty();
		}
		if (reply.price() != null) {
			assertWithinLimits(reply.price());
		}
		if (reply.availableFrom() != null) {
			assertThat(reply.availableFrom()).isBetween(AT.toLocalDate(), AT.toLocalDate().plusYears(100));
		}
		assertThat(reply.dates()).doesNotHaveDuplicates()
			.allSatisfy((day) -> assertThat(day.getYear()).isBetween(1900, 2126));
	}

	private static void assertWithinLimits(Price price) {
		assertThat(price.amount()).isPositive().isLessThanOrEqualTo(MOST);
		assertThat(price.amount().scale()).isBetween(0, 18);
		if (price.upTo() != null) {
			assertThat(price.upTo()).isGreaterThan(price.amount()).isLessThanOrEqualTo(MOST);
		}
		if (price.currency() != null) {
			assertThat(price.currency()).matches("[A-Z]{3}");
		}
	}

}
