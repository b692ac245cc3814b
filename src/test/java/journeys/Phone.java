package journeys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A person's phone in the sandbox. Remembers what it has seen, so that each
 * {@link #gets()} is the next message from the hub.
 */
final class Phone {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ObjectMapper JSON = new ObjectMapper();

	private final Sandbox sandbox;

	private final String number;

	private final String channel;

	private int seen;

	Phone(Sandbox sandbox, String number) {
		this(sandbox, number, "whatsapp");
	}

	private Phone(Sandbox sandbox, String number, String channel) {
		this.sandbox = sandbox;
		this.number = number;
		this.channel = channel;
	}

	/**
	 * The same phone, which writes over another provider.
	 * @param channel {@code whatsapp} or {@code twilio}
	 * @return a phone that has seen as much
	 */
	Phone over(String channel) {
		Phone other = new Phone(this.sandbox, this.number, channel);
		other.seen = this.seen;
		return other;
	}

	private String path() {
		return "/sandbox/api/phones/" + URLEncoder.encode(this.number, StandardCharsets.UTF_8);
	}

	/**
	 * Writes words.
	 * @param text the words
	 * @return this phone
	 */
	Phone writes(String text) {
		ObjectNode body = JSON.createObjectNode().put("channel", this.channel).put("text", text);
		return sends(body.toString());
	}

	/**
	 * Writes words that quote a message.
	 * @param text the words
	 * @param message the message, as {@link #gets()} returns it
	 * @return this phone
	 */
	Phone quotes(JsonNode message, String text) {
		return sends(JSON.createObjectNode()
			.put("channel", this.channel)
			.put("text", text)
			.put("reply_to", message.get("id").asText())
			.toString());
	}

	/**
	 * Taps an option of a message it got.
	 * @param id the option's id
	 * @return this phone
	 */
	Phone taps(String id) {
		return sends(JSON.createObjectNode().put("choice", id).toString());
	}

	Phone sends(String body) {
		Sandbox.Answer answer = this.sandbox.call("POST", path() + "/messages", body);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
		return this;
	}

	/**
	 * Waits for the next message from the hub.
	 * @return the message as the sandbox's interface shows it
	 */
	JsonNode gets() {
		JsonNode next = await().atMost(PATIENCE)
			.until(() -> fromHub().stream()
				.filter((message) -> message.get("n").asInt() > this.seen)
				.findFirst()
				.orElse(null), (found) -> found != null);
		this.seen = next.get("n").asInt();
		return next;
	}

	/**
	 * Waits for the next message from the hub and returns its words.
	 * @return the text
	 */
	String reads() {
		return gets().get("text").asText();
	}

	/**
	 * Waits for a message from the hub that fits, passing over others.
	 * @param wanted which one
	 * @return the message
	 */
	JsonNode gets(Predicate<JsonNode> wanted) {
		while (true) {
			JsonNode next = gets();
			if (wanted.test(next)) {
				return next;
			}
		}
	}

	/**
	 * All that it sent and got.
	 * @return in order
	 */
	List<JsonNode> messages() {
		List<JsonNode> messages = new ArrayList<>();
		this.sandbox.call("GET", path() + "/messages", null).body().forEach(messages::add);
		return messages;
	}

	List<JsonNode> fromHub() {
		return messages().stream().filter((message) -> message.get("direction").asText().equals("out")).toList();
	}

	/**
	 * Links itself to the account of an address by a mailed code.
	 * @param email the address
	 * @return this phone, which has read the welcome
	 */
	Phone links(String email) {
		int before = this.sandbox.mails(email).size();
		writes("/link " + email).reads();
		await().atMost(PATIENCE).until(() -> this.sandbox.mails(email).size() > before);
		writes(code(this.sandbox.mails(email).get(before))).gets();
		return this;
	}

	static String code(JsonNode mail) {
		return mail.get("text").asText().replaceAll("(?s)^.*?(\\d{6}).*$", "$1");
	}

	static List<String> options(JsonNode message) {
		List<String> ids = new ArrayList<>();
		message.get("options").forEach((option) -> ids.add(option.get("id").asText()));
		return ids;
	}

}
