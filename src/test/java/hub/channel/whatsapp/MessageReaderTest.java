package hub.channel.whatsapp;

import java.time.Clock;

import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageReaderTest {

	private final MessageReader reader = new MessageReader(Clock.systemUTC());

	@ParameterizedTest
	@ValueSource(strings = { "", "secret", "[]", "{}", "{\"item\":\"secret\"}", "{\"item\":{\"type\":\"text\"}}",
			"{\"item\":{\"from\":\"2348030000001\",\"type\":\"text\",\"text\":\"secret\"}}",
			"{\"status\":{\"id\":\"secret\"}}" })
	@DisplayName("W15: the body of nothing usable is refused without a word of it")
	void refusesOtherBodies(String body) {
		assertThatThrownBy(() -> this.reader.read(body)).isInstanceOf(IllegalArgumentException.class)
			.hasMessageNotContaining("secret");
		assertThatThrownBy(() -> this.reader.readFailedSend(body)).isInstanceOf(IllegalArgumentException.class)
			.hasMessageNotContaining("secret");
	}

	@Test
	@DisplayName("W15: a longer text is cut between two characters")
	void cutsLongTexts() {
		String family = "👨‍👩‍👧‍👦";
		InboundMessage message = this.reader
			.read("{\"item\":{\"from\":\"2348030000001\",\"type\":\"text\",\"text\":{\"body\":\"" + "x".repeat(4090)
					+ family + "y\"}}}");
		assertThat(message.text()).isEqualTo("x".repeat(4090));
		assertThat(message.number()).isEmpty();
	}

}
