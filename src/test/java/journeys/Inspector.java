package journeys;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The platform's data behind the sandbox, as the platform itself sees it.
 */
final class Inspector {

	private final Sandbox sandbox;

	Inspector(Sandbox sandbox) {
		this.sandbox = sandbox;
	}

	/**
	 * Reads from the platform.
	 * @param path below its address
	 * @return what it answers
	 */
	JsonNode get(String path) {
		return call("GET", path, null);
	}

	private JsonNode call(String method, String path, String body) {
		Sandbox.Answer answer = this.sandbox.call(method, "/sandbox/inspector" + path, body, "Authorization",
				"Bearer sandbox-inspector-key", "Content-Type", "application/json");
		assertThat(answer.status()).as("%s", answer.body()).isLessThan(300);
		return answer.body();
	}

	/**
	 * The first free time of a listing.
	 * @param property the listing
	 * @return as the platform writes it
	 */
	String freeTime(String property) {
		for (JsonNode slot : get("/properties/" + property + "/inspection-slots")) {
			if (slot.get("status").asText().equals("free")) {
				return slot.get("datetime").asText();
			}
		}
		throw new AssertionError("Listing " + property + " has no free time");
	}

	/**
	 * Books by the hub's API, as Sade.
	 * @param property the listing
	 * @return the inspection's id
	 */
	String books(String property) {
		return books("sade@example.com", property);
	}

	/**
	 * Books by the hub's API.
	 * @param email who
	 * @param property the listing
	 * @return the inspection's id
	 */
	String books(String email, String property) {
		Sandbox.Answer answer = this.sandbox.as(email, "POST", "/api/v1/inspections",
				"{\"property_id\":\"" + property + "\",\"scheduled_datetime\":\"" + freeTime(property) + "\"}");
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
		return answer.body().get("booking_id").asText();
	}

	/**
	 * An inspection.
	 * @param id its id
	 * @return as the platform tells of it
	 */
	JsonNode inspection(String id) {
		return get("/inspections/" + id);
	}

}
