package hub.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import hub.text.Texts;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Looks at all settings before anything starts. Whatever is missing or out of its range
 * stops the start with one line that says which environment variable to set and to what.
 */
public class SettingsCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final Duration LONGEST = Duration.ofHours(24);

	private static final Duration LONGEST_CHECK = Duration.ofDays(14);

	/**
	 * After the configuration file has been read, before log files are opened.
	 */
	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER - 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		List<String> problems = problems(event.getEnvironment());
		if (!problems.isEmpty()) {
			throw new InvalidSettingsException(problems);
		}
	}

	/**
	 * Everything that is wrong with an environment.
	 * @param environment the settings
	 * @return one line each, without any secret; empty when the hub can start
	 */
	static List<String> problems(ConfigurableEnvironment environment) {
		Settings settings = new Settings(environment);
		settings.required("DATABASE_URL", "hub.database.url",
				"the hub's PostgreSQL, such as postgresql://user:password@host:5432/name", DatabaseUrl::parse);
		settings.required("REDIS_URL", "hub.redis.url", "the hub's Redis, such as redis://host:6379",
				(value) -> scheme(value, "redis", "rediss"));
		boolean meta = settings.together("Meta's WhatsApp", "WHATSAPP_TOKEN", "hub.whatsapp.token", "WHATSAPP_PHONE_ID",
				"hub.whatsapp.phone-id", "WHATSAPP_VERIFY_TOKEN", "hub.whatsapp.verify-token", "WHATSAPP_APP_SECRET",
				"hub.whatsapp.app-secret");
		boolean twilio = settings.together("Twilio's WhatsApp", "TWILIO_ACCOUNT_SID", "hub.twilio.account-sid",
				"TWILIO_AUTH_TOKEN", "hub.twilio.auth-token", "TWILIO_WHATSAPP_NUMBER", "hub.twilio.whatsapp-number");
		if (settings.noneOf("hub.whatsapp.token", "hub.whatsapp.phone-id", "hub.whatsapp.verify-token",
				"hub.whatsapp.app-secret", "hub.twilio.account-sid", "hub.twilio.auth-token",
				"hub.twilio.whatsapp-number")) {
			settings.problems.add("WHATSAPP_TOKEN is missing: configure at least one channel, Meta's (WHATSAPP_*) or "
					+ "Twilio's (TWILIO_*)");
		}
		settings.optional("TWILIO_WHATSAPP_NUMBER", "hub.twilio.whatsapp-number", (value) -> {
			if (!value.matches("(whatsapp:)?\\+[1-9]\\d{6,14}")) {
				throw new IllegalArgumentException("must look like whatsapp:+14155238886");
			}
		});
		settings.duration("TWILIO_RECONCILE_EVERY", "hub.twilio.reconcile-every");
		ContentSettings.read(environment).forEach((name, sid) -> {
			if (!sid.isBlank() && !sid.matches("HX[0-9A-Za-z]{32}")) {
				settings.problems.add(ContentSettings.PREFIX + name
						+ " must be the SID of a Content template: HX and 32 letters and digits");
			}
		});
		settings.optional("DEFAULT_CHANNEL", "hub.default-channel", (value) -> {
			if (!value.equals("whatsapp") && !value.equals("twilio")) {
				throw new IllegalArgumentException("must be whatsapp or twilio");
			}
			if ((value.equals("whatsapp") && !meta && twilio) || (value.equals("twilio") && !twilio && meta)) {
				throw new IllegalArgumentException("names a channel that is not configured");
			}
		});
		settings.optional("WHATSAPP_API_VERSION", "hub.whatsapp.api-version", (value) -> {
			if (!value.matches("v\\d{1,3}\\.\\d")) {
				throw new IllegalArgumentException("must look like v26.0");
			}
		});
		settings.required("INSPECTOR_API_BASE_URL", "hub.inspector.base-url", "the platform's API",
				(value) -> scheme(value, "http", "https"));
		settings.required("INSPECTOR_API_KEY", "hub.inspector.api-key", "the platform's API key", (value) -> {
		});
		settings.required("PUBLIC_BASE_URL", "hub.public-base-url",
				"the address under which providers and browsers reach the hub, such as https://hub.example.com",
				(value) -> scheme(value, "http", "https"));
		if (settings.value("hub.secret-key").isEmpty() && settings.value("hub.jwks-url").isEmpty()) {
			settings.problems.add("SECRET_KEY is missing: set it (at least 32 bytes) or JWKS_URL, to verify tokens");
		}
		settings.optional("SECRET_KEY", "hub.secret-key", (value) -> {
			if (value.getBytes(StandardCharsets.UTF_8).length < 32) {
				throw new IllegalArgumentException("must have at least 32 bytes");
			}
		});
		settings.optional("JWKS_URL", "hub.jwks-url", (value) -> scheme(value, "http", "https"));
		settings.number("ACCESS_TOKEN_EXPIRE_MINUTES", "hub.web.token-minutes", 1, 525_600);
		settings.optional("CORS_ALLOWED_ORIGINS", "hub.web.allowed-origins", SettingsCheck::origins);
		settings.required("ADMIN_USER", "hub.admin.user", "the administrator's login", (value) -> {
		});
		settings.required("ADMIN_PASSWORD", "hub.admin.password", "the administrator's password", (value) -> {
		});
		for (String[] url : new String[][] { { "GRAPH_BASE_URL", "hub.whatsapp.base-url" },
				{ "TWILIO_BASE_URL", "hub.twilio.base-url" }, { "ADMIN_WEBHOOK_URL", "hub.mail.admin-webhook-url" } }) {
			settings.optional(url[0], url[1], (value) -> scheme(value, "http", "https"));
		}
		if (!settings.value("hub.mail.host").isEmpty()) {
			settings.required("MAIL_FROM", "hub.mail.from", "the address that mails come from",
					SettingsCheck::mailAddress);
		}
		settings.optional("ADMIN_EMAIL", "hub.mail.admin-email", SettingsCheck::mailAddress);
		settings.optional("HUB_TIME_ZONE", "hub.time-zone", (value) -> {
			try {
				ZoneId.of(value);
			}
			catch (RuntimeException ex) {
				throw new IllegalArgumentException("must be a zone such as Africa/Lagos");
			}
		});
		settings.optional("HUB_LANGUAGE", "hub.language", (value) -> {
			if (!Texts.LANGUAGES.contains(value)) {
				throw new IllegalArgumentException("must be " + String.join(" or ", Texts.LANGUAGES));
			}
		});
		settings.number("SMTP_PORT", "hub.mail.port", 1, 65535);
		settings.number("SERVER_PORT", "server.port", 0, 65535);
		settings.number("DATABASE_POOL_SIZE", "hub.database.pool-size", 2, 500);
		settings.number("DATABASE_INTAKE_POOL_SIZE", "hub.database.intake-pool-size", 1, 100);
		settings.number("LIMIT_MESSAGES_PER_MINUTE", "hub.limits.messages-per-minute", 0, 100_000);
		settings.number("LIMIT_CODES_PER_HOUR", "hub.limits.codes-per-hour", 0, 100_000);
		settings.number("LIMIT_CHECKS_PER_HOUR", "hub.limits.checks-per-hour", 0, 100_000);
		settings.number("RATE_PER_NUMBER", "hub.delivery.rate-per-number", 0, 100_000);
		settings.number("RATE_PER_CONTACT_BURST", "hub.delivery.rate-per-contact-burst", 1, 100_000);
		settings.number("QUEUE_WORKERS", "hub.queue.workers", 1, 1000);
		settings.number("QUEUE_SENDERS", "hub.queue.senders", 1, 1000);
		settings.number("QUEUE_MAX_ATTEMPTS", "hub.queue.max-attempts", 1, 100);
		settings.duration("RATE_PER_CONTACT_INTERVAL", "hub.delivery.rate-per-contact-interval");
		settings.duration("IN_DOUBT_AFTER", "hub.delivery.in-doubt-after");
		settings.duration("CHECK_REMIND_AFTER", "hub.checks.remind-after", LONGEST_CHECK);
		settings.duration("CHECK_NEXT_AGENT_AFTER", "hub.checks.next-agent-after", LONGEST_CHECK);
		settings.duration("CHECK_EXPIRE_AFTER", "hub.checks.expire-after", LONGEST_CHECK);
		settings.duration("REPLY_QUIET_TIME", "hub.checks.quiet-time");
		settings.duration("REPLY_MAX_TIME", "hub.checks.max-time");
		settings.optional("INTAKE_ENGINE", "hub.intake.engine", (value) -> {
			if (!value.equals("database") && !value.equals("kafka")) {
				throw new IllegalArgumentException("must be database or kafka");
			}
		});
		if (settings.value("hub.intake.engine").equals("kafka")) {
			settings.required("KAFKA_BROKERS", "hub.intake.kafka-brokers",
					"the brokers that take deliveries in, such as kafka-1:9092,kafka-2:9092", (value) -> {
					});
		}
		settings.optional("KAFKA_BROKERS", "hub.intake.kafka-brokers", SettingsCheck::brokers);
		settings.optional("KAFKA_TOPIC", "hub.intake.kafka-topic", (value) -> {
			if (!value.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,248}")) {
				throw new IllegalArgumentException("must be a topic's name: letters, digits, dots, - and _");
			}
		});
		settings.optional("SPOOL_DIR", "hub.spool-dir", SettingsCheck::directory);
		settings.optional("LOG_DIR", "hub.log-dir", SettingsCheck::directory);
		settings.optional("ROUTES_DIR", "hub.routes.directory", (value) -> {
			if (!Files.isDirectory(Path.of(value))) {
				throw new IllegalArgumentException("must be a directory with route files, in folders by area");
			}
		});
		settings.optional("LOG_FORMAT", "hub.log-format", (value) -> {
			if (!value.equals("text") && !value.equals("json")) {
				throw new IllegalArgumentException("must be text or json");
			}
		});
		settings.optional("READ_RECEIPTS", "hub.whatsapp.read-receipts", (value) -> {
			if (!value.matches("true|false")) {
				throw new IllegalArgumentException("must be true or false");
			}
		});
		return settings.problems;
	}

	private static void scheme(String value, String... schemes) {
		URI uri;
		try {
			uri = URI.create(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("is no valid address");
		}
		if (uri.getHost() == null || !List.of(schemes).contains(uri.getScheme())) {
			throw new IllegalArgumentException(
					"must begin with " + String.join(":// or ", schemes) + ":// and name a host");
		}
	}

	private static void origins(String value) {
		for (String origin : value.split(",", -1)) {
			if (!origin.strip().matches("https?://[\\w.-]+(:\\d{1,5})?")) {
				throw new IllegalArgumentException(
						"must be origins such as https://www.example.com, separated by commas");
			}
		}
	}

	private static void brokers(String value) {
		for (String broker : value.split(",", -1)) {
			if (!broker.matches("([\\w.-]+|\\[[0-9A-Fa-f:.]+]):[1-9]\\d{0,4}")) {
				throw new IllegalArgumentException("must be brokers such as kafka-1:9092, separated by commas");
			}
		}
	}

	private static void mailAddress(String value) {
		try {
			new InternetAddress(value, true);
		}
		catch (AddressException ex) {
			throw new IllegalArgumentException("must be a mail address such as hub@example.com");
		}
	}

	private static void directory(String value) {
		try {
			Path there = Path.of(value).toAbsolutePath();
			while (there != null && !Files.exists(there)) {
				there = there.getParent();
			}
			if (there != null && Files.isDirectory(there) && Files.isWritable(there)) {
				return;
			}
		}
		catch (InvalidPathException ex) {
			// the same answer as for a place where nothing can be written
		}
		throw new IllegalArgumentException("must be a directory that the hub can make or write to");
	}

	private static final class Settings {

		private final Environment environment;

		private final List<String> problems = new ArrayList<>();

		private Settings(Environment environment) {
			this.environment = environment;
		}

		private String value(String property) {
			return this.environment.getProperty(property, "").strip();
		}

		private void required(String variable, String property, String meaning, Consumer<String> rule) {
			if (value(property).isEmpty()) {
				this.problems.add(variable + " is missing: set it to " + meaning);
				return;
			}
			optional(variable, property, rule);
		}

		private void optional(String variable, String property, Consumer<String> rule) {
			String value = value(property);
			if (value.isEmpty()) {
				return;
			}
			try {
				edges(property);
				rule.accept(value);
			}
			catch (IllegalArgumentException ex) {
				if (this.problems.stream().noneMatch((problem) -> problem.startsWith(variable + " "))) {
					this.problems.add(variable + " " + ex.getMessage());
				}
			}
		}

		/** Blanks around a value, such as a file's last line end, are part of it. */
		private void edges(String property) {
			if (!value(property).equals(this.environment.getProperty(property))) {
				throw new IllegalArgumentException("begins or ends with a blank or a line end");
			}
		}

		private boolean noneOf(String... properties) {
			return Stream.of(properties).allMatch((property) -> value(property).isEmpty());
		}

		private boolean together(String meaning, String... variablesAndProperties) {
			List<String> missing = new ArrayList<>();
			for (int i = 0; i < variablesAndProperties.length; i += 2) {
				if (value(variablesAndProperties[i + 1]).isEmpty()) {
					missing.add(variablesAndProperties[i]);
				}
				optional(variablesAndProperties[i], variablesAndProperties[i + 1], (value) -> {
				});
			}
			boolean none = missing.size() * 2 == variablesAndProperties.length;
			if (!none) {
				missing.forEach((variable) -> this.problems
					.add(variable + " is missing: " + meaning + " is configured only in part"));
			}
			return missing.isEmpty();
		}

		private void number(String variable, String property, int least, int most) {
			optional(variable, property, (value) -> {
				IntPredicate within = (number) -> number >= least && number <= most;
				try {
					if (within.test(Integer.parseInt(value))) {
						return;
					}
				}
				catch (NumberFormatException ex) {
					// the same answer as for a number out of range
				}
				throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
			});
		}

		private void duration(String variable, String property) {
			duration(variable, property, LONGEST);
		}

		private void duration(String variable, String property, Duration longest) {
			optional(variable, property, (value) -> {
				try {
					Duration duration = Duration.parse(value);
					if (!duration.isNegative() && duration.compareTo(longest) <= 0) {
						return;
					}
				}
				catch (RuntimeException ex) {
					if (value.equals("0")) {
						return;
					}
				}
				throw new IllegalArgumentException("must be a duration from 0 to " + longest + ", such as PT6S");
			});
		}

	}

}
