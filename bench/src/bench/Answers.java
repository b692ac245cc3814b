package bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * How long an agent's tap on YES takes to the visitor: from when its webhook was due until
 * the answer stands in the visitor's thread, and until the agent's thanks are at the
 * provider. Each agent has one open check, written by SQL.
 */
final class Answers implements WebhookClient.Listener, Provider.Listener {

	private static final int CONNECTIONS = 16;

	/** How often the threads are looked at, which is how exact the time is. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private final Options options;

	private final Table table = new Table();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger thanked = new AtomicInteger();

	private final Delivery[] taps;

	private volatile Histogram acks = new Histogram(LONGEST_NANOS, 3);

	private volatile Histogram thanks = new Histogram(LONGEST_NANOS, 3);

	private volatile Histogram told = new Histogram(LONGEST_NANOS, 3);

	private int next;

	private Answers(Options options) {
		this.options = options;
		this.taps = new Delivery[options.number("warmup") + options.number("rate") * options.number("seconds")];
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("rate", "50");
		defaults.put("seconds", "30");
		defaults.put("warmup", "3000");
		defaults.put("provider-delay", "0");
		defaults.putAll(Stage.defaults());
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}
	 * @return 0 if every tap was an answer and was thanked for once, else 1
	 */
	static int run(Options options) throws Exception {
		PrintStream out = System.out;
		out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		out.println("Options: " + options);
		Answers answers = new Answers(options);
		List<String> complaints = answers.measure();
		out.println();
		answers.table.print(out);
		complaints.forEach((complaint) -> out.println("WRONG: " + complaint));
		return complaints.isEmpty() ? 0 : 1;
	}

	private List<String> measure() throws Exception {
		int warmUp = this.options.number("warmup");
		int rate = this.options.number("rate");
		try (Stage stage = new Stage(this.options, Map.of(), this)) {
			long start = stage.startHub();
			try (Connection connection = stage.postgres().connect();
					WebhookClient client = new WebhookClient(stage.hub().port(), CONNECTIONS, this)) {
				Contacts.link(connection, this.taps.length);
				ask(connection, this.taps.length);
				Meta meta = new Meta(stage.hub().port());
				for (int agent = 0; agent < this.taps.length; agent++) {
					this.taps[agent] = meta.tap(agent, "check:" + token(agent) + ":yes");
				}
				System.err.println("  warming up");
				tap(connection, client, warmUp, 200);
				stage.postgres().execute("vacuum analyze");
				stage.postgres().execute("checkpoint");
				this.acks = new Histogram(LONGEST_NANOS, 3);
				this.thanks = new Histogram(LONGEST_NANOS, 3);
				this.told = new Histogram(LONGEST_NANOS, 3);
				System.err.println("  " + rate + " answers a second");
				double idle = Proc.cpuSeconds(stage.hub().pid());
				double busy = Proc.busySeconds();
				double own = Proc.ownCpuSeconds() + Proc.cpuSeconds(stage.postgres().pid());
				long began = System.nanoTime();
				tap(connection, client, this.taps.length - warmUp, rate);
				double seconds = (System.nanoTime() - began) / 1e9;
				double hub = Proc.cpuSeconds(stage.hub().pid()) - idle;
				double all = Proc.ownCpuSeconds() + Proc.cpuSeconds(stage.postgres().pid()) - own;
				report(rate, start);
				this.table.add("an answer's processor time: hub", "ms", hub * 1000 / (this.taps.length - warmUp));
				this.table.add("processors taken by others meanwhile", "",
						(Proc.busySeconds() - busy - hub - all) / seconds, "< 0.1");
				this.table.add("resident memory of the hub, most", "MB", Proc.memory(stage.hub().pid(), "VmHWM"),
						"< 512");
			}
			return complaints(stage);
		}
	}

	private void report(int rate, long start) {
		String name = "answer to thread at " + rate + "/s, ";
		this.table.add("start until healthy", "s", start / 1000.0);
		this.table.add("webhook answer at " + rate + "/s, p99", "ms", this.acks.getValueAtPercentile(99) / 1e6);
		this.table.add(name + "p50", "ms", this.told.getValueAtPercentile(50) / 1e6);
		this.table.add(name + "p99", "ms", this.told.getValueAtPercentile(99) / 1e6, "< 200");
		this.table.add(name + "slowest", "ms", this.told.getValueAtPercentile(100) / 1e6);
		this.table.add("answer to thanks at the provider, p50", "ms", this.thanks.getValueAtPercentile(50) / 1e6);
		this.table.add("answer to thanks at the provider, p99", "ms", this.thanks.getValueAtPercentile(99) / 1e6);
	}

