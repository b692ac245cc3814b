package bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the hub is: webhook answers and whole turns, at fixed rates and at the
 * ceiling, start-up and memory.
 */
final class Speed {

	private static final int LONGEST_WARM_UP = 240;

	private final Options options;

	private final Table table = new Table();

	private final List<String> complaints = new ArrayList<>();

	private Speed(Options options) {
		this.options = options;
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("seconds", "20");
		defaults.put("rate", "500");
		defaults.put("latency-rate", "300");
		defaults.put("burst", "10000");
		defaults.put("people", "100");
		defaults.put("contacts", "2000");
		defaults.put("warmup", "60000");
		defaults.put("runs", "1");
		defaults.put("provider-delay", "0");
		defaults.putAll(Stage.defaults());
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}
	 * @return 0 if every message was answered once, else 1
	 */
	static int run(Options options) throws Exception {
		Speed speed = new Speed(options);
		PrintStream out = System.out;
		out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		out.println("Options: " + options);
		for (int run = 1; run <= options.number("runs"); run++) {
			System.err.println("run " + run + " of " + options.number("runs"));
			speed.once();
		}
		out.println();
		speed.table.print(out);
		speed.complaints.forEach((complaint) -> out.println("WRONG: " + complaint));
		return speed.complaints.isEmpty() ? 0 : 1;
	}

