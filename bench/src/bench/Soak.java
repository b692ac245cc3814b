package bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The mixed load for a long time: does anything grow that should not?
 */
final class Soak {

	/** They keep what has happened; the hub sweeps them after days. */
	private static final Set<String> GROWING = Set.of("message", "inbox", "outbox", "thread_message", "booking",
			"inspection", "reminder", "photo", "availability_check", "availability_ask", "availability_change");

	/** Megabytes of live heap that may be added by what is filled once and kept. */
	private static final double HEAP_TOLERANCE = 8;

	private static final double THREAD_TOLERANCE = 8;

	private static final double FILE_TOLERANCE = 16;

	/** Megabytes: a table's free space is found and used again only after a vacuum. */
	private static final double TABLE_TOLERANCE = 2;

	private static final String HEAD = "%6s %10s %8s %10s %10s %8s %8s %8s %12s %10s%n";

	private final Options options;

	private final PrintStream out = System.out;

	private final List<Minute> minutes = new ArrayList<>();

	private Soak(Options options) {
		this.options = options;
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = MixedRun.defaults();
		defaults.put("minutes", "10");
		return defaults;
	}

	/**
	 * Runs it and prints a line a minute, and what has grown.
	 * @param options see {@link #defaults()}
	 * @return 0 if everything happened once and nothing grew that should not, else 1
	 */
	static int run(Options options) throws Exception {
		return new Soak(options).run();
	}

	private int run() throws Exception {
		this.out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		this.out.println("Options: " + this.options);
		Table table = new Table();
		List<String> complaints = new ArrayList<>();
		try (MixedRun run = new MixedRun(this.options)) {
			run.warmUp();
			Memory before = Memory.of(run.stage().hub());
			Map<String, Size> sizes = sizes(run.stage());
			Usage used = Usage.of(run.stage());
			long writtenBefore = written(run.load());
			watch(run);
			Usage.of(run.stage()).minus(used).addTo(table);
			double thousands = (written(run.load()) - writtenBefore) / 1000.0;
			Memory after = Memory.of(run.stage().hub());
			Map<String, Size> grown = sizes(run.stage());
			boolean settled = run.finish();
			complaints.addAll(run.audit(table));
			run.report(table);
			if (!settled) {
				complaints.add("the hub had not come to rest after three minutes");
			}
			judge(complaints, table, before, after, thousands);
			tables(complaints, sizes, grown, thousands);
		}
		this.out.println();
		table.print(this.out);
		complaints.forEach((complaint) -> this.out.println("WRONG: " + complaint));
		return complaints.isEmpty() ? 0 : 1;
	}

	/** What people have written, and asked the API for. */
	private static long written(MixedLoad load) {
		long written = load.accepted(Kind.ASK);
		for (Kind kind : MixedLoad.PARTS) {
			written += load.accepted(kind);
		}
		return written;
	}

	private void watch(MixedRun run) throws Exception {
		this.out.printf(HEAD, "", "people's", "what", "old gene-", "full col-", "", "", "open", "database", "database");
		this.out.printf(HEAD, "minute", "messages", "waits", "ration, MB", "lections", "RSS, MB", "threads", "files",
				"connections", "MB");
		long start = System.nanoTime();
		long before = written(run.load());
		int count = this.options.number("minutes");
		for (int n = 1; n <= count; n++) {
			long until = start + n * 60_000_000_000L;
			while (System.nanoTime() < until) {
				Thread.sleep(Math.max(1, (until - System.nanoTime()) / 1_000_000));
			}
			long now = written(run.load());
			Minute minute = Minute.now(run.stage(), now - before);
			before = now;
			this.minutes.add(minute);
			minute.print(this.out, n);
		}
	}

	private void judge(List<String> complaints, Table table, Memory before, Memory after, double thousands) {
		table.add("live heap after the warm-up", "MB", before.live());
		table.add("live heap at the end", "MB", after.live());
		table.add("live heap, growth for 1,000 messages", "kB", (after.live() - before.live()) * 1024 / thousands);
		if (after.live() - before.live() > HEAP_TOLERANCE) {
			complaints.add(String.format(Locale.ROOT, "the live heap has grown by %.1f MB", after.live() - before.live()));
		}
		judge(complaints, table, "resident memory", "MB", Minute::resident, Double.MAX_VALUE);
		judge(complaints, table, "threads", "", Minute::threads, THREAD_TOLERANCE);
		judge(complaints, table, "open files", "", Minute::files, FILE_TOLERANCE);
		judge(complaints, table, "connections of the database", "", Minute::connections, THREAD_TOLERANCE);
	}

