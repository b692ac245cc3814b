package bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.HdrHistogram.Histogram;

/**
 * Opens many sockets of the web chat and says something in all of their threads: what do
 * the sockets cost, and how long does it take until everybody has it?
 */
final class Sockets {

	private static final String USER = "bench-visitor";

	private static final int PATIENCE_SECONDS = 20;

	private static final int CONNECTIONS = 8192;

	private static final int SPARE_CONNECTIONS = 100;

	private Sockets() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("sockets", "5000");
		defaults.put("threads", "5000");
		defaults.put("rounds", "10");
		defaults.put("idle", "30");
		defaults.putAll(Stage.defaults());
		defaults.put("jvm", "-Xms192m -Xmx512m -XX:+UseSerialGC");
		defaults.put("provider-delay", "0");
		return defaults;
	}

	/**
	 * Runs it and prints a table.
	 * @param options see {@link #defaults()}
	 * @return 0 if everybody got everything once and in order, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		System.out.println("Options: " + options);
		int sockets = options.number("sockets");
		int threads = Math.min(options.number("threads"), sockets);
		Table table = new Table();
		try (Stage stage = new Stage(options, settings(sockets), (contact, messageId, data, providerId, at) -> {
		})) {
			stage.startHub();
			String token = token(Stage.SECRET_KEY);
			try (Connection connection = stage.postgres().connect(); Crowd crowd = new Crowd(false, stage.hub().port())) {
				open(connection, threads);
				warmUp(stage, token);
				long pid = stage.hub().pid();
				double before = Proc.memory(pid, "VmRSS");
				for (int n = 0; n < sockets; n++) {
					crowd.add(n % threads + 1, token, 0);
				}
				double seconds = crowd.open();
				table.add("sockets opened", "/s", sockets / seconds);
				long seq = 1;
				add(table, "said in all threads, found by looking", "< 2,000",
						sayElsewhere(options.number("rounds"), connection, crowd, seq));
				seq += options.number("rounds");
				double said = Proc.cpuSeconds(pid);
				Thread.sleep(options.number("idle") * 1000L);
				table.add("processors while nobody says anything", "",
						(Proc.cpuSeconds(pid) - said) / options.number("idle"));
				if (threads == 1) {
					add(table, "said over HTTP, to everybody", "< 2,000",
							sayHere(options.number("rounds"), stage, token, crowd, seq));
				}
				table.add("memory before, VmRSS", "MB", before);
				table.add("memory added, VmRSS", "MB", Proc.memory(pid, "VmRSS") - before, "< 300");
				table.add("memory added at most, VmHWM", "MB", Proc.memory(pid, "VmHWM") - before);
				table.add("messages that came", "", crowd.messages());
				table.add("missing, doubled or out of order", "", crowd.wrong(), "0");
				table.add("sockets that failed", "", crowd.failed(), "0");
				System.out.println();
				table.print(System.out);
				return (crowd.wrong() == 0 && crowd.failed() == 0) ? 0 : 1;
			}
		}
	}

	/** As many connections as are wanted, if that is more than Tomcat takes by itself. */
	private static Map<String, String> settings(int sockets) {
		return (sockets + SPARE_CONNECTIONS <= CONNECTIONS) ? Map.of()
				: Map.of("SERVER_TOMCAT_MAX_CONNECTIONS", String.valueOf(sockets + SPARE_CONNECTIONS));
	}

	private static void add(Table table, String what, String aim, Histogram times) {
		table.add(what + ": p50", "ms", times.getValueAtPercentile(50) / 1e6);
		table.add(what + ": p99", "ms", times.getValueAtPercentile(99) / 1e6);
		table.add(what + ": until the last had it", "ms", times.getMaxValue() / 1e6, aim);
	}

	/** What another instance says while Redis is away: no wake tells of it. */
	private static Histogram sayElsewhere(int rounds, Connection connection, Crowd crowd, long after)
			throws SQLException, InterruptedException {
		Histogram times = new Histogram(3);
		for (int n = 1; n <= rounds; n++) {
			say(connection);
			record(times, System.nanoTime(), crowd.await(after + n, PATIENCE_SECONDS));
		}
		return times;
	}

	/** Says something in every thread. */
	static void say(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("""
					with next as (
					    update hub.thread set last_seq = last_seq + 1, updated_at = now() returning id, last_seq
					)
					insert into hub.thread_message (thread_id, seq, event, text, at)
					select id, last_seq, 'assistant_message', 'A message as long as most are, to be seen by everybody', now()
					from next""");
		}
	}

	private static Histogram sayHere(int rounds, Stage stage, String token, Crowd crowd, long after) throws Exception {
		Histogram times = new Histogram(3);
		HttpClient client = HttpClient.newHttpClient();
		long seq = after;
		for (int n = 1; n <= rounds; n++) {
			long start = System.nanoTime();
			post(client, stage, token, 1, "{\"text\":\"help\"}");
			seq += 2;
			// its own frame, and the answer's
			record(times, start, crowd.await(seq, PATIENCE_SECONDS));
		}
		return times;
	}

	private static void record(Histogram times, long start, long[] arrivals) {
		long missed = Arrays.stream(arrivals).filter((at) -> at == 0).count();
		if (missed > 0) {
			throw new IllegalStateException(
					missed + " sockets have not got a message within " + PATIENCE_SECONDS + " s");
		}
		Arrays.stream(arrivals).forEach((at) -> times.recordValue(Math.max(0, at - start)));
	}

	/** Opens threads of one visitor, with one message in each. */
	static void open(Connection connection, int threads) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("""
				with opened as (
				    insert into hub.thread (user_id, title, visitor_name, language, last_seq, created_at, updated_at)
				    select ?, 'Bench', 'Bench', 'en', 1, now(), now() from generate_series(1, ?::int) returning id
				)
				insert into hub.thread_message (thread_id, seq, event, text, at)
				select id, 1, 'assistant_message', 'Hello', now() from opened""")) {
			statement.setString(1, USER);
			statement.setInt(2, threads);
			statement.executeUpdate();
		}
	}

	/** What the first request costs is no socket's. */
	private static void warmUp(Stage stage, String token) throws Exception {
		HttpClient client = HttpClient.newHttpClient();
		for (int n = 0; n < 200; n++) {
			HttpRequest request = HttpRequest.newBuilder(uri(stage, "/api/v1/threads?limit=1"))
				.header("Authorization", "Bearer " + token)
				.build();
			expect(client.send(request, HttpResponse.BodyHandlers.ofString()), 200);
		}
	}

	private static void post(HttpClient client, Stage stage, String token, long thread, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(stage, "/api/v1/threads/" + thread + "/messages"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		expect(client.send(request, HttpResponse.BodyHandlers.ofString()), 201);
	}

	private static void expect(HttpResponse<String> answer, int status) {
		if (answer.statusCode() != status) {
			throw new IllegalStateException("The hub has answered " + answer.statusCode() + ": " + answer.body());
		}
	}

	private static URI uri(Stage stage, String path) {
		return URI.create("http://127.0.0.1:" + stage.hub().port() + path);
	}

	/** The visitor's token, valid for a day. */
	static String token(String secret) throws Exception {
		return token(secret, USER, "seeker");
	}

	/**
	 * Anybody's token, valid for a day.
	 * @param secret the hub's {@code SECRET_KEY}
	 * @param user the platform's id
	 * @param role the user's
	 * @return the token
	 */
	static String token(String secret, String user, String role) throws Exception {
		long expires = Instant.now().plus(1, ChronoUnit.DAYS).getEpochSecond();
		String content = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encode(
				"{\"sub\":\"%s\",\"role\":\"%s\",\"name\":\"Bench\",\"exp\":%d}".formatted(user, role, expires));
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		return content + "." + Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
