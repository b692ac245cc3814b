package journeys;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Availability checks from end to end: asked over the API, answered on the agents'
 * phones, read in the thread.
 */
class AvailabilityIT {

	private Sandbox sandbox;

	private Visitor sade;

	private Phone ada;

	private Phone femi;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.sade = new Visitor(this.sandbox, "sade@example.com");
		this.ada = this.sandbox.ada();
		this.femi = this.sandbox.femi();
	}

	private static String button(JsonNode message, String choice) {
		return Phone.options(message).stream().filter((id) -> id.endsWith(":" + choice)).findFirst().orElseThrow();
	}

	@Test
	@DisplayName("A1, C5: the agent, outside the service window, gets a template that names listing, visitor and check; a tap on YES is the visitor's answer and the agent's thanks")
	void tap() {
		String check = this.sade.asks("2");
		assertThat(this.sade.reads()).contains("I have asked the agent");
		JsonNode question = this.ada.gets();
		assertThat(question.get("template").asText()).isEqualTo("availability_check");
		assertThat(question.get("text").asText()).contains("Ada", "Sade Bello",
				"Cosy 2-bed flat near the Yaba tech hub", check);
		assertThat(Phone.options(question)).hasSize(2);
		this.ada.taps(button(question, "yes"));
		JsonNode answer = this.sade.gets();
		assertThat(answer.get("text").asText()).contains("is available");
		assertThat(answer.at("/metadata/availability").asBoolean()).isTrue();
		assertThat(answer.at("/actions/0/id").asText()).isEqualTo("book:2");
		assertThat(this.ada.reads()).contains("Thank you");
		assertThat(this.sade.shows(check).get("state").asText()).isEqualTo("available");
		assertThat(this.sade.states()).containsExactly("asked", "available");
		assertThat(this.sade.messages().toString()).doesNotContain("2348030000011");
	}

	@Test
	@DisplayName("A1: an agent inside the service window gets buttons; a tap on NO is told")
	void tapInsideTheWindow() {
		this.femi.writes("hello").gets();
		String check = this.sade.asks("3");
		JsonNode question = this.femi.gets();
		assertThat(question.path("template").isTextual()).isFalse();
		assertThat(Phone.options(question)).hasSize(2);
		this.femi.taps(button(question, "no"));
		assertThat(this.sade.gets((message) -> message.at("/metadata/state").asText().equals("unavailable"))
			.get("text")
			.asText()).contains("is not available");
		assertThat(this.sade.shows(check).get("available").asBoolean(true)).isFalse();
	}

	@Test
	@DisplayName("A5, E5: while the agents stay silent the clock walks by a reminder, the other agent, the other reminder, and the check expires")
	void silence() {
		String check = this.sade.asks("1");
		this.ada.gets();
		this.sandbox.advance("PT24H1S");
		assertThat(this.sade.states()).containsExactly("asked", "reminded", "asked", "reminded", "expired");
		assertThat(this.ada.reads()).contains("still waits");
		assertThat(this.femi.reads()).contains("asks whether");
		assertThat(this.femi.reads()).contains("still waits");
		assertThat(this.ada.fromHub()).hasSize(2);
		assertThat(this.femi.fromHub()).hasSize(2);
		assertThat(this.sade.messages().toString()).contains("not confirmed (expired)", "treat it as unavailable");
		assertThat(this.sade.shows(check).get("available").isNull()).isTrue();
		this.sandbox.advance("PT24H");
		assertThat(this.sade.states()).hasSize(5);
	}

	@Test
	@DisplayName("A2, A3: what an agent writes in a burst is one answer, with its price and date")
	void burst() {
		String check = this.sade.asks("2");
		this.ada.gets();
		this.ada.writes("Yes it is available").writes("1.5m per year").writes("from 1 December");
		JsonNode answer = this.sade.gets((message) -> message.at("/metadata/state").asText().equals("available"));
		assertThat(answer.at("/metadata/price").asText()).isEqualTo("₦1,500,000 / year");
		assertThat(answer.at("/metadata/available_from").asText()).endsWith("-12-01");
		assertThat(this.ada.reads()).contains("Thank you");
		assertThat(this.ada.fromHub()).hasSize(2);
		assertThat(this.sade.shows(check).get("price").asText()).isEqualTo("₦1,500,000 / year");
	}

}
