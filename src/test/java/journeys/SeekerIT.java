package journeys;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A seeker on WhatsApp, from browsing to a booking and what becomes of it.
 */
class SeekerIT {

	private static final String SADE = "sade@example.com";

	private static final String TUNDE = "tunde@example.com";

	private Sandbox sandbox;

	private Phone sade;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.sade = this.sandbox.sade().links(SADE);
	}

	/** The first option of a message whose token begins so. */
	private static String option(JsonNode message, String begin) {
		return Phone.options(message)
			.stream()
			.filter((id) -> id.startsWith(begin))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No " + begin + " in " + message));
	}

	private static boolean offers(JsonNode message, String begin) {
		return Phone.options(message).stream().anyMatch((id) -> id.startsWith(begin));
	}

	/** Opens the menu, from which the first tap comes. */
	private JsonNode chooses(Phone phone, String action) {
		phone.writes("menu").gets();
		return phone.taps(action).gets();
	}

	private List<JsonNode> inspections(String seeker) {
		Sandbox.Answer answer = this.sandbox.call("GET", "/sandbox/inspector/inspections/seeker/" + seeker, null,
				"Authorization", "Bearer sandbox-inspector-key");
		assertThat(answer.status()).isEqualTo(200);
		return answer.body().findParents("booking_id").isEmpty()
				? List.copyOf(answer.body().findParents("scheduled_datetime")) : List.of();
	}

	/** Books the first free time of a home that the phone has just been shown. */
	private static JsonNode books(Phone phone, JsonNode home) {
		JsonNode times = phone.taps(option(home, "book:")).gets();
		JsonNode question = phone.taps(option(times, "slot:")).gets();
		return phone.taps(option(question, "confirm:")).gets();
	}

	@Test
	@DisplayName("W8: a seeker browses page by page, looks at a home, books it, gets id and agent contact, moves it and cancels it; the agent is told each time")
	void fromBrowsingToCancelling() {
		Phone ada = this.sandbox.ada().links("ada@example.com");
		JsonNode first = chooses(this.sade, "seeker_browse");
		assertThat(first.at("/media/0/url").asText()).endsWith(".jpg");
		assertThat(first.get("text").asText())
			.startsWith(
					"🏠 *Serviced 2-bed flat with a lagoon view*\nLekki\n₦4,500,000 / year\n2 bedrooms · 2 bathrooms")
			.endsWith("…");
		assertThat(Phone.options(first)).containsExactly("book:1", "save:1", "details:1");
		assertThat(Phone.options(this.sade.gets())).contains("details:2");
		assertThat(Phone.options(this.sade.gets())).contains("details:3");
		JsonNode onward = this.sade.gets();
		assertThat(Phone.options(onward)).containsExactly("browse_more", "filter", "main_menu");
		JsonNode fourth = this.sade.taps("browse_more").gets();
		assertThat(Phone.options(fourth)).contains("details:4");
		JsonNode details = this.sade.taps("details:1").gets((message) -> offers(message, "contact_agent:1"));
		assertThat(details.get("text").asText()).contains("Admiralty Way", "110 m²", "Apartment", "★ 4.8",
				"24-hour power", "balcony over the lagoon");
		assertThat(this.sade.fromHub().stream().filter((message) -> message.get("type").asText().equals("image")))
			.as("the photos beside the one above the words")
			.hasSize(3);
		JsonNode booked = books(this.sade, details);
		assertThat(booked.get("text").asText()).contains("Your inspection is booked", "Admiralty Way", "WAT",
				"Booking ", "Agent: Ada Obi, +2348030000011");
		JsonNode inspection = inspections("1").get(0);
		String id = inspection.get("id").asText();
		assertThat(booked.get("text").asText()).contains("Booking " + id);
		assertThat(ada.reads()).contains("New booking", "Sade Bello", id);
		JsonNode bookings = this.sade.taps("seeker_bookings").gets();
		assertThat(Phone.options(bookings)).containsExactly("reschedule:" + id, "cancel_booking:" + id, "directions:1",
				"call:11", "contact_agent:1");
		this.sade.gets();
		JsonNode times = this.sade.taps("reschedule:" + id).gets();
		JsonNode question = this.sade.taps(option(times, "reschedule:" + id + ":")).gets();
		assertThat(question.get("text").asText()).contains("Move your inspection");
		JsonNode moved = this.sade.taps(option(question, "reschedule:" + id + ":")).gets();
		assertThat(moved.get("text").asText()).contains("Your inspection is moved");
		assertThat(inspections("1").get(0).get("scheduled_datetime"))
			.isNotEqualTo(inspection.get("scheduled_datetime"));
		assertThat(ada.reads()).contains("has moved to", id);
		this.sade.taps("seeker_bookings").gets();
		this.sade.gets();
		JsonNode sure = this.sade.taps("cancel_booking:" + id).gets();
		JsonNode cancelled = this.sade.taps(option(sure, "cancel_booking:" + id + ":")).gets();
		assertThat(cancelled.get("text").asText()).contains("is cancelled");
		assertThat(inspections("1").get(0).get("status").asText()).isEqualTo("cancelled");
		assertThat(ada.reads()).contains("is cancelled", id);
		assertThat(this.sandbox
			.count("select count(*) from booking where source = 'whatsapp' and booking_id = '" + id + "'")).isOne();
	}

	@Test
	@DisplayName("W8, W10, W11: from words to a home, a booking, the reminder a day before with the way there, the inspection and its place in the history")
	void fromBrowsingToHistory() {
		Phone chidi = this.sandbox.chidi().links("chidi@example.com");
		JsonNode home = this.sade.writes("2 bed in Yaba under 3m").gets();
		assertThat(home.get("text").asText()).startsWith("🏠 *Cosy 2-bed flat near the Yaba tech hub*");
		assertThat(this.sade.gets((message) -> offers(message, "filter")).get("text").asText())
			.contains("Yaba · up to 3,000,000 · 2 bedrooms");
		JsonNode times = this.sade.taps("book:2").gets();
		while (offers(times, "booking_slots:")) {
			times = this.sade.taps(option(times, "booking_slots:")).gets();
		}
		List<String> last = Phone.options(times);
		JsonNode question = this.sade.taps(last.get(last.size() - 1)).gets();
		assertThat(this.sade.taps(option(question, "confirm:")).reads()).contains("Your inspection is booked",
				"I will remind you 24 hours before");
		JsonNode inspection = inspections("1").get(0);
		String id = inspection.get("id").asText();
		Instant then = OffsetDateTime.parse(inspection.get("scheduled_datetime").asText()).toInstant();
		assertThat(chidi.reads()).contains("New inspection for you", id);
		this.sandbox.walkTo(then.minus(Duration.ofHours(24)).minusSeconds(60));
		int before = this.sade.fromHub().size();
		this.sandbox.walkTo(then.minus(Duration.ofHours(24)).plusSeconds(60));
		JsonNode reminder = this.sade.gets();
		assertThat(this.sade.fromHub()).hasSize(before + 1);
		assertThat(reminder.get("text").asText()).contains("Cosy 2-bed flat near the Yaba tech hub", "valid ID",
				"+2348030000011");
		assertThat(Phone.options(reminder)).containsExactly("call:11", "directions:2", "seeker_bookings");
		assertThat(this.sade.taps("directions:2").gets().get("type").asText()).isEqualTo("location");
		JsonNode coming = this.sade.taps("seeker_bookings").gets();
		assertThat(Phone.options(coming)).contains("reschedule:" + id, "cancel_booking:" + id);
		assertThat(this.sade.reads()).contains("one inspection to come");
		this.sandbox.walkTo(then.plusSeconds(600));
		assertThat(this.sade.writes("move").reads()).contains("It is time for this inspection");
		JsonNode late = this.sade.writes("my bookings").gets();
		assertThat(Phone.options(late)).containsExactly("directions:2", "call:11", "contact_agent:2");
		this.sade.gets();
		chidi.writes("menu").gets((message) -> offers(message, "inspector_inspections"));
		chidi.taps("inspector_inspections").gets();
		chidi.taps("complete:" + id).gets();
		chidi.writes("All in order").gets();
		assertThat(this.sade.reads()).contains("is complete", "All in order");
		assertThat(this.sade.writes("My bookings").reads()).contains("no inspections to come", "*Past and cancelled*",
				"Cosy 2-bed flat near the Yaba tech hub", "completed");
	}

	@Test
	@DisplayName("W8: a slot that went away in between is said so, with those that are left; twice confirmed is booked once")
	void slotGone() {
		JsonNode home = chooses(this.sade, "seeker_browse");
		this.sade.gets((message) -> offers(message, "browse_more"));
		JsonNode times = this.sade.taps(option(home, "book:")).gets();
		String slot = option(times, "slot:");
		JsonNode question = this.sade.taps(slot).gets();
		Phone tunde = this.sandbox.tunde().links(TUNDE);
		JsonNode same = chooses(tunde, "seeker_browse");
		tunde.gets((message) -> offers(message, "browse_more"));
		assertThat(books(tunde, same).get("text").asText()).contains("Votre visite est réservée");
		JsonNode left = this.sade.taps(option(question, "confirm:")).gets();
		assertThat(left.get("text").asText()).contains("That time has just gone");
		assertThat(Phone.options(left)).isNotEmpty().doesNotContain(slot);
		JsonNode again = this.sade.taps(option(left, "slot:")).gets();
		String confirm = option(again, "confirm:");
		assertThat(this.sade.taps(confirm).reads()).contains("Your inspection is booked");
		assertThat(this.sade.taps(confirm).reads()).contains("You have booked this already");
		assertThat(inspections("1")).hasSize(1);
	}

	@Test
	@DisplayName("W8, W17: while the platform is down nothing is booked and the seeker is told so; afterwards the same tap books")
	void platformDown() {
		JsonNode home = chooses(this.sade, "seeker_browse");
		this.sade.gets((message) -> offers(message, "browse_more"));
		JsonNode times = this.sade.taps(option(home, "book:")).gets();
		JsonNode question = this.sade.taps(option(times, "slot:")).gets();
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		assertThat(this.sade.taps(option(question, "confirm:")).reads()).contains("can’t reach the platform",
				"nothing was changed");
		this.sandbox.faults("{\"inspector\":{\"down\":false}}");
		assertThat(inspections("1")).isEmpty();
		assertThat(this.sade.taps(option(question, "confirm:")).reads()).contains("Your inspection is booked");
	}

	@Test
	@DisplayName("W8, W12: filter and preferences are asked for field by field or in one sentence; the filter ends with the browsing, the preference stays")
	void wishes() {
		chooses(this.sade, "seeker_browse");
		this.sade.gets((message) -> offers(message, "browse_more"));
		JsonNode form = this.sade.taps("filter").gets();
		assertThat(form.get("text").asText()).contains("Area: Any", "Rent: Any", "Bedrooms: Any", "Kind: Any");
		JsonNode areas = this.sade.taps("filter:area").gets();
		assertThat(Phone.options(areas)).contains("filter:area:yaba", "filter:area:victoria-island", "filter:area:any");
		assertThat(this.sade.taps("filter:area:yaba").reads()).contains("Area: Yaba");
		this.sade.taps("filter:rent").gets();
		JsonNode filtered = this.sade.writes("under 3m").gets();
		assertThat(filtered.get("text").asText()).contains("Area: Yaba", "Rent: up to 3,000,000");
		JsonNode home = this.sade.taps("filter:show").gets();
		assertThat(home.get("text").asText()).contains("\nYaba\n");
		JsonNode onward = this.sade.gets((message) -> offers(message, "filter"));
		assertThat(onward.get("text").asText()).contains("Yaba · up to 3,000,000");
		JsonNode anew = chooses(this.sade, "seeker_browse");
		assertThat(anew.get("text").asText()).contains("Lekki");
		this.sade.gets((message) -> offers(message, "browse_more"));
		this.sade.taps("filter").gets();
		assertThat(this.sade.writes("3 bedroom house in Ikoyi").reads()).contains("Area: Ikoyi", "Bedrooms: 3",
				"Kind: House");
		assertThat(this.sade.writes("what is the weather like").reads()).contains("I did not get that", "Area: Ikoyi");
		JsonNode none = this.sade.taps("filter:show").gets();
		assertThat(none.get("text").asText()).contains("No home fits right now: Ikoyi · 3 bedrooms · House");
		assertThat(Phone.options(none)).containsExactly("filter", "enable_alerts", "main_menu");
		this.sade.taps("filter").gets();
		this.sade.writes("2 bed in Yaba").gets();
		assertThat(this.sade.taps("filter:keep").reads()).contains("Kept: Yaba");
		assertThat(chooses(this.sade, "seeker_browse").get("text").asText()).contains("\nYaba\n");
	}

	@Test
	@DisplayName("W8: saved homes are listed until they are removed")
	void saves() {
		JsonNode home = chooses(this.sade, "seeker_browse");
		this.sade.gets((message) -> offers(message, "browse_more"));
		JsonNode saved = this.sade.taps(option(home, "save:")).gets();
		assertThat(saved.get("text").asText()).contains("Saved: *Serviced 2-bed flat");
		JsonNode list = this.sade.taps("saved").gets();
		assertThat(list.get("text").asText()).contains("• Serviced 2-bed flat with a lagoon view");
		assertThat(Phone.options(list)).containsExactly("details:1", "seeker_browse");
		JsonNode details = this.sade.taps("details:1").gets((message) -> offers(message, "unsave:1"));
		assertThat(this.sade.taps(option(details, "unsave:")).reads()).contains("Removed");
		assertThat(this.sade.taps("saved").reads()).contains("saved no homes yet");
	}

	/** A number chooses from what the hub knows to have arrived. */
	private JsonNode picks(Phone phone, int number) {
		await().until(() -> this.sandbox
			.count("select count(*) from hub.outbox where channel = 'twilio' and state <> 1") == 0);
		return phone.writes(Integer.toString(number)).gets();
	}

	@Test
	@DisplayName("W8, A7: over Twilio, where options are numbered lines, a seeker books by numbers alone")
	void byNumbers() {
		Phone sade = this.sade.over("twilio");
		sade.writes("menu").gets();
		JsonNode first = picks(sade, 1);
		assertThat(first.get("text").asText()).contains("Serviced 2-bed flat").doesNotContain("1. ");
		sade.gets();
		sade.gets();
		JsonNode onward = sade.gets();
		assertThat(onward.get("text").asText()).contains("Choose a home to see it", "1. Serviced 2-bed flat",
				"4. More homes", "5. Filter", "6. Menu");
		picks(sade, 1);
		sade.gets((message) -> message.get("text").asText().contains("1. Book"));
		assertThat(picks(sade, 1).get("text").asText()).contains("When would you like to see", "1. ");
		assertThat(picks(sade, 1).get("text").asText()).contains("Book an inspection of", "1. Yes, book it");
		assertThat(picks(sade, 1).get("text").asText()).contains("Your inspection is booked", "Agent: Ada Obi");
		sade.writes("my bookings").gets((message) -> message.get("text").asText().contains("one inspection to come"));
		JsonNode booking = picks(sade, 1);
		assertThat(booking.get("text").asText()).contains("1. Move", "2. Cancel");
		assertThat(picks(sade, 2).get("text").asText()).contains("Cancel your inspection", "1. Yes, cancel it");
		assertThat(picks(sade, 1).get("text").asText()).contains("is cancelled");
		assertThat(inspections("1")).hasSize(1);
	}

	@Test
	@DisplayName("W8: directions come as a place on the map; the agent's number only once an inspection is booked")
	void directionsAndNumber() {
		JsonNode home = chooses(this.sade, "seeker_browse");
		this.sade.gets((message) -> offers(message, "browse_more"));
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.early", "call:11"));
		JsonNode refused = this.sade.gets();
		assertThat(refused.get("text").asText()).contains("once you have booked").doesNotContain("+234");
		JsonNode booked = books(this.sade, home);
		JsonNode place = this.sade.taps(option(booked, "directions:")).gets();
		assertThat(place.get("type").asText()).isEqualTo("location");
		assertThat(place.at("/location/latitude").asDouble()).isEqualTo(6.4478);
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.late", "call_11"));
		assertThat(this.sade.reads()).contains("Ada Obi", "+2348030000011");
	}

	@Test
	@DisplayName("W8, C8: a seeker writes to the agent from phone to phone, and gets the answer; neither sees the other's number; END ends it for both")
	void writesToTheAgent() {
		Phone ada = this.sandbox.ada();
		JsonNode home = chooses(this.sade, "seeker_browse");
		this.sade.gets((message) -> offers(message, "browse_more"));
		this.sade.taps(option(home, "details:")).gets((message) -> offers(message, "contact_agent:1"));
		assertThat(this.sade.taps("contact_agent:1").reads()).contains("Write your message to the agent");
		assertThat(this.sade.writes("Is there parking?").reads()).contains("Passed on to Ada", "Serviced 2-bed flat");
		JsonNode question = ada.gets();
		assertThat(question.get("template").asText()).isEqualTo("visitor_message");
		assertThat(question.get("text").asText()).contains("Sade", "Is there parking?");
		ada.writes("Yes, for two cars.");
		assertThat(this.sade.reads())
			.isEqualTo("💬 *Ada* about *Serviced 2-bed flat with a lagoon view*:\nYes, for two cars.");
		this.sade.writes("Lovely, thank you");
		assertThat(ada.reads()).contains("Lovely, thank you");
		this.sade.sends("{\"image\": \"kitchen-1.jpg\", \"caption\": \"Like this one?\"}");
		assertThat(ada.gets((message) -> message.get("type").asText().equals("image")).at("/media/0/url").asText())
			.contains("/api/v1/media/");
		assertThat(ada.reads()).contains("Like this one?");
		assertThat(ada.fromHub().toString()).doesNotContain("2348030000001", SADE, "Bello");
		assertThat(this.sade.fromHub().toString()).doesNotContain("2348030000011", "ada@example.com");
		assertThat(this.sade.writes("END").reads()).contains("Your talk with Ada is over");
		assertThat(ada.reads()).contains("Sade has ended the talk");
		assertThat(this.sade.writes("Is there a pool?").reads()).contains("I did not get that");
	}

}
