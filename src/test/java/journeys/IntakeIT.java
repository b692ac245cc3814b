package journeys;

import java.time.Duration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class IntakeIT {

	private static final List<String> BROKEN = List.of("null", "1", "\"x\"", "{}", "[]", "{\"type\":\"text\"}",
			"{\"from\":5}", "{\"from\":\"2348035555555\",\"id\":\"b1\",\"type\":\"text\",\"text\":{\"body\":4}}",
			"{\"from\":\"not a number\",\"id\":\"b2\",\"type\":\"text\",\"text\":{\"body\":\"a\"}}",
			"{\"id\":\"only\"}");

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	@Test
	@DisplayName("W1: Meta's handshake is answered with the challenge as text")
	void handshake() {
		Sandbox.Answer answer = this.sandbox.call("GET",
				"/api/v1/webhook?hub.mode=subscribe&hub.verify_token=sandbox-verify-token&hub.challenge=1158201444",
				null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().asText()).isEqualTo("1158201444");
	}

	@ParameterizedTest
	@DisplayName("W1: a handshake with a wrong token or mode is forbidden, one with a missing parameter is bad")
	@CsvSource({ "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1, 403",
			"hub.mode=unsubscribe&hub.verify_token=sandbox-verify-token&hub.challenge=1, 403",
			"hub.mode=subscribe&hub.verify_token=sandbox-verify-token, 400",
			"hub.mode=subscribe&hub.challenge=1, 400" })
	void refusedHandshake(String query, int status) {
		Sandbox.Answer answer = this.sandbox.call("GET", "/api/v1/webhook/?" + query, null);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body().get("status").asInt()).isEqualTo(status);
		assertThat(answer.body().toString()).doesNotContain("sandbox-verify-token");
	}

	@Test
	@DisplayName("W1, O9: forged, unsigned and malformed deliveries are refused, and nothing of them is kept")
	void refusedDeliveries() {
		byte[] body = Deliveries.text("2348035555555", "wamid.forged", "hello");
		String signature = Sandbox.signature(body);
		assertThat(this.sandbox.deliver(body, null).status()).isEqualTo(403);
		assertThat(this.sandbox.deliver(body, "sha256=" + "0".repeat(64)).status()).isEqualTo(403);
		assertThat(this.sandbox.deliver(body, signature.substring(0, 70)).status()).isEqualTo(403);
		byte[] changed = new String(body).replace("hello", "hallo").getBytes();
		assertThat(this.sandbox.deliver(changed, signature).status()).isEqualTo(403);
		for (String malformed : new String[] { "", "{", "[]", "\"x\"", "{\"object\":\"page\",\"entry\":[]}" }) {
			assertThat(this.sandbox.deliver(malformed.getBytes()).status()).as(malformed).isEqualTo(400);
		}
		assertThat(this.sandbox.count("select count(*) from hub.inbox")).isZero();
	}

	@Test
	@DisplayName("W2, O9: a body of up to 3 MiB is taken, a larger one is refused")
	void size() {
		String padding = " ".repeat(3 * 1024 * 1024 - Deliveries.of(List.of(), "messages").length);
		byte[] largest = (new String(Deliveries.of(List.of(), "messages")) + padding).getBytes();
		assertThat(largest).hasSize(3 * 1024 * 1024);
		assertThat(this.sandbox.deliver(largest).status()).isEqualTo(200);
		assertThat(this.sandbox.deliver((new String(largest) + " ").getBytes()).status()).isEqualTo(413);
	}

	@Test
	@DisplayName("W2, W3, W4: of 1,000 items with 10 broken ones 990 are handled once each and in order; sent again, nothing more happens")
	void thousandItems() {
		List<String> items = new ArrayList<>();
		for (int i = 0; i < 990; i++) {
			items.add(Deliveries.textItem("1555%07d".formatted(i % 198), "wamid.bulk." + i, "menu " + i));
		}
		for (int i = 0; i < BROKEN.size(); i++) {
			items.add(i * 97, BROKEN.get(i));
		}
		byte[] body = Deliveries.of(items, "messages");
		long begin = System.nanoTime();
		assertThat(this.sandbox.deliver(body).status()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
		await().atMost(Duration.ofMinutes(1))
			.until(() -> this.sandbox.count("select count(*) from hub.inbox where state = 1") == 990);
		assertThat(this.sandbox.count("select count(*) from hub.inbox where state = 2 and error is not null"))
			.isEqualTo(10);
		assertThat(this.sandbox.deliver(body).status()).isEqualTo(200);
		await().atMost(Duration.ofMinutes(1))
			.until(() -> this.sandbox
				.count("select count(*) from hub.message where direction = 'out' and state >= 2") == 990);
		assertThat(this.sandbox.count("select count(*) from hub.inbox")).isEqualTo(1000);
		assertThat(this.sandbox.count("select count(*) from hub.message where direction = 'in'")).isEqualTo(990);
		assertThat(this.sandbox.count("select count(*) from (select i.id, lag(m.id) over (partition by i.contact_key "
				+ "order by i.id) > m.id as swapped from hub.inbox i join hub.message m on m.correlation_id = 'in-' || i.id "
				+ "and m.direction = 'in') o where swapped"))
			.as("messages handled out of order")
			.isZero();
	}

	@ParameterizedTest
	@DisplayName("W3: whatever the stand-in delivers twice or out of order is answered once, and in the order of receipt")
	@ValueSource(strings = { "{\"whatsapp\":{\"duplicate\":1}}", "{\"whatsapp\":{\"duplicate\":1,\"reorder\":1}}" })
	void duplicates(String faults) {
		this.sandbox.faults(faults);
		Phone sade = this.sandbox.sade();
		for (int i = 0; i < 5; i++) {
			sade.writes("hello");
		}
		for (int i = 0; i < 5; i++) {
			assertThat(sade.reads()).contains("/link");
		}
		await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(sade.fromHub()).hasSize(5));
	}

	@Test
	@DisplayName("W3: while the database is away deliveries are answered 200 and kept on disk; afterwards all are handled, in order")
	void databaseAway() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		this.sandbox.services().database().stop();
		try {
			for (int i = 0; i < 20; i++) {
				assertThat(this.sandbox.deliver(Deliveries.text("1555000000" + i % 2, "wamid.away." + i, "help " + i))
					.status()).isEqualTo(200);
			}
			assertThat(this.sandbox.call("GET", "/health", null).status()).as("the hub can still keep deliveries")
				.isEqualTo(200);
		}
		finally {
			this.sandbox.services().database().start();
		}
		await().atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.until(() -> this.sandbox
				.count("select count(*) from hub.inbox where state = 1 and event_key like 'wamid.away.%'") == 20);
		assertThat(this.sandbox
			.count("select count(*) from (select (regexp_replace(event_key, '\\D', '', 'g'))::int as n, "
					+ "lag((regexp_replace(event_key, '\\D', '', 'g'))::int) over (partition by contact_key order by id) as before "
					+ "from hub.inbox where event_key like 'wamid.away.%') o where before > n"))
			.as("deliveries stored out of order")
			.isZero();
	}

	@Test
	@DisplayName("W3: with the database as the intake's engine nothing of Kafka is there")
	void noKafka() {
		assertThat(this.sandbox.bean(CamelContext.class).hasComponent("kafka")).isNull();
		assertThat(this.sandbox.made("kafka-component")).isFalse();
		assertThat(this.sandbox.made("kafkaRecords") || this.sandbox.made("kafkaBacklog")).isFalse();
		assertThat(this.sandbox.routes()).contains("intake-store").noneMatch((route) -> route.contains("kafka"));
		assertThat(this.sandbox.as("admin@example.com", "GET", "/api/v1/status", null).body().get("intake").toString())
			.isEqualTo("{\"engine\":\"database\"}");
	}

	@Test
	@DisplayName("O9: Twilio's webhooks refuse what nobody has signed")
	void twilio() {
		for (String path : new String[] { "/api/webhooks/twilio/whatsapp", "/api/webhooks/twilio/status/" }) {
			Sandbox.Answer answer = this.sandbox.call("POST", path, "From=whatsapp%3A%2B1");
			assertThat(answer.status()).isEqualTo(403);
		}
	}

	@Test
	@DisplayName("O9: no header and no parameter that comes with a delivery is anything to the routes, or comes back")
	void hostileHeaders() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		byte[] body = Deliveries.text("2348030000001", "wamid.hostile", "hello");
		Sandbox.Answer answer = this.sandbox.call("POST",
				"/api/v1/webhook?CamelHttpResponseCode=302&org.apache.camel.x=1&Location=https://elsewhere.example",
				new String(body, StandardCharsets.UTF_8), "Content-Type", "application/json", "X-Hub-Signature-256",
				Sandbox.signature(body), "CamelBeanMethodName", "hashCode", "camelHttpUri", "https://elsewhere.example",
				"CamelHttpResponseCode", "302", "CamelHttpPath", "/elsewhere", "Location", "https://elsewhere.example",
				"X-Elsewhere", "kept");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers().map().toString()).doesNotContainIgnoringCase("elsewhere");
		assertThat(sade.reads()).contains("/link");
	}

	@Test
	@DisplayName("O9: what is not there is not found or refused, as a problem without a stack trace")
	void elsewhere() {
		JsonNode body = this.sandbox.call("DELETE", "/api/v1/webhook", "{}").body();
		assertThat(body.toString()).doesNotContain("Exception").doesNotContain("at hub.");
	}

}
