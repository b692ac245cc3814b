package journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.HubApplication;
import sandbox.SandboxConfiguration;
import sandbox.SandboxSettings;
import sandbox.services.SandboxServices;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.awaitility.Awaitility.await;

/**
 * The whole sandbox in this JVM, driven over HTTP as its page drives it. Started once;
 * each test begins with {@link #reset()}.
 */
final class Sandbox implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static Sandbox running;

	private final ObjectMapper json = new ObjectMapper();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private final String address;

	private Sandbox(ClassLoader classPath, Map<String, String> others) {
		SandboxServices services = SandboxServices.shared();
		int port = SandboxServices.freePort();
		this.address = "http://localhost:" + port;
		SpringApplication application = new SpringApplication(HubApplication.class, SandboxConfiguration.class);
		application.addInitializers((context) -> {
			((GenericApplicationContext) context).setClassLoader(classPath);
			context.getBeanFactory().registerSingleton("sandboxMailServer", services.mail());
		});
		Map<String, Object> settings = SandboxSettings.defaults(services, this.address);
		settings.put("SERVER_PORT", Integer.toString(port));
		settings.put("IN_DOUBT_AFTER", "PT2S");
		settings.put("REPLY_QUIET_TIME", "PT2S");
		settings.put("CORS_ALLOWED_ORIGINS", "https://partner.example.com,http://127.0.0.1:" + port);
		settings.putAll(others);
		application.setDefaultProperties(settings);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(classPath);
		try {
			// Quartz keeps one data source for a name in the whole JVM.
			this.context = application.run("--spring.quartz.scheduler-name=hub-" + port);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/**
	 * The running sandbox, in its initial state.
	 * @return the sandbox
	 */
	static synchronized Sandbox reset() {
		if (running == null) {
			running = new Sandbox(Sandbox.class.getClassLoader(), Map.of());
		}
		running.begin();
		return running;
	}

	/**
	 * A second sandbox with other files on its class path, on a database of its own. It
	 * is for the caller to close.
	 * @param classPath finds the other files first
	 * @param name of its database
	 * @return the sandbox in its initial state
	 */
	static Sandbox with(ClassLoader classPath, String name) {
		return with(classPath, name, Map.of());
	}

	/**
	 * A second sandbox with other settings, on a database of its own. It is for the
	 * caller to close.
	 * @param classPath finds the other files first
	 * @param name of its database
	 * @param others the settings
	 * @return the sandbox in its initial state
	 */
	static Sandbox with(ClassLoader classPath, String name, Map<String, String> others) {
		String url = SandboxServices.shared().database().url();
		JdbcClient server = JdbcClient
			.create(new DriverManagerDataSource("jdbc:" + url.replaceFirst("//[^@]*@", "//"), "postgres", null));
		// A class that is tried once more finds what its first try has left
		server.sql("drop database if exists " + name + " with (force)").update();
		server.sql("create database " + name).update();
		Map<String, String> settings = new HashMap<>(others);
		settings.put("DATABASE_URL", url.replaceFirst("[^/]*$", name));
		settings.put("SPOOL_DIR", SandboxServices.shared().directory().resolve("spool-" + name).toString());
		Sandbox sandbox = new Sandbox(classPath, settings);
		sandbox.begin();
		return sandbox;
	}

	/**
	 * A second instance of the hub on the same database and Redis. It is for the caller
	 * to close.
	 * @return the instance
	 */
	Sandbox another() {
		return new Sandbox(Sandbox.class.getClassLoader(),
				Map.of("SPOOL_DIR", services().directory().resolve("spool-of-another").toString()));
	}

	void begin() {
		call("DELETE", "/sandbox/api/faults", null);
		Answer reset = call("POST", "/sandbox/api/reset", null);
		if (reset.status() >= 300) {
			throw new IllegalStateException("The sandbox could not be reset: " + reset.body());
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	SandboxServices services() {
		return SandboxServices.shared();
	}

	/**
	 * Counts rows, with the database's own eyes.
	 * @param query a query of one number
	 * @return the number
	 */
	long count(String query) {
		return sql(query).query(Long.class).single();
	}

	/**
	 * A statement for the hub's database, for what no phone shows.
	 * @param statement with the tables' schema
	 * @return the statement, to be run
	 */
	JdbcClient.StatementSpec sql(String statement) {
		return JdbcClient.create(this.context.getBean("dataSource", DataSource.class)).sql(statement);
	}

	/**
	 * The routes that run.
	 * @return their ids
	 */
	Set<String> routes() {
		return bean(CamelContext.class).getRoutes().stream().map(Route::getId).collect(Collectors.toSet());
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Whether a bean was made.
	 * @param bean its name
	 * @return false also if there is none of that name
	 */
	boolean made(String bean) {
		return this.context.getBeanFactory().containsSingleton(bean);
	}

	Phone phone(String number) {
		return new Phone(this, number);
	}

	Phone sade() {
		return phone("+2348030000001");
	}

	Phone tunde() {
		return phone("+2348030000002");
	}

	Phone ada() {
		return phone("+2348030000011");
	}

	Phone femi() {
		return phone("+2348030000012");
	}

	Phone chidi() {
		return phone("+2348030000021");
	}

	/**
	 * Lets the stand-ins misbehave.
	 * @param faults as the sandbox's interface takes them
	 */
	void faults(String faults) {
		call("PUT", "/sandbox/api/faults", faults);
	}

	/**
	 * Moves business time forward.
	 * @param duration ISO 8601
	 */
	void advance(String duration) {
		call("POST", "/sandbox/api/clock", "{\"advance\":\"" + duration + "\"}");
	}

	/**
	 * Business time.
	 * @return the moment
	 */
	Instant now() {
		return sql("select now() + offset_ms * interval '1 ms' from sandbox.clock")
			.query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.single();
	}

	/**
	 * Moves business time forward.
	 * @param moment until when
	 */
	void walkTo(Instant moment) {
		advance(Duration.between(now(), moment).toString());
	}

	/**
	 * Waits for a mail.
	 * @param to its recipient
	 * @param wanted which one
	 * @return the newest that fits
	 */
	JsonNode mail(String to, Predicate<JsonNode> wanted) {
		return await().atMost(PATIENCE)
			.until(() -> mails(to).stream().filter(wanted).reduce((a, b) -> b).orElse(null), (found) -> found != null);
	}

	List<JsonNode> mails(String to) {
		List<JsonNode> mails = new ArrayList<>();
		call("GET", "/sandbox/api/mail?to=" + to, null).body().forEach(mails::add);
		return mails;
	}

	/**
	 * Delivers a body as Meta would.
	 * @param body the delivery
	 * @return the hub's HTTP status
	 */
	Answer deliver(byte[] body) {
		return deliver(body, signature(body));
	}

	Answer deliver(byte[] body, String signature) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + "/api/v1/webhook"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofByteArray(body));
		if (signature != null) {
			request.header("X-Hub-Signature-256", signature);
		}
		return send(request.build());
	}

	static String signature(byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec("sandbox-app-secret".getBytes(), "HmacSHA256"));
			return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	Answer call(String method, String path, String body) {
		return call(method, path, body, "Content-Type", "application/json");
	}

	/**
	 * Calls the hub or the sandbox.
	 * @param method the HTTP method
	 * @param path with its query
	 * @param body null for none
	 * @param headers name, value, name, value …
	 * @return what is answered
	 */
	Answer call(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + path))
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	/**
	 * A web token of one of the sandbox's people.
	 * @param email the person's address
	 * @return the token
	 */
	String token(String email) {
		return call("POST", "/sandbox/api/token", "{\"email\":\"" + email + "\"}").body().get("access_token").asText();
	}

	/**
	 * Calls the API as one of the sandbox's people.
	 * @param email the person's address
	 * @param method the HTTP method
	 * @param path with its query
	 * @param body JSON, null for none
	 * @return what is answered
	 */
	Answer as(String email, String method, String path, String body) {
		return call(method, path, body, "Authorization", "Bearer " + token(email), "Content-Type", "application/json");
	}

	/**
	 * Where it listens.
	 * @return such as {@code http://localhost:8080}
	 */
	String address() {
		return this.address;
	}

	private Answer send(HttpRequest request) {
		try {
			HttpResponse<byte[]> response = this.http.send(request, BodyHandlers.ofByteArray());
			byte[] body = response.body();
			String type = response.headers().firstValue("Content-Type").orElse("");
			return new Answer(response.statusCode(), type.contains("json") ? this.json.readTree(body)
					: this.json.getNodeFactory().textNode(new String(body)), response.headers());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An HTTP answer.
	 *
	 * @param status the HTTP status
	 * @param body JSON, or words as a text node
	 * @param headers what came with it
	 */
	record Answer(int status, JsonNode body, HttpHeaders headers) {

		/** A header's value, null if it is absent. */
		String header(String name) {
			return this.headers.firstValue(name).orElse(null);
		}

	}

}
