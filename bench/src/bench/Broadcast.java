package bench;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * Broadcasts at the pace of a real number, three in a row: one to everybody while other
 * people ask for their menu, one that is stopped, and one in whose middle the hub is
 * killed and started again.
 */
final class Broadcast implements Provider.Listener {

	private static final int CONNECTIONS = 16;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int WARM_UP = 1500;

	private static final int WARM_UP_RATE = 60;

	private final Options options;

	private final Table table = new Table();

	private final List<String> complaints = new ArrayList<>();

	private final int recipients;

	private final int people;

	/** Whoever is no recipient. */
	private final MenuAskers askers;

	/** What has come since the present broadcast began. */
	private final List<Sent> sent = new ArrayList<>();

	private final HttpClient http = HttpClient.newHttpClient();

	private Stage stage;

	private String token;

	private Broadcast(Options options) {
		this.options = options;
		this.recipients = options.number("recipients");
		this.people = options.number("people");
		this.askers = new MenuAskers(this.recipients, this.people);
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("recipients", "5000");
		defaults.put("people", "400");
		defaults.put("rate", "10");
		defaults.put("pace", "80");
		defaults.put("provider-delay", "50");
		defaults.putAll(Stage.defaults());
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}
	 * @return 0 if everybody was reached once, what was stopped went no further, and
	 * every menu was answered, else 1
	 */
	static int run(Options options) throws Exception {
		PrintStream out = System.out;
		out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		out.println("Options: " + options);
		Broadcast broadcast = new Broadcast(options);
		broadcast.measure();
		out.println();
		broadcast.table.print(out);
		broadcast.complaints.forEach((complaint) -> out.println("WRONG: " + complaint));
		return broadcast.complaints.isEmpty() ? 0 : 1;
	}

