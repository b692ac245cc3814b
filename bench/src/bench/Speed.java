package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * How fast the hub is: webhook answers and whole turns, at fixed rates and at the
 * ceiling, start-up and memory.
 */
final class Speed {

	private static final int LONGEST_WARM_UP = 240;

	/** After so many turns of a hub its compilers may catch up. */
	private static final int WARM_UP_ROUND = 20_000;

	private static final int LONGEST_REST = 60;

	private static final int RATE_OF_A_REST = 300;

	private final Options options;

	private final Table table;

	private final List<String> complaints = new ArrayList<>();

	private Speed(Options options, Table table) {
		this.options = options;
		this.table = table;
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("seconds", "20");
		defaults.put("rate", "500");
		defaults.put("latency-rate", "300");
		defaults.put("intake-rate", "1000");
		defaults.put("burst", "10000");
		defaults.put("people", "100");
		defaults.put("contacts", "2000");
		defaults.put("warmup", "60000");
		defaults.put("hubs", "1");
		defaults.put("echo", "false");
		defaults.put("unsigned", "false");
		defaults.put("provider-delay", "0");
		defaults.putAll(Stage.defaults());
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param arguments the command line; see {@link #defaults()}, and {@code runs}
	 * @return 0 if every message was answered once, else 1
	 */
	static int run(List<String> arguments) throws Exception {
		Map<String, String> defaults = defaults();
		defaults.put("runs", "1");
		Options options = new Options(defaults, arguments);
		return Runs.of(options, Speed::once);
	}

	/**
	 * Measures once, on fresh hubs and a fresh database.
	 * @param options see {@link #defaults()}
	 * @param table gets the figures
	 * @return a sentence for each thing that did not happen once; empty if all is well
	 */
	static List<String> once(Options options, Table table) throws Exception {
		Speed speed = new Speed(options, table);
		speed.measure();
		return speed.complaints;
	}

	private void measure() throws Exception {
		Traffic traffic = new Traffic(this.options.number("contacts"));
		try (Stage stage = new Stage(this.options, routes(), traffic); traffic) {
			this.table.add("start until healthy", "s", stage.startHub() / 1000.0,
					this.options.flag("unpacked") ? "< 10" : "< 15");
			startOthers(stage);
			int[] ports = stage.hubs().stream().mapToInt(HubProcess::port).toArray();
			traffic.connect(ports);
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, this.options.number("contacts"));
			}
			tell("warming up");
			int people = this.options.number("people");
			warmUp(stage, traffic, people);
			stage.postgres().execute("vacuum analyze");
			stage.postgres().execute("checkpoint");
			if (this.options.flag("echo")) {
				echo(ports);
			}
			intake(stage, traffic);
			atFixedRate(traffic, this.options.number("rate"));
			atLatencyRate(traffic, this.options.number("latency-rate"));
			burst(stage, traffic);
			closedLoop(stage, traffic, people);
			onDisk(stage, traffic, "kept 8 days (inbox, outbox)", "hub.inbox", "hub.outbox");
			onDisk(stage, traffic, "kept 400 days (log)", "hub.message");
			memory(stage);
			startAgain(stage);
			this.complaints.addAll(traffic.complaints());
		}
	}

