package sandbox.twilio;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandbox.Harness;
import sandbox.Harness.Answer;
import sandbox.webhook.Signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@DisplayName("E4: Twilio's stand-in")
class TwilioStandInTests {

	private static final String STRANGER = "+2348039000007";

	private static final String SADE = "+2348030000001";

	private static final String MESSAGES = "/sandbox/twilio/2010-04-01/Accounts/ACsandbox00000000000000000000000000/Messages";

	private static final String BASIC = "Basic " + Base64.getEncoder()
		.encodeToString("ACsandbox00000000000000000000000000:sandbox-twilio-token".getBytes(StandardCharsets.UTF_8));

	private Harness sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Harness.fresh();
	}

	/**
	 * A form.
	 * @param fields {@code Name=value}, joined by semicolons
	 */
	private static String form(String to, String fields) {
		StringBuilder form = new StringBuilder(
				"To=" + encode("whatsapp:" + to) + "&From=" + encode("whatsapp:+14155238886"));
		for (String field : fields.split(";")) {
			int equals = field.indexOf('=');
			form.append('&').append(field, 0, equals).append('=').append(encode(field.substring(equals + 1)));
		}
		return form.toString();
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private Answer create(String form, String... headers) {
		return this.sandbox.postForm(MESSAGES + ".json", form, headers);
	}

	private Answer send(String to, String fields) {
		return create(form(to, fields), "Authorization", BASIC);
	}

	@Test
	@DisplayName("takes a message, shows it, lists it and reports on it, signed")
	void sends() {
		String callback = this.sandbox.hub() + "/api/webhooks/twilio/status?message=42";
		Answer answer = send(STRANGER, "Body=Hello;StatusCallback=" + callback + "#rc=2&rp=ct,rt,5xx");
		assertThat(answer.status()).isEqualTo(201);
		String sid = answer.body().get("sid").asText();
		assertThat(sid).matches("SM[0-9a-f]{32}");
		assertThat(answer.body().get("status").asText()).isEqualTo("queued");
		await().until(() -> this.sandbox.forms().size() == 3);
		assertThat(this.sandbox.forms()).map((form) -> form.fields().get("MessageStatus"))
			.containsExactly("sent", "delivered", "read");
		assertThat(this.sandbox.forms()).allSatisfy((form) -> {
			assertThat(form.fields()).containsEntry("MessageSid", sid);
			assertThat(form.address()).isEqualTo(callback);
			assertThat(form.signature()).isEqualTo(Signature.twilio("sandbox-twilio-token", callback, form.fields()));
		});
		JsonNode shown = this.sandbox.phone(STRANGER).get(0);
		assertThat(shown.get("channel").asText()).isEqualTo("twilio");
		assertThat(shown.get("text").asText()).isEqualTo("Hello");
		Answer fetched = this.sandbox.call("GET", MESSAGES + "/" + sid + ".json", null, "Authorization", BASIC);
		assertThat(fetched.body().get("direction").asText()).isEqualTo("outbound-api");
	}

	@ParameterizedTest(name = "{0} {1}")
	@DisplayName("refuses what Twilio refuses, with Twilio's code")
	@CsvSource(delimiter = '|', textBlock = """
			21619 | Body=
			21620 | MediaUrl=nowhere
			21655 | ContentSid=HX00000000000000000000000000000000
			21609 | Body=x;StatusCallback=nowhere
			63021 | Body=x;PersistentAction=geo:99,3
			""")
	void refuses(int code, String fields) {
		Answer answer = send(STRANGER, fields);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("code").asInt()).isEqualTo(code);
		assertThat(answer.body().get("more_info").asText()).endsWith("/" + code);
		assertThat(answer.body().get("status").asInt()).isEqualTo(400);
		assertThat(answer.body().get("message").asText()).isNotBlank();
		assertThat(this.sandbox.phone(STRANGER)).isEmpty();
	}

	@Test
	@DisplayName("refuses what is too long, to nobody, from another number, and by somebody else")
	void refusesOthers() {
		assertThat(send(STRANGER, "Body=" + "x".repeat(1601)).body().get("code").asInt()).isEqualTo(21617);
		assertThat(send(STRANGER, "Body=" + "x".repeat(1600)).status()).isEqualTo(201);
		assertThat(create("Body=x", "Authorization", BASIC).body().get("code").asInt()).isEqualTo(21604);
		assertThat(create("Body=x&To=whatsapp%3A%2B2348039000007", "Authorization", BASIC).body().get("code").asInt())
			.isEqualTo(21603);
		assertThat(create("Body=x&To=whatsapp%3A%2B2348039000007&From=%2B14155238886", "Authorization", BASIC).body()
			.get("code")
			.asInt()).isEqualTo(21910);
		assertThat(
				create("Body=x&To=whatsapp%3A%2B2348039000007&From=whatsapp%3A%2B15550000000", "Authorization", BASIC)
					.body()
					.get("code")
					.asInt())
			.isEqualTo(63007);
		assertThat(send("12", "Body=x").body().get("code").asInt()).isEqualTo(21211);
		assertThat(create(form(STRANGER, "Body=x")).status()).isEqualTo(401);
		assertThat(create(form(STRANGER, "Body=x"), "Authorization", "Basic eDp5").body().get("code").asInt())
			.isEqualTo(20003);
	}

	@Test
	@DisplayName("sends a message with the same token once")
	void knowsTokens() {
		String form = form(STRANGER, "Body=Hello");
		Answer first = create(form, "Authorization", BASIC, "I-Twilio-Idempotency-Token", "t1");
		Answer again = create(form, "Authorization", BASIC, "I-Twilio-Idempotency-Token", "t1");
		assertThat(again.body().get("sid")).isEqualTo(first.body().get("sid"));
		create(form, "Authorization", BASIC, "I-Twilio-Idempotency-Token", "t2");
		assertThat(this.sandbox.phone(STRANGER)).hasSize(2);
	}

	@Test
	@DisplayName("accepts free text outside the window and reports it as failed with 63016; a template arrives")
	void holdsTheWindow() {
		String callback = ";StatusCallback=" + this.sandbox.hub() + "/api/webhooks/twilio/status?message=1";
		assertThat(send(SADE, "Body=Hello" + callback).status()).isEqualTo(201);
		await().until(() -> this.sandbox.forms().size() == 1);
		assertThat(this.sandbox.forms().get(0).fields()).containsEntry("MessageStatus", "failed")
			.containsEntry("ErrorCode", "63016");
		assertThat(this.sandbox.phone(SADE)).isEmpty();
		String sid = Contents.settings().get("TWILIO_CONTENT_GENERAL_NOTICE_EN");
		assertThat(send(SADE, "ContentSid=" + sid).body().get("code").asInt()).isEqualTo(21656);
		assertThat(send(SADE, "ContentSid=" + sid + ";ContentVariables={\"1\":\"a\\nb\"}").body().get("code").asInt())
			.isEqualTo(21656);
		assertThat(send(SADE, "ContentSid=" + sid + ";ContentVariables={\"1\":\"News\"}").status()).isEqualTo(201);
		assertThat(this.sandbox.phone(SADE).get(0).get("template").asText()).isEqualTo("general_notice");
	}

	@Test
	@DisplayName("delivers what people send, signed, and their pictures to whoever has the credentials")
	void delivers() {
		this.sandbox.sends(STRANGER, "{\"channel\":\"twilio\",\"image\":\"house-1.jpg\",\"caption\":\"Nice\"}");
		await().until(() -> this.sandbox.forms().size() == 1);
		Harness.Form form = this.sandbox.forms().get(0);
		assertThat(form.fields()).containsEntry("From", "whatsapp:" + STRANGER)
			.containsEntry("To", "whatsapp:+14155238886")
			.containsEntry("Body", "Nice")
			.containsEntry("NumMedia", "1")
			.containsEntry("MediaContentType0", "image/jpeg");
		assertThat(form.address()).isEqualTo(this.sandbox.hub() + "/api/webhooks/twilio/whatsapp");
		assertThat(form.signature()).isEqualTo(Signature.twilio("sandbox-twilio-token", form.address(), form.fields()));
		String media = form.fields().get("MediaUrl0");
		assertThat(this.sandbox.call("GET", media, null).status()).isEqualTo(401);
		Answer redirection = this.sandbox.call("GET", media, null, "Authorization", BASIC);
		assertThat(redirection.status()).isEqualTo(307);
		assertThat(this.sandbox.get(redirection.header("Location")).bytes()).hasSizeGreaterThan(1000);
		JsonNode list = this.sandbox
			.call("GET", MESSAGES + ".json?To=whatsapp%3A%2B14155238886&PageSize=20", null, "Authorization", BASIC)
			.body();
		assertThat(list.get("messages")).hasSize(1);
		assertThat(list.at("/messages/0/num_media").asText()).isEqualTo("1");
		assertThat(list.at("/messages/0/direction").asText()).isEqualTo("inbound");
		assertThat(list.path("next_page_uri").asText("")).isEmpty();
	}

	@Test
	@DisplayName("offers numbered lines, whose numbers are typed, and buttons, whose tokens come back")
	void choices() {
		send(STRANGER, "Body=Choose\n\n1. One\n2. Two");
		assertThat(this.sandbox.phone(STRANGER).get(0).get("options")).hasSize(2);
		this.sandbox.sends(STRANGER, "{\"choice\":\"2\"}");
		String sid = Contents.buttonSettings().get("TWILIO_CONTENT_QUICK_REPLIES_1");
		send(STRANGER, "ContentSid=" + sid + ";ContentVariables={\"1\":\"Sure?\",\"2\":\"Yes\",\"3\":\"do:it\"}");
		this.sandbox.sends(STRANGER, "{\"choice\":\"do:it\"}");
		await().until(() -> this.sandbox.forms().size() == 2);
		assertThat(this.sandbox.forms().get(0).fields()).containsEntry("Body", "2").doesNotContainKey("ButtonPayload");
		assertThat(this.sandbox.forms().get(1).fields()).containsEntry("ButtonPayload", "do:it")
			.containsEntry("ButtonText", "Yes")
			.containsKey("OriginalRepliedMessageSid");
	}

	@Test
	@DisplayName("repeats nothing that was answered, and a callback only as its address asks for")
	void repeatsAsTwilioDoes() {
		this.sandbox.answer(() -> 500);
		this.sandbox.sends(STRANGER, "{\"channel\":\"twilio\",\"text\":\"Hello\"}");
		await().until(() -> deliveries().contains("given_up"));
		assertThat(this.sandbox.forms()).hasSize(1);
		send(STRANGER, "Body=Hello;StatusCallback=" + this.sandbox.hub()
				+ "/api/webhooks/twilio/status?message=1#rc=2&rp=ct,rt,5xx");
		await().until(() -> this.sandbox.forms().size() == 1 + 3 * 3);
	}

	private List<String> deliveries() {
		return this.sandbox.get("/sandbox/api/deliveries").body().findValuesAsText("state");
	}

	@Test
	@DisplayName("E5: misbehaves when told to")
	void misbehaves() {
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"twilio\":{\"error_code\":20429}}");
		Answer refused = send(STRANGER, "Body=x");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.body().get("code").asInt()).isEqualTo(20429);
		assertThat(this.sandbox.call("PUT", "/sandbox/api/faults", "{\"twilio\":{\"error_code\":131047}}").status())
			.isEqualTo(422);
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"twilio\":{\"duplicate\":1}}");
		this.sandbox.sends(STRANGER, "{\"channel\":\"twilio\",\"text\":\"Hello\"}");
		await().until(() -> this.sandbox.forms().size() == 2);
	}

}
