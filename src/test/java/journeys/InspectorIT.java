package journeys;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What inspectors do on WhatsApp, from the assignment to the report.
 */
class InspectorIT {

	private Sandbox sandbox;

	private Inspector platform;

	private Phone sade;

	private Phone ada;

	private Phone chidi;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.platform = new Inspector(this.sandbox);
		this.sade = this.sandbox.sade().links("sade@example.com");
		this.ada = this.sandbox.ada().links("ada@example.com");
		this.chidi = this.sandbox.chidi().links("chidi@example.com");
	}

	private String assigned() {
		String id = this.platform.books("2");
		assertThat(this.chidi.reads()).contains("New inspection for you", "Sade Bello");
		assertThat(this.ada.reads()).contains("New booking");
		return id;
	}

	@Test
	@DisplayName("W10: an inspector sees what is assigned, starts it and completes it with notes and a photo; the platform has them, seeker and agent are told")
	void fromAssignmentToCompletion() {
		assertThat(this.chidi.taps("inspector_inspections").reads()).contains("No inspection is assigned");
		String id = assigned();
		JsonNode one = this.chidi.writes("My inspections").gets();
		assertThat(one.get("text").asText()).contains("Cosy 2-bed flat", "WAT", "to take place", "Sade Bello");
		assertThat(Phone.options(one)).containsExactly("start:" + id, "complete:" + id, "no_show:" + id,
				"cannot_attend:" + id, "directions:2", "call:11", "inspector_inspections");
		assertThat(this.chidi.taps("start:" + id).reads()).contains("Begun");
		assertThat(this.platform.inspection(id).get("status").asText()).isEqualTo("in_progress");
		assertThat(this.sade.reads()).contains("has begun");
		assertThat(this.ada.reads()).contains("has begun");
		JsonNode choose = this.chidi.taps("inspector_complete").gets();
		assertThat(Phone.options(choose)).contains("complete:" + id);
		assertThat(this.chidi.taps("complete:" + id).reads()).contains("notes");
		this.chidi.sends("{\"image\": \"kitchen-1.jpg\", \"caption\": \"The kitchen is new\"}");
		assertThat(this.chidi.reads()).contains("1 photo");
		assertThat(this.platform.inspection(id).get("status").asText()).isEqualTo("in_progress");
		assertThat(this.chidi.writes("All fine, \"null\" problems.").reads()).contains("Complete");
		JsonNode done = this.platform.inspection(id);
		assertThat(done.get("status").asText()).isEqualTo("completed");
		assertThat(done.get("notes").asText()).startsWith("The kitchen is new\nAll fine, \"null\" problems.\n📷 http");
		assertThat(this.sade.reads()).contains("is complete", "All fine");
		assertThat(this.ada.reads()).contains("is complete", "The kitchen is new");
		assertThat(this.chidi.taps("complete:" + id).reads()).contains("complete already");
		assertThat(this.platform.inspection(id)).isEqualTo(done);
	}

	@Test
	@DisplayName("W10: an inspector who can't attend gives a reason; the booking is cancelled, its time is free again, and the others know why")
	void cannotAttend() {
		String id = assigned();
		this.chidi.taps("inspector_inspections").gets();
		assertThat(this.chidi.taps("cannot_attend:" + id).reads()).contains("Why can’t you come");
		assertThat(this.platform.inspection(id).get("status").asText()).isEqualTo("scheduled");
		assertThat(this.chidi.writes("My car broke down").reads()).contains("Noted");
		JsonNode cancelled = this.platform.inspection(id);
		assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
		assertThat(cancelled.get("notes").asText()).isEqualTo("My car broke down");
		JsonNode told = this.sade.gets();
		assertThat(told.get("text").asText()).contains("can’t come", "My car broke down");
		assertThat(Phone.options(told)).contains("book:2");
		assertThat(this.ada.reads()).contains("My car broke down", "free again");
		assertThat(this.platform.freeTime("2")).isEqualTo(cancelled.get("scheduled_datetime").asText());
	}

	@Test
	@DisplayName("W10: a no-show is offered once its time has come, and told")
	void noShow() {
		String id = assigned();
		this.sandbox.advance("P15D");
		JsonNode one = this.chidi.writes("menu").gets((message) -> message.get("text").asText().contains("do for you"));
		assertThat(Phone.options(one)).contains("inspector_inspections");
		JsonNode shown = this.chidi.taps("inspector_inspections").gets();
		assertThat(Phone.options(shown)).contains("no_show:" + id);
		assertThat(this.chidi.taps("no_show:" + id).reads()).contains("nobody came");
		assertThat(this.platform.inspection(id).get("status").asText()).isEqualTo("no_show");
		JsonNode told = this.sade.gets((message) -> message.get("text").asText().contains("nobody met the inspector"));
		assertThat(told.get("template").asText()).as("outside the window").isEqualTo("booking_changed");
	}

	@Test
	@DisplayName("W10: several inspections are listed by day, and the week shows them")
	void lists() {
		assigned();
		this.platform.books("8");
		this.chidi.gets((message) -> message.get("text").asText().contains("New inspection"));
		JsonNode list = this.chidi.taps("inspector_inspections").gets();
		assertThat(list.get("text").asText()).contains("Your inspections* (2)", "Cosy 2-bed flat", "2-bed mini flat");
		assertThat(Phone.options(list)).filteredOn((id) -> id.startsWith("inspection:")).hasSize(2);
		assertThat(this.chidi.taps("inspector_schedule").reads()).contains("next seven days");
	}

	@Test
	@DisplayName("W17: while the platform is down nothing is reported and nobody is told; the notes can be sent again")
	void platformDown() {
		String id = assigned();
		this.chidi.taps("inspector_inspections").gets();
		this.chidi.taps("complete:" + id).gets();
		this.sandbox.faults("{\"inspector\": {\"down\": true}}");
		assertThat(this.chidi.writes("All fine").reads()).contains("can’t reach the platform");
		this.sandbox.faults("{}");
		assertThat(this.platform.inspection(id).get("status").asText()).isEqualTo("scheduled");
		assertThat(this.sade.fromHub().toString()).doesNotContain("is complete");
		assertThat(this.chidi.writes("All fine").reads()).contains("Complete");
		assertThat(this.platform.inspection(id).get("notes").asText()).isEqualTo("All fine");
		assertThat(this.sade.reads()).contains("is complete", "All fine");
	}

	@Test
	@DisplayName("W10, C6: a seeker of the web chat who has linked no number is told there that the inspector can't come")
	void tellsInTheChat() {
		String thread = this.sandbox.as("tunde@example.com", "POST", "/api/v1/threads", "{}")
			.body()
			.get("thread_id")
			.asText();
		String id = this.platform.books("tunde@example.com", "2");
		assertThat(this.chidi.reads()).contains("New inspection for you", "Tunde Cole");
		this.chidi.taps("inspector_schedule").gets();
		this.sandbox.deliver(Deliveries.choice("2348030000021", "wamid.cannot", "cannot_attend:" + id));
		this.chidi.gets();
		this.chidi.writes("My car broke down").gets();
		JsonNode messages = this.sandbox.as("tunde@example.com", "GET", "/api/v1/threads/" + thread + "/messages", null)
			.body()
			.get("items");
		JsonNode told = messages.get(messages.size() - 1);
		assertThat(told.get("text").asText()).contains("can’t come to *Cosy 2-bed flat", "My car broke down");
		assertThat(told.at("/actions/0/id").asText()).isEqualTo("book:2");
	}

}
