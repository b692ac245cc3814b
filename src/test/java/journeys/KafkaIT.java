package journeys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandbox.services.KafkaBroker;
import sandbox.services.SandboxServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deliveries that are taken in through a real Kafka.
 */
class KafkaIT {

	private static final String TAKE = "intake-take-from-kafka";

	private static final String TOPIC = "hub-intake";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Well below the time that a provider gives an answer. */
	private static final Duration IN_TIME = Duration.ofSeconds(5);

	@TempDir
	private static Path directory;

	private static KafkaBroker broker;

	private static Sandbox sandbox;

	@BeforeAll
	static void start() {
		broker = new KafkaBroker(directory).start();
		broker.create(TOPIC, 3);
		Map<String, String> settings = new HashMap<>(KafkaBroker.login());
		settings.putAll(Map.of("INTAKE_ENGINE", "kafka", "KAFKA_BROKERS", broker.loginAddress(),
				"LIMIT_MESSAGES_PER_MINUTE", "0", "RATE_PER_NUMBER", "0", "RATE_PER_CONTACT_INTERVAL", "PT0S"));
		sandbox = Sandbox.with(KafkaIT.class.getClassLoader(), "kafka", settings);
	}

	@AfterAll
	static void stop() {
		if (sandbox != null) {
			sandbox.close();
		}
		if (broker != null) {
			broker.close();
		}
	}

	@BeforeEach
	void begin() {
		await().atMost(PATIENCE).until(() -> intake().path("lag").asLong(-1) == 0);
		sandbox.begin();
	}

	private static JsonNode intake() {
		return sandbox.as("admin@example.com", "GET", "/api/v1/status", null).body().get("intake");
	}

	private static JsonNode components() {
		return sandbox.call("GET", "/health", null).body().get("components");
	}

	/** Delivers in turns for three contacts; each is answered in time. */
	private static void deliver(String name, int from, int to) {
		for (int n = from; n < to; n++) {
			long begin = System.nanoTime();
			assertThat(sandbox.deliver(Deliveries.text("1666000000" + n % 3, "wamid." + name + "." + n, "help " + n))
				.status()).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
		}
	}