	private void measure() throws Exception {
		// longer than the hub needs to start: reports settle what was under way when it was killed
		Map<String, String> settings = Map.of("RATE_PER_NUMBER", this.options.text("pace"), "IN_DOUBT_AFTER", "PT3M");
		try (Stage stage = new Stage(this.options, settings, this)) {
			this.stage = stage;
			this.token = Sockets.token(Stage.SECRET_KEY, "bench-admin", "admin");
			stage.startHub();
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, this.recipients + this.people);
				appoint(connection);
				Meta meta = new Meta(stage.hub().port());
				try (WebhookClient client = new WebhookClient(stage.hub().port(), CONNECTIONS, this.askers)) {
					System.err.println("  warming up");
					this.askers.start(client, meta, WARM_UP_RATE);
					this.askers.awaitAnswers(WARM_UP);
					this.askers.stop();
					stage.postgres().execute("vacuum analyze");
					stage.postgres().execute("checkpoint");
					wholeOne(client, meta);
					stoppedOne(connection);
				}
				killedOne(connection, meta);
			}
			this.askers.complain(this.complaints);
		}
	}

	/** The recipients are agents who have just written; those who write are seekers. */
	private void appoint(Connection connection) throws SQLException {
		for (String sql : List.of(
				"update hub.account set role = 'agent' where substr(user_id, 7)::int < ?::int and user_id like 'bench-%'", """
						update hub.identity set last_inbound_at = now() where contact_id in (
						select c.id from hub.contact c join hub.account a on a.user_id = c.account_id
						where a.role = 'agent' and substr(a.user_id, 7)::int < ?::int)""")) {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setInt(1, this.recipients);
				statement.executeUpdate();
			}
		}
	}

	private void wholeOne(WebhookClient client, Meta meta) throws Exception {
		this.askers.start(client, meta, this.options.number("rate"));
		this.askers.takeMenus();
		TimeUnit.SECONDS.sleep(5);
		double before = this.askers.takeMenus().getValueAtPercentile(99) / 1e6;
		System.err.println("  a broadcast to " + this.recipients);
		double cpu = Proc.cpuSeconds(this.stage.hub().pid());
		long began = begin();
		String id = make();
		MenuAskers.await(() -> broadcasts().size() >= this.recipients);
		double seconds = (System.nanoTime() - began) / 1e9;
		cpu = Proc.cpuSeconds(this.stage.hub().pid()) - cpu;
		this.askers.stop();
		Histogram menus = this.askers.takeMenus();
		MenuAskers.await(() -> "done".equals(state(id)));
		this.table.add("until " + this.recipients + " are at the provider", "s", seconds,
				"> " + this.recipients / Math.max(1, this.options.number("pace")));
		this.table.add("messages at the provider in any second, most", "", busiestSecond(),
				"<= " + this.options.number("pace") + " + a quarter");
		this.table.add("webhook to menu at the provider, before, p99", "ms", before);
		this.table.add("webhook to menu at the provider, meanwhile, p50", "ms",
				menus.getValueAtPercentile(50) / 1e6);
		this.table.add("webhook to menu at the provider, meanwhile, p99", "ms",
				menus.getValueAtPercentile(99) / 1e6, "< 1000");
		this.table.add("menus meanwhile", "", menus.getTotalCount());
		this.table.add("processor time of the hub, menus included", "s", cpu);
		onceEach("broadcast");
	}

	/** A quarter of a second's worth may leave at once, so a second may hold that more. */
	private int busiestSecond() {
		long[] times;
		synchronized (this.sent) {
			times = this.sent.stream().mapToLong(Sent::at).sorted().toArray();
		}
		int most = 0;
		for (int first = 0, last = 0; last < times.length; last++) {
			while (times[last] - times[first] >= SECOND) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		if (most > this.options.number("pace") * 1.25 + 1) {
			this.complaints.add(most + " messages came within a second");
		}
		return most;
	}

	private void stoppedOne(Connection connection) throws Exception {
		System.err.println("  one that is stopped");
		begin();
		String id = make();
		MenuAskers.await(() -> broadcasts().size() >= this.recipients / 10);
		long asked = System.nanoTime();
		call("POST", "/api/v1/admin/broadcasts/" + id + "/stop", null, 200);
		double answered = (System.nanoTime() - asked) / 1e6;
		TimeUnit.SECONDS.sleep(5);
		List<Sent> all = broadcasts();
		long last = all.get(all.size() - 1).at();
		double until = Math.max(0, (last - asked) / 1e6);
		this.table.add("stop is answered after", "ms", answered);
		this.table.add("the last message comes after the call to stop", "ms", until, "< 1000");
		if (until > 1000) {
			this.complaints.add("a stopped broadcast went on for " + until + " ms");
		}
		MenuAskers.await(() -> count(connection, "select count(*) from hub.broadcast where ended_at is null") == 0);
		complain((int) count(connection, "select count(*) from hub.outbox where state in (0, 3, 4, 5)"),
				"messages of a stopped broadcast are left in the outbox");
		complain((int) (count(connection, "select count(*) from hub.broadcast_recipient r join hub.message m "
				+ "on m.id = r.message_id where m.state = 2 and r.broadcast_id = " + id) - all.size()),
				"more messages of a stopped broadcast are counted as sent than came");
	}

	private void killedOne(Connection connection, Meta meta) throws Exception {
		System.err.println("  one in whose middle the hub is killed");
		long began = begin();
		String id = make();
		MenuAskers.await(() -> broadcasts().size() >= this.recipients / 3);
		this.stage.hub().end("KILL");
		long killed = System.nanoTime();
		double start = this.stage.startHub() / 1000.0;
		try (WebhookClient client = new WebhookClient(this.stage.hub().port(), CONNECTIONS, this.askers)) {
			// As Meta delivers again what the hub was not there to take
			List<Sent> unsure = broadcasts().stream().filter((one) -> one.at() > killed - 5 * SECOND).toList();
			for (Sent one : unsure) {
				client.post(meta.status("sent", one.providerId(), one.callbackData(), one.contact()));
			}
			MenuAskers.await(() -> "done".equals(state(id)));
		}
		this.table.add("killed (kill -9) in the middle: start until healthy", "s", start);
		this.table.add("killed in the middle: until everybody was reached", "s", (System.nanoTime() - began) / 1e9);
		this.table.add("in doubt when it was killed, settled by reports", "",
				count(connection, "select count(*) from hub.message where doubts > 0"));
		onceEach("broadcast whose hub was killed");
	}

	private void onceEach(String which) {
		int[] times = new int[this.recipients];
		broadcasts().forEach((one) -> times[one.contact()]++);
		complain((int) Arrays.stream(times).filter((count) -> count == 0).count(),
				"people were not reached by the " + which);
		complain((int) Arrays.stream(times).filter((count) -> count > 1).count(),
				"people were reached twice by the " + which);
	}

	private void complain(int count, String what) {
		if (count != 0) {
			this.complaints.add(count + " " + what);
		}
	}

	private long begin() {
		synchronized (this.sent) {
			this.sent.clear();
		}
		return System.nanoTime();
	}

	/** The present broadcast's messages, in the order in which they came. */
	private List<Sent> broadcasts() {
		synchronized (this.sent) {
			return this.sent.stream().filter((one) -> one.contact() < this.recipients).toList();
		}
	}

	private String make() throws Exception {
		String answer = call("POST", "/api/v1/admin/broadcast",
				"{\"audience\":{\"role\":\"agent\"},\"text\":\"Hello everybody\"}", 202);
		if (!answer.contains("\"recipients\":" + this.recipients + ",")) {
			throw new IllegalStateException("The broadcast has other recipients: " + answer);
		}
		return answer.replaceFirst(".*\"broadcast_id\":\"(\\d+)\".*", "$1");
	}

	private String state(String id) throws Exception {
		return call("GET", "/api/v1/admin/broadcasts/" + id, null, 200).replaceFirst(".*\"state\":\"(\\w+)\".*", "$1");
	}

	private String call(String method, String path, String body, int expected) throws Exception {
		HttpRequest.BodyPublisher content = (body != null) ? HttpRequest.BodyPublishers.ofString(body)
				: HttpRequest.BodyPublishers.noBody();
		HttpResponse<String> answer = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.stage.hub().port() + path))
				.header("Authorization", "Bearer " + this.token)
				.header("Content-Type", "application/json")
				.method(method, content)
				.build(), HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != expected) {
			throw new IllegalStateException("The hub has answered " + answer.statusCode() + ": " + answer.body());
		}
		return answer.body();
	}

	private static long count(Connection connection, String query) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(query); ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		if (contact < 0) {
			return;
		}
		synchronized (this.sent) {
			this.sent.add(new Sent(contact, callbackData, providerId, at));
		}
		this.askers.menu(contact, at);
	}

	/**
	 * A message at the provider.
	 *
	 * @param contact the recipient
	 * @param callbackData what its reports carry back
	 * @param providerId the id that it got
	 * @param at when, nanoseconds
	 */
	private record Sent(int contact, String callbackData, String providerId, long at) {
	}

}
