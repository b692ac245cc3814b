package journeys;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * News of new homes from end to end: switched on by a tap, listed, read on the phone.
 */
class AlertIT {

	private Sandbox sandbox;

	private Phone sade;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.sade = this.sandbox.sade().links("sade@example.com");
		// The first run of all comes at once, and tells whoever has alerts by then
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.sandbox.count("select count(*) from hub.alert_run where since is not null") == 1);
	}

	/** The platform lists homes like number 2, a two-bed flat in Yaba. */
	private void listed(int from, int count) {
		this.sandbox.sql("""
				insert into sandbox.property
				select (jsonb_populate_record(p, jsonb_build_object('id', n, 'title', 'New home ' || n, 'created_at',
				now() + (select offset_ms from sandbox.clock) * interval '1 ms' + n * interval '1 ms'))).*
				from sandbox.property p, generate_series(:from, :to) n where p.id = 2""")
			.param("from", from)
			.param("to", from + count - 1)
			.update();
	}

	@Test
	@DisplayName("W12: Notifications says whether alerts are on and switches them; each switch is confirmed")
	void switchesOnAndOff() {
		this.sade.writes("menu").gets();
		JsonNode off = this.sade.taps("seeker_notifications").gets();
		assertThat(off.get("text").asText()).contains("*off*");
		assertThat(Phone.options(off)).containsExactly("enable_alerts", "preferences", "main_menu");
		JsonNode on = this.sade.taps("enable_alerts").gets();
		assertThat(on.get("text").asText()).contains("Every two hours");
		assertThat(Phone.options(on)).containsExactly("preferences", "disable_alerts", "main_menu");
		this.sade.writes("menu").gets();
		assertThat(this.sade.taps("seeker_notifications").reads()).contains("*on*");
		assertThat(this.sade.taps("disable_alerts").reads()).contains("not write to you about new homes");
		assertThat(this.sandbox.count("select count(*) from hub.preference where alerts_since is not null")).isZero();
	}

	@Test
	@DisplayName("W12, W14: two hours later at most three homes in one message and how many more; Stop alerts stops them; later ones once, outside the window as a template")
	void tells() {
		this.sade.writes("menu").gets();
		this.sade.taps("seeker_notifications").gets();
		this.sade.taps("enable_alerts").gets();
		this.sandbox.advance("PT2H");
		JsonNode first = this.sade.gets();
		assertThat(first.get("text").asText()).startsWith("🏠 New for you, Sade:")
			.contains("Serviced 2-bed flat with a lagoon view", "Lekki · ₦4,500,000 / year · 2 bedrooms", "and 1 more");
		assertThat(first.get("text").asText().split("\n\n")).hasSize(5);
		assertThat(first.get("media")).hasSize(1);
		assertThat(Phone.options(first)).containsExactly("seeker_browse", "disable_alerts");
		this.sandbox.advance("PT23H");
		assertThat(this.sade.fromHub()).filteredOn((message) -> message.get("text").asText().contains("New for you"))
			.as("nothing is new")
			.hasSize(1);
		listed(101, 5);
		this.sandbox.advance("PT2H");
		JsonNode template = this.sade.gets();
		assertThat(template.get("template").asText()).isEqualTo("new_listings");
		assertThat(template.get("text").asText()).contains("Sade", "5", "New home 105 · New home 104 · New home 103",
				"and 2 more");
		assertThat(Phone.options(template)).containsExactly("seeker_browse", "disable_alerts");
		assertThat(this.sade.taps("disable_alerts").reads()).contains("not write to you about new homes");
		int before = this.sade.fromHub().size();
		listed(201, 1);
		this.sandbox.advance("PT4H");
		assertThat(this.sade.fromHub()).hasSize(before);
	}

}
