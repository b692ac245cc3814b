package hub.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsCheckTest {

	private static List<String> problems(Map<String, String> variables) {
		return SettingsCheck.problems(TestSettings.environment(variables));
	}

	private static List<String> problemsWith(String... changes) {
		Map<String, String> variables = TestSettings.complete();
		for (int i = 0; i < changes.length; i += 2) {
			variables.put(changes[i], changes[i + 1]);
		}
		return problems(variables);
	}

	@Test
	@DisplayName("O9: with everything that is required the hub starts")
	void starts() {
		assertThat(problems(TestSettings.complete())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "DATABASE_URL", "REDIS_URL", "WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID",
			"WHATSAPP_VERIFY_TOKEN", "WHATSAPP_APP_SECRET", "INSPECTOR_API_BASE_URL", "INSPECTOR_API_KEY",
			"PUBLIC_BASE_URL", "SECRET_KEY", "ADMIN_USER", "ADMIN_PASSWORD", "MAIL_FROM" })
	@DisplayName("A required variable that is missing or blank stops the start with one line that names it")
	void namesMissing(String variable) {
		Map<String, String> without = TestSettings.complete();
		without.remove(variable);
		assertThat(problems(without)).singleElement().asString().startsWith(variable + " is missing: ");
		assertThat(problemsWith(variable, " ")).singleElement().asString().startsWith(variable + " is missing: ");
	}

	@Test
	@DisplayName("Nothing set at all names everything that is required, once each, and one channel")
	void namesAllMissing() {
		assertThat(problems(Map.of())).map((line) -> line.substring(0, line.indexOf(' ')))
			.containsExactlyInAnyOrder("DATABASE_URL", "REDIS_URL", "WHATSAPP_TOKEN", "INSPECTOR_API_BASE_URL",
					"INSPECTOR_API_KEY", "PUBLIC_BASE_URL", "SECRET_KEY", "ADMIN_USER", "ADMIN_PASSWORD");
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
			DATABASE_URL              | mysql://hub:hush@db/hub
			DATABASE_URL              | postgresql://hub:hush@db
			DATABASE_URL              | postgresql://hub:hush now@db/hub
			REDIS_URL                 | http://hush@redis
			REDIS_URL                 | redis:6379
			REDIS_URL                 | redis://:hush @redis
			DEFAULT_CHANNEL           | sms
			DEFAULT_CHANNEL           | twilio
			WHATSAPP_API_VERSION      | 26
			WHATSAPP_API_VERSION      | v26.0/../me
			GRAPH_BASE_URL            | graph.facebook.com
			TWILIO_BASE_URL           | ftp://api.twilio.com
			TWILIO_RECONCILE_EVERY    | 5 minutes
			TWILIO_CONTENT_NEW_LISTINGS_FR | new_listings
			INSPECTOR_API_BASE_URL    | api.inspector.example
			INSPECTOR_API_BASE_URL    | https://
			PUBLIC_BASE_URL           | hub.example.com
			PUBLIC_BASE_URL           | https://hub example.com
			SECRET_KEY                | hush-only-31-bytes-hush-hush-hu
			JWKS_URL                  | file:///etc/passwd
			ACCESS_TOKEN_EXPIRE_MINUTES | 0
			ACCESS_TOKEN_EXPIRE_MINUTES | PT30M
			CORS_ALLOWED_ORIGINS      | *
			CORS_ALLOWED_ORIGINS      | www.example.com
			CORS_ALLOWED_ORIGINS      | https://www.example.com/chat
			CORS_ALLOWED_ORIGINS      | https://www.example.com,,https://example.com
			SMTP_PORT                 | 0
			SMTP_PORT                 | 65536
			SMTP_PORT                 | smtp
			MAIL_FROM                 | Inspector
			MAIL_FROM                 | hub@
			ADMIN_EMAIL               | admin
			ADMIN_EMAIL               | a@example.com b@example.com
			ADMIN_WEBHOOK_URL         | hooks.example.com/hush
			HUB_TIME_ZONE             | Lagos
			HUB_LANGUAGE              | de
			HUB_LANGUAGE              | EN
			SERVER_PORT               | -1
			SERVER_PORT               | 8000.5
			DATABASE_POOL_SIZE        | 1
			DATABASE_POOL_SIZE        | many
			DATABASE_INTAKE_POOL_SIZE | 0
			LIMIT_MESSAGES_PER_MINUTE | -1
			LIMIT_MESSAGES_PER_MINUTE | 99999999999
			LIMIT_CODES_PER_HOUR      | x
			LIMIT_CHECKS_PER_HOUR     | -5
			RATE_PER_NUMBER           | 80/s
			RATE_PER_CONTACT_BURST    | 0
			RATE_PER_CONTACT_INTERVAL | 6
			RATE_PER_CONTACT_INTERVAL | -PT6S
			RATE_PER_CONTACT_INTERVAL | PT999999999H
			IN_DOUBT_AFTER            | soon
			CHECK_REMIND_AFTER        | 2h
			CHECK_NEXT_AGENT_AFTER    | -PT1S
			CHECK_EXPIRE_AFTER        | P15D
			REPLY_QUIET_TIME          | 4
			REPLY_MAX_TIME            | PT25H
			QUEUE_WORKERS             | 0
			QUEUE_SENDERS             | 1001
			QUEUE_MAX_ATTEMPTS        | 0
			READ_RECEIPTS             | yes
			SPOOL_DIR                 | /dev/null
			SPOOL_DIR                 | /dev/null/spool
			LOG_DIR                   | /dev/null/logs
			LOG_FORMAT                | xml
			ROUTES_DIR                | /dev/null/routes
			""")
	@DisplayName("A bad value stops the start with one line that names its variable and does not repeat a secret")
	void namesBad(String variable, String value) {
		assertThat(problemsWith(variable, value)).singleElement()
			.asString()
			.startsWith(variable + " ")
			.doesNotContain("hush", "\n");
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', textBlock = """
			DATABASE_URL              | jdbc:postgresql://db:5432/hub
			REDIS_URL                 | rediss://:hush@redis:6380/1
			PUBLIC_BASE_URL           | http://localhost:8000
			SECRET_KEY                | ééééééééééééééééé
			ACCESS_TOKEN_EXPIRE_MINUTES | 1440
			CORS_ALLOWED_ORIGINS      | https://www.example.com, http://localhost:3000
			SMTP_PORT                 | 25
			MAIL_FROM                 | Inspector <hub@example.com>
			ADMIN_EMAIL               | admin@example.com
			ADMIN_WEBHOOK_URL         | https://hooks.example.com/x
			HUB_TIME_ZONE             | Africa/Lagos
			HUB_LANGUAGE              | fr
			SERVER_PORT               | 0
			LIMIT_MESSAGES_PER_MINUTE | 0
			RATE_PER_NUMBER           | 0
			RATE_PER_CONTACT_INTERVAL | 0
			RATE_PER_CONTACT_INTERVAL | PT0.5S
			IN_DOUBT_AFTER            | PT24H
			CHECK_EXPIRE_AFTER        | P2D
			REPLY_QUIET_TIME          | PT0.2S
			READ_RECEIPTS             | false
			SPOOL_DIR                 | target/a/b/spool
			WHATSAPP_API_VERSION      | v27.0
			""")
	@DisplayName("A good value passes the check, and the hub can use it")
	void takesGood(String variable, String value) {
		assertThat(problemsWith(variable, value)).isEmpty();
		assertThatCode(() -> TestSettings.properties(variable, value)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "DATABASE_URL", "WHATSAPP_TOKEN", "WHATSAPP_APP_SECRET", "SECRET_KEY", "ADMIN_PASSWORD",
			"INSPECTOR_API_KEY", "PUBLIC_BASE_URL" })
	@DisplayName("A line end behind a secret, as a file leaves it, is told before it makes every signature wrong")
	void seesEdges(String variable) {
		assertThat(problemsWith(variable, TestSettings.complete().get(variable) + "\n"))
			.containsExactly(variable + " begins or ends with a blank or a line end");
	}

	@ParameterizedTest
	@ValueSource(strings = { "WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_APP_SECRET" })
	@DisplayName("A channel that is configured in part names just what it lacks")
	void namesHalfAChannel(String only) {
		Map<String, String> variables = TestSettings.complete();
		variables.keySet().removeIf((variable) -> variable.startsWith("WHATSAPP_") && !variable.equals(only));
		List<String> others = new ArrayList<>(
				List.of("WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_APP_SECRET"));
		others.remove(only);
		assertThat(problems(variables)).isEqualTo(others.stream()
			.map((variable) -> variable + " is missing: Meta's WhatsApp is configured only in part")
			.toList());
	}

	@Test
	@DisplayName("A7: Twilio alone will do, if new contacts are talked to there")
	void takesTwilioAlone() {
		Map<String, String> variables = TestSettings.complete();
		variables.keySet().removeIf((variable) -> variable.startsWith("WHATSAPP_"));
		variables.putAll(Map.of("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "hush", "TWILIO_WHATSAPP_NUMBER",
				"whatsapp:+14155238886"));
		assertThat(problems(variables)).containsExactly("DEFAULT_CHANNEL names a channel that is not configured");
		variables.put("DEFAULT_CHANNEL", "twilio");
		assertThat(problems(variables)).isEmpty();
	}

	@Test
	@DisplayName("O9: tokens are verified by a secret or by published keys; without a mail server no sender is needed")
	void hasAlternatives() {
		assertThat(problemsWith("SECRET_KEY", "", "JWKS_URL", "https://auth.example.com/jwks")).isEmpty();
		assertThat(problemsWith("SMTP_HOST", "", "MAIL_FROM", "")).isEmpty();
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
			INTAKE_ENGINE | Kafka
			INTAKE_ENGINE | rabbitmq
			KAFKA_BROKERS | kafka
			KAFKA_BROKERS | kafka-1:9092, kafka-2:9092
			KAFKA_BROKERS | PLAINTEXT://kafka:9092
			KAFKA_TOPIC   | hub intake
			KAFKA_TOPIC   | hub/intake
			""")
	@DisplayName("O9: a bad setting of the intake's engine stops the start with one line that names it")
	void namesBadEngine(String variable, String value) {
		assertThat(problemsWith(variable, value)).singleElement().asString().startsWith(variable + " must be ");
	}

	@Test
	@DisplayName("O9: Kafka needs its brokers, the database as the intake's engine does not")
	void needsBrokers() {
		assertThat(problemsWith("INTAKE_ENGINE", "kafka")).containsExactly("KAFKA_BROKERS is missing: set it to the "
				+ "brokers that take deliveries in, such as kafka-1:9092,kafka-2:9092");
		assertThat(problemsWith("INTAKE_ENGINE", "kafka", "KAFKA_BROKERS", "kafka-1:9092,[::1]:9092")).isEmpty();
		assertThat(TestSettings.properties().intake().usesKafka()).isFalse();
		assertThat(TestSettings.properties("INTAKE_ENGINE", "kafka", "KAFKA_BROKERS", "k:1").intake().usesKafka())
			.isTrue();
	}

	@Test
	@DisplayName("Several problems are told all at once, a line each")
	void tellsAll() {
		assertThat(problemsWith("DATABASE_URL", "", "REDIS_URL", "x", "SMTP_PORT", "x")).hasSize(3);
	}

	@Test
	@DisplayName("The check runs before anything else does, and what it throws carries its lines")
	void stopsStart() {
		Map<String, String> variables = TestSettings.complete();
		variables.remove("REDIS_URL");
		ApplicationEnvironmentPreparedEvent event = new ApplicationEnvironmentPreparedEvent(
				new DefaultBootstrapContext(), new SpringApplication(), new String[0],
				TestSettings.environment(variables));
		assertThatExceptionOfType(InvalidSettingsException.class)
			.isThrownBy(() -> new SettingsCheck().onApplicationEvent(event))
			.satisfies((ex) -> assertThat(ex.problems()).singleElement().asString().startsWith("REDIS_URL is missing"));
	}

	@Test
	@DisplayName("Every variable of application.yaml has a rule here, or may hold anything")
	void looksAtEverything() {
		Collection<String> free = List.of("SMTP_HOST", "SMTP_USER", "SMTP_PASSWORD");
		Collection<String> mapped = new TreeSet<>();
		String source = TestSettings.applicationYaml();
		Pattern.compile("\\$\\{([A-Z_]+):").matcher(source).results().forEach((match) -> mapped.add(match.group(1)));
		assertThat(mapped).hasSizeGreaterThan(30);
		Map<String, String> bad = TestSettings.complete();
		mapped.forEach((variable) -> bad.put(variable, " bad\n"));
		List<String> told = problems(bad).stream().map((line) -> line.substring(0, line.indexOf(' '))).toList();
		mapped.removeAll(free);
		assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(mapped);
	}

}
