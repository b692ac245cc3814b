package routes.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import hub.channel.SendOutcome;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Validity;
import hub.queue.OutboundItem;
import hub.queue.Withdrawals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * Whether a message goes, when it is about to be sent.
 */
class SendRulesTest {

	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private final Withdrawals withdrawals = mock(Withdrawals.class);

	private final SendRules rules = new SendRules(JSON, Clock.fixed(NOW, ZoneOffset.UTC), this.withdrawals);

	private SendRules.Decision decide(Validity validity) throws Exception {
		OutboundMessage message = OutboundMessage.text("Hello").withPriority(Priority.REMINDER).withValidity(validity);
		return this.rules
			.decide(new OutboundItem(7, "whatsapp", "+2348030000001", 1, 1, 0, false, JSON.writeValueAsString(message),
					"in-1", new OutboundItem.Recipient("2348030000001", NOW.minusSeconds(60), false, false)));
	}

	@ParameterizedTest(name = "of use for {0}: sent {1}")
	@CsvSource({ "PT1S, true", "PT24H, true", "PT0S, false", "PT-1S, false", "-, true" })
	@DisplayName("W11: what waited too long, for a provider, for a day or to be replayed, is not sent any more")
	void ends(String left, boolean sent) throws Exception {
		SendRules.Decision decision = decide(
				new Validity(left.equals("-") ? null : NOW.plus(Duration.parse(left)), null));
		assertThat(decision.refusal() == null).isEqualTo(sent);
		if (!sent) {
			assertThat(decision.refusal().verdict()).isEqualTo(SendOutcome.Verdict.FAILED);
			assertThat(decision.refusal().reason()).contains("of use until 2026-03-03T1");
		}
	}

	@Test
	@DisplayName("W11, W12: what was taken back while it waited is not sent")
	void takenBack() throws Exception {
		Validity validity = new Validity(NOW.plusSeconds(60), "reminder-1");
		assertThat(decide(validity).refusal()).isNull();
		given(this.withdrawals.isWithdrawn("reminder-1", 7)).willReturn(true);
		assertThat(decide(validity).refusal().verdict()).isEqualTo(SendOutcome.Verdict.FAILED);
		assertThat(decide(validity).refusal().reason()).contains("taken back");
	}

	@Test
	@DisplayName("O5: what is never taken back costs no question")
	void asksNothing() throws Exception {
		assertThat(decide(null).refusal()).isNull();
		verifyNoInteractions(this.withdrawals);
	}

}
