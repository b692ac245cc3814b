package journeys;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reminders from end to end: booked, the clock moved, read on the phones.
 */
class ReminderIT {

	private static final String SADE = "sade@example.com";

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	/** A free slot of listing 2, at least three days ahead. */
	private JsonNode slot(int number) {
		List<JsonNode> slots = StreamSupport
			.stream(this.sandbox.as(SADE, "GET", "/api/v1/properties/2/inspection-slots", null)
				.body()
				.get("items")
				.spliterator(), false)
			.filter((slot) -> at(slot.get("datetime")).isAfter(this.sandbox.now().plus(Duration.ofDays(3))))
			.toList();
		return slots.get(number);
	}

	private static Instant at(JsonNode datetime) {
		return OffsetDateTime.parse(datetime.asText()).toInstant();
	}

	private JsonNode book(String email, JsonNode slot) {
		Sandbox.Answer booked = this.sandbox.as(email, "POST", "/api/v1/inspections",
				"{\"property_id\":\"2\",\"slot_id\":\"" + slot.get("id").asText() + "\"}");
		assertThat(booked.status()).as("%s", booked.body()).isEqualTo(201);
		return booked.body().get("inspection");
	}

	/** The clock walks until so long before an inspection. */
	private void walkBefore(Instant inspection, String duration) {
		this.sandbox.walkTo(inspection.minus(Duration.parse(duration)));
	}

	private void patch(JsonNode inspection, String change) {
		Sandbox.Answer changed = this.sandbox.call("PATCH",
				"/sandbox/inspector/inspections/" + inspection.get("id").asText(), change, "Authorization",
				"Bearer sandbox-inspector-key", "Content-Type", "application/json");
		assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
	}

	private static List<JsonNode> reminders(Phone phone) {
		return phone.fromHub()
			.stream()
			.filter((message) -> message.path("template").asText("").startsWith("inspection_")
					|| message.path("text").asText("").startsWith("⏰"))
			.toList();
	}

	@Test
	@DisplayName("W11, W14: a day before, seeker and agent get one reminder each; outside the service window as the approved template with its buttons")
	void template() {
		JsonNode inspection = book(SADE, slot(0));
		Instant then = at(inspection.get("scheduled_datetime"));
		walkBefore(then, "PT24H1M");
		assertThat(this.sandbox.sade().fromHub()).isEmpty();
		walkBefore(then, "PT23H59M");
		JsonNode sades = this.sandbox.sade().gets();
		assertThat(sades.get("template").asText()).isEqualTo("inspection_reminder");
		assertThat(sades.get("text").asText()).contains("Sade", "Cosy 2-bed flat near the Yaba tech hub", "Yaba, Lagos",
				" WAT", "+2348030000011", "valid ID");
		assertThat(Phone.options(sades)).containsExactly("call:11", "directions:2", "seeker_bookings");
		JsonNode adas = reminders(this.sandbox.ada()).get(0);
		assertThat(adas.get("template").asText()).isEqualTo("inspection_agent_reminder");
		assertThat(adas.get("text").asText()).contains("Ada", "Sade Bello");
		walkBefore(then, "PT1H");
		assertThat(reminders(this.sandbox.sade())).hasSize(1);
		assertThat(reminders(this.sandbox.ada())).hasSize(1);
		assertThat(this.sandbox.count("select count(*) from hub.message where direction = 'out' and state = 9"))
			.isZero();
	}

	@Test
	@DisplayName("W11, E6: inside the service window the reminder is words and buttons, in the seeker's language, in the listing's time zone")
	void words() {
		Phone tunde = this.sandbox.tunde().links("tunde@example.com");
		JsonNode inspection = book("tunde@example.com", slot(0));
		Instant then = at(inspection.get("scheduled_datetime"));
		walkBefore(then, "PT25H");
		tunde.writes("menu").gets();
		walkBefore(then, "PT23H59M");
		JsonNode reminder = tunde.gets();
		assertThat(reminder.get("text").asText()).startsWith("⏰ Bonjour Tunde, votre visite approche").contains(" WAT");
		assertThat(Phone.options(reminder)).containsExactly("call:11", "directions:2", "seeker_bookings");
	}

