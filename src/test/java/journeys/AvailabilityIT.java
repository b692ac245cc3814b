package journeys;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Availability checks from end to end: asked over the API, answered on the agents'
 * phones, read in the thread. An agent is asked over the channel last heard from.
 */
class AvailabilityIT {

	private static final String YABA = "Cosy 2-bed flat near the Yaba tech hub";

	private Sandbox sandbox;

	private Visitor sade;

	private Visitor tunde;

	private Phone ada;

	private Phone femi;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.sade = new Visitor(this.sandbox, "sade@example.com");
		this.tunde = new Visitor(this.sandbox, "tunde@example.com");
	}

	/** Both agents have written over a channel, and so are inside its service window. */
	private void agentsOver(String channel) {
		this.ada = this.sandbox.ada().over(channel);
		this.femi = this.sandbox.femi().over(channel);
		this.ada.writes("hello").gets();
		this.femi.writes("hello").gets();
	}

	/**
	 * A button, or where the channel has none the numbered line, which types its number.
	 */
	private static String button(JsonNode message, String choice) {
		return StreamSupport.stream(message.get("options").spliterator(), false)
			.filter((option) -> option.get("id").asText().endsWith(":" + choice)
					|| option.get("title").asText().equalsIgnoreCase(choice))
			.map((option) -> option.get("id").asText())
			.findFirst()
			.orElseThrow();
	}

	private static boolean says(JsonNode message, String state) {
		return message.at("/metadata/state").asText().equals(state);
	}

	@ParameterizedTest
	@ValueSource(strings = { "whatsapp", "twilio" })
	@DisplayName("A1, A7, C5: outside the service window the agent gets a template that names listing, visitor and check; a tap on YES is the visitor's answer and the agent's thanks")
	void tapOutsideTheWindow(String channel) {
		agentsOver(channel);
		this.sandbox.advance("PT25H");
		String check = this.sade.asks("2");
		assertThat(this.sade.reads()).contains("I have asked the agent");
		JsonNode question = this.ada.gets();
		assertThat(question.get("channel").asText()).isEqualTo(channel);
		assertThat(question.get("template").asText()).isEqualTo("availability_check");
		assertThat(question.get("text").asText()).contains("Ada", "Sade Bello", YABA, check);
		assertThat(Phone.options(question)).hasSize(2);
		this.ada.taps(button(question, "yes"));
		JsonNode answer = this.sade.gets();
		assertThat(answer.get("text").asText()).contains("is available");
		assertThat(answer.at("/metadata/availability").asBoolean()).isTrue();
		assertThat(answer.at("/actions/0/id").asText()).isEqualTo("book:2");
		assertThat(this.ada.reads()).contains("Thank you");
		assertThat(this.sade.shows(check).get("state").asText()).isEqualTo("available");
		assertThat(this.sade.shows(check).get("twilio_sid").isNull()).isEqualTo(channel.equals("whatsapp"));
		assertThat(this.sade.states()).containsExactly("asked", "available");
		assertThat(this.sade.messages().toString()).doesNotContain("2348030000011");
	}

	@ParameterizedTest
	@ValueSource(strings = { "whatsapp", "twilio" })
	@DisplayName("A1, A7: an agent inside the service window gets buttons; a tap on NO is told, and tapping again is acknowledged")
	void tapInsideTheWindow(String channel) {
		agentsOver(channel);
		String check = this.sade.asks("3");
		JsonNode question = this.femi.gets();
		assertThat(question.path("template").asText("")).isNotEqualTo("availability_check");
		assertThat(Phone.options(question)).hasSize(2);
		this.femi.taps(button(question, "no"));
		assertThat(this.sade.gets((message) -> says(message, "unavailable")).get("text").asText())
			.contains("is not available");
		assertThat(this.femi.reads()).contains("Thank you");
		assertThat(this.sade.shows(check).get("available").asBoolean(true)).isFalse();
		if (channel.equals("whatsapp")) {
			// a numbered line can be chosen only while it is the last that was said
			this.femi.taps(button(question, "yes"));
			assertThat(this.femi.reads()).contains("already");
		}
		assertThat(this.sade.states()).containsExactly("asked", "unavailable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "whatsapp", "twilio" })
	@DisplayName("A2, A3, A7: what an agent writes in a burst is one answer, with price, date and photo, which the visitor can open")
	void burst(String channel) {
		agentsOver(channel);
		String check = this.sade.asks("2");
		this.ada.gets();
		this.ada.writes("Yes it is available").writes("1.5m per year").writes("from 1 December");
		this.ada.sends("{\"channel\":\"" + channel + "\",\"image\":\"kitchen-1.jpg\",\"caption\":\"the kitchen\"}");
		JsonNode answer = this.sade.gets((message) -> says(message, "available"));
		assertThat(answer.at("/metadata/price").asText()).isEqualTo("₦1,500,000 / year");
		assertThat(answer.at("/metadata/available_from").asText()).endsWith("-12-01");
		String photo = answer.at("/metadata/photos/0").asText();
		assertThat(answer.at("/media/0/url").asText()).isEqualTo(photo);
		assertThat(this.sandbox.call("GET", photo.replaceFirst("https?://[^/]+", ""), null).status()).isEqualTo(200);
		assertThat(this.ada.reads()).contains("Thank you");
		assertThat(this.ada.fromHub()).as("greeting, question, one thanks").hasSize(3);
		assertThat(this.sade.shows(check).get("price").asText()).isEqualTo("₦1,500,000 / year");
		assertThat(this.sade.shows(check).get("photos")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "whatsapp", "twilio" })
	@DisplayName("A2, A7: an unclear answer gets a question back with YES and NO; one that is checking is thanked and told")
	void unclear(String channel) {
		agentsOver(channel);
		this.sade.asks("2");
		this.ada.gets();
		this.ada.writes("ok who is asking?");
		JsonNode back = this.ada.gets();
		assertThat(back.get("text").asText()).contains("not sure", YABA);
		assertThat(this.sade.states()).containsExactly("asked");
		this.ada.writes("I will check and get back");
		assertThat(this.sade.gets((message) -> message.get("text").asText().contains("finding out"))).isNotNull();
		assertThat(this.ada.reads()).contains("Thank you");
		if (channel.equals("whatsapp")) {
			this.ada.taps(button(back, "yes"));
		}
		else {
			this.ada.writes("yes");
		}
		assertThat(this.sade.gets((message) -> says(message, "available"))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "whatsapp", "twilio" })
	@DisplayName("A4, A7: among several open checks an answer that quotes a question belongs to it; for one that does not the agent is asked which")
	void several(String channel) {
		agentsOver(channel);
		this.sade.asks("2");
		JsonNode first = this.ada.gets();
		this.tunde.asks("6");
		this.ada.gets();
		this.sade.asks("8");
		this.ada.gets();
		this.ada.sends("{\"channel\":\"" + channel + "\",\"text\":\"sorry, it is gone\",\"reply_to\":\""
				+ first.get("id").asText() + "\"}");
		assertThat(this.sade.gets((message) -> says(message, "unavailable")).at("/metadata/listing_id").asText())
			.isEqualTo("2");
		assertThat(this.ada.reads()).contains("Thank you");
		this.ada.writes("yes, still there");
		JsonNode which = this.ada.gets();
		assertThat(which.get("text").asText()).contains("Which home");
		List<String> homes = Phone.options(which);
		assertThat(homes).hasSize(2);
		this.ada.taps(homes.get(0));
		assertThat(this.tunde.gets((message) -> says(message, "available")).at("/metadata/listing_id").asText())
			.isEqualTo("6");
	}

	@ParameterizedTest
	@ValueSource(strings = { "whatsapp", "twilio" })
	@DisplayName("A5, A7, E5: while the agents stay silent the clock walks by a reminder, the other agent, the other reminder, and the check expires; a late answer is acknowledged")
	void silence(String channel) {
		agentsOver(channel);
		String check = this.sade.asks("1");
		this.ada.gets();
		this.sandbox.advance("PT24H1S");
		assertThat(this.sade.states()).containsExactly("asked", "reminded", "asked", "reminded", "expired");
		assertThat(this.ada.reads()).contains("still waits");
		assertThat(this.femi.reads()).contains("asks whether");
		assertThat(this.femi.reads()).contains("still waits");
		assertThat(this.ada.fromHub()).hasSize(3);
		assertThat(this.femi.fromHub()).hasSize(3);
		assertThat(this.sade.messages().toString()).contains("not confirmed (expired)", "treat it as unavailable");
		assertThat(this.sade.shows(check).get("available").isNull()).isTrue();
		this.ada.writes("yes it is available");
		assertThat(this.ada.reads()).contains("Thank you", "closed by now");
		this.sandbox.advance("PT24H");
		assertThat(this.sade.states()).hasSize(5);
	}

	@ParameterizedTest
	@CsvSource({ "whatsapp, 131026", "twilio, 63024" })
	@DisplayName("A5, A7, W17: refused for good for every agent the check fails: the visitor is told, and an administrator by mail")
	void refused(String channel, String code) {
		agentsOver(channel);
		this.sandbox.faults("{\"" + channel + "\":{\"error_rate\":1,\"error_code\":" + code + "}}");
		String check = this.sade.asks("1");
		assertThat(this.sade.gets((message) -> says(message, "failed")).get("text").asText())
			.contains("none of its agents");
		assertThat(this.sade.states()).containsExactly("asked", "asked", "failed");
		assertThat(this.sade.shows(check).get("available").isNull()).isTrue();
		assertThat(this.sandbox.mail("admin@example.com",
				(mail) -> mail.get("subject").asText().contains("availability checks")))
			.isNotNull();
	}

	@Test
	@DisplayName("A4: an unlinked agent whom the hub had offered to link may answer in words")
	void offeredToLink() {
		this.ada = this.sandbox.ada();
		assertThat(this.ada.writes("good day sir").reads()).contains("/link");
		this.sade.asks("2");
		this.ada.gets();
		this.ada.writes("yes");
		assertThat(this.sade.gets((message) -> says(message, "available"))).isNotNull();
	}

	@Test
	@DisplayName("O8: an agent with an open check may write more than 10 messages a minute")
	void manyMessages() {
		agentsOver("whatsapp");
		this.sade.asks("2");
		this.ada.gets();
		for (int n = 0; n < 15; n++) {
			this.ada.writes((n == 14) ? "so yes, it is available" : "one more thing " + n);
		}
		assertThat(this.sade.gets((message) -> says(message, "available"))).isNotNull();
		assertThat(this.sandbox.count("select count(*) from hub.inbox where state = 3 and error like 'Over%'"))
			.isZero();
	}

	@Test
	@DisplayName("A5, C5: the second check of a listing begins with its other agent; the sixth in an hour is refused, the open one returned")
	void roundRobinAndLimit() {
		agentsOver("whatsapp");
		String first = this.sade.asks("1");
		this.tunde.asks("1");
		assertThat(this.ada.reads()).contains("Sade Bello");
		assertThat(this.femi.reads()).contains("Tunde Cole");
		for (String listing : List.of("2", "3", "4", "5")) {
			this.sade.asks(listing);
		}
		Sandbox.Answer sixth = this.sade.requests("6");
		assertThat(sixth.status()).isEqualTo(429);
		assertThat(sixth.headers().firstValue("Retry-After").map(Integer::valueOf)).get()
			.satisfies((seconds) -> assertThat(seconds).isBetween(3000, 3601));
		assertThat(this.sade.asks("1")).isEqualTo(first);
		assertThat(this.sade.requests("no-such-listing").status()).isEqualTo(404);
		assertThat(this.sade.requests("23").status()).as("the house from its owner has no agent").isEqualTo(422);
	}

	@Test
	@DisplayName("C5: a visitor who asks in words in the chat about its listing gets the same check")
	void asksInChat() {
		agentsOver("whatsapp");
		this.sade.opensThread("2");
		this.sade.writes("Is it still available?");
		assertThat(this.sade.reads()).contains("I have asked the agent");
		this.ada.taps(button(this.ada.gets(), "yes"));
		assertThat(this.sade.gets((message) -> says(message, "available"))).isNotNull();
		this.sade.opensThread("23");
		this.sade.writes("Is it still available?");
		await().untilAsserted(() -> assertThat(this.sade.messages().toString()).contains("has no agent"));
	}

}
