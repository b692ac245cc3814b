package hub.channel.whatsapp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisplayName("W1: only what Meta signed is accepted")
class WebhookSignatureTest {

	// RFC 4231, test case 2.
	private static final String KEY = "Jefe";

	private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

	private static final String HEX = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

	private final WebhookSignature signature = new WebhookSignature(KEY);

	@Test
	void acceptsTheRightSignature() {
		assertThat(this.signature.matches(BODY, "sha256=" + HEX)).isTrue();
		assertThat(this.signature.matches(BODY, "sha256=" + HEX.toUpperCase(Locale.ROOT))).isTrue();
	}

	@Test
	void refusesAnotherBodyOrSecret() {
		byte[] other = BODY.clone();
		other[0] ^= 1;
		assertThat(this.signature.matches(other, "sha256=" + HEX)).isFalse();
		assertThat(this.signature.matches(new byte[0], "sha256=" + HEX)).isFalse();
		assertThat(this.signature.matches(null, "sha256=" + HEX)).isFalse();
		assertThat(new WebhookSignature("other").matches(BODY, "sha256=" + HEX)).isFalse();
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "sha256", "sha256=", HEX, "sha1=" + HEX, "SHA256=" + HEX, "sha256= " + HEX,
			"sha256=" + HEX + " ", "sha256=" + HEX + "," + HEX, " sha256=" + HEX,
			"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384",
			"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384g",
			"sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384３",
			"sha256=0000000000000000000000000000000000000000000000000000000000000000" })
	void refusesEveryOtherHeader(String header) {
		assertThat(this.signature.matches(BODY, header)).isFalse();
	}

	@Test
	void servesManyThreadsAtOnce() {
		List<Boolean> answers = IntStream.range(0, 20_000)
			.parallel()
			.mapToObj((n) -> this.signature.matches(BODY, "sha256=" + HEX))
			.distinct()
			.toList();
		assertThat(answers).containsExactly(true);
	}

	@Test
	void needsASecret() {
		assertThatThrownBy(() -> new WebhookSignature(" ")).isInstanceOf(IllegalArgumentException.class);
	}

}
