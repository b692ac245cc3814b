package journeys;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TwilioIT {

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
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
		assertThat(sade.writes("4").reads()).contains("What you can do here");
	}

}
