package journeys;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator asks the API for.
 */
class OperatorIT {

	private static final String DEAD = "/api/v1/admin/dead-letters";

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	private Sandbox.Answer call(String method, String path) {
		return this.sandbox.call(method, path, null, "Authorization",
				"Bearer " + this.sandbox.token("admin@example.com"));
	}

	@ParameterizedTest
	@CsvSource({ "GET, /api/v1/metrics", "GET, /api/v1/users/stats", "GET, /api/v1/admin/dead-letters",
			"POST, /api/v1/admin/dead-letters/inbound-1/replay" })
	@DisplayName("O9: figures and dead letters are for administrators")
	void administratorsOnly(String method, String path) {
		assertThat(this.sandbox.call(method, path, null).status()).isEqualTo(401);
		Sandbox.Answer refused = this.sandbox.call(method, path, null, "Authorization",
				"Bearer " + this.sandbox.token("ada@example.com"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.body().get("code").asText()).isEqualTo("forbidden");
	}

	@Test
	@DisplayName("O2: the figures of a period: messages by channel, direction and state, queues, checks and bookings")
	void metrics() {
		this.sandbox.ada().writes("hello").gets();
		Visitor sade = new Visitor(this.sandbox, "sade@example.com");
		sade.asks("2");
		this.sandbox.ada().gets((message) -> Phone.options(message).size() == 2);
		await().untilAsserted(() -> {
			JsonNode figures = call("GET", "/api/v1/metrics").body();
			assertThat(figures.at("/messages/by_channel/whatsapp").asInt()).isEqualTo(3);
			assertThat(figures.at("/messages/by_direction/in").asInt()).isEqualTo(1);
			assertThat(figures.at("/messages/by_state").toString()).doesNotContain("queued");
			assertThat(figures.get("delivery_success_rate").asDouble()).isEqualTo(1);
			assertThat(figures.at("/queues/inbound/depth").asInt(-1)).isZero();
			assertThat(figures.at("/queues/outbound/dead").asInt(-1)).isZero();
			assertThat(figures.at("/checks/asked").asInt()).isEqualTo(1);
			assertThat(figures.at("/checks/success_rate").asDouble(-1)).isZero();
			assertThat(figures.get("bookings").asInt(-1)).isZero();
		});
		JsonNode before = call("GET", "/api/v1/metrics?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00%2B01:00")
			.body();
		assertThat(before.at("/checks/asked").asInt(-1)).isZero();
		assertThat(before.at("/messages/by_channel")).isEmpty();
		for (String bad : new String[] { "from=yesterday", "to=2020-01-01",
				"from=2030-01-01T00:00:00Z&to=2020-01-01T00:00:00Z" }) {
			assertThat(call("GET", "/api/v1/metrics?" + bad).status()).as(bad).isEqualTo(422);
		}
	}

	@Test
	@DisplayName("O2: with whom the hub talks: contacts, linked ones by role, who opted out and who was active")
	void users() {
		this.sandbox.sade().links("sade@example.com");
		this.sandbox.tunde().writes("STOP").gets();
		JsonNode users = call("GET", "/api/v1/users/stats").body();
		assertThat(users.get("contacts").asInt()).isEqualTo(2);
		assertThat(users.at("/linked/by_role/seeker").asInt()).isEqualTo(1);
		assertThat(users.get("opted_out").asInt()).isEqualTo(1);
		assertThat(users.get("active_24h").asInt()).isEqualTo(2);
		this.sandbox.advance("P8D");
		users = call("GET", "/api/v1/users/stats").body();
		assertThat(users.get("active_7d").asInt(-1)).isZero();
		assertThat(users.get("active_30d").asInt()).isEqualTo(2);
	}

	@Test
	@DisplayName("O5: a message that the provider refused is listed with its reason, and arrives when it is replayed")
	void refusedMessage() {
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":131026}}");
		this.sandbox.sade().writes("hello");
		JsonNode dead = await().until(() -> call("GET", DEAD).body().get("items"), (items) -> items.size() == 1).get(0);
		assertThat(dead.get("queue").asText()).isEqualTo("outbound");
		assertThat(dead.get("reason").asText()).contains("131026");
		assertThat(dead.get("contact").asText()).contains("+234***").doesNotContain("2348030000001");
		this.sandbox.faults("{}");
		this.sandbox.call("DELETE", "/sandbox/api/faults", null);
		Sandbox.Answer replayed = call("POST", DEAD + "/" + dead.get("id").asText() + "/replay");
		assertThat(replayed.status()).isEqualTo(202);
		assertThat(this.sandbox.sade().reads()).contains("/link");
		assertThat(call("GET", DEAD).body().get("items")).isEmpty();
		await().untilAsserted(
				() -> assertThat(call("GET", "/api/v1/metrics").body().at("/messages/by_state/failed").asInt())
					.isZero());
		assertThat(call("POST", DEAD + "/" + dead.get("id").asText() + "/replay").status()).isEqualTo(404);
	}

	@Test
	@DisplayName("O5: what could not be handled is handled once when it is replayed; what was never understood can't be")
	void deadItem() {
		this.sandbox.sade().writes("hello").gets();
		this.sandbox
			.sql("update hub.inbox set state = 2, attempts = 8, error = 'No power' where contact_key like '%0001'")
			.update();
		this.sandbox
			.sql("insert into hub.inbox (provider, number, event_key, body, received_at, state, error, finished_at) "
					+ "values ('whatsapp', '1', 'odd', '{}', now(), 2, 'It has no sender', now())")
			.update();
		JsonNode first = call("GET", DEAD + "?limit=1").body();
		assertThat(first.at("/items/0/reason").asText()).isEqualTo("It has no sender");
		assertThat(call("POST", DEAD + "/" + first.at("/items/0/id").asText() + "/replay").status()).isEqualTo(409);
		JsonNode second = call("GET", DEAD + "?limit=1&cursor=" + first.get("next_cursor").asText()).body();
		assertThat(second.at("/items/0/reason").asText()).isEqualTo("No power");
		assertThat(second.at("/items/0/attempts").asInt()).isEqualTo(8);
		assertThat(second.has("next_cursor")).isFalse();
		Phone sade = this.sandbox.sade();
		int before = sade.fromHub().size();
		assertThat(call("POST", DEAD + "/" + second.at("/items/0/id").asText() + "/replay").status()).isEqualTo(202);
		await().until(() -> sade.fromHub().size() == before + 1);
		assertThat(call("GET", DEAD).body().get("items")).hasSize(1);
		for (String strange : new String[] { "inbound-x", "outbound-999999999999", "x" }) {
			assertThat(call("POST", DEAD + "/" + strange + "/replay").status()).as(strange).isEqualTo(404);
		}
		assertThat(call("GET", DEAD + "?cursor=x").status()).isEqualTo(422);
	}

}
