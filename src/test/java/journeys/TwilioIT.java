package journeys;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.contact.Identity;
import hub.message.Location;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.queue.OutboundQueue;
import hub.turn.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import sandbox.twilio.TwilioMessages;
import sandbox.webhook.Signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TwilioIT {

	private static final String NUMBER = "whatsapp:+14155238886";

	private static final String TOKEN = "sandbox-twilio-token";

	private final HttpClient http = HttpClient.newHttpClient();

	private Sandbox sandbox;

	private int strangers;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	private String stranger() {
		return "+23480700000%02d".formatted(++this.strangers);
	}

	private Phone over(String number) {
		return this.sandbox.phone(number).over("twilio");
	}

	private static Map<String, String> text(String from, String sid, String body) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("MessageSid", sid);
		form.put("From", "whatsapp:" + from);
		form.put("To", NUMBER);
		form.put("Body", body);
		form.put("NumMedia", "0");
		form.put("NeverHeardOf", "a + b & c");
		return form;
	}

	private static String sid() {
		return "SM" + UUID.randomUUID().toString().replace("-", "");
	}

	/** Posts a form as Twilio would, signed for the address as it is called. */
	private HttpResponse<String> post(String path, Map<String, String> form, String signature) {
		String body = form.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.sandbox.address() + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body));
		if (signature != null) {
			request.header("X-Twilio-Signature", signature);
		}
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpResponse<String> post(String path, Map<String, String> form) {
		return post(path, form, Signature.twilio(TOKEN, this.sandbox.address() + path, form));
	}

	private void queue(String number, OutboundMessage message) {
		long contact = this.sandbox.sql("select contact_id from hub.identity where address = :number limit 1")
			.param("number", number)
			.query(Long.class)
			.single();
		this.sandbox.bean(OutboundQueue.class)
			.store(List.of(this.sandbox.bean(Outbox.class)
				.message(contact, new Identity("twilio", number, number, null), message, false, "journey-" + contact)));
	}

	private int state(String number) {
		return this.sandbox.sql("""
				select m.state from hub.message m join hub.outbox o on o.message_id = m.id
				where o.lane_key = 'twilio:' || :number order by o.id desc limit 1""")
			.param("number", number)
			.query(Integer.class)
			.optional()
			.orElse(0);
	}

	@Test
	@DisplayName("A7: a number is linked over Twilio, and the menu is chosen from by its numbers")
	void linksAndChooses() {
		Phone sade = this.sandbox.sade().over("twilio");
		assertThat(sade.writes("hello").reads()).contains("/link");
		sade.links("sade@example.com");
		JsonNode menu = sade.writes("menu").gets();
		assertThat(menu.get("channel").asText()).isEqualTo("twilio");
		assertThat(menu.get("text").asText()).contains("\n1. ").contains("\n4. ");
		assertThat(sade.writes("4.").reads()).contains("What you can do here");
		assertThat(sade.writes("77").reads()).as("no such number").doesNotContain("What you can do here");
	}

	@Test
	@DisplayName("A7: numbers choose only from what the contact got last, or quotes")
	void numbersBelongToTheLastMessage() {
		Phone sade = this.sandbox.sade().over("twilio");
		sade.writes("hello").gets();
		sade.links("sade@example.com");
		JsonNode menu = sade.writes("menu").gets();
		queue("+2348030000001", OutboundMessage.text("By the way, the weather is fine."));
		sade.gets();
		assertThat(sade.writes("4").reads()).as("a number without options").doesNotContain("What you can do here");
		sade.sends("{\"channel\":\"twilio\",\"text\":\"4\",\"reply_to\":\"" + menu.get("id").asText() + "\"}");
		assertThat(sade.reads()).contains("What you can do here");
	}

	@Test
	@DisplayName("A7: one number is one contact over both providers, and is answered where it wrote")
	void isOneContact() {
		Phone meta = this.sandbox.sade();
		meta.writes("hello").gets();
		meta.links("sade@example.com");
		Phone twilio = meta.over("twilio");
		JsonNode menu = twilio.writes("menu").gets();
		assertThat(menu.get("channel").asText()).isEqualTo("twilio");
		assertThat(menu.get("text").asText()).contains("Sade");
		assertThat(this.sandbox.count("select count(*) from hub.contact where phone = '+2348030000001'")).isEqualTo(1);
	}

	@Test
	@DisplayName("W13: STOP and START over Twilio")
	void stops() {
		Phone phone = over(stranger());
		phone.writes("hello").gets();
		String stopped = phone.writes("STOP").reads();
		assertThat(phone.writes("stop").reads()).isNotEqualTo(stopped);
		assertThat(phone.writes("START").reads()).isNotBlank();
		assertThat(this.sandbox.count("select count(*) from hub.contact where opted_out_at is not null")).isZero();
	}

	@Test
	@DisplayName("W15: a photo and a place over Twilio are answered helpfully")
	void media() {
		Phone phone = over(stranger());
		phone.writes("hello").gets();
		phone.sends("{\"channel\":\"twilio\",\"image\":\"house-1.jpg\",\"caption\":\"Nice\"}");
		assertThat(phone.reads()).isNotBlank();
		phone.sends("{\"channel\":\"twilio\",\"location\":{\"latitude\":6.5,\"longitude\":3.4,\"name\":\"Yaba\"}}");
		assertThat(phone.reads()).isNotBlank();
		assertThat(this.sandbox.sql("select kind from hub.message where direction = 'in' order by id")
			.query(String.class)
			.list()).containsExactly("text", "image", "location");
	}

	@Test
	@DisplayName("W3: a message that Twilio delivers many times is handled once; what nobody knows about it is kept")
	void deliveredTwice() {
		String number = stranger();
		Map<String, String> form = text(number, sid(), "hello");
		for (int n = 0; n < 3; n++) {
			HttpResponse<String> answer = post("/api/webhooks/twilio/whatsapp", form);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).contains("<Response/>");
			assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
		}
		assertThat(over(number).reads()).contains("/link");
		assertThat(this.sandbox.count("select count(*) from hub.inbox where provider = 'twilio'")).isEqualTo(1);
		assertThat(this.sandbox.sql("select body from hub.inbox").query(String.class).single())
			.contains("\"NeverHeardOf\":\"a + b & c\"");
	}

	@Test
	@DisplayName("O9: Twilio signs the address as it is called, slash and query and all; anything else is refused and leaves nothing")
	void signatures() {
		Map<String, String> form = text(stranger(), sid(), "hello");
		String plain = "/api/webhooks/twilio/whatsapp";
		String signature = Signature.twilio(TOKEN, this.sandbox.address() + plain, form);
		assertThat(post(plain, form, null).statusCode()).isEqualTo(403);
		assertThat(post(plain, form, "").statusCode()).isEqualTo(403);
		assertThat(post(plain, form, signature.toLowerCase()).statusCode()).isEqualTo(403);
		assertThat(post(plain + "/", form, signature).statusCode()).isEqualTo(403);
		assertThat(post(plain + "?a=b", form, signature).statusCode()).isEqualTo(403);
		assertThat(post(plain, text(stranger(), sid(), "forged"), signature).statusCode()).isEqualTo(403);
		assertThat(this.sandbox.count("select count(*) from hub.inbox")).isZero();
		assertThat(post(plain + "/", form).statusCode()).isEqualTo(200);
		assertThat(post(plain + "/?b=%20&a=1", text(stranger(), sid(), "hi")).statusCode()).isEqualTo(200);
		assertThat(post(plain, form).statusCode()).isEqualTo(200);
		assertThat(this.sandbox.count("select count(*) from hub.inbox")).isEqualTo(2);
	}

	@Test
	@DisplayName("W2: what is signed and can't be used is kept with its reason, and answered 200")
	void keepsUnusable() {
		Map<String, String> form = text(stranger(), sid(), "hello");
		form.put("To", "whatsapp:+15550000000");
		assertThat(post("/api/webhooks/twilio/whatsapp", form).statusCode()).isEqualTo(200);
		assertThat(post("/api/webhooks/twilio/whatsapp", Map.of("Unknown", "form")).statusCode()).isEqualTo(200);
		assertThat(post("/api/webhooks/twilio/status", Map.of("MessageSid", sid(), "MessageStatus", "teleported"))
			.statusCode()).isEqualTo(200);
		assertThat(
				this.sandbox.sql("select error from hub.inbox where state = 2 order by id").query(String.class).list())
			.containsExactly("It was delivered to another number: +15550000000", "The message has no SID",
					"The hub does not know this status");
	}

	@Test
	@DisplayName("W16: Twilio's reports raise a message's state and never lower it")
	void reports() {
		String number = stranger();
		Phone phone = over(number);
		phone.writes("hello").gets();
		await().until(() -> state(number) == 4);
		String id = this.sandbox.sql("select provider_id from hub.message where direction = 'out'")
			.query(String.class)
			.single();
		for (String status : List.of("delivered", "sent", "queued")) {
			assertThat(
					post("/api/webhooks/twilio/status", Map.of("MessageSid", id, "MessageStatus", status)).statusCode())
				.isEqualTo(200);
		}
		assertThat(state(number)).isEqualTo(4);
	}

	@Test
	@DisplayName("W3: a send whose answer never came is repeated at once, and arrives once whether Twilio had it or not")
	void inDoubt() {
		List<String> numbers = IntStream.range(0, 4).mapToObj((n) -> stranger()).toList();
		this.sandbox.faults("{\"twilio\":{\"timeout_rate\":1}}");
		numbers.forEach((number) -> over(number).writes("hello"));
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.sandbox.count("select count(*) from hub.message where doubts > 0") >= 2);
		this.sandbox.call("DELETE", "/sandbox/api/faults", null);
		await().atMost(Duration.ofSeconds(40))
			.until(() -> this.sandbox
				.count("select count(*) from hub.outbox where state = 1 and channel = 'twilio'") == 4);
		numbers.forEach((number) -> assertThat(over(number).fromHub()).hasSize(1));
	}

	@Test
	@DisplayName("W14: outside the window free text fails, and its template goes in its place; the window is each channel's own")
	void window() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		sade.over("twilio").writes("hello").gets((message) -> message.get("channel").asText().equals("twilio"));
		this.sandbox.sql("update sandbox.phone_message set at = at - interval '2 days' where channel = 'twilio'")
			.update();
		queue("+2348030000001",
				OutboundMessage.text("News")
					.withPriority(Priority.REMINDER)
					.withTemplate(new Template("general_notice", List.of("News"), List.of())));
		JsonNode got = sade.gets((message) -> message.get("template") != null && !message.get("template").isNull());
		assertThat(got.get("template").asText()).isEqualTo("general_notice");
		assertThat(got.get("text").asText()).contains("News");
		assertThat(got.get("channel").asText()).isEqualTo("twilio");
		assertThat(this.sandbox
			.count("select count(*) from hub.message where channel = 'twilio' and state = 9 and error like '63016 %'"))
			.isEqualTo(1);
	}

	@Test
	@DisplayName("W14: a template with quick replies comes back as the token that it was sent with")
	void quickReply() {
		Phone sade = this.sandbox.sade().over("twilio");
		sade.writes("hello").gets();
		sade.links("sade@example.com");
		this.sandbox.advance("PT25H");
		queue("+2348030000001", OutboundMessage.text("3 new homes")
			.withPriority(Priority.REMINDER)
			.withTemplate(new Template("new_listings", List.of("Sade", "3", "Yaba"), List.of("help", "main_menu"))));
		JsonNode got = sade.gets((message) -> message.get("type").asText().equals("template"));
		assertThat(Phone.options(got)).containsExactly("help", "main_menu");
		assertThat(sade.taps("help").reads()).contains("What you can do here");
	}

	@Test
	@DisplayName("W13: whoever has unsubscribed at Twilio gets no more of what is not a direct answer")
	void unsubscribed() {
		String number = stranger();
		over(number).writes("hello").gets();
		this.sandbox.faults("{\"twilio\":{\"error_code\":21610}}");
		queue(number, OutboundMessage.text("News").withPriority(Priority.REMINDER));
		await().until(() -> state(number) == 9);
		assertThat(this.sandbox
			.count("select count(*) from hub.identity where channel = 'twilio' and suppressed_at is not null"))
			.isEqualTo(1);
	}

	@Test
	@DisplayName("W17: when Twilio refuses the account, the channel rests, an administrator is told, and nothing is lost")
	void refused() {
		String number = stranger();
		this.sandbox.faults("{\"twilio\":{\"error_code\":20003}}");
		over(number).writes("hello");
		this.sandbox.mail("admin@example.com", (mail) -> mail.get("subject").asText().contains("channel twilio"));
		this.sandbox.call("DELETE", "/sandbox/api/faults", null);
		this.sandbox.sql("update hub.sender set paused_until = '-infinity'").update();
		assertThat(over(number).reads()).contains("/link");
	}

	@Test
	@DisplayName("W7: nothing the hub says over Twilio is refused for its shape, however long it is")
	void shapes() {
		String number = stranger();
		Phone phone = over(number);
		phone.writes("hello").gets();
		String emoji = "👩‍👩‍👧‍👦🏠".repeat(700);
		OutboundMessage text = OutboundMessage.text(emoji);
		List<Option> alike = IntStream.range(0, 14)
			.mapToObj((n) -> new Option("book:" + n + "x".repeat(300), "The same long title of a home 🏠", emoji))
			.toList();
		Media picture = Media.image("https://example.com/a.jpg");
		Map<String, OutboundMessage> shapes = new LinkedHashMap<>();
		shapes.put("text", text.withHeader(emoji).withFooter(emoji));
		shapes.put("numbers", text.withOptions(alike, emoji).withHeader(emoji).withFooter(emoji));
		shapes.put("picture and numbers", text.withPicture(picture).withOptions(alike.subList(0, 3), null));
		shapes.put("picture", OutboundMessage.text("Short").withPicture(picture));
		shapes.put("place", text.withLocation(new Location(6.5, 3.3, emoji, emoji)));
		shapes.forEach((shape, message) -> {
			queue(number, message);
			JsonNode got = phone.gets();
			assertThat(got.toString()).as(shape).doesNotContain("\uFFFD");
			assertThat(got.get("type").asText()).as(shape)
				.isEqualTo(shape.equals("place") ? "location" : shape.equals("picture") ? "image" : "text");
			assertThat(got.get("options").size()).as(shape)
				.isEqualTo(shape.equals("numbers") ? 10 : shape.equals("picture and numbers") ? 3 : 0);
		});
	}

	@Test
	@DisplayName("W3: what people sent while Twilio could not reach the hub is found in Twilio's list, and handled once")
	void reconciles() {
		String number = stranger();
		Phone phone = over(number);
		phone.writes("hello").gets();
		await().until(() -> this.sandbox.count("select count(*) from hub.reconciliation") == 1);
		TwilioMessages log = this.sandbox.bean(TwilioMessages.class);
		String lost = sid();
		log.add(new TwilioMessages.Logged(lost, "inbound", "whatsapp:" + number, NUMBER, "STOP",
				JsonNodeFactory.instance.arrayNode(), "received", null, this.sandbox.bean(Clock.class).instant()),
				null);
		this.sandbox.advance("PT6M");
		assertThat(phone.reads()).as("the answer to STOP").isNotBlank();
		assertThat(this.sandbox.count("select count(*) from hub.contact where opted_out_at is not null")).isEqualTo(1);
		this.sandbox.advance("PT6M");
		this.sandbox.advance("PT6M");
		await()
			.until(() -> this.sandbox.count("select count(*) from hub.reconciliation where leased_until = '-infinity'"
					+ " and run_at > (select max(received_at) from hub.inbox)") == 1);
		assertThat(this.sandbox.count("select count(*) from hub.inbox where provider = 'twilio'")).isEqualTo(2);
		assertThat(phone.fromHub()).hasSize(2);
	}

	@Test
	@DisplayName("A7: an agent is asked over Twilio where they wrote last, and answers by a number, by a template's button or in their own words")
	void availability() {
		Visitor sade = new Visitor(this.sandbox, "sade@example.com");
		Phone ada = this.sandbox.ada().over("twilio");
		ada.writes("hello").gets();
		sade.asks("2");
		JsonNode question = ada.gets();
		assertThat(question.get("channel").asText()).isEqualTo("twilio");
		assertThat(question.get("template").isNull()).isTrue();
		assertThat(question.get("options")).hasSize(2);
		ada.writes("1");
		sade.gets((message) -> message.at("/metadata/state").asText().equals("available"));
		assertThat(ada.reads()).contains("Thank you");
		this.sandbox.advance("PT48H");
		sade.asks("2");
		JsonNode template = ada.gets();
		assertThat(template.get("template").asText()).isEqualTo("availability_check");
		assertThat(template.get("channel").asText()).isEqualTo("twilio");
		ada.taps(Phone.options(template).get(1));
		sade.gets((message) -> message.at("/metadata/state").asText().equals("unavailable"));
		assertThat(ada.reads()).contains("Thank you");
		sade.asks("1");
		ada.gets();
		ada.writes("Yes it is still available");
		sade.gets((message) -> message.at("/metadata/state").asText().equals("available"));
	}

}
