package journeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Routes that are edited while the hub runs.
 */
class LiveRoutesIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Path ROUTES = Path.of("src/main/resources/routes");

	private static final String INVITE = "linking/linking-invite.camel.yaml";

	private static final String WEBHOOK = "intake/intake-receive-meta.camel.yaml";

	private static final String KAFKA = "intake/intake-write-kafka.camel.yaml";

	private static final String SENDER = "delivery/delivery-send-whatsapp.camel.yaml";

	private static final String MAKE_DO = "turn/turn-make-do.camel.yaml";

	private static final String POLICY = "policies/policy-turn.camel.yaml";

	@TempDir
	private static Path directory;

	private static Sandbox sandbox;

	@BeforeAll
	static void begin() throws IOException {
		try (Stream<Path> files = Files.walk(ROUTES)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = directory.resolve(ROUTES.relativize(file));
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy);
			}
		}
		sandbox = Sandbox.with(LiveRoutesIT.class.getClassLoader(), "live_routes",
				Map.of("ROUTES_DIR", directory.toString(), "LIMIT_MESSAGES_PER_MINUTE", "0", "RATE_PER_NUMBER", "0",
						"RATE_PER_CONTACT_INTERVAL", "PT0S"));
	}

	@AfterAll
	static void end() {
		if (sandbox != null) {
			sandbox.close();
		}
	}

	@BeforeEach
	void reset() {
		sandbox.begin();
	}

	@AfterEach
	void restore() throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path original = ROUTES.resolve(directory.relativize(file));
				if (!Files.exists(original)) {
					Files.delete(file);
				}
			}
		}
		try (Stream<Path> files = Files.walk(ROUTES)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = directory.resolve(ROUTES.relativize(file));
				if (!Files.exists(copy) || !Files.readString(copy).equals(Files.readString(file))) {
					Files.writeString(copy, Files.readString(file));
				}
			}
		}
		await().atMost(PATIENCE).until(() -> refused().isEmpty());
		await().atMost(PATIENCE).until(() -> answerTo("1777000000").contains("/link"));
	}

	private static String read(String file) throws IOException {
		return Files.readString(directory.resolve(file));
	}

	private static void write(String file, String text) throws IOException {
		Files.createDirectories(directory.resolve(file).getParent());
		Files.writeString(directory.resolve(file), text);
	}

	private static void edit(String file, String old, String now) throws IOException {
		String text = read(file);
		assertThat(text).contains(old);
		write(file, text.replace(old, now));
	}

	private static JsonNode refused() {
		return sandbox
			.call("GET", "/api/v1/status", null, "Authorization", "Bearer " + sandbox.token("admin@example.com"))
			.body()
			.get("refused_route_edits");
	}

	private static String answerTo(String number) {
		return sandbox.phone("+" + number).writes("hello").reads();
	}

	@Test
	@DisplayName("E2: a route that does not run here may be edited all the same, and what it names is not looked for")
	void absent() throws IOException {
		edit(KAFKA, "requestTimeoutMs: 1500", "requestTimeoutMs: 1400");
		edit(INVITE, "ref: accountLinking", "ref: nobody");
		await().atMost(PATIENCE).until(() -> !refused().isEmpty());
		assertThat(refused()).hasSize(1);
		assertThat(refused().get(0).get("file").asText()).isEqualTo(INVITE);
		assertThat(sandbox.bean(CamelContext.class).hasComponent("kafka")).isNull();
	}

	@Test
	@DisplayName("E2: a route that is edited is live within a second, one that is added answers, one that is deleted is gone")
	void live() throws IOException {
		Phone sade = sandbox.sade();
		assertThat(sade.writes("hello").reads()).contains("/link");
		edit(INVITE, "                    ref: accountLinking\n                    method: invite",
				"                    ref: turnAnswers\n                    method: optOut");
		await().atMost(PATIENCE).until(() -> {
			sandbox.sql("update hub.contact set opted_out_at = null").update();
			return !sade.writes("hello").reads().contains("/link");
		});
		edit(INVITE, "ref: turnAnswers\n                    method: optOut",
				"ref: accountLinking\n                    method: invite");
		await().atMost(PATIENCE).until(() -> sade.writes("hello").reads().contains("/link"));
		write("linking/linking-greet.camel.yaml", read(INVITE).replace("linking-invite", "linking-greet"));
		edit(MAKE_DO, "direct:linking-invite", "direct:linking-greet");
		await().atMost(PATIENCE).until(() -> sandbox.routes().contains("linking-greet"));
		assertThat(refused()).isEmpty();
		assertThat(sade.writes("hello").reads()).contains("/link");
		Files.delete(directory.resolve("linking/linking-greet.camel.yaml"));
		await().atMost(PATIENCE).until(() -> refused().size() == 1);
		assertThat(refused().at("/0/file").asText()).isEqualTo(MAKE_DO);
		assertThat(refused().at("/0/reason").asText()).contains("direct:linking-greet leads nowhere");
		assertThat(sade.writes("hello").reads()).contains("/link");
		edit(MAKE_DO, "direct:linking-greet", "direct:linking-invite");
		await().atMost(PATIENCE).until(() -> !sandbox.routes().contains("linking-greet"));
		assertThat(refused()).isEmpty();
		assertThat(sade.writes("hello").reads()).contains("/link");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					syntax            | "      steps:"               | "      steps: ["                | no YAML
					unknown step      | "- bean:"                    | "- bena:"                       | bena
					unknown option    | "method: ask"                | "metod: ask"                    | metod
					unknown component | "uri: direct:linking-invite" | "uri: telepathy:linking-invite" | no component 'telepathy'
					bad option        | "uri: direct:linking-invite" | "uri: direct:linking-invite?fast=1" | fast
					missing bean      | "ref: accountLinking"        | "ref: acountLinking"            | no bean 'acountLinking'
					missing method    | "method: invite"             | "method: invit"                 | no method 'invit'
					duplicate id      | "id: linking-invite"         | "id: linking-unlink"            | taken by linking/linking-unlink
					no policy         | "policy-turn"                | "policy-trun"                   | no policy 'policy-trun'
					bad expression    | "${exchangeProperty.claimed}" | "${exchangeProperty.claimed"   | functionEnd
					missing target    | "uri: direct:linking-invite" | "uri: direct:linking-invitation" | leads nowhere
					""")
	@DisplayName("E2: a broken edit changes nothing: it is refused with file, line and reason, and the routes go on; other edits are live all the same")
	void broken(String kind, String right, String wrong, String reason) throws IOException {
		String before = right.substring(1, right.length() - 1);
		String text = read(INVITE);
		assertThat(text).contains(before);
		write(INVITE, text.replaceFirst(Pattern.quote(before),
				Matcher.quoteReplacement(wrong.substring(1, wrong.length() - 1))));
		await().atMost(PATIENCE).until(() -> !refused().isEmpty());
		JsonNode refused = refused();
		assertThat(refused.findValuesAsText("reason")).anySatisfy((told) -> assertThat(told).contains(reason));
		assertThat(refused.findValuesAsText("file")).contains(kind.equals("missing target") ? MAKE_DO : INVITE);
		assertThat(refused.findValuesAsText("line"))
			.allSatisfy((line) -> assertThat(Integer.parseInt(line)).isPositive());
		assertThat(answerTo("1777000001")).contains("/link");
	}

	@Test
	@DisplayName("E2, E3: a reminder is live once its file is there, follows edits of the template, and is gone with its file; without a template, or half of what that asks for, it is refused")
	void madeFromTemplate() throws IOException {
		CamelContext camel = sandbox.bean(CamelContext.class);
		String twice = "reminders/reminders-seeker-twice.camel.yaml";
		String text = read("reminders/reminders-seeker-day-before.camel.yaml")
			.replace("reminders-seeker-day-before", "reminders-seeker-twice")
			.replace("value: seeker-day-before", "value: seeker-twice");
		write(twice, text);
		await().atMost(PATIENCE).until(() -> sandbox.routes().contains("reminders-seeker-twice"));
		edit("templates/reminder.camel.yaml", "id: note-changes", "id: take-note");
		await().atMost(PATIENCE)
			.until(() -> camel.getProcessor("reminders-seeker-twice-take-note") != null
					&& camel.getProcessor("reminders-agent-day-before-take-note") != null);
		assertThat(refused()).isEmpty();
		write(twice, text.replace("routeTemplateRef: reminder", "routeTemplateRef: remainder"));
		await().atMost(PATIENCE).until(() -> refused().size() == 1);
		assertThat(refused().at("/0/reason").asText()).contains("no template 'remainder'");
		write(twice, text.replace("      - name: values\n", "      - name: words\n"));
		await().atMost(PATIENCE).until(() -> refused().at("/0/reason").asText().contains("values"));
		assertThat(sandbox.routes()).contains("reminders-seeker-twice", "reminders-seeker-day-before");
		Files.delete(directory.resolve(twice));
		await().atMost(PATIENCE).until(() -> !sandbox.routes().contains("reminders-seeker-twice"));
		assertThat(refused()).isEmpty();
		assertThat(sandbox.routes()).contains("reminders-seeker-day-before", "reminders-agent-day-before");
	}

	@Test
	@DisplayName("E2: edits of the webhook's route, of turns, of delivery and of a policy under load lose, double and refuse nothing")
	void underLoad() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger sent = new AtomicInteger();
		CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
			while (!over.get()) {
				int n = sent.getAndIncrement();
				String number = "15551" + String.format("%05d", n % 50);
				assertThat(sandbox.deliver(Deliveries.text(number, "wamid.live." + n, "hello " + n)).status())
					.isEqualTo(200);
			}
		});
		for (int n = 0; n < 3; n++) {
			for (String file : new String[] { WEBHOOK, INVITE, SENDER, POLICY,
					"turn/turn-handle-message.camel.yaml" }) {
				int before = sent.get();
				write(file, read(file) + "# edited " + n + "\n");
				await().atMost(PATIENCE).until(() -> sent.get() > before + 50);
			}
		}
		assertThat(refused()).isEmpty();
		over.set(true);
		load.get();
		await().atMost(PATIENCE)
			.until(() -> sandbox.count("select count(*) from hub.inbox where state = 1") == sent.get());
		await().atMost(PATIENCE)
			.until(() -> sandbox.count("select count(*) from hub.outbox where state = 1") == sent.get());
		assertThat(sandbox.count("select count(*) from hub.message where direction = 'out'")).isEqualTo(sent.get());
		assertThat(sandbox.count("select count(*) from hub.outbox where attempts > 1")).isZero();
		assertThat(sandbox.count("select count(*) from hub.inbox where attempts > 1")).isZero();
	}

}
