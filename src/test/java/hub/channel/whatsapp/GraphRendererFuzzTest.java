package hub.channel.whatsapp;

import java.io.IOException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fuzz.Fuzzed;
import hub.channel.FuzzedMessage;
import hub.message.OutboundMessage;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class GraphRendererFuzzTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final GraphRenderer renderer = new GraphRenderer();

	@FuzzTest
	@DisplayName("W7: whatever the words are, nothing can be refused for its shape")
	void renders(byte[] input) throws IOException {
		OutboundMessage message = FuzzedMessage.of(input);
		String body = Fuzzed.promptly(() -> this.renderer.render(message, "2348030000001", "1"));
		assertThat(body).matches("\\A[\\x20-\\x7E]*\\z").hasSizeLessThanOrEqualTo(64 * 1024);
		GraphRendererTest.assertAcceptable(JSON.readTree(body), 0);
		String template = Fuzzed.promptly(() -> this.renderer.renderTemplate(message, "US.1", "1"));
		for (JsonNode component : JSON.readTree(template).path("template").path("components")) {
			for (JsonNode parameter : component.path("parameters")) {
				GraphRendererTest.line(parameter.path(parameter.path("type").textValue()), 1024);
			}
		}
	}

}