	/** Each was handled and answered, once, and in its contact's order. */
	private static void assertHandled(String name, int count) {
		String those = " from hub.inbox i join hub.message m on m.correlation_id = 'in-' || i.id where i.event_key like 'wamid."
				+ name + ".%'";
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> sandbox.count("select count(*) from hub.inbox where state = 1 and event_key like 'wamid."
					+ name + ".%'") == count);
		assertThat(sandbox.count("select count(*)" + those + " and m.direction = 'in'")).isEqualTo(count);
		assertThat(sandbox.count("select count(*)" + those + " and m.direction = 'out'")).isEqualTo(count);
		assertThat(sandbox.count("select count(*) from (select split_part(i.event_key, '.', 3)::int as n, "
				+ "lag(split_part(i.event_key, '.', 3)::int) over (partition by i.contact_key order by m.id) as before"
				+ those + " and m.direction = 'in') o where before > n"))
			.as("handled out of order")
			.isZero();
	}

	/** The last report on the last answer has come. */
	private static void awaitDelivered() {
		await().atMost(PATIENCE)
			.until(() -> sandbox.count(
					"select count(*) from hub.message where channel = 'whatsapp' and direction = 'out' and state < 3") == 0);
	}

	@Test
	@DisplayName("W3, W4, W6, W16: a conversation by way of Kafka, with its menu and its delivery states; status and metrics show the engine and what waits")
	void conversation() {
		Phone sade = sandbox.sade().links("sade@example.com");
		assertThat(sade.writes("menu").gets().get("options")).isNotEmpty();
		awaitDelivered();
		assertThat(broker.committed(TOPIC)).isPositive();
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(intake().toString()).isEqualTo("{\"engine\":\"kafka\",\"lag\":0}");
			assertThat(components().get("kafka").asText()).isEqualTo("UP");
		});
		assertThat(sandbox
			.call("GET", "/actuator/prometheus", null, "Authorization",
					"Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes()))
			.body()
			.asText()).contains("hub_intake_lag{engine=\"kafka\"} 0.0");
	}

	@Test
	@DisplayName("W3, O2, O9: while Kafka refuses the hub's login deliveries are answered and kept on disk; once it takes it all are handled, once and in order, with no restart of the hub")
	void loginRefused() throws Exception {
		Path log = SandboxServices.shared().directory().resolve("logs/app.log");
		deliver("login", 0, 6);
		assertHandled("login", 6);
		restart("another");
		try {
			deliver("login", 6, 16);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(Files.readString(log))
					.contains(TAKE + " fails and is tried again until it works: Authentication failed"));
			// with new clients, as if the hub had been started now
			for (String route : List.of(TAKE, "intake-write-kafka")) {
				sandbox.bean(CamelContext.class).getRouteController().stopRoute(route);
				sandbox.bean(CamelContext.class).getRouteController().startRoute(route);
			}
			deliver("login", 16, 26);
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(components().get("kafka").asText()).isEqualTo("DOWN");
				assertThat(components().get("spool").asText()).isEqualTo("DEGRADED");
			});
			assertThat(sandbox.call("GET", "/health", null).status()).isEqualTo(200);
		}
		finally {
			restart(KafkaBroker.PASSWORD);
		}
		assertHandled("login", 26);
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(components().get("kafka").asText()).isEqualTo("UP");
			assertThat(components().get("spool").asText()).isEqualTo("UP");
		});
		deliver("login", 26, 30);
		assertHandled("login", 30);
	}

	private static void restart(String password) {
		broker.kill();
		broker.accept(password);
		broker.start();
	}

	@Test
	@DisplayName("W2, W3, W4: of 90 items of one delivery with a broken one each is handled once and in order, however often it is delivered")
	void duplicates() {
		List<String> items = new ArrayList<>();
		IntStream.range(0, 90)
			.forEach((n) -> items.add(Deliveries.textItem("1666000000" + n % 3, "wamid.bulk." + n, "menu " + n)));
		items.add(7, "{\"from\":\"16660000007\",\"type\":\"text\"}");
		for (int times = 0; times < 3; times++) {
			assertThat(sandbox.deliver(Deliveries.of(items, "messages")).status()).isEqualTo(200);
		}
		assertHandled("bulk", 90);
		assertThat(sandbox.count("select count(*) from hub.inbox where state = 2")).isEqualTo(1);
		await().atMost(PATIENCE).until(() -> intake().path("lag").asLong(-1) == 0);
		assertThat(sandbox.count("select count(*) from hub.inbox")).isEqualTo(91);
	}

	@Test
	@DisplayName("W3, O2: while the database is away Kafka keeps deliveries, and nothing is committed or skipped; afterwards all are handled, once and in order")
	void databaseAway() {
		deliver("away", 0, 3);
		assertHandled("away", 3);
		awaitDelivered();
		await().atMost(PATIENCE).until(() -> intake().path("lag").asLong(-1) == 0);
		sandbox.services().database().stop();
		try {
			deliver("away", 3, 6);
			long before = broker.committed(TOPIC);
			deliver("away", 6, 30);
			assertThat(sandbox.call("GET", "/health", null).status()).isEqualTo(200);
			assertThat(components().get("kafka").asText()).isEqualTo("UP");
			assertThat(components().get("database").asText()).isEqualTo("DOWN");
			assertThat(components().get("spool").asText()).isEqualTo("UP");
			assertThat(broker.committed(TOPIC)).isEqualTo(before);
		}
		finally {
			sandbox.services().database().start();
		}
		assertHandled("away", 30);
	}

	@Test
	@DisplayName("W3, O2: while Kafka is away deliveries are answered and kept on disk; afterwards all are handled, once and in order")
	void brokerAway() {
		deliver("dark", 0, 6);
		broker.kill();
		try {
			deliver("dark", 6, 26);
			await().untilAsserted(() -> {
				assertThat(components().get("kafka").asText()).isEqualTo("DOWN");
				assertThat(components().get("spool").asText()).isEqualTo("DEGRADED");
			});
			assertThat(sandbox.call("GET", "/health", null).status()).isEqualTo(200);
		}
		finally {
			broker.start();
		}
		assertHandled("dark", 26);
		await().atMost(PATIENCE).until(() -> components().get("spool").asText().equals("UP"));
		deliver("dark", 26, 30);
		assertHandled("dark", 30);
	}

	@Test
	@DisplayName("W3: what is in the inbox, but could not be committed, is polled again and does nothing twice: one batch at once, or all of it after a kill")
	void killedBeforeCommit() throws Exception {
		CamelContext camel = sandbox.bean(CamelContext.class);
		AtomicInteger failures = new AtomicInteger(2);
		AdviceWith.adviceWith(camel, TAKE, (advice) -> advice.weaveById("commit").before().process((exchange) -> {
			if (failures.getAndDecrement() > 0) {
				throw new KafkaException("Cut off");
			}
		}));
		deliver("again", 0, 12);
		assertHandled("again", 12);
		await().atMost(PATIENCE).until(() -> failures.get() < 0 && intake().path("lag").asLong(-1) == 0);
		camel.getRouteController().stopRoute(TAKE);
		broker.forget(TOPIC);
		camel.getRouteController().startRoute(TAKE);
		deliver("again", 12, 15);
		await().atMost(PATIENCE).until(() -> intake().path("lag").asLong(-1) == 0);
		assertHandled("again", 15);
	}

	@Test
	@DisplayName("W3, W4: whoever comes into the group and leaves it, having polled and committed nothing, makes no difference")
	void rebalance() {
		Map<String, Object> settings = Map.of("bootstrap.servers", broker.address(), "group.id", TOPIC,
				"enable.auto.commit", "false", "session.timeout.ms", "6000", "max.poll.records", "3");
		for (int round = 0; round < 2; round++) {
			try (KafkaConsumer<String, String> other = new KafkaConsumer<>(settings, new StringDeserializer(),
					new StringDeserializer())) {
				other.subscribe(List.of(TOPIC));
				int first = round * 30;
				IntStream.range(0, 10).forEach((n) -> {
					deliver("moved", first + n * 3, first + n * 3 + 3);
					other.poll(Duration.ofMillis(100));
				});
				await().atMost(PATIENCE).until(() -> {
					other.poll(Duration.ofMillis(100));
					return !other.assignment().isEmpty();
				});
			}
		}
		assertHandled("moved", 60);
	}

	@Test
	@DisplayName("W2, O5: a record that is no delivery, or can't be stored, is a dead letter with its reason; the others go on")
	void poison() {
		String nul = "{\"items\":[{\"provider\":\"whatsapp\",\"number\":\"1\",\"event_key\":\"wamid.\\u0000\","
				+ "\"contact_key\":\"+16660000009\",\"body\":\"{}\"}],\"statuses\":[]}";
		String ancient = nul.replace("\\u0000", "0")
			.replace("[]}", "[],\"received_at\":\"+999999999-01-01T00:00:00Z\"}");
		String nameless = "{\"items\":[],\"statuses\":[{\"channel\":\"whatsapp\",\"state\":\"READ\"}]}";
		try (KafkaProducer<String, String> other = new KafkaProducer<>(Map.of("bootstrap.servers", broker.address()),
				new StringSerializer(), new StringSerializer())) {
			for (String value : new String[] { "no JSON \u0000 at all", "[]", "{}", nul, ancient, null, nameless }) {
				IntStream.range(0, 3)
					.forEach((partition) -> other.send(new ProducerRecord<>(TOPIC, partition, "x", value)));
			}
		}
		deliver("sound", 0, 9);
		assertHandled("sound", 9);
		await().atMost(PATIENCE).until(() -> intake().path("lag").asLong(-1) == 0);
		JsonNode dead = sandbox.as("admin@example.com", "GET", "/api/v1/admin/dead-letters", null).body().get("items");
		List<String> reasons = new ArrayList<>();
		dead.forEach((letter) -> reasons.add(letter.get("reason").asText().replaceFirst("-\\d@\\d+", "")));
		assertThat(reasons).hasSize(7)
			.anySatisfy((reason) -> assertThat(reason).startsWith("The record hub-intake is no delivery"))
			.anySatisfy((reason) -> assertThat(reason).startsWith("The database refuses it"));
	}

}