	private List<String> complaints(Stage stage) throws SQLException {
		List<String> complaints = new ArrayList<>();
		double available = stage.postgres()
			.number("select count(*) from hub.availability_check where state = 'available'");
		double posted = stage.postgres()
			.number("select count(*) from hub.thread_message where event = 'check_updated'");
		complain(complaints, this.refused.get(), "webhooks were not answered 200");
		complain(complaints, (long) (this.taps.length - available), "taps were no answer");
		complain(complaints, (long) (posted - available), "threads were told too often, or not");
		complain(complaints, this.thanked.get() - this.taps.length, "thanks too many, or too few");
		return complaints;
	}

	private static void complain(List<String> complaints, long count, String what) {
		if (count != 0) {
			complaints.add(count + " " + what);
		}
	}

	private static String token(int agent) {
		return "benchbenchbench" + (1_000_000 + agent);
	}

	/** Checks whose agents are the contacts of the same numbers, asked a moment ago. */
	private static void ask(Connection connection, int count) throws SQLException {
		for (String sql : List.of("""
				insert into hub.thread (id, user_id, title, visitor_name, language, created_at, updated_at)
				overriding system value
				select n, 'visitor-' || n, 'Bench', 'Visitor', 'en', now(), now() from generate_series(1, ?::int) n""", """
				insert into hub.availability_check (id, user_id, visitor_name, language, thread_id, listing_id,
				listing_title, state, asked_at, expires_at, due_at)
				overriding system value
				select n, 'visitor-' || n, 'Visitor', 'en', n, 'listing-' || n, 'House ' || n, 'asked', now(),
				now() + interval '1 day', now() + interval '2 h' from generate_series(1, ?::int) n""", """
				insert into hub.availability_ask (check_id, position, agent_id, agent_name, phone, language, time_zone,
				token, contact_id, asked_at, open)
				select n, 0, 'bench-' || n - 1, 'Bench', c.phone, 'en', 'UTC', 'benchbenchbench' || 1000000 + n - 1, c.id,
				now(), true
				from generate_series(1, ?::int) n join hub.contact c on c.account_id = 'bench-' || n - 1""")) {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setInt(1, count);
				statement.executeUpdate();
			}
		}
		try (var statement = connection.createStatement()) {
			statement.execute("analyze");
		}
	}

	/** Taps of the next agents at a fixed rate, until the last thread was told. */
	private void tap(Connection connection, WebhookClient client, int count, int rate) throws SQLException {
		int first = this.next;
		this.next += count;
		Thread sender = new Thread(() -> send(client, first, count, rate), "bench-taps");
		sender.start();
		watch(connection, first, count);
	}

	private void send(WebhookClient client, int first, int count, int rate) {
		Pace pace = new Pace(rate);
		for (int n = 0; n < count; n++) {
			this.taps[first + n].dueAt = pace.await(n);
			client.post(this.taps[first + n]);
		}
	}

	private void watch(Connection connection, int first, int count) throws SQLException {
		boolean[] seen = new boolean[count];
		int told = 0;
		int from = 0;
		long lastProgress = System.nanoTime();
		try (PreparedStatement look = connection
			.prepareStatement("select id from hub.thread where id between ? and ? and last_seq > 0")) {
			while (told < count && System.nanoTime() - lastProgress < TimeUnit.SECONDS.toNanos(45)) {
				while (from < count && seen[from]) {
					from++;
				}
				look.setLong(1, first + from + 1);
				look.setLong(2, first + Math.min(count, from + 500));
				try (ResultSet row = look.executeQuery()) {
					long now = System.nanoTime();
					while (row.next()) {
						int agent = (int) row.getLong(1) - 1;
						if (!seen[agent - first]) {
							seen[agent - first] = true;
							told++;
							lastProgress = now;
							this.told.recordValue(Math.min(now - this.taps[agent].dueAt, LONGEST_NANOS));
						}
					}
				}
				LockSupport.parkNanos(LOOK_NANOS);
			}
		}
		while (this.thanked.get() < first + count
				&& System.nanoTime() - lastProgress < TimeUnit.SECONDS.toNanos(45)) {
			LockSupport.parkNanos(LOOK_NANOS);
		}
	}

	@Override
	public void answered(Delivery delivery, int status, long at) {
		if (status != 200) {
			this.refused.incrementAndGet();
			return;
		}
		this.acks.recordValue(Math.min(at - delivery.dueAt, LONGEST_NANOS));
	}

	@Override
	public void broken(Delivery delivery) {
		this.refused.incrementAndGet();
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		if (contact >= 0 && contact < this.taps.length) {
			this.thanks.recordValue(Math.min(at - this.taps[contact].dueAt, LONGEST_NANOS));
		}
		this.thanked.incrementAndGet();
	}

}
