package hub.channel.twilio;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.MediaDownload;
import hub.channel.MediaException;
import hub.channel.MediaException.Reason;
import hub.config.TestSettings;
import hub.message.Media;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first line is the address that a message carries, the second where the answer to
 * the request for it leads.
 */
class TwilioMediaFuzzTest {

	private static final int LONGEST = 8 * 1024;

	private final TwilioMedia media = new TwilioMedia(TestSettings.properties().twilio(), new MediaDownload());

	@FuzzTest
	@DisplayName("O9: whatever address a message or a redirection names, Twilio's credentials go to Twilio, and nothing goes where nobody can be asked")
	void reads(byte[] input) {
		List<String> lines = Fuzzed.lines(Fuzzed.text(input, LONGEST), 2);
		URI address = URI.create("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1");
		try {
			address = Fuzzed
				.promptly(() -> this.media.address(new Media("image", null, lines.get(0), null, null, null)));
			assertThat(this.media.isTwilios(address)).isTrue();
			assertAsked(address);
		}
		catch (MediaException ex) {
			assertThat(ex.reason()).isIn(Reason.REFUSED, Reason.GONE);
		}
		assertRedirected(address, lines.get(1));
	}

	private void assertRedirected(URI address, String location) {
		try {
			assertAsked(Fuzzed.promptly(() -> this.media.redirected(address, location)));
		}
		catch (MediaException ex) {
			assertThat(ex.reason()).isIn(Reason.REFUSED, Reason.GONE);
		}
	}

	private void assertAsked(URI address) {
		assertThat(HttpRequest.newBuilder(address).build().uri()).isEqualTo(address);
		assertThat(address.getScheme()).isEqualTo("https");
		assertThat(address.getPort()).isBetween(-1, 65_535);
		if (this.media.isTwilios(address)) {
			assertThat(address.getHost()).endsWithIgnoringCase(".twilio.com");
			assertThat(address.getRawUserInfo()).isNull();
		}
	}

}
