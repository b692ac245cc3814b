package hub.chat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fuzz.Fuzzed;
import hub.http.HttpProblem;
import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class FramesFuzzTest {

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final Frames frames = new Frames(JSON);

	@FuzzTest
	@DisplayName("O9: whatever a socket sends, it is something that visitors may send, or it is refused in its name")
	void reads(byte[] input) throws IOException {
		String text = Fuzzed.text(input, ChatSocketHandler.LONGEST_FRAME);
		String clientId = null;
		try {
			JsonNode frame = Fuzzed.promptly(() -> this.frames.parse(text));
			clientId = Frames.clientId(frame);
			assertName(clientId);
			Frames.Incoming incoming = Frames.read(frame);
			assertThat(incoming.ping()).isEqualTo(incoming.text() == null && incoming.action() == null);
			assertThat(incoming.text() != null && incoming.action() != null).isFalse();
			if (incoming.text() != null) {
				assertThat(incoming.text()).isNotBlank().hasSizeLessThanOrEqualTo(InboundMessage.MAX_TEXT);
				assertRoundTrip(clientId, incoming.text());
			}
			if (incoming.action() != null) {
				assertThat(incoming.action()).isNotBlank().hasSizeLessThanOrEqualTo(200).doesNotContain("\u0000");
				assertRoundTrip(clientId, incoming.action());
			}
		}
		catch (HttpProblem ex) {
			assertThat(ex.status()).isEqualTo(422);
			JsonNode error = JSON.readTree(this.frames.error(ex, clientId));
			assertThat(error.path("type").asText()).isEqualTo("error");
			assertThat(error.path("payload").path("client_id").textValue()).isEqualTo(clientId);
		}
	}

	private static void assertName(String clientId) {
		if (clientId != null) {
			assertThat(clientId).isNotEmpty().hasSizeLessThanOrEqualTo(100).doesNotContain("\u0000");
		}
	}

	private void assertRoundTrip(String clientId, String text) throws IOException {
		String key = (clientId != null) ? ThreadMessage.CLIENT_KEY + clientId : null;
		String extras = Threads.withoutNul(JSON.writeValueAsString(Map.of("metadata", Map.of("action", text))));
		JsonNode frame = JSON.readTree(
				this.frames.chatMessage(new PostedMessage(1, 2, ThreadEvent.USER_MESSAGE, key, text, extras, NOW)));
		assertThat(frame.path("payload").path("text").textValue()).isEqualTo(text);
		assertThat(frame.path("payload").path("metadata").path("action").textValue())
			.isEqualTo(text.replace("\u0000", ""));
		assertThat(frame.path("client_id").textValue()).isEqualTo(clientId);
	}

}