	/**
	 * In rounds, each of which ends when the compilers have caught up: where processors
	 * are full they lag behind for minutes, and what is measured then is them. They catch
	 * up under some load, because what is called no more they compile no more.
	 */
	private void warmUp(Stage stage, Traffic traffic, int people) throws Exception {
		int hubs = stage.hubs().size();
		int round = WARM_UP_ROUND * hubs;
		for (int left = this.options.number("warmup") * hubs; left > 0; left -= round) {
			traffic.closedLoop(people, LONGEST_WARM_UP, Math.min(left, round));
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_REST);
			Usage used;
			do {
				Usage before = Usage.of(stage);
				traffic.openLoop(RATE_OF_A_REST, 2);
				used = Usage.of(stage).minus(before);
			}
			while (used.compilers() > 0.1 * used.seconds() && System.nanoTime() < end);
		}
	}

	/** What the hubs have otherwise than packaged. */
	private Map<String, String> routes() throws IOException {
		if (!this.options.flag("echo") && !this.options.flag("unsigned")) {
			return Map.of();
		}
		RouteCopy routes = new RouteCopy(Path.of(System.getProperty("bench.directory")).resolve("routes"));
		if (this.options.flag("echo")) {
			routes.addEcho();
		}
		if (this.options.flag("unsigned")) {
			routes.trustEverybody();
		}
		return Map.of("ROUTES_DIR", routes.directory().toString());
	}

	private void startOthers(Stage stage) throws IOException, InterruptedException {
		for (int n = 1; n < this.options.number("hubs"); n++) {
			HubProcess hub = stage.another();
			stage.launch(hub);
			hub.awaitHealthy();
		}
	}

	/** The ceiling: nothing but the server, its filters and Camel. */
	private void echo(int[] ports) throws Exception {
		try (Echo echo = new Echo(ports)) {
			int count = Math.max(this.options.number("burst"), 1000);
			tell("an echo");
			for (int n = 0; n < 3; n++) {
				echo.burst(count); // it is a route of its own, which nobody has called yet
			}
			int rate = Math.max(this.options.number("intake-rate"), 100);
			Histogram answers = echo.openLoop(rate, this.options.number("seconds"));
			this.table.add("a bare echo at " + rate + "/s, p50", "ms", answers.getValueAtPercentile(50) / 1e6);
			this.table.add("a bare echo at " + rate + "/s, p99", "ms", answers.getValueAtPercentile(99) / 1e6);
			this.table.add("a bare echo, as fast as it can", "/s", echo.burst(count));
			if (echo.refused() != 0) {
				this.complaints.add(echo.refused() + " echoes were not answered 200");
			}
		}
	}

	/** Webhooks while the route that handles messages is stopped. */
	private void intake(Stage stage, Traffic traffic) throws Exception {
		int rate = this.options.number("intake-rate");
		if (rate == 0) {
			return;
		}
		tell("webhook answers at " + rate + "/s without turns");
		RouteSwitch routes = new RouteSwitch(stage);
		routes.stop(RouteSwitch.TURNS);
		Traffic.Result result = traffic.openLoop(rate, this.options.number("seconds"),
				() -> routes.start(RouteSwitch.TURNS));
		String name = "webhook answer at " + rate + "/s without turns";
		this.table.add(name + ", p50", "ms", result.ackMillis(50), "< 3");
		this.table.add(name + ", p99", "ms", result.ackMillis(99), "< 15");
		this.table.add(name + ", p99.9", "ms", result.ackMillis(99.9));
		this.table.add(name + ", slowest", "ms", result.ackMillis(100));
		this.table.add("what has waited meanwhile: whole turns", "/s", result.rate());
		int count = this.options.number("burst");
		if (count != 0) {
			tell("a burst of " + count + " webhooks without turns");
			routes.stop(RouteSwitch.TURNS);
			Traffic.Result burst = traffic.burst(count, () -> routes.start(RouteSwitch.TURNS));
			this.table.add("burst of " + count + " without turns: webhooks answered", "/s",
					burst.acks().getTotalCount() / burst.ackSeconds());
		}
	}

	private void atFixedRate(Traffic traffic, int rate) throws Exception {
		if (rate == 0) {
			return;
		}
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

	private void atLatencyRate(Traffic traffic, int rate) throws Exception {
		if (rate == 0) {
			return;
		}
		tell("webhook to provider at " + rate + "/s");
		Traffic.Result result = traffic.openLoop(rate, this.options.number("seconds"));
		this.table.add("webhook to provider at " + rate + "/s, p50", "ms", result.turnMillis(50));
		this.table.add("webhook to provider at " + rate + "/s, p99", "ms", result.turnMillis(99), "< 50");
		this.table.add("webhook to provider at " + rate + "/s, p99.9", "ms", result.turnMillis(99.9));
	}

	private void burst(Stage stage, Traffic traffic) throws Exception {
		int count = this.options.number("burst");
		if (count == 0) {
			return;
		}
		tell("a burst of " + count);
		Sample before = Sample.take(stage, traffic);
		watchStatements(stage);
		Traffic.Result result = traffic.burst(count, Traffic.Release.NOTHING);
		Sample used = Sample.take(stage, traffic).minus(before);
		this.table.add("burst of " + count + ": a turn's processor time: hub", "ms", used.millis(used.usage.hubs()));
		this.table.add("burst of " + count + ": a turn's processor time: the hub's compilers, of it", "ms",
				used.millis(used.usage.compilers()));
		this.table.add("burst of " + count + ": a turn's processor time: PostgreSQL", "ms",
				used.millis(used.usage.postgres()));
		printStatements(stage, used.turns);
		this.table.add("burst of " + count + ": webhooks answered", "/s", count / result.ackSeconds());
		this.table.add("burst of " + count + ": whole turns", "/s", result.rate(), "> 1500");
	}

	private void closedLoop(Stage stage, Traffic traffic, int people) throws Exception {
		tell(people + " people who write when they are answered");
		Sample before = Sample.take(stage, traffic);
		watchStatements(stage);
		Traffic.Result result = traffic.closedLoop(people, this.options.number("seconds"), Integer.MAX_VALUE);
		Sample used = Sample.take(stage, traffic).minus(before);
		String name = people + " people at once: ";
		this.table.add(name + "whole turns", "/s", result.rate(), "> 1500");
		this.table.add(name + "webhook answer, p99", "ms", result.ackMillis(99));
		this.table.add(name + "webhook to provider, p50", "ms", result.turnMillis(50));
		this.table.add(name + "webhook to provider, p99", "ms", result.turnMillis(99));
		this.table.add("a turn's processor time: hub", "ms", used.millis(used.usage.hubs()));
		this.table.add("a turn's processor time: the hub's compilers, of it", "ms", used.millis(used.usage.compilers()));
		this.table.add("a turn's processor time: PostgreSQL", "ms", used.millis(used.usage.postgres()));
		if (used.usage.kafka() > 0) {
			this.table.add("a turn's processor time: Kafka", "ms", used.millis(used.usage.kafka()));
		}
		this.table.add("a turn's processor time: this harness", "ms", used.millis(used.usage.harness()));
		this.table.add("processors taken by others meanwhile", "", used.usage.others(), "< 0.1");
		this.table.add("a turn's transactions", "", used.transactions / used.turns);
		this.table.add("a turn's log of PostgreSQL (WAL)", "kB", used.walBytes / 1024 / used.turns);
		printStatements(stage, used.turns);
	}

	private void memory(Stage stage) {
		List<Long> pids = stage.hubs().stream().map(HubProcess::pid).toList();
		this.table.add("resident memory of the hub, most", "MB",
				pids.stream().mapToDouble((pid) -> Proc.memory(pid, "VmHWM")).max().orElseThrow(), "< 480");
		this.table.add("resident memory of the hub, at the end", "MB",
				pids.stream().mapToDouble((pid) -> Proc.memory(pid, "VmRSS")).max().orElseThrow());
		this.table.add("resident memory of all hubs, at the end", "MB",
				pids.stream().mapToDouble((pid) -> Proc.memory(pid, "VmRSS")).sum());
	}

	private void startAgain(Stage stage) throws Exception {
		tell("a restart");
		stage.hub().stop();
		stage.launchHub();
		this.table.add("restart on the same database until healthy", "s", stage.hub().awaitHealthy() / 1000.0);
		this.table.add("the signature of a webhook by itself", "µs", Signature.micros(Stage.java(this.options)));
	}

	/** With indexes, and with what vacuum has not freed yet. */
	private void onDisk(Stage stage, Traffic traffic, String what, String... tables) throws SQLException {
		double bytes = 0;
		for (String table : tables) {
			bytes += stage.postgres().number("select pg_total_relation_size('" + table + "')");
		}
		this.table.add("a turn on disk, " + what, "kB", bytes / 1024 / traffic.turns());
	}

	private void watchStatements(Stage stage) throws SQLException {
		if (this.options.flag("sql")) {
			stage.postgres().execute("create extension if not exists pg_stat_statements");
			stage.postgres().execute("select pg_stat_statements_reset()");
		}
	}

	/** Times are of executing and of planning, which PostgreSQL counts apart. */
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

	/** What has been used so far. */
	private record Sample(Usage usage, double turns, double transactions, double walBytes) {

		static Sample take(Stage stage, Traffic traffic) throws Exception {
			return new Sample(Usage.of(stage), traffic.turns(),
					stage.postgres().number("select xact_commit from pg_stat_database where datname = 'postgres'"),
					stage.postgres().number("select pg_current_wal_lsn() - '0/0'"));
		}

		Sample minus(Sample before) {
			return new Sample(this.usage.minus(before.usage), this.turns - before.turns,
					this.transactions - before.transactions, this.walBytes - before.walBytes);
		}

		double millis(double seconds) {
			return seconds * 1000 / this.turns;
		}

	}

}
