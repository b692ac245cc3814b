package routes.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.config.TestSettings;
import hub.http.HttpProblem;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The header stands in the first line, the body in the others.
 */
class MetaWebhookFuzzTest {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

	private final MetaWebhook webhook = new MetaWebhook(TestSettings.properties(), CLOCK);

	@FuzzTest
	@DisplayName("W1: only what Meta has signed passes, and of that only a delivery")
	void passes(byte[] input) {
		List<String> parts = Fuzzed.lines(Fuzzed.text(input), 2);
		byte[] body = parts.get(1).getBytes(StandardCharsets.UTF_8);
		String signature = "sha256=" + HexFormat.of().formatHex(hmac(body));
		assertThat(this.webhook.verify(body, signature)).isEqualTo(body);
		if (!parts.get(0).equalsIgnoreCase(signature)) {
			assertRefused(403, () -> this.webhook.verify(body, parts.get(0)));
			assertRefused(403, () -> this.webhook.verify(body, signature + parts.get(0) + "0"));
		}
		try {
			assertThat(Fuzzed.promptly(() -> this.webhook.split(body)).receivedAt()).isEqualTo(CLOCK.instant());
		}
		catch (HttpProblem ex) {
			assertThat(ex.status()).isEqualTo(400);
		}
		if (!parts.get(0).equals("secret-verify")) {
			assertRefused(403, () -> this.webhook.shakeHands("subscribe", parts.get(0), parts.get(1)));
		}
	}

	private static void assertRefused(int status, Runnable call) {
		HttpProblem problem = catchThrowableOfType(HttpProblem.class, call::run);
		assertThat(problem).isNotNull().extracting(HttpProblem::status).isEqualTo(status);
	}

	private static byte[] hmac(byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec("secret-app".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return mac.doFinal(body);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
