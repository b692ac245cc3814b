package sandbox.control;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandbox.Harness;
import sandbox.Harness.Answer;
import sandbox.services.SandboxServices;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

@DisplayName("E4: driving the sandbox")
class ControlTests {

	private final Harness sandbox = Harness.fresh();

	private final int smtp = SandboxServices.shared().mail().port();

	@Test
	@DisplayName("lists people, pictures and faults")
	void lists() {
		assertThat(this.sandbox.get("/sandbox/api/people").body()).hasSize(6)
			.extracting((person) -> person.get("name").asText())
			.contains("Sade Bello", "Root");
		assertThat(this.sandbox.get("/sandbox/api/images").body()).hasSizeGreaterThan(10);
		assertThat(this.sandbox.get("/sandbox/api/faults").body().at("/mail/down").asBoolean()).isFalse();
	}

	@Test
	@DisplayName("keeps mails for whoever they went to")
	void keepsMail() throws Exception {
		mail("sade@example.com", "Votre code", "Le code est 123456 — à bientôt");
		mail("ada@example.com", "Other", "x");
		JsonNode mails = this.sandbox.get("/sandbox/api/mail?to=Sade@example.com").body();
		assertThat(mails).hasSize(1);
		assertThat(mails.get(0).get("subject").asText()).isEqualTo("Votre code");
		assertThat(mails.get(0).get("text").asText()).isEqualTo("Le code est 123456 — à bientôt");
		assertThat(this.sandbox.get("/sandbox/api/mail").body()).hasSize(2);
	}

