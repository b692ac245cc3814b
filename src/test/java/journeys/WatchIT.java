package journeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator watches: Hawtio, and the figures for Prometheus.
 */
class WatchIT {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String JOLOKIA = "/actuator/jolokia";

	private static final String INBOUND = "org.apache.camel:context=inspakta-hub,type=endpoints,name=\"queue://inbound*\"";

	private static final String GREETING = "org.apache.camel:context=inspakta-hub,type=routes,name=\"admin-show-users\"";

	private static final Pattern NAMED_METRIC = Pattern
		.compile("\\b(hub|camel|http_server|hikaricp|jvm|process)_[a-z_]+");

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	private static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private Sandbox.Answer watch(String method, String path, String body, String... headers) {
		String[] all = new String[headers.length + 4];
		System.arraycopy(headers, 0, all, 4, headers.length);
		all[0] = "Authorization";
		all[1] = basic("admin", "sandbox");
		all[2] = "Content-Type";
		all[3] = "application/json";
		return this.sandbox.call(method, path, body, all);
	}

	private JsonNode jolokia(String type, String bean, String name, String value) {
		ObjectNode request = JSON.createObjectNode().put("type", type).put("mbean", bean);
		request.put(type.equals("exec") ? "operation" : "attribute", name);
		if (type.equals("exec") && value != null) {
			request.putArray("arguments").add(value);
		}
		else if (value != null) {
			request.put("value", value);
		}
		return watch("POST", JOLOKIA, request.toString()).body();
	}

