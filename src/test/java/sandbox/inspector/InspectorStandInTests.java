package sandbox.inspector;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandbox.Harness;
import sandbox.Harness.Answer;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("E4: the platform's stand-in")
class InspectorStandInTests {

	private final Harness sandbox = Harness.fresh();

	@ParameterizedTest
	@CsvSource({ "sade@example.com,seeker,+2348030000001,en", "TUNDE@example.com,seeker,+2348030000002,fr",
			"ada@example.com,agent,+2348030000011,en", "femi@example.com,agent,+2348030000012,en",
			"chidi@example.com,inspector,+2348030000021,en", "admin@example.com,admin,+2348030000099,en" })
	@DisplayName("knows the six people")
	void knowsPeople(String email, String role, String phone, String language) {
		JsonNode user = get("/users/by-email/" + email).body();
		assertThat(user.get("role").asText()).isEqualTo(role);
		assertThat(user.get("phone").asText()).isEqualTo(phone);
		assertThat(user.get("language").asText()).isEqualTo(language);
		assertThat(user.get("time_zone").asText()).isEqualTo("Africa/Lagos");
		assertThat(get("/users/" + user.get("id").asText()).body()).isEqualTo(user);
	}

	@Test
	@DisplayName("has 24 listings with pictures that are there, in at least 4 areas, with two agents, one and none")
	void hasListings() {
		List<JsonNode> all = all("/properties?limit=10");
		assertThat(all).hasSize(24);
		Set<String> areas = new HashSet<>();
		Set<Integer> agents = new HashSet<>();
		Set<String> states = new HashSet<>();
		for (JsonNode listing : all) {
			areas.add(listing.get("area").asText());
			agents.add(listing.get("agent_ids").size());
			states.add(listing.get("status").asText());
			assertThat(listing.get("images")).hasSizeBetween(3, 5).allSatisfy((image) -> {
				Answer file = this.sandbox.get(image.asText());
				assertThat(file.status()).isEqualTo(200);
				assertThat(file.header("Content-Type")).isEqualTo("image/jpeg");
			});
		}
		assertThat(areas).hasSizeGreaterThanOrEqualTo(4);
		assertThat(agents).containsExactlyInAnyOrder(0, 1, 2);
		assertThat(states).containsExactlyInAnyOrder("available", "unavailable", "rented");
		for (JsonNode listing : all.subList(0, 20)) {
			List<JsonNode> free = list(get("/properties/" + listing.get("id").asText() + "/inspection-slots"));
			assertThat(free).isNotEmpty().allSatisfy((slot) -> {
				assertThat(slot.get("status").asText()).isEqualTo("free");
				assertThat(Instant.parse(slot.get("datetime").asText())).isBetween(Instant.now(),
						Instant.now().plus(Duration.ofDays(15)));
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "status=rented,/status,rented", "area=yaba,/area,Yaba", "bedrooms=5,/bedrooms,5",
			"rent_type=short_let,/rent_type,short_let", "q=bungalow,/area,Gwarinpa" })
	@DisplayName("filters listings")
	void filters(String query, String path, String value) {
		List<JsonNode> found = list(get("/properties?" + query));
		assertThat(found).isNotEmpty().allSatisfy((listing) -> assertThat(listing.at(path).asText()).isEqualTo(value));
	}

	@Test
	@DisplayName("filters by price and by age, and pages with a cursor")
	void filtersByPrice() {
		assertThat(list(get("/properties?min_price=2000000&max_price=3000000"))).isNotEmpty()
			.allSatisfy((listing) -> assertThat(listing.get("price").asLong()).isBetween(2_000_000L, 3_000_000L));
		assertThat(list(get("/properties?since=" + Instant.now().minus(Duration.ofHours(90))))).hasSize(2);
		assertThat(list(get("/properties?since=" + Instant.now()))).isEmpty();
		Answer first = get("/properties?limit=20");
		assertThat(first.body()).hasSize(20);
		Answer second = get("/properties?limit=20&cursor=" + first.header("X-Next-Cursor"));
		assertThat(second.body()).hasSize(4);
		assertThat(second.header("X-Next-Cursor")).isNull();
		assertThat(get("/properties?cursor=x").status()).isEqualTo(422);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users/by-email/nobody@example.com", "/users/7", "/properties/999", "/properties/x",
			"/properties/999/inspection-slots", "/properties/agent/7", "/inspections/1", "/inspections/seeker/7" })
	@DisplayName("answers 404 for what is absent")
	void absent(String path) {
		assertThat(get(path).status()).isEqualTo(404);
	}

	@Test
	@DisplayName("refuses a call without its key")
	void wantsTheKey() {
		assertThat(this.sandbox.get("/sandbox/inspector/users/1").status()).isEqualTo(401);
	}

	@Test
	@DisplayName("books a free slot once, moves it, and frees it when cancelled")
	void books() {
		List<JsonNode> slots = list(get("/properties/1/inspection-slots"));
		String at = slots.get(0).get("datetime").asText();
		String later = slots.get(1).get("datetime").asText();
		Answer booked = book(at);
		assertThat(booked.status()).isEqualTo(201);
		assertThat(booked.body().get("success").asBoolean()).isTrue();
		String id = booked.body().get("booking_id").asText();
		Answer gone = book(at);
		assertThat(gone.status()).isEqualTo(409);
		assertThat(gone.body().get("success").asBoolean()).isFalse();
		assertThat(gone.body().get("error").asText()).isNotBlank();

		JsonNode inspection = get("/inspections/" + id).body();
		assertThat(inspection.get("status").asText()).isEqualTo("scheduled");
		assertThat(inspection.get("scheduled_datetime").asText()).isEqualTo(at);
		assertThat(inspection.get("property_title").asText()).isNotBlank();
		assertThat(inspection.get("agent_contact").asText()).isEqualTo("+2348030000011");
		assertThat(list(get("/inspections/seeker/1"))).hasSize(1);
		assertThat(list(get("/inspections/agent/11"))).hasSize(1);
		assertThat(list(get("/inspections/inspector/21"))).hasSize(1);
		assertThat(list(get("/inspections/seeker/2"))).isEmpty();
		assertThat(list(get("/inspections?date=" + at.substring(0, 10)))).hasSize(1);
		assertThat(list(get("/inspections?date=2020-01-01"))).isEmpty();

		Answer moved = write("PATCH", "/inspections/" + id, "{\"scheduled_datetime\":\"" + later + "\"}");
		assertThat(moved.body().get("scheduled_datetime").asText()).isEqualTo(later);
		assertThat(status(slots.get(0))).isEqualTo("free");
		assertThat(status(slots.get(1))).isEqualTo("booked");
		assertThat(write("PATCH", "/inspections/" + id, "{\"scheduled_datetime\":\"" + later + "\"}").status())
			.as("where it is already")
			.isEqualTo(200);
		assertThat(status(slots.get(1))).isEqualTo("booked");

		assertThat(write("PATCH", "/inspections/" + id, "{\"status\":\"cancelled\"}").status()).isEqualTo(200);
		assertThat(status(slots.get(1))).isEqualTo("free");
		assertThat(write("PATCH", "/inspections/" + id, "{\"status\":\"completed\"}").status()).isEqualTo(409);
		assertThat(write("PATCH", "/inspections/" + id, "{\"scheduled_datetime\":\"" + at + "\"}").status())
			.isEqualTo(409);
	}

	@Test
	@DisplayName("lets an inspector start and complete with notes")
	void completes() {
		String at = list(get("/properties/1/inspection-slots")).get(0).get("datetime").asText();
		String id = book(at).body().get("booking_id").asText();
		assertThat(write("PATCH", "/inspections/" + id, "{\"status\":\"in_progress\"}").status()).isEqualTo(200);
		assertThat(write("PATCH", "/inspections/" + id, "{\"status\":\"nonsense\"}").status()).isEqualTo(422);
		JsonNode done = write("PATCH", "/inspections/" + id, "{\"status\":\"completed\",\"notes\":\"All fine\"}")
			.body();
		assertThat(done.get("status").asText()).isEqualTo("completed");
		assertThat(done.get("notes").asText()).isEqualTo("All fine");
	}

	@Test
	@DisplayName("lets an agent change a listing, add a slot and take one away")
	void agentsChange() {
		assertThat(write("PATCH", "/properties/1", "{\"status\":\"rented\",\"price\":5000000}").body()
			.get("price")
			.asLong()).isEqualTo(5_000_000);
		assertThat(write("PATCH", "/properties/1", "{\"status\":\"sold\"}").status()).isEqualTo(422);
		assertThat(write("PATCH", "/properties/1", "{\"price\":0}").status()).isEqualTo(422);
		Answer unavailable = book(list(get("/properties/1/inspection-slots")).get(0).get("datetime").asText());
		assertThat(unavailable.status()).isEqualTo(409);

		String at = Instant.now().plus(Duration.ofDays(3)).toString().substring(0, 11) + "03:30:00";
		Answer added = write("POST", "/properties/2/inspection-slots", "{\"datetime\":\"" + at + "\"}");
		assertThat(added.status()).isEqualTo(201);
		assertThat(added.body().get("datetime").asText()).as("without an offset it is UTC").isEqualTo(at + "Z");
		assertThat(write("POST", "/properties/2/inspection-slots", "{\"datetime\":\"" + at + "\"}").status())
			.isEqualTo(409);
		String slot = "/properties/2/inspection-slots/" + added.body().get("id").asText();
		assertThat(write("DELETE", slot, null).status()).isEqualTo(204);
		assertThat(write("DELETE", slot, null).status()).isEqualTo(404);
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			PATCH | /properties/1                  | {}
			PATCH | /properties/1                  | []
			PATCH | /properties/1                  | {"title":"Another"}
			PATCH | /properties/1                  | {"status":null}
			PATCH | /properties/1                  | {"price":"5000000"}
			PATCH | /properties/1                  | {"price":-5}
			PATCH | /properties/1                  | {"price":2500000.5}
			PATCH | /properties/1                  | {"price":9000000000000}
			PATCH | /properties/1                  | {"description":" "}
			PATCH | /properties/1                  | {"description":7}
			POST  | /properties/1/inspection-slots | {}
			POST  | /properties/1/inspection-slots | {"datetime":"tomorrow"}
			POST  | /properties/1/inspection-slots | {"datetime":"2020-01-01T10:00:00Z"}
			POST  | /properties/1/inspection-slots | {"datetime":"2120-01-01T10:00:00Z","status":"free"}
			PATCH | /inspections/1                 | {}
			PATCH | /inspections/1                 | {"seeker_id":"2"}
			PATCH | /inspections/1                 | {"status":"done"}
			PATCH | /inspections/1                 | {"notes":""}
			PATCH | /inspections/1                 | {"scheduled_datetime":"soon"}
			PATCH | /inspections/1                 | {"status":"cancelled","scheduled_datetime":"2120-01-01T10:00:00Z"}
			""")
	@DisplayName("refuses a change that it does not understand, and changes nothing")
	void refusesNonsense(String method, String path, String body) {
		book(list(get("/properties/1/inspection-slots")).get(0).get("datetime").asText());
		JsonNode listing = get("/properties/1").body();
		JsonNode slots = get("/properties/1/inspection-slots").body();
		JsonNode inspection = get("/inspections/1").body();
		assertThat(write(method, path, body).status()).isEqualTo(422);
		assertThat(get("/properties/1").body()).isEqualTo(listing);
		assertThat(get("/properties/1/inspection-slots").body()).isEqualTo(slots);
		assertThat(get("/inspections/1").body()).isEqualTo(inspection);
	}

	@Test
	@DisplayName("answers a repeated change with what the first one came to, whatever has happened since")
	void replaysChanges() {
		JsonNode changed = write("PATCH", "/properties/1", "{\"status\":\"rented\"}", "Idempotency-Key", "a").body();
		write("PATCH", "/properties/1", "{\"status\":\"available\"}", "Idempotency-Key", "b");
		assertThat(write("PATCH", "/properties/1", "{\"status\":\"rented\"}", "Idempotency-Key", "a").body())
			.isEqualTo(changed);
		assertThat(get("/properties/1").body().get("status").asText()).isEqualTo("available");

		String body = "{\"datetime\":\"" + Instant.now().plus(Duration.ofDays(3)).toString().substring(0, 11)
				+ "03:30:00Z\"}";
		String slots = "/properties/1/inspection-slots";
		JsonNode slot = write("POST", slots, body, "Idempotency-Key", "c").body();
		assertThat(write("POST", slots, body, "Idempotency-Key", "c").body()).isEqualTo(slot);
		String path = slots + "/" + slot.get("id").asText();
		assertThat(write("DELETE", path, null, "Idempotency-Key", "d").status()).isEqualTo(204);
		assertThat(write("DELETE", path, null, "Idempotency-Key", "d").status()).isEqualTo(204);
		assertThat(write("DELETE", path, null, "Idempotency-Key", "e").status()).isEqualTo(404);
		assertThat(write("DELETE", path, null, "Idempotency-Key", "with space").status()).isEqualTo(422);

		book(list(get(slots)).get(0).get("datetime").asText());
		JsonNode started = write("PATCH", "/inspections/1", "{\"status\":\"in_progress\"}", "Idempotency-Key", "f")
			.body();
		write("PATCH", "/inspections/1", "{\"status\":\"completed\",\"notes\":\"Fine\"}", "Idempotency-Key", "g");
		assertThat(write("PATCH", "/inspections/1", "{\"status\":\"in_progress\"}", "Idempotency-Key", "f").body())
			.isEqualTo(started);
		assertThat(get("/inspections/1").body().get("status").asText()).isEqualTo("completed");
	}

	@Test
	@DisplayName("does a write with an Idempotency-Key once")
	void onceOnly() {
		String at = list(get("/properties/1/inspection-slots")).get(0).get("datetime").asText();
		String body = "{\"property_id\":\"1\",\"seeker_id\":\"1\",\"scheduled_datetime\":\"" + at + "\"}";
		Answer first = write("POST", "/inspections", body, "Idempotency-Key", "in-7");
		Answer again = write("POST", "/inspections", body, "Idempotency-Key", "in-7");
		assertThat(again.status()).isEqualTo(201);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(list(get("/inspections/seeker/1"))).hasSize(1);
		assertThat(write("PATCH", "/inspections/1", "{\"notes\":\"x\"}", "Idempotency-Key", "in-7").status())
			.isEqualTo(422);
	}

	@Test
	@DisplayName("E5: is down, slow or failing when told to")
	void misbehaves() {
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"inspector\":{\"down\":true}}");
		assertThat(get("/users/1").status()).isEqualTo(503);
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"inspector\":{\"error_rate\":1}}");
		assertThat(get("/users/1").status()).isEqualTo(500);
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"inspector\":{\"delay_ms\":600}}");
		long start = System.nanoTime();
		assertThat(get("/users/1").status()).isEqualTo(200);
		assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(600);
		this.sandbox.call("DELETE", "/sandbox/api/faults", null);
		assertThat(get("/users/1").status()).isEqualTo(200);
	}

	private String status(JsonNode slot) {
		return list(get("/properties/1/inspection-slots")).stream()
			.filter((candidate) -> candidate.get("id").equals(slot.get("id")))
			.findFirst()
			.orElseThrow()
			.get("status")
			.asText();
	}

	private Answer book(String at) {
		return write("POST", "/inspections",
				"{\"property_id\":1,\"seeker_id\":\"1\",\"scheduled_datetime\":\"" + at + "\"}");
	}

	private List<JsonNode> all(String path) {
		List<JsonNode> all = new ArrayList<>();
		Answer page = get(path);
		while (true) {
			all.addAll(list(page));
			String cursor = page.header("X-Next-Cursor");
			if (cursor == null) {
				return all;
			}
			page = get(path + "&cursor=" + cursor);
		}
	}

	private static List<JsonNode> list(Answer answer) {
		assertThat(answer.body().isArray()).as(answer.body().toString()).isTrue();
		List<JsonNode> list = new ArrayList<>();
		answer.body().forEach(list::add);
		return list;
	}

	private Answer get(String path) {
		return write("GET", path, null);
	}

	private Answer write(String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("Authorization", "Bearer sandbox-inspector-key"));
		return this.sandbox.call(method, "/sandbox/inspector" + path, body, all.toArray(String[]::new));
	}

}
