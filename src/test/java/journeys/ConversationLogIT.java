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
			"/api/v1/admin/messages/1/steps" })
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