	private void once() throws Exception {
		Traffic traffic = new Traffic(this.options.number("contacts"));
		try (Stage stage = new Stage(this.options, Map.of(), traffic); traffic) {
			long start = stage.startHub();
			traffic.connect(stage.hub().port());
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, this.options.number("contacts"));
			}
			tell("warming up");
			int people = this.options.number("people");
			traffic.closedLoop(people, LONGEST_WARM_UP, this.options.number("warmup"));
			stage.postgres().execute("vacuum analyze");
			stage.postgres().execute("checkpoint");
			atFixedRate(traffic, this.options.number("rate"));
			atLatencyRate(traffic, this.options.number("latency-rate"));
			burst(stage, traffic);
			closedLoop(stage, traffic, people);
			this.table.add("start until healthy", "s", start / 1000.0);
			this.table.add("resident memory of the hub, most", "MB", Proc.memory(stage.hub().pid(), "VmHWM"), "< 512");
			this.table.add("resident memory of the hub, at the end", "MB", Proc.memory(stage.hub().pid(), "VmRSS"));
			this.complaints.addAll(traffic.complaints());
		}
	}

	private void atFixedRate(Traffic traffic, int rate) throws InterruptedException {
		tell("webhook answers at " + rate + "/s");
		Traffic.Result result = traffic.openLoop(rate, this.options.number("seconds"));
		String name = "webhook answer at " + rate + "/s with turns";
		this.table.add(name + ", p50", "ms", result.ackMillis(50));
		this.table.add(name + ", p99", "ms", result.ackMillis(99), "< 25");
		this.table.add(name + ", p99.9", "ms", result.ackMillis(99.9));
		this.table.add(name + ", slowest", "ms", result.ackMillis(100));
		this.table.add("webhook to provider at " + rate + "/s, p50", "ms", result.turnMillis(50));
		this.table.add("webhook to provider at " + rate + "/s, p99", "ms", result.turnMillis(99));
	}

	private void atLatencyRate(Traffic traffic, int rate) throws InterruptedException {
		tell("webhook to provider at " + rate + "/s");
		Traffic.Result result = traffic.openLoop(rate, this.options.number("seconds"));
		this.table.add("webhook to provider at " + rate + "/s, p50", "ms", result.turnMillis(50));
		this.table.add("webhook to provider at " + rate + "/s, p99", "ms", result.turnMillis(99), "< 100");
		this.table.add("webhook to provider at " + rate + "/s, p99.9", "ms", result.turnMillis(99.9));
	}

	private void burst(Stage stage, Traffic traffic) throws Exception {
		int count = this.options.number("burst");
		tell("a burst of " + count);
		Sample before = Sample.take(stage, traffic);
		watchStatements(stage);
		Traffic.Result result = traffic.burst(count);
		Sample used = Sample.take(stage, traffic).minus(before);
		this.table.add("burst of " + count + ": a turn's processor time: hub", "ms", used.hub * 1000 / used.turns);
		this.table.add("burst of " + count + ": a turn's processor time: PostgreSQL", "ms",
				used.postgres * 1000 / used.turns);
		printStatements(stage, used.turns);
		this.table.add("burst of " + count + ": webhooks answered", "/s", count / result.ackSeconds());
		this.table.add("burst of " + count + ": whole turns", "/s", result.rate(), "> 1000");
	}

	private void closedLoop(Stage stage, Traffic traffic, int people) throws Exception {
		tell(people + " people who write when they are answered");
		Sample before = Sample.take(stage, traffic);
		watchStatements(stage);
		Traffic.Result result = traffic.closedLoop(people, this.options.number("seconds"), Integer.MAX_VALUE);
		Sample used = Sample.take(stage, traffic).minus(before);
		String name = people + " people at once: ";
		this.table.add(name + "whole turns", "/s", result.rate(), "> 1000");
		this.table.add(name + "webhook answer, p99", "ms", result.ackMillis(99));
		this.table.add(name + "webhook to provider, p50", "ms", result.turnMillis(50));
		this.table.add(name + "webhook to provider, p99", "ms", result.turnMillis(99));
		this.table.add("a turn's processor time: hub", "ms", used.hub * 1000 / used.turns);
		this.table.add("a turn's processor time: PostgreSQL", "ms", used.postgres * 1000 / used.turns);
		this.table.add("a turn's processor time: this harness", "ms", used.harness * 1000 / used.turns);
		double others = used.machine - used.hub - used.postgres - used.harness;
		this.table.add("processors taken by others meanwhile", "", others / used.seconds, "< 0.1");
		this.table.add("a turn's transactions", "", used.transactions / used.turns);
		this.table.add("a turn's log of PostgreSQL (WAL)", "kB", used.walBytes / 1024 / used.turns);
		printStatements(stage, used.turns);
	}

	private void watchStatements(Stage stage) throws SQLException {
		if (this.options.flag("sql")) {
			stage.postgres().execute("create extension if not exists pg_stat_statements");
			stage.postgres().execute("select pg_stat_statements_reset()");
		}
	}

	private void printStatements(Stage stage, double turns) throws SQLException {
		if (!this.options.flag("sql")) {
			return;
		}
		System.out.printf("%n%10s %9s %9s %9s %9s  statement%n", "calls/turn", "ms/turn", "planning", "ms/call", "rows/call");
		try (Connection connection = stage.postgres().connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("""
						select calls, total_exec_time, rows, regexp_replace(query, '\\s+', ' ', 'g'), total_plan_time
						from pg_stat_statements order by total_exec_time + total_plan_time desc limit 30""")) {
			while (row.next()) {
				String query = row.getString(4);
				System.out.printf("%10.2f %9.4f %9.4f %9.3f %9.1f  %s%n", row.getLong(1) / turns, row.getDouble(2) / turns,
						row.getDouble(5) / turns,
						row.getDouble(2) / row.getLong(1), row.getDouble(3) / row.getLong(1),
						query.substring(0, Math.min(query.length(), 110)));
			}
		}
	}

	private static void tell(String phase) {
		System.err.println("  " + phase);
	}

	/** What has been used so far. Processor times in seconds. */
	private record Sample(double seconds, double turns, double hub, double postgres, double harness, double machine,
			double transactions, double walBytes) {

		static Sample take(Stage stage, Traffic traffic) throws Exception {
			return new Sample(System.nanoTime() / 1e9, traffic.turns(), Proc.cpuSeconds(stage.hub().pid()),
					Proc.cpuSeconds(stage.postgres().pid()), Proc.ownCpuSeconds(), Proc.busySeconds(),
					stage.postgres().number("select xact_commit from pg_stat_database where datname = 'postgres'"),
					stage.postgres().number("select pg_current_wal_lsn() - '0/0'"));
		}

		Sample minus(Sample before) {
			return new Sample(this.seconds - before.seconds, this.turns - before.turns, this.hub - before.hub,
					this.postgres - before.postgres, this.harness - before.harness, this.machine - before.machine,
					this.transactions - before.transactions,
					this.walBytes - before.walBytes);
		}

	}

}
