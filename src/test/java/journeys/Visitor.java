package journeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Somebody who asks for listings over the API, and reads the answers in a thread.
 */
final class Visitor {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ObjectMapper JSON = new ObjectMapper();

	private final Sandbox sandbox;

	private final String token;

	private long thread;

	private int seen;

	Visitor(Sandbox sandbox, String email) {
		this.sandbox = sandbox;
		this.token = sandbox.call("POST", "/sandbox/api/token", "{\"email\":\"" + email + "\"}")
			.body()
			.get("access_token")
			.asText();
	}

	Sandbox.Answer requests(String listingId) {
		return this.sandbox.call("POST", "/api/v1/availability/check",
				JSON.createObjectNode().put("listing_id", listingId).toString(), "Content-Type", "application/json",
				"Authorization", "Bearer " + this.token);
	}

	/**
	 * Asks whether a listing is available.
	 * @param listingId the listing
	 * @return the id of the check
	 */
	String asks(String listingId) {
		Sandbox.Answer answer = requests(listingId);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
		this.thread = answer.body().get("thread_id").asLong();
		return answer.body().get("check_id").asText();
	}

	/**
	 * Opens a thread about a listing.
	 * @param listingId the listing
	 */
	void opensThread(String listingId) {
		Sandbox.Answer answer = this.sandbox.call("POST", "/api/v1/threads",
				JSON.createObjectNode().put("listing_id", listingId).toString(), "Content-Type", "application/json",
				"Authorization", "Bearer " + this.token);
		assertThat(answer.status()).as("%s", answer.body()).isBetween(200, 201);
		this.thread = answer.body().get("thread_id").asLong();
		this.seen = 0;
	}

	void writes(String text) {
		Sandbox.Answer answer = this.sandbox.call("POST", "/api/v1/threads/" + this.thread + "/messages",
				JSON.createObjectNode().put("text", text).toString(), "Content-Type", "application/json",
				"Authorization", "Bearer " + this.token);
		assertThat(answer.status()).as("%s", answer.body()).isBetween(200, 202);
	}

	JsonNode shows(String check) {
		Sandbox.Answer answer = this.sandbox.call("GET", "/api/v1/availability/checks/" + check, null, "Authorization",
				"Bearer " + this.token);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
		return answer.body();
	}

	/**
	 * Waits for the next message about a check in the thread.
	 * @return text and metadata
	 */
	JsonNode gets() {
		JsonNode next = await().atMost(PATIENCE)
			.until(() -> messages().stream()
				.filter((message) -> message.get("seq").asInt() > this.seen
						&& message.at("/metadata/source").asText().equals("availability"))
				.findFirst()
				.orElse(null), (found) -> found != null);
		this.seen = next.get("seq").asInt();
		return next;
	}

	JsonNode gets(Predicate<JsonNode> wanted) {
		while (true) {
			JsonNode next = gets();
			if (wanted.test(next)) {
				return next;
			}
		}
	}

	String reads() {
		return gets().get("text").asText();
	}

	/** Has read all that stands in the thread. */
	void readsAll() {
		Sandbox.Answer answer = this.sandbox.call("POST", "/api/v1/threads/" + this.thread + "/read",
				JSON.createObjectNode().put("seq", messages().size()).toString(), "Content-Type", "application/json",
				"Authorization", "Bearer " + this.token);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
	}

	/**
	 * All that stands in the thread.
	 * @return in order
	 */
	List<JsonNode> messages() {
		Sandbox.Answer answer = this.sandbox.call("GET", "/api/v1/threads/" + this.thread + "/messages?limit=200", null,
				"Authorization", "Bearer " + this.token);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
		List<JsonNode> messages = new ArrayList<>();
		answer.body().get("items").forEach(messages::add);
		return messages;
	}

	/**
	 * The states that the thread was told of.
	 * @return in order
	 */
	List<String> states() {
		return messages().stream()
			.filter((message) -> message.get("event").asText().equals("check_updated"))
			.map((message) -> message.get("state").asText())
			.toList();
	}

}
