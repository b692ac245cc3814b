package journeys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator looks up: figures over time, people, what was said with them, and the
 * way that a message took.
 */
class ConversationLogIT {

	private static final String CONTACTS = "/api/v1/admin/contacts";

	private static final String THREADS = "/api/v1/admin/threads";

	private static final String STEPS = "/api/v1/admin/messages/";

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	private Sandbox.Answer get(String path) {
		return this.sandbox.as("admin@example.com", "GET", path, null);
	}

	private List<String> found(String wanted) {
		Sandbox.Answer answer = get(CONTACTS + "?q=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
		assertThat(answer.status()).isEqualTo(200);
		List<String> names = new ArrayList<>();
		answer.body().get("items").forEach((item) -> names.add(item.path("name").asText()));
		return names;
	}

	private JsonNode messages(String query) {
		String id = get(CONTACTS + "?q=0001").body().at("/items/0/id").asText();
		return get(CONTACTS + "/" + id + "/messages" + query).body();
	}

	private static JsonNode find(JsonNode items, String field, String value) {
		for (JsonNode item : items) {
			if (item.path(field).asText().equals(value)) {
				return item;
			}
		}
		throw new AssertionError("No item whose " + field + " is " + value + " in " + items);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/metrics/series", "/api/v1/metrics/agents", CONTACTS, CONTACTS + "/1/messages",
			THREADS, THREADS + "/1/messages", "/api/v1/admin/messages/1/steps" })
	@DisplayName("O9: what was said, by whom and how it went is for administrators")
	void administratorsOnly(String path) {
		assertThat(this.sandbox.call("GET", path, null).status()).isEqualTo(401);
		assertThat(this.sandbox.as("ada@example.com", "GET", path, null).status()).isEqualTo(403);
	}

	@Test
	@DisplayName("O3: figures over time add up to those of the period, step by step, the web chat's too")
	void series() {
		this.sandbox.ada().writes("hello").gets();
		new Visitor(this.sandbox, "sade@example.com").asks("2");
		this.sandbox.ada().gets((message) -> Phone.options(message).size() == 2);
		await().untilAsserted(() -> {
			JsonNode total = get("/api/v1/metrics").body();
			JsonNode series = get("/api/v1/metrics/series?step=1800").body();
			assertThat(series.get("step_seconds").asInt()).isEqualTo(1800);
			assertThat(series.get("points")).hasSize(48);
			assertThat(series.at("/points/0/at")).isEqualTo(series.get("from"));
			long whatsapp = 0;
			long web = 0;
			long asked = 0;
			for (JsonNode point : series.get("points")) {
				whatsapp += point.at("/messages/by_channel/whatsapp").asLong();
				web += point.at("/messages/by_channel/web").asLong();
				asked += point.at("/checks/asked").asLong();
			}
			assertThat(whatsapp).isEqualTo(3).isEqualTo(total.at("/messages/by_channel/whatsapp").asLong());
			assertThat(web).isPositive().isEqualTo(total.at("/messages/by_channel/web").asLong());
			assertThat(asked).isEqualTo(1);
		});
		JsonNode agent = get("/api/v1/metrics/agents").body().at("/items/0");
		assertThat(agent.get("agent_name").asText()).startsWith("Ada");
		assertThat(agent.get("asked").asInt()).isEqualTo(1);
		for (String bad : new String[] { "step=59", "step=x", "step=60", "from=yesterday" }) {
			Sandbox.Answer refused = get("/api/v1/metrics/series?" + bad);
			assertThat(refused.status()).as(bad).isEqualTo(422);
			assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo(bad.split("=")[0]);
		}
	}

	@Test
	@DisplayName("O3: people are found by the end of their number and by the beginnings of their names, linked or not, and never with a whole number")
	void search() {
		this.sandbox.sade().links("sade@example.com");
		this.sandbox.tunde().writes("hello").gets();
		assertThat(found("0001")).containsExactly("Sade Bello");
		assertThat(found("+234 803 000 0002")).hasSize(1);
		assertThat(found("sade")).containsExactly("Sade Bello");
		assertThat(found("BEL sa")).containsExactly("Sade Bello");
		assertThat(found("ade")).isEmpty();
		assertThat(found("234")).isEmpty();
		assertThat(found("!!")).isEmpty();
		assertThat(found("o'neil & (x | y:*")).isEmpty();
		Sandbox.Answer recent = get(CONTACTS);
		assertThat(recent.body().get("items")).hasSize(2);
		assertThat(recent.body().toString()).doesNotContain("8030000001").doesNotContain("8030000002");
		JsonNode sade = find(recent.body().get("items"), "name", "Sade Bello");
		assertThat(sade.get("phone").asText()).startsWith("+234").endsWith("01");
		assertThat(sade.get("role").asText()).isEqualTo("seeker");
		assertThat(sade.at("/channels/0").asText()).isEqualTo("whatsapp");
		assertThat(get(CONTACTS + "?q=0&limit=0").status()).isEqualTo(422);
		assertThat(get(CONTACTS + "?q=0&cursor=x").status()).isEqualTo(422);
	}

