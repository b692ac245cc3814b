package bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * What it costs to remove what has been kept long enough: how long the hub sweeps, what
 * PostgreSQL does for it, and what people who write meanwhile notice.
 */
final class Sweep {

	private static final int LONGEST_WARM_UP = 240;

	private static final int MOST_STEPS = 600;

	/** Longer than anything should take; as that of the traffic's own. */
	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	/** In the inbox, in the outbox, and what was said by either side. */
	private static final int ROWS_PER_TURN = 4;

	private Sweep() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("turns", "500000");
		defaults.put("rate", "300");
		defaults.put("people", "100");
		defaults.put("contacts", "2000");
		defaults.put("warmup", "10000");
		defaults.put("provider-delay", "0");
		defaults.putAll(Stage.defaults());
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}; {@code turns}: how many of them are to be
	 * forgotten, {@code rate}: messages a second before and meanwhile, {@code warmup}: turns,
	 * which must be over a minute after the hub's start
	 * @return 0 if every message was answered once and all that is old is gone, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		System.out.println("Options: " + options);
		int turns = options.number("turns");
		Traffic traffic = new Traffic(options.number("contacts"));
		try (Stage stage = new Stage(options, Map.of(), traffic); traffic) {
			stage.startHub();
			stage.hub().stop();
			tell("writing " + turns + " turns of long ago");
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, options.number("contacts"));
				fill(connection, turns);
			}
			stage.postgres().execute("vacuum analyze");
			stage.postgres().execute("checkpoint");
			stage.startHub();
			traffic.connect(stage.hub().port());
			tell("warming up");
			traffic.closedLoop(options.number("people"), LONGEST_WARM_UP, options.number("warmup"));
			Table table = new Table();
			double rows = (double) turns * ROWS_PER_TURN;
			Phase calm = new Phase();
			Phase busy = new Phase();
			double left = left(stage, turns);
			if (left < rows) {
				throw new IllegalArgumentException("The sweep began while the hub warmed up: a smaller --warmup");
			}
			tell("waiting for the sweep, then until it is over");
			for (int step = 0; step < MOST_STEPS && left > 0; step++) {
				Used before = Used.take(stage);
				Traffic.Result result = traffic.openLoop(options.number("rate"), 1);
				double now = left(stage, turns);
				((now < left) ? busy : calm).add(result, Used.take(stage).minus(before));
				left = now;
			}
			calm.addTo(table, "before");
			busy.addTo(table, "while the hub sweeps");
			table.add("rows removed", "", rows - left);
			table.add("in", "s", busy.used.seconds);
			table.add("a turn's processor time of PostgreSQL", "ms", calm.used.processor * 1000 / calm.turns());
			table.add("1,000 removed rows' processor time of PostgreSQL", "ms",
					(busy.used.processor - busy.turns() * calm.used.processor / calm.turns()) * 1e6 / rows);
			table.add("a turn's log of PostgreSQL (WAL)", "kB", calm.used.walBytes / 1024 / calm.turns());
			table.add("1,000 removed rows' log of PostgreSQL (WAL)", "kB",
					(busy.used.walBytes - busy.turns() * calm.used.walBytes / calm.turns()) * 1000 / 1024 / rows);
			vacuum(stage, table, rows);
			System.out.println();
			table.print(System.out);
			List<String> complaints = traffic.complaints();
			complaints.forEach((complaint) -> System.out.println("WRONG: " + complaint));
			if (left > 0) {
				System.out.println("WRONG: not all that is old is gone");
			}
			return (complaints.isEmpty() && left == 0) ? 0 : 1;
		}
	}

	/** Rows as the hub leaves them, older than any that it keeps. Their ids begin with 1. */
	private static void fill(Connection connection, int turns) throws SQLException {
		run(connection, """
				insert into hub.inbox (provider, number, event_key, contact_key, body, received_at, state, attempts, finished_at, routes)
				select 'whatsapp', '1', 'wamid.' || encode(sha256(('in' || n)::bytea), 'base64'), '+234803' || n % 2000, repeat('x', 420),
				       now() - interval '9 days', 1, 1, now() - interval '9 days', 'turn-take > menu-show'
				from generate_series(1, ?) n""", turns);
		run(connection, """
				insert into hub.message (contact_id, direction, channel, kind, text, provider_id, correlation_id, state, at, sent_at)
				select n % 2000, case when n % 2 = 0 then 'out' else 'in' end, 'whatsapp', 'list', repeat('t', 100),
				       'wamid.' || encode(sha256(('out' || n)::bytea), 'base64'), 'in-' || n / 2, 4, now() - interval '401 days', now() - interval '401 days'
				from generate_series(1, 2 * ?) n""", turns);
		run(connection, """
				insert into hub.outbox (lane_key, channel, message_id, priority, state, attempts, lease_no, body, correlation_id, created_at, routes)
				select 'whatsapp:+234803' || n % 2000, 'whatsapp', 2 * n, 0, 1, 1, 1, repeat('y', 900), 'in-' || n, now() - interval '9 days',
				       'delivery-send'
				from generate_series(1, ?) n""", turns);
	}

	private static void run(Connection connection, String sql, int turns) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setInt(1, turns);
			statement.executeUpdate();
		}
	}

	/** How many of the old rows are still there. The hub removes the oldest first. */
	private static double left(Stage stage, int turns) throws SQLException {
		return stage.postgres().number("""
				select greatest(0, %1$d - (select min(id) from hub.inbox) + 1) + greatest(0, %1$d - (select min(id) from hub.outbox) + 1)
				       + greatest(0, 2 * %1$d - (select min(id) from hub.message) + 1)""".formatted(turns));
	}

	/** What the sweep leaves to do: autovacuum would do the same, at its own pace. */
	private static void vacuum(Stage stage, Table table, double rows) throws Exception {
		tell("vacuum");
		Used before = Used.take(stage);
		stage.postgres().execute("vacuum (parallel 0) hub.inbox, hub.outbox, hub.message");
		Used used = Used.take(stage).minus(before);
		table.add("vacuum afterwards", "s", used.seconds);
		table.add("1,000 removed rows' vacuum: processor time", "ms", used.processor * 1e6 / rows);
		table.add("1,000 removed rows' vacuum: log (WAL)", "kB", used.walBytes * 1000 / 1024 / rows);
	}

	private static void tell(String phase) {
		System.err.println("  " + phase);
	}

	/** Seconds of some length, and what PostgreSQL did in them. */
	private static final class Phase {

		private final Histogram acks = new Histogram(LONGEST_NANOS, 3);

		private final Histogram answers = new Histogram(LONGEST_NANOS, 3);

		private Used used = new Used(0, 0, 0);

		void add(Traffic.Result result, Used used) {
			this.acks.add(result.acks());
			this.answers.add(result.turns());
			this.used = this.used.plus(used);
		}

		double turns() {
			return this.answers.getTotalCount();
		}

		void addTo(Table table, String when) {
			table.add("webhook answer, " + when + ", p50", "ms", this.acks.getValueAtPercentile(50) / 1e6);
			table.add("webhook answer, " + when + ", p99", "ms", this.acks.getValueAtPercentile(99) / 1e6);
			table.add("webhook answer, " + when + ", slowest", "ms", this.acks.getMaxValue() / 1e6);
			table.add("webhook to provider, " + when + ", p99", "ms", this.answers.getValueAtPercentile(99) / 1e6);
		}

	}

	/** What PostgreSQL has used so far. Times in seconds. */
	private record Used(double seconds, double processor, double walBytes) {

		static Used take(Stage stage) throws Exception {
			return new Used(System.nanoTime() / 1e9, Proc.cpuSeconds(stage.postgres().pid()),
					stage.postgres().number("select pg_current_wal_lsn() - '0/0'"));
		}

		Used minus(Used before) {
			return new Used(this.seconds - before.seconds, this.processor - before.processor,
					this.walBytes - before.walBytes);
		}

		Used plus(Used more) {
			return new Used(this.seconds + more.seconds, this.processor + more.processor, this.walBytes + more.walBytes);
		}

	}

}
