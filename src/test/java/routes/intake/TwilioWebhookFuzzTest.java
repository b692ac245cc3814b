package routes.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.MalformedDeliveryException;
import hub.channel.twilio.WebhookForm;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.http.HttpProblem;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * The header stands in the first line, the query in the second, the form in the third.
 */
class TwilioWebhookFuzzTest {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

	private static final String TOKEN = "0123456789abcdef0123456789abcdef";

	private final HubProperties properties = TestSettings.properties("TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32),
			"TWILIO_AUTH_TOKEN", TOKEN, "TWILIO_WHATSAPP_NUMBER", "+14155238886");

	private final TwilioWebhook webhook = new TwilioWebhook(this.properties, CLOCK,
			mock(TwilioReconciliation.class, withSettings().stubOnly()));

	@FuzzTest
	@DisplayName("W1: only what Twilio has signed passes")
	void passes(byte[] input) {
		List<String> parts = Fuzzed.lines(Fuzzed.text(input), 3);
		byte[] body = parts.get(2).getBytes(StandardCharsets.UTF_8);
		String calledAs = "/webhooks/twilio/status?" + parts.get(1);
		String signature = signature(calledAs, body);
		if (!parts.get(0).equals(signature)) {
			HttpProblem problem = catchThrowableOfType(HttpProblem.class,
					() -> this.webhook.verify(body, parts.get(0), calledAs));
			assertThat(problem).isNotNull().extracting(HttpProblem::status).isEqualTo(403);
		}
		if (signature != null && parts.get(1).matches("[\\w=&]*")) {
			TwilioWebhook.SignedForm signed = this.webhook.verify(body, signature, calledAs);
			assertThat(this.webhook.message(signed).receivedAt()).isEqualTo(CLOCK.instant());
			assertThat(this.webhook.status(signed).receivedAt()).isEqualTo(CLOCK.instant());
		}
	}

	/** Source: Twilio, "Webhooks security". Null for what is no form. */
	private String signature(String calledAs, byte[] body) {
		StringBuilder signed = new StringBuilder(this.properties.publicUrl(calledAs));
		try {
			new TreeMap<>(WebhookForm.parse(new String(body, StandardCharsets.UTF_8)))
				.forEach((name, value) -> signed.append(name).append(value));
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
			return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (MalformedDeliveryException ex) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
