package journeys;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What agents do on WhatsApp: listings, times, inquiries.
 */
class AgentIT {

	/** Offered by Ada alone. */
	private static final String FLAT = "2";

	private static final ZoneId LAGOS = ZoneId.of("Africa/Lagos");

	private Sandbox sandbox;

	private Inspector platform;

	private Phone ada;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.platform = new Inspector(this.sandbox);
		this.ada = this.sandbox.ada().links("ada@example.com");
	}

	private List<String> times() {
		List<String> times = new ArrayList<>();
		this.platform.get("/properties/" + FLAT + "/inspection-slots")
			.forEach((slot) -> times.add(slot.get("datetime").asText()));
		return times;
	}

	@Test
	@DisplayName("W9: an agent goes from a listing to its times, adds some in plain words, takes one away, and is told of a booking of another")
	void fromListingToBooking() {
		JsonNode first = this.ada.writes("my properties").gets();
		assertThat(first.get("text").asText()).contains("Your properties", "1–5 of", "🟢 Available");
		assertThat(Phone.options(first)).filteredOn((id) -> id.startsWith("property_view:")).hasSize(5);
		JsonNode second = this.ada.taps("agent_properties:5").gets();
		assertThat(second.get("text").asText()).contains("6–10 of");
		JsonNode flat = this.ada.taps("property_view:" + FLAT).gets();
		assertThat(flat.get("text").asText()).contains("Cosy 2-bed flat", "₦2,800,000 / year");
		assertThat(flat.get("media")).as("its photo").isNotEmpty();
		assertThat(Phone.options(flat)).containsExactly("property_edit:" + FLAT, "property_schedule:" + FLAT,
				"main_menu");
		JsonNode schedule = this.ada.taps("property_schedule:" + FLAT).gets();
		assertThat(schedule.get("text").asText()).contains("Cosy 2-bed flat", "times in WAT");
		JsonNode question = this.ada.taps("slot_add:" + FLAT).gets();
		assertThat(question.get("text").asText()).contains("tomorrow 10-12", "WAT");
		assertThat(this.ada.writes("whenever you like").reads()).contains("“whenever”", "added nothing");
		this.ada.sends("{\"image\": \"kitchen-1.jpg\", \"caption\": \"tomorrow\"}");
		assertThat(this.ada.reads()).contains("Thank you for the photo");
		LocalDate day = LocalDate.now(LAGOS).plusDays(1);
		JsonNode added = this.ada.quotes(question, "tomorrow 6:30pm, 7:30pm").gets();
		assertThat(added.get("text").asText()).contains("can be inspected (times in WAT)", "18:30, 19:30");
		String early = day.atTime(18, 30).atZone(LAGOS).toInstant().toString();
		String late = day.atTime(19, 30).atZone(LAGOS).toInstant().toString();
		assertThat(times()).contains(early, late);
		this.ada.taps("slot_add:" + FLAT).gets();
		assertThat(this.ada.writes("tomorrow 6:30pm").reads()).contains("there already");

		String slot = slotAt(late);
		this.sandbox.deliver(Deliveries.choice("2348030000011", "wamid.remove1", "slot_remove:" + slot + ":" + FLAT));
		assertThat(this.ada.reads()).contains("Removed", "19:30 WAT");
		assertThat(times()).contains(early).doesNotContain(late);
		this.sandbox.deliver(Deliveries.choice("2348030000011", "wamid.remove2", "slot_remove:" + slot));
		assertThat(this.ada.reads()).contains("can’t find that time");

		assertThat(this.sandbox
			.as("sade@example.com", "POST", "/api/v1/inspections",
					"{\"property_id\":\"" + FLAT + "\",\"scheduled_datetime\":\"" + early + "\"}")
			.status()).isEqualTo(201);
		JsonNode notice = this.ada.gets();
		assertThat(notice.get("text").asText()).contains("New booking", "Sade Bello", "Cosy 2-bed flat", "18:30 WAT");
		assertThat(notice.path("template").isTextual()).as("inside the window").isFalse();
		this.sandbox.deliver(Deliveries.choice("2348030000011", "wamid.remove3", "slot_remove:" + slotAt(early)));
		assertThat(this.ada.reads()).contains("has booked");
		assertThat(times()).contains(early);
		JsonNode inquiries = this.ada.taps("agent_inquiries").gets();
		assertThat(inquiries.get("text").asText()).contains("Bookings to come", "Sade Bello", "18:30 WAT");
		assertThat(this.ada.taps("agent_analytics").reads()).contains("last 30 days", "Bookings to come: 1");
	}

	private String slotAt(String time) {
		for (JsonNode slot : this.platform.get("/properties/" + FLAT + "/inspection-slots")) {
			if (slot.get("datetime").asText().equals(time)) {
				return slot.get("id").asText();
			}
		}
		throw new AssertionError("There is no slot at " + time);
	}

	@Test
	@DisplayName("W9: an agent changes status, price and description of a listing, and a slip of the thumb is asked about")
	void edits() {
		JsonNode offer = this.ada.taps("agent_properties").gets();
		assertThat(Phone.options(offer)).contains("property_view:" + FLAT);
		this.ada.taps("property_view:" + FLAT).gets();
		assertThat(Phone.options(this.ada.taps("property_edit:" + FLAT).gets()))
			.containsExactly("property_edit:2:status", "property_edit:2:price", "property_edit:2:description");
		assertThat(Phone.options(this.ada.taps("property_edit:2:status").gets()))
			.contains("property_edit:2:status:rented");
		assertThat(this.ada.taps("property_edit:2:status:rented").reads()).contains("🔴 Rented");
		assertThat(this.platform.get("/properties/2").get("status").asText()).isEqualTo("rented");
		Phone sade = this.sandbox.sade().links("sade@example.com");
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.book1", "book:2"));
		assertThat(sade.reads()).contains("no longer available");
		this.ada.taps("property_edit:2:status").gets();
		assertThat(this.ada.taps("property_edit:2:status:available").reads()).contains("🟢 Available");
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.book2", "book:2"));
		assertThat(sade.reads()).contains("When would you like to see *Cosy 2-bed flat");
		assertThat(this.ada.taps("property_edit:2:price").reads()).contains("₦2,800,000");
		assertThat(this.ada.writes("a lot").reads()).contains("can’t read an amount");
		assertThat(this.ada.writes("30m").reads()).contains("from ₦2,800,000 to ₦30,000,000");
		assertThat(this.platform.get("/properties/2").get("price").asLong()).isEqualTo(2_800_000);
		this.ada.taps("property_edit:2:price").gets();
		assertThat(this.ada.writes("3m").reads()).contains("₦3,000,000 / year");
		assertThat(this.platform.get("/properties/2").get("price").asLong()).isEqualTo(3_000_000);
		this.ada.taps("property_edit:2:description").gets();
		assertThat(this.ada.writes("Quiet flat with *parking* for two cars.").reads()).contains("new description");
		assertThat(this.platform.get("/properties/2").get("description").asText())
			.isEqualTo("Quiet flat with *parking* for two cars.");
	}

	@Test
	@DisplayName("W17: while the platform is down each write of an agent says so honestly, and nothing has changed")
	void platformDown() {
		this.ada.taps("agent_properties").gets();
		this.ada.taps("property_view:" + FLAT).gets();
		this.ada.taps("property_schedule:" + FLAT).gets();
		this.ada.taps("slot_add:" + FLAT).gets();
		List<String> before = times();
		this.sandbox.faults("{\"inspector\": {\"down\": true}}");
		assertThat(this.ada.writes("tomorrow 6:30pm, 7:30pm").reads()).contains("can’t reach the platform");
		this.sandbox.faults("{}");
		assertThat(times()).isEqualTo(before);
	}

	@Test
	@DisplayName("W14: an agent outside the service window is told of a booking, and of what becomes of it, by templates")
	void template() {
		Phone femi = this.sandbox.femi();
		Phone chidi = this.sandbox.chidi().links("chidi@example.com");
		String id = this.platform.books("3");
		chidi.gets();
		JsonNode notice = femi.gets();
		assertThat(notice.get("template").asText()).isEqualTo("booking_notice");
		assertThat(notice.get("text").asText()).contains("Sade Bello", "4-bed terrace", "WAT");
		this.sandbox.deliver(Deliveries.choice("2348030000021", "wamid.start", "start:" + id));
		JsonNode change = femi.gets();
		assertThat(change.get("template").asText()).isEqualTo("booking_changed");
		assertThat(change.get("text").asText()).contains("4-bed terrace", "has begun");
	}

	@Test
	@DisplayName("W9, A7: over Twilio, where options are numbered lines, an agent adds a time by numbers and words alone")
	void byNumbers() {
		Phone ada = this.ada.over("twilio");
		assertThat(ada.writes("menu").reads()).contains("1. My properties");
		JsonNode own = ada.writes("1").gets();
		assertThat(own.get("text").asText()).contains("1. ", "6. Show more", "7. My figures", "8. Menu");
		JsonNode more = ada.writes("6").gets();
		assertThat(more.get("text").asText()).contains("(6–10 of", "1. ");
		assertThat(ada.writes("1").reads()).contains("1. Edit property", "2. Set schedule");
		assertThat(ada.writes("2").reads()).contains("1. Add times");
		assertThat(ada.writes("1").reads()).contains("can", "be inspected?");
		assertThat(ada.writes("tomorrow 6:40pm").reads()).contains("can be inspected", "18:40", "2. Set schedule");
	}

	@Test
	@DisplayName("W9: an open check and a visitor's question are among the inquiries, and choosing the check puts its question again")
	void inquiries() {
		this.sandbox.as("sade@example.com", "POST", "/api/v1/availability/check", "{\"listing_id\": \"2\"}");
		this.ada.gets((message) -> message.get("text").asText().contains("available"));
		JsonNode inquiries = this.ada.taps("agent_inquiries").gets();
		assertThat(inquiries.get("text").asText()).contains("Waiting for your answer", "Cosy 2-bed flat", "Sade");
		String pick = Phone.options(inquiries).get(0);
		assertThat(pick).startsWith("check:");
		JsonNode question = this.ada.taps(pick).gets();
		assertThat(Phone.options(question)).anyMatch((id) -> id.endsWith(":yes"));
		this.sandbox.deliver(Deliveries.choice("2348030000011", "wamid.add", "slot_add:" + FLAT));
		this.ada.gets((message) -> message.get("text").asText().contains("be inspected?"));
		assertThat(this.ada.writes("yes, still available").reads()).as("no time, but an answer").contains("Sade");
		assertThat(this.ada.writes("tomorrow 6:50pm").reads()).as("the question about times has gone on waiting")
			.contains("18:50");
	}

}