	@Test
	@DisplayName("E5: closes the mail port when told to, and opens it again")
	void mailDown() throws Exception {
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"mail\":{\"down\":true}}");
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), this.smtp).close());
		this.sandbox.call("DELETE", "/sandbox/api/faults", null);
		mail("sade@example.com", "Back", "x");
		assertThat(this.sandbox.get("/sandbox/api/mail").body()).hasSize(1);
	}

	@Test
	@DisplayName("issues a web token for a person, signed with the hub's secret and valid for a year")
	void issuesTokens() {
		String token = this.sandbox.post("/sandbox/api/token", "{\"email\":\"ada@example.com\"}")
			.body()
			.get("access_token")
			.asText();
		Jwt jwt = NimbusJwtDecoder
			.withSecretKey(new SecretKeySpec(
					"sandbox-secret-key-of-more-than-32-bytes".getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
			.build()
			.decode(token);
		assertThat(jwt.getSubject()).isEqualTo("11");
		assertThat(jwt.getClaimAsString("role")).isEqualTo("agent");
		assertThat(jwt.getClaimAsString("name")).isEqualTo("Ada Obi");
		assertThat(jwt.getClaimAsString("email")).isEqualTo("ada@example.com");
		assertThat(Duration.between(Instant.now(), jwt.getExpiresAt())).isBetween(Duration.ofDays(364),
				Duration.ofDays(366));
		assertThat(this.sandbox.post("/sandbox/api/token", "{\"email\":\"nobody@example.com\"}").status())
			.isEqualTo(404);
	}

	@Test
	@DisplayName("E5: moves time forward; windows close and new slots appear")
	void movesTime() {
		this.sandbox.sends("+2348030000001", "{\"text\":\"hi\"}");
		assertThat(window("+2348030000001")).isNotNull();
		JsonNode clock = this.sandbox.post("/sandbox/api/clock", "{\"advance\":\"P3DT1H\"}").body();
		assertThat(clock.get("offset_seconds").asLong()).isBetween(262_790L, 262_810L);
		assertThat(Instant.parse(clock.get("now").asText())).isCloseTo(Instant.now().plus(Duration.ofHours(73)),
				within(Duration.ofSeconds(20)));
		assertThat(window("+2348030000001")).isNull();
		assertThat(this.sandbox.delivered("messages")).as("what was under way has arrived").hasSize(1);
		Answer slots = this.sandbox.call("GET", "/sandbox/inspector/properties/1/inspection-slots", null,
				"Authorization", "Bearer sandbox-inspector-key");
		Instant last = Instant.parse(slots.body().get(slots.body().size() - 1).get("datetime").asText());
		assertThat(last).isAfter(Instant.now().plus(Duration.ofDays(15)));
	}

	@Test
	@DisplayName("E5: never answers some sends when told to; every other one was accepted")
	void timesOut() {
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"whatsapp\":{\"timeout_rate\":1}}");
		for (int i = 0; i < 4; i++) {
			neverAnswered();
		}
		assertThat(this.sandbox.phone("+2348039000003")).hasSize(2);
		await().until(() -> this.sandbox.delivered("statuses").size() == 6);
	}

	@Test
	@DisplayName("goes back to the initial state")
	void resets() throws Exception {
		this.sandbox.sends("+2348030000001", "{\"text\":\"hi\"}");
		mail("sade@example.com", "x", "x");
		this.sandbox.call("PATCH", "/sandbox/inspector/properties/1", "{\"status\":\"rented\"}", "Authorization",
				"Bearer sandbox-inspector-key");
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"whatsapp\":{\"duplicate\":true},\"mail\":{\"down\":true}}");
		this.sandbox.post("/sandbox/api/clock", "{\"advance\":\"PT2H\"}");
		assertThat(this.sandbox.post("/sandbox/api/reset", null).status()).isEqualTo(200);
		assertThat(this.sandbox.phone("+2348030000001")).isEmpty();
		assertThat(this.sandbox.get("/sandbox/api/mail").body()).isEmpty();
		assertThat(this.sandbox.get("/sandbox/api/deliveries").body()).isEmpty();
		assertThat(this.sandbox.get("/sandbox/api/clock").body().get("offset_seconds").asLong()).isZero();
		assertThat(this.sandbox.get("/sandbox/api/faults").body().at("/whatsapp/duplicate").asDouble()).isZero();
		assertThat(this.sandbox
			.call("GET", "/sandbox/inspector/properties/1", null, "Authorization", "Bearer sandbox-inspector-key")
			.body()
			.get("status")
			.asText()).isEqualTo("available");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "POST|/sandbox/api/clock|{\"advance\":\"two hours\"}|ISO 8601",
					"POST|/sandbox/api/clock|{\"advance\":\"-PT1H\"}|forward only",
					"PUT|/sandbox/api/faults|{\"whatsap\":{}}|there are whatsapp",
					"PUT|/sandbox/api/faults|{\"whatsapp\":{\"error_code\":5}}|no error code",
					"PUT|/sandbox/api/faults|{\"whatsapp\":{\"error_rate\":2}}|from 0 to 1",
					"PUT|/sandbox/api/faults|{\"inspector\":{\"down\":1}}|true or false",
					"PUT|/sandbox/api/faults|[]|JSON object" })
	@DisplayName("says what is wrong")
	void explains(String method, String path, String body, String detail) {
		Answer answer = this.sandbox.call(method, path, body);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.body().get("detail").asText()).contains(detail);
	}

	private String window(String phone) {
		return this.sandbox.get("/sandbox/api/phones/" + phone).body().get("window_open_until").asText(null);
	}

	private void neverAnswered() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.sandbox.call("POST", "/sandbox/graph/v26.0/1/messages",
					"{\"messaging_product\":\"whatsapp\",\"to\":\"2348039000003\",\"text\":{\"body\":\"a\"}}",
					Duration.ofMillis(400), "Authorization", "Bearer sandbox-token"));
	}

	private void mail(String to, String subject, String text) throws MessagingException {
		Properties properties = new Properties();
		properties.setProperty("mail.smtp.host", "127.0.0.1");
		properties.setProperty("mail.smtp.port", Integer.toString(this.smtp));
		MimeMessage message = new MimeMessage(Session.getInstance(properties));
		message.setFrom("hub@example.com");
		message.setRecipients(RecipientType.TO, to);
		message.setSubject(subject, "UTF-8");
		message.setText(text, "UTF-8");
		Transport.send(message);
	}

}