	@Test
	@DisplayName("W11, O7: two instances on one database, the clock moved over a reminder: exactly one message to each")
	void twoInstances() {
		JsonNode inspection = book(SADE, slot(0));
		Instant then = at(inspection.get("scheduled_datetime"));
		try (Sandbox other = this.sandbox.another()) {
			assertThat(other.routes()).contains("clock-remind", "reminders-seeker-day-before");
			walkBefore(then, "PT23H59M");
			walkBefore(then, "PT23H");
		}
		assertThat(reminders(this.sandbox.sade())).hasSize(1);
		assertThat(reminders(this.sandbox.ada())).hasSize(1);
	}

	@Test
	@DisplayName("W11: booked on the website, without the hub: found, and seeker and agent are reminded once")
	void bookedElsewhere() {
		JsonNode slot = slot(0);
		Sandbox.Answer booked = this.sandbox
			.call("POST", "/sandbox/inspector/inspections",
					"{\"property_id\":\"2\",\"seeker_id\":\"1\",\"scheduled_datetime\":\""
							+ slot.get("datetime").asText() + "\"}",
					"Authorization", "Bearer sandbox-inspector-key", "Content-Type", "application/json");
		assertThat(booked.body().path("success").asBoolean()).as("%s", booked.body()).isTrue();
		walkBefore(at(slot.get("datetime")), "PT24H1M");
		assertThat(this.sandbox.sade().fromHub()).isEmpty();
		walkBefore(at(slot.get("datetime")), "PT23H59M");
		walkBefore(at(slot.get("datetime")), "PT1H");
		assertThat(reminders(this.sandbox.sade())).hasSize(1);
		assertThat(reminders(this.sandbox.ada())).hasSize(1);
	}

	@Test
	@DisplayName("W11: rescheduled on the website: one reminder, with the new time; cancelled there: none")
	void changedElsewhere() {
		JsonNode moved = book(SADE, slot(0));
		JsonNode cancelled = book("tunde@example.com", slot(1));
		Instant then = at(moved.get("scheduled_datetime"));
		JsonNode other = slot(StreamSupport
			.stream(this.sandbox.as(SADE, "GET", "/api/v1/properties/2/inspection-slots", null)
				.body()
				.get("items")
				.spliterator(), false)
			.filter((slot) -> at(slot.get("datetime")).isAfter(this.sandbox.now().plus(Duration.ofDays(3))))
			.mapToInt((slot) -> at(slot.get("datetime")).isBefore(then.plus(Duration.ofDays(1))) ? 1 : 0)
			.sum());
		patch(moved, "{\"scheduled_datetime\":\"" + other.get("datetime").asText() + "\"}");
		patch(cancelled, "{\"status\":\"cancelled\"}");
		walkBefore(then, "PT23H");
		assertThat(reminders(this.sandbox.sade())).isEmpty();
		walkBefore(at(other.get("datetime")), "PT23H59M");
		assertThat(reminders(this.sandbox.sade())).hasSize(1);
		assertThat(reminders(this.sandbox.tunde())).isEmpty();
		assertThat(reminders(this.sandbox.ada())).hasSize(1);
	}

	@Test
	@DisplayName("W11, W17: the platform is down at that minute: nobody is told what may not hold; once it is back the reminder comes")
	void platformDown() {
		JsonNode inspection = book(SADE, slot(0));
		Instant then = at(inspection.get("scheduled_datetime"));
		walkBefore(then, "PT24H1M");
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		walkBefore(then, "PT23H59M");
		assertThat(this.sandbox.sade().fromHub()).isEmpty();
		this.sandbox.faults("{}");
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			this.sandbox.sql("update hub.reminder set retry_at = null").update();
			assertThat(reminders(this.sandbox.sade())).hasSize(1);
		});
	}

}
