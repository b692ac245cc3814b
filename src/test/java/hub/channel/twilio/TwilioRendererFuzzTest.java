package hub.channel.twilio;

import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.FuzzedMessage;
import hub.channel.Text;
import hub.message.OutboundMessage;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class TwilioRendererFuzzTest {

	private final List<TwilioRenderer> renderers = List.of(TwilioRendererTest.renderer(Map.of()),
			TwilioRendererTest.renderer(TwilioRendererTest.contents()));

	@FuzzTest
	@DisplayName("W7: whatever the words are, nothing can be refused for its shape")
	void renders(byte[] input) {
		OutboundMessage message = FuzzedMessage.of(input);
		for (TwilioRenderer renderer : this.renderers) {
			TwilioRequest request = Fuzzed.promptly(() -> renderer.render(message, "+2348030000001", "42"));
			TwilioRendererTest.assertAcceptable(request, message, renderer, 0);
			Fuzzed.promptly(() -> renderer.renderTemplate(message, "US.1", "42"))
				.ifPresent((template) -> assertThat(TwilioRendererTest.variables(template).values())
					.allSatisfy((value) -> {
						assertThat(value).hasSizeBetween(1, 1024).doesNotContain("\n", "\t", "     ");
						assertThat(Text.clean(value)).isEqualTo(value);
					}));
		}
	}

}
