package hub.channel.whatsapp;

import java.net.URI;
import java.net.http.HttpRequest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.MediaContent;
import hub.channel.MediaDownload;
import hub.channel.MediaException;
import hub.channel.MediaException.Reason;
import hub.config.TestSettings;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class GraphMediaFuzzTest {

	private static final int LONGEST = 8 * 1024;

	private final GraphMedia media = new GraphMedia(
			TestSettings.properties("GRAPH_BASE_URL", "http://localhost:8025").whatsapp(), new MediaDownload());

	@FuzzTest
	@DisplayName("O9: whatever address Meta names, the token goes over TLS, or to where all others go")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		try {
			URI address = Fuzzed.promptly(() -> this.media.address(text));
			assertThat(HttpRequest.newBuilder(address).build().uri()).isEqualTo(address);
			assertThat(address.getPort()).isBetween(-1, 65_535);
			assertThat(address.toString()).matches("(?s)https://.+|http://localhost:8025([/?#].*)?");
		}
		catch (MediaException ex) {
			assertThat(ex.reason()).isIn(Reason.REFUSED, Reason.UNAVAILABLE);
		}
		MediaContent content = MediaDownload.content(new MediaDownload.Answer(200, new byte[1], null, null), text);
		if (content.contentType() != null) {
			assertThat(content.contentType()).isNotEmpty().doesNotContain(";").isEqualTo(content.contentType().strip());
		}
	}

}