	private int value(String bean, String attribute) {
		JsonNode answer = jolokia("read", bean, attribute, null);
		assertThat(answer.get("status").asInt()).as("%s", answer).isEqualTo(200);
		return answer.get("value").elements().next().get(attribute).asInt();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/hawtio", "/actuator/hawtio/index.html", JOLOKIA, "/actuator/prometheus",
			"/actuator", "/actuator/env", "/actuator/health" })
	@DisplayName("O1, O9: nobody watches without the administrator's login")
	void asksForLogin(String path) {
		Sandbox.Answer stranger = this.sandbox.call("GET", path, null);
		assertThat(stranger.status()).isEqualTo(401);
		assertThat(stranger.header("WWW-Authenticate")).startsWith("Basic realm=\"Inspakta Hub\"");
		assertThat(this.sandbox.call("GET", path, null, "Authorization", basic("admin", "admin")).status())
			.isEqualTo(401);
		assertThat(this.sandbox
			.call("GET", path, null, "Authorization", "Bearer " + this.sandbox.token("admin@example.com"))
			.status()).isEqualTo(401);
	}

	@Test
	@DisplayName("O9: who is wrong ten times is not listened to for a while, not even with the right password; others are")
	void throttlesLogins() {
		String path = "/actuator/prometheus";
		for (int n = 0; n < 10; n++) {
			assertThat(this.sandbox
				.call("GET", path, null, "Authorization", basic("admin", "guess" + n), "X-Forwarded-For", "203.0.113.9")
				.status()).isEqualTo(401);
		}
		Sandbox.Answer locked = watch("GET", path, null, "X-Forwarded-For", "203.0.113.9");
		assertThat(locked.status()).isEqualTo(429);
		assertThat(locked.header("Retry-After")).isEqualTo("900");
		assertThat(watch("GET", path, null).status()).isEqualTo(200);
	}

	@Test
	@DisplayName("O3: the login gets a token for the administrators' part of the API, and nobody else does")
	void token() {
		assertThat(this.sandbox.call("POST", "/admin/token", null).status()).isEqualTo(401);
		Sandbox.Answer answer = watch("POST", "/admin/token", null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Cache-Control")).contains("no-store");
		assertThat(answer.body().get("expires_in").asInt()).isPositive();
		assertThat(this.sandbox
			.call("GET", "/api/v1/metrics", null, "Authorization",
					"Bearer " + answer.body().get("access_token").asText())
			.status()).isEqualTo(200);
	}

	@Test
	@DisplayName("O1: the queues are management beans that tell what waits, and let what is dead try again")
	void queues() {
		this.sandbox.sade().writes("hello").gets();
		await().untilAsserted(() -> assertThat(value(INBOUND, "Depth")).isZero());
		int sent = this.sandbox.sade().fromHub().size();
		long id = this.sandbox.sql(
				"update hub.inbox set state = 2, attempts = 8, error = 'No power' where contact_key like '%0001' returning id")
			.query(Long.class)
			.single();
		await().untilAsserted(() -> assertThat(value(INBOUND, "Dead")).isEqualTo(1));
		JsonNode found = watch("POST", JOLOKIA,
				JSON.createObjectNode().put("type", "search").put("mbean", INBOUND).toString())
			.body();
		String bean = found.get("value").get(0).asText();
		JsonNode replayed = jolokia("exec", bean, "replay", Long.toString(id));
		assertThat(replayed.get("value").asBoolean()).as("%s", replayed).isTrue();
		await().until(() -> this.sandbox.sade().fromHub().size() == sent + 1);
		assertThat(jolokia("exec", bean, "replay", Long.toString(id)).get("value").asBoolean(true)).isFalse();
	}

	@Test
	@DisplayName("O1: routes are watched, stopped and started; nothing else can be changed")
	void routes() {
		JsonNode stopped = jolokia("exec", GREETING, "stop()", null);
		assertThat(stopped.get("status").asInt()).as("%s", stopped).isEqualTo(200);
		assertThat(jolokia("read", GREETING, "State", null).get("value").asText()).isEqualTo("Stopped");
		assertThat(jolokia("exec", GREETING, "start()", null).get("status").asInt()).isEqualTo(200);
		assertThat(jolokia("read", GREETING, "State", null).get("value").asText()).isEqualTo("Started");
		assertThat(jolokia("exec", GREETING, "remove()", null).get("status").asInt()).isEqualTo(403);
		assertThat(jolokia("exec", GREETING, "updateRouteFromXml(java.lang.String)", "<route/>").get("status").asInt())
			.isEqualTo(403);
		assertThat(jolokia("write", GREETING, "Tracing", "true").get("status").asInt()).isEqualTo(403);
		String context = "org.apache.camel:context=inspakta-hub,type=context,name=\"inspakta-hub\"";
		assertThat(jolokia("exec", context, "stop()", null).get("status").asInt()).isEqualTo(403);
		assertThat(jolokia("exec", context, "sendBody(java.lang.String,java.lang.Object)", "x").get("status").asInt())
			.isEqualTo(403);
		assertThat(jolokia("exec", "com.sun.management:type=HotSpotDiagnostic", "dumpHeap", "x").get("status").asInt())
			.isEqualTo(403);
		assertThat(jolokia("read", "java.lang:type=Runtime", "SystemProperties", null).toString())
			.doesNotContain("java.version");
		assertThat(jolokia("read", "java.lang:type=Memory", "HeapMemoryUsage", null).at("/value/used").asLong())
			.isPositive();
	}

	@Test
	@DisplayName("O9: another site can't make an administrator's browser stop a route")
	void noOtherSite() {
		String request = "{\"type\":\"exec\",\"mbean\":" + JSON.valueToTree(GREETING) + ",\"operation\":\"stop()\"}";
		assertThat(watch("POST", JOLOKIA, request, "Origin", "https://elsewhere.example").status()).isEqualTo(403);
		for (String place : new String[] { JOLOKIA, "/actuator/hawtio/jolokia" }) {
			assertThat(watch("GET", place + "/exec/" + GREETING.replace("\"", "%22") + "/stop()", null).status())
				.as(place)
				.isEqualTo(403);
		}
		assertThat(jolokia("read", GREETING, "State", null).get("value").asText()).isEqualTo("Started");
	}

	@Test
	@DisplayName("O2: Prometheus reads the queues, the routes, what providers report, the sockets and the memory")
	void prometheus() {
		this.sandbox.sade().links("sade@example.com");
		await().untilAsserted(() -> assertThat(watch("GET", "/actuator/prometheus", null).body().asText()).contains(
				"hub_queue_depth{queue=\"inbound\"}", "hub_queue_oldest_seconds{queue=\"outbound\"}",
				"hub_queue_dead{queue=\"outbound\"}",
				"hub_queue_items_total{channel=\"all\",outcome=\"done\",queue=\"inbound\"}",
				"hub_queue_items_total{channel=\"whatsapp\",outcome=\"done\",queue=\"outbound\"}",
				"hub_messages_reports_total{channel=\"whatsapp\",state=\"delivered\"}", "hub_chat_sockets",
				"hub_platform_requests_seconds_count", "camel_exchanges_total{", "routeId=\"delivery-send-whatsapp\"",
				"jvm_memory_used_bytes", "hikaricp_connections_active"));
	}

	@Test
	@DisplayName("O2: what the alert rules, Grafana's dashboard and the operators' pages name, Prometheus reads")
	void namedMetrics() {
		this.sandbox.sade().links("sade@example.com");
		await().untilAsserted(() -> {
			String metrics = watch("GET", "/actuator/prometheus", null).body().asText();
			for (String file : new String[] { "ops/prometheus/rules.yml", "ops/grafana/dashboards/hub.json",
					"docs/operating.md", "docs/troubleshooting.md" }) {
				assertThat(namedMetrics(file)).as(file)
					.isNotEmpty()
					.allSatisfy((name) -> assertThat(metrics).contains("\n" + name));
			}
		});
	}

	private static Set<String> namedMetrics(String file) throws IOException {
		return NAMED_METRIC.matcher(Files.readString(Path.of(file)))
			.results()
			.map(MatchResult::group)
			// only with Kafka: see KafkaIT
			.filter((name) -> !name.equals("hub_intake_lag"))
			.collect(Collectors.toSet());
	}

	@Test
	@DisplayName("O2: probes need no login and tell nothing but yes or no")
	void probes() {
		for (String probe : new String[] { "liveness", "readiness" }) {
			Sandbox.Answer answer = this.sandbox.call("GET", "/actuator/health/" + probe, null);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(JSON.createObjectNode().put("status", "UP"));
		}
	}

	@Test
	@DisplayName("O1: Hawtio shows the routes and the queues to whoever logs in")
	void hawtio() {
		try (Browser browser = Browser.open()) {
			Page page = browser
				.window(new NewContextOptions().setHttpCredentials("admin", "sandbox").setViewportSize(1400, 900));
			// Its scripts have 15 MB
			page.setDefaultTimeout(60_000);
			page.navigate(this.sandbox.address() + "/actuator/hawtio/camel/");
			for (String name : new String[] { "Expand all", "turn-route-by-intent", "Route Diagram" }) {
				page.getByText(name, new GetByTextOptions().setExact(true)).first().click();
			}
			Locator steps = page.locator(".react-flow__node");
			PlaywrightAssertions.assertThat(steps.first()).isVisible();
			assertThat(steps.count()).isGreaterThan(10);
			page.getByText("Operations", new GetByTextOptions().setExact(true)).first().click();
			PlaywrightAssertions.assertThat(page.getByText("stop()").first()).isVisible();
			assertThat(browser.complaints()).noneMatch((complaint) -> complaint.contains("Content Security Policy"));
		}
	}

}