	private void judge(List<String> complaints, Table table, String what, String unit, ToDoubleFunction<Minute> figure,
			double tolerance) {
		List<Double> values = this.minutes.stream().map(figure::applyAsDouble).toList();
		table.add(what + ", a minute's growth (slope)", unit, Trend.slope(values));
		if (Trend.rises(values, tolerance)) {
			complaints.add(what + " kept growing: " + values);
		}
	}

	private void tables(List<String> complaints, Map<String, Size> before, Map<String, Size> after, double thousands) {
		String line = "%-26s %10s %10s %12s %10s %10s %12s %10s  %s%n";
		this.out.println();
		this.out.printf(line, "", "rows", "rows", "rows for", "MB", "MB", "kB for", "dead", "");
		this.out.printf(line, "table", "before", "after", "1,000 msgs", "before", "after", "1,000 msgs", "rows", "");
		after.forEach((name, size) -> {
			Size first = before.getOrDefault(name, new Size(0, 0, 0));
			boolean growing = GROWING.contains(name);
			boolean grown = !growing && size.megabytes() - first.megabytes() > TABLE_TOLERANCE;
			if (grown) {
				complaints.add(String.format(Locale.ROOT, "the table %s has grown from %.1f to %.1f MB", name,
						first.megabytes(), size.megabytes()));
			}
			this.out.printf(line, name, Table.format(first.rows()), Table.format(size.rows()),
					Table.format((size.rows() - first.rows()) / thousands), Table.format(first.megabytes()),
					Table.format(size.megabytes()),
					Table.format((size.megabytes() - first.megabytes()) * 1024 / thousands), Table.format(size.dead()),
					growing ? "grows, swept after days" : grown ? "SHOULD NOT GROW" : "constant");
		});
	}

	/** The hub's tables with all that belongs to them, but for those that hold nothing. */
	private static Map<String, Size> sizes(Stage stage) throws SQLException {
		Map<String, Size> sizes = new TreeMap<>();
		try (Connection connection = stage.postgres().connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("""
						select relname, n_live_tup, n_dead_tup, pg_total_relation_size(relid) / 1048576.0
						from pg_stat_user_tables where schemaname = 'hub' and (n_live_tup > 0 or n_tup_ins > 0)""")) {
			while (row.next()) {
				sizes.put(row.getString(1), new Size(row.getDouble(2), row.getDouble(3), row.getDouble(4)));
			}
		}
		return sizes;
	}

	/**
	 * A table.
	 *
	 * @param rows as the database's statistics count them
	 * @param dead rows whose space is not free yet
	 * @param megabytes with its indexes
	 */
	private record Size(double rows, double dead, double megabytes) {
	}

	/** What was seen at the end of a minute. */
	private record Minute(long messages, double waiting, double old, double collections, double resident,
			double threads, double files, double connections, double database) {

		static Minute now(Stage stage, long messages) throws IOException, InterruptedException, SQLException {
			long pid = stage.hub().pid();
			Postgres postgres = stage.postgres();
			Memory.Collector collector = Memory.collector(pid);
			return new Minute(messages, postgres.number("""
					select (select count(*) from hub.inbox where state = 0)
					     + (select count(*) from hub.outbox where state in (0, 3, 4))"""), collector.old(),
					collector.full(), Proc.memory(pid, "VmRSS"), Proc.threads(pid), Proc.files(pid),
					postgres.number("select count(*) from pg_stat_activity where backend_type = 'client backend'"),
					postgres.number("select pg_database_size(current_database()) / 1048576.0"));
		}

		void print(PrintStream out, int minute) {
			out.printf(HEAD, minute, Table.format(this.messages), Table.format(this.waiting), Table.format(this.old),
					Table.format(this.collections), Table.format(this.resident), Table.format(this.threads),
					Table.format(this.files), Table.format(this.connections), Table.format(this.database));
		}

	}

}
