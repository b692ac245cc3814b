package hub.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The hub's settings, as {@code application.yaml} maps them from environment variables.
 * {@link SettingsCheck} has looked at them before anything starts, so that what is
 * required is there and what has a range is within it. An optional text that was not set
 * is empty.
 *
 * @param publicBaseUrl the address under which providers and browsers reach the hub
 * @param timeZone the zone of people whose own is unknown
 * @param language the language of people whose own is unknown
 * @param defaultChannel the channel for contacts never seen
 * @param secretKey signs and verifies tokens; at least 32 bytes
 * @param jwksUrl where to fetch the keys that verify tokens, in place of a secret
 * @param spoolDir where deliveries wait while the database is away
 * @param logDir where log files are written
 * @param logFormat {@code text} or {@code json}
 * @param routes where routes are read from
 */
@ConfigurationProperties("hub")
public record HubProperties(String publicBaseUrl, ZoneId timeZone, String language, String defaultChannel,
		String secretKey, String jwksUrl, Path spoolDir, Path logDir, String logFormat, Routes routes,
		Database database, Redis redis, Whatsapp whatsapp, Twilio twilio, Inspector inspector, Mail mail, Web web,
		Admin admin, Limits limits, Checks checks, Delivery delivery, Queue queue, Intake intake) {

	/**
	 * An address of the hub's own, as providers and browsers reach it.
	 * @param path with its leading slash
	 * @return the whole address
	 */
	public String publicUrl(String path) {
		return this.publicBaseUrl.replaceFirst("/+$", "") + path;
	}

	/**
	 * Routes.
	 *
	 * @param directory has all route files, in folders by area, and is watched; null or
	 * empty for those that are packaged
	 */
	public record Routes(Path directory) {
	}

	/**
	 * PostgreSQL.
	 *
	 * @param url {@code postgresql://user:password@host:port/name} or a JDBC URL
	 * @param poolSize connections for turns and deliveries
	 * @param intakePoolSize connections for webhooks alone
	 */
	public record Database(String url, int poolSize, int intakePoolSize) {
	}

	/**
	 * Redis.
	 *
	 * @param url {@code redis://host:port}
	 */
	public record Redis(String url) {
	}

	/**
	 * Meta's WhatsApp Cloud API.
	 *
	 * @param token the bearer token of sends
	 * @param phoneId the id of our number
	 * @param verifyToken what Meta's handshake must carry
	 * @param appSecret signs deliveries
	 * @param apiVersion such as {@code v26.0}
	 * @param baseUrl the Graph API's address without the version
	 * @param readReceipts whether inbound messages are marked as read, with a typing
	 * indicator
	 */
	public record Whatsapp(String token, String phoneId, String verifyToken, String appSecret, String apiVersion,
			URI baseUrl, boolean readReceipts) {

		public boolean configured() {
			return !this.token.isEmpty();
		}

	}

	/**
	 * Twilio's WhatsApp.
	 *
	 * @param accountSid the account
	 * @param authToken signs deliveries and authenticates sends
	 * @param whatsappNumber our number, {@code whatsapp:+…}
	 * @param baseUrl the API's address
	 * @param reconcileEvery how often what people sent is compared with Twilio's own
	 * list; 0 for never
	 */
	public record Twilio(String accountSid, String authToken, String whatsappNumber, URI baseUrl,
			Duration reconcileEvery) {

		public boolean configured() {
			return !this.accountSid.isEmpty();
		}

	}

	/**
	 * The Inspector platform's API.
	 *
	 * @param baseUrl its address
	 * @param apiKey the bearer token
	 */
	public record Inspector(URI baseUrl, String apiKey) {
	}

	/**
	 * Mail.
	 *
	 * @param host the SMTP server; empty when the hub can't send mail
	 * @param port its port
	 * @param user empty for a server without login
	 * @param password the login's password
	 * @param from the sender's address
	 * @param adminEmail who is alerted, empty for nobody
	 * @param adminWebhookUrl what is called as well, empty for nothing
	 */
	public record Mail(String host, int port, String user, String password, String from, String adminEmail,
			String adminWebhookUrl) {

		public boolean configured() {
			return !this.host.isEmpty();
		}

	}

	/**
	 * The API and the web chat.
	 *
	 * @param allowedOrigins sites besides the hub's own whose pages may talk with it
	 * @param tokenMinutes how long a token that the hub issues is valid
	 */
	public record Web(List<String> allowedOrigins, int tokenMinutes) {
	}

	/**
	 * The administrator's login.
	 *
	 * @param user the name
	 * @param password the password
	 */
	public record Admin(String user, String password) {
	}

	/**
	 * What one person may do; 0 switches a limit off.
	 *
	 * @param messagesPerMinute messages that are handled
	 * @param codesPerHour mailed codes
	 * @param checksPerHour availability checks
	 */
	public record Limits(int messagesPerMinute, int codesPerHour, int checksPerHour) {
	}

	/**
	 * How long an availability check waits, and for what.
	 *
	 * @param remindAfter for an agent's answer, before the agent is reminded
	 * @param nextAgentAfter for an answer to the reminder, before the next agent is asked
	 * @param expireAfter for any answer at all, from the first question on
	 * @param quietTime for another message of an agent, before what was said is taken for
	 * the answer
	 * @param maxTime at most for more, from an agent's first message on
	 */
	public record Checks(Duration remindAfter, Duration nextAgentAfter, Duration expireAfter, Duration quietTime,
			Duration maxTime) {
	}

	/**
	 * How sends are paced; 0 switches a pace off.
	 *
	 * @param ratePerNumber messages a second of one of our numbers
	 * @param ratePerContactInterval one message per this time and contact, on average
	 * @param ratePerContactBurst how many of them may come at once
	 * @param inDoubtAfter how long a send in doubt waits for its status before it is
	 * repeated; zero: it is never repeated
	 */
	public record Delivery(int ratePerNumber, Duration ratePerContactInterval, int ratePerContactBurst,
			Duration inDoubtAfter) {
	}

	/**
	 * The durable queues.
	 *
	 * @param workers turns at once in this instance
	 * @param senders requests to one provider at once in this instance
	 * @param maxAttempts starts of an item before it is dead
	 * @param lease how long a worker may take before another one may think it died
	 * @param poll how often to look when nobody calls
	 */
	public record Queue(int workers, int senders, int maxAttempts, Duration lease, Duration poll) {
	}

	/**
	 * What takes deliveries in before their webhooks are answered.
	 *
	 * @param engine {@code database} or {@code kafka}
	 * @param kafkaBrokers {@code host:port,host:port}; empty without Kafka
	 * @param kafkaTopic the topic of this installation, and its consumer group's name
	 */
	public record Intake(String engine, String kafkaBrokers, String kafkaTopic) {

		public boolean usesKafka() {
			return this.engine.equals("kafka");
		}

	}

}