	@Test
	@DisplayName("O3: search and messages come page by page, each once")
	void pages() {
		this.sandbox.sade().writes("one").gets();
		this.sandbox.tunde().writes("one").gets();
		JsonNode first = get(CONTACTS + "?q=23480300000&limit=1").body();
		assertThat(first.get("items")).isEmpty();
		this.sandbox
			.sql("insert into hub.contact (phone, profile_name, created_at) "
					+ "select '+23480399' || 1000 + n, 'Many ' || n, now() from generate_series(1, 5) n")
			.update();
		List<String> names = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = get(CONTACTS + "?q=man&limit=2" + cursor).body();
			page.get("items").forEach((item) -> names.add(item.get("name").asText()));
			cursor = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asText() : null;
		}
		while (cursor != null);
		assertThat(names).containsExactly("Many 5", "Many 4", "Many 3", "Many 2", "Many 1");
		JsonNode latest = messages("?limit=1");
		assertThat(latest.get("items")).hasSize(1);
		JsonNode before = messages("?limit=1&cursor=" + latest.get("next_cursor").asText());
		assertThat(before.get("items")).hasSize(1);
		assertThat(before.at("/items/0/id")).isNotEqualTo(latest.at("/items/0/id"));
		assertThat(get(CONTACTS + "/999999/messages").status()).isEqualTo(404);
		assertThat(get(CONTACTS + "/x/messages").status()).isEqualTo(404);
		assertThat(get(CONTACTS + "/1/messages?cursor=at:1").status()).isIn(404, 422);
	}

	@Test
	@DisplayName("O6: a message's way from the webhook through its turn to the phone, with routes, times and attempts, for the question and the answer alike")
	void steps() {
		this.sandbox.sade().writes("call me on +2348030000001").gets();
		await().untilAsserted(() -> {
			JsonNode log = messages("").get("items");
			assertThat(log).hasSize(2);
			assertThat(find(log, "direction", "out").get("state").asText()).isIn("delivered", "read");
		});
		JsonNode log = messages("").get("items");
		JsonNode question = find(log, "direction", "in");
		JsonNode answer = find(log, "direction", "out");
		assertThat(question.get("text").asText()).startsWith("call me on +234***");
		assertThat(question.get("state").asText()).isEqualTo("received");
		assertThat(answer.get("flow")).isEqualTo(question.get("flow"));
		JsonNode steps = get("/api/v1/admin/messages/" + answer.get("id").asText() + "/steps").body();
		assertThat(get("/api/v1/admin/messages/" + question.get("id").asText() + "/steps").body().get("messages"))
			.hasSize(2);
		assertThat(steps.get("messages")).hasSize(2);
		List<String> names = new ArrayList<>();
		steps.get("steps").forEach((step) -> names.add(step.get("step").asText()));
		assertThat(names).startsWith("received", "handled", "queued", "sent", "delivered");
		assertThat(steps.at("/steps/0/route").asText()).isEqualTo("intake-receive-meta");
		assertThat(steps.at("/steps/1/route").asText()).isEqualTo("turn-handle-message");
		assertThat(steps.at("/steps/1/attempts").asInt()).isEqualTo(1);
		assertThat(steps.at("/steps/3/route").asText()).isEqualTo("delivery-send-whatsapp");
		assertThat(steps.at("/steps/3/attempts").asInt()).isEqualTo(1);
		steps.get("steps").forEach((step) -> assertThat(step.has("at")).as("%s", step).isTrue());
		for (String strange : new String[] { "x", "999999999", "-1" }) {
			assertThat(get("/api/v1/admin/messages/" + strange + "/steps").status()).as(strange).isEqualTo(404);
		}
	}

	private JsonNode thread(String wanted) {
		Sandbox.Answer answer = get(THREADS + "?q=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
		assertThat(answer.status()).as(wanted).isEqualTo(200);
		return answer.body().get("items");
	}

	private static List<String> routes(JsonNode steps, String step) {
		List<String> routes = new ArrayList<>();
		find(steps, "step", step).path("routes").forEach((one) -> {
			assertThat(one.get("at").asText()).isNotBlank();
			assertThat(one.get("attempt").asInt()).isPositive();
			assertThat(one.get("description").asText()).isNotBlank();
			routes.add(one.get("route").asText());
		});
		return routes;
	}

	@Test
	@DisplayName("O3: a visitor of the web chat is found by name, by thread and by whole mail address, never by a part of it, and what was said is shown with its state")
	void visitors() {
		Visitor sade = new Visitor(this.sandbox, "sade@example.com");
		sade.opensThread("2");
		sade.writes("my number is +2348030000001");
		await().until(() -> sade.messages().size() >= 3);
		JsonNode found = thread("sad").get(0);
		String id = found.get("thread_id").asText();
		assertThat(found.get("visitor").asText()).isEqualTo("Sade Bello");
		assertThat(found.get("listing_id").asText()).isEqualTo("2");
		assertThat(get(THREADS).body().at("/items/0/thread_id").asText()).isEqualTo(id);
		assertThat(thread(id).at("/0/thread_id").asText()).isEqualTo(id);
		assertThat(thread("Sade@Example.com").at("/0/thread_id").asText()).isEqualTo(id);
		for (String nobody : List.of("ade", "nobody", "0" + id, "sade@example", "de@example.com", "@", "' or 1=1",
				"234")) {
			assertThat(thread(nobody)).as(nobody).isEmpty();
		}
		JsonNode page = get(THREADS + "/" + id + "/messages").body();
		assertThat(page.get("thread")).isEqualTo(found.deepCopy());
		JsonNode said = find(page.get("items"), "direction", "in");
		assertThat(said.get("text").asText()).isEqualTo("my number is +234***01");
		assertThat(said.get("state").asText()).isEqualTo("received");
		assertThat(find(page.get("items"), "direction", "out").get("state").asText()).isEqualTo("sent");
		sade.readsAll();
		JsonNode first = get(THREADS + "/" + id + "/messages?limit=1").body();
		assertThat(first.at("/items/0/state").asText()).isEqualTo("read");
		JsonNode second = get(THREADS + "/" + id + "/messages?limit=1&cursor=" + first.get("next_cursor").asText())
			.body();
		assertThat(second.at("/items/0/id").asText()).isNotEqualTo(first.at("/items/0/id").asText());
		for (String strange : List.of("x", "999999", "-1", "0")) {
			assertThat(get(THREADS + "/" + strange + "/messages").status()).as(strange).isEqualTo(404);
		}
		assertThat(get(THREADS + "?q=sade&cursor=x").status()).isEqualTo(422);
	}

	@Test
	@DisplayName("O3: a person's phone and chats lead to each other once they belong to one account, and a whole mail address finds both; while the platform is away that is said")
	void onePerson() {
		this.sandbox.sade().links("sade@example.com");
		Visitor sade = new Visitor(this.sandbox, "sade@example.com");
		sade.opensThread("2");
		assertThat(found("sade@example.com")).containsExactly("Sade Bello");
		assertThat(found("ada@example.com")).isEmpty();
		String thread = messages("").at("/threads/0/thread_id").asText();
		assertThat(thread).isEqualTo(thread("sade@example.com").at("/0/thread_id").asText());
		JsonNode page = get(THREADS + "/" + thread + "/messages").body();
		assertThat(page.at("/contacts/0").asText())
			.isEqualTo(get(CONTACTS + "?q=0001").body().at("/items/0/id").asText());
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		assertThat(get(THREADS + "?q=tunde@example.com").status()).isEqualTo(503);
		assertThat(get(THREADS + "?q=sade").status()).isEqualTo(200);
	}

	@Test
	@DisplayName("O6: the steps of a message name each route it went through, on its way in and out, and are found by its flow as well")
	void routes() {
		this.sandbox.sade().links("sade@example.com");
		this.sandbox.sade().writes("menu").gets();
		await()
			.untilAsserted(() -> assertThat(find(messages("").get("items"), "direction", "out").get("state").asText())
				.isIn("delivered", "read"));
		JsonNode answer = find(messages("").get("items"), "direction", "out");
		JsonNode steps = get(STEPS + answer.get("id").asText() + "/steps").body();
		assertThat(routes(steps.get("steps"), "handled")).startsWith("turn-handle-message", "turn-route-by-intent")
			.contains("menu-show");
		assertThat(routes(steps.get("steps"), "sent")).containsExactly("delivery-send-whatsapp", "delivery-call-graph");
		// It may be read between the two questions
		await().untilAsserted(() -> assertThat(get(STEPS + answer.get("flow").asText() + "/steps").body())
			.isEqualTo(get(STEPS + answer.get("id").asText() + "/steps").body()));
		assertThat(find(steps.get("messages"), "direction", "in").get("contact_id"))
			.isEqualTo(answer.get("contact_id"));
		assertThat(get(STEPS + "in-999999999/steps").status()).isEqualTo(404);
	}

	@Test
	@DisplayName("O6: the steps of what a visitor of the web chat said lead through the routes to its answer, and an agent's words from their phone to the thread")
	void chatSteps() {
		Visitor sade = new Visitor(this.sandbox, "sade@example.com");
		sade.opensThread("2");
		sade.writes("browse");
		await().until(() -> sade.messages().size() >= 3);
		String id = thread("sade").at("/0/thread_id").asText();
		JsonNode items = get(THREADS + "/" + id + "/messages").body().get("items");
		JsonNode asked = find(items, "text", "browse");
		JsonNode way = get(STEPS + asked.get("id").asText() + "/steps").body();
		assertThat(way.at("/steps/0/route").asText()).isEqualTo("chat-write-message");
		assertThat(routes(way.get("steps"), "handled")).startsWith("turn-handle-message", "chat-handle-message",
				"chat-answer-request", "chat-show-listings");
		JsonNode answer = find(way.get("messages"), "direction", "out");
		assertThat(answer.get("thread_id").asText()).isEqualTo(id);
		assertThat(find(way.get("steps"), "step", "sent").get("message_id")).isEqualTo(answer.get("id"));
		assertThat(get(STEPS + answer.get("id").asText() + "/steps").body()).isEqualTo(way);
		// the greeting has no flow
		JsonNode greeting = get(STEPS + id + "-1/steps").body();
		assertThat(greeting.has("flow")).isFalse();
		assertThat(greeting.get("messages")).hasSize(1);
		try (ChatClient chat = ChatClient.open(this.sandbox.address(), id, 3, this.sandbox.token("sade@example.com"))) {
			chat.chooses("write_agent").reads();
			chat.says("a", "Is there a garden?");
			this.sandbox.ada().gets((message) -> message.get("text").asText().contains("garden"));
			chat.reads();
			this.sandbox.ada().writes("A large one.");
			chat.gets((frame) -> frame.path("event").asText().equals("agent_message"));
		}
		JsonNode said = get(THREADS + "/" + id + "/messages").body().get("items");
		JsonNode there = get(STEPS + find(said, "text", "Is there a garden?").get("id").asText() + "/steps").body();
		assertThat(there.at("/steps/0/route").asText()).isEqualTo("chat-take-message");
		assertThat(routes(there.get("steps"), "handled")).contains("relay-to-agent");
		assertThat(find(there.get("messages"), "direction", "out").get("text").asText()).contains("Sent to Ada");
		JsonNode words = find(said, "text", "A large one.");
		assertThat(words.get("kind").asText()).isEqualTo("agent_message");
		JsonNode back = get(STEPS + words.get("flow").asText() + "/steps").body();
		assertThat(back.at("/steps/0/route").asText()).isEqualTo("intake-receive-meta");
		assertThat(find(back.get("messages"), "id", words.get("id").asText())).isEqualTo(words);
		assertThat(get(STEPS + id + "-999/steps").status()).isEqualTo(404);
	}

	@Test
	@DisplayName("O5: a try that failed is told with its routes, and a dead letter leads to its steps")
	void tries() {
		this.sandbox.sade().links("sade@example.com");
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":131026}}");
		this.sandbox.sade().writes("menu");
		JsonNode dead = await().until(() -> get("/api/v1/admin/dead-letters").body().at("/items/0"),
				(one) -> one.has("steps_of"));
		JsonNode steps = get(STEPS + dead.get("steps_of").asText() + "/steps").body().get("steps");
		assertThat(routes(steps, "failed")).containsExactly("delivery-send-whatsapp", "delivery-call-graph");
	}

	@Test
	@DisplayName("O5: the way of a message that the provider refused ends with the reason")
	void failedSteps() {
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":131026}}");
		this.sandbox.sade().writes("hello");
		JsonNode failed = await().until(() -> {
			for (JsonNode one : messages("").path("items")) {
				if (one.get("state").asText().equals("failed")) {
					return one;
				}
			}
			return null;
		}, (found) -> found != null);
		JsonNode steps = get("/api/v1/admin/messages/" + failed.get("id").asText() + "/steps").body().get("steps");
		JsonNode last = steps.get(steps.size() - 1);
		assertThat(last.get("step").asText()).isEqualTo("failed");
		assertThat(last.get("error").asText()).contains("131026");
		assertThat(last.get("attempts").asInt()).isPositive();
	}

}
