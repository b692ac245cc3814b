package bench;

import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * Takes PostgreSQL away under load, for a while: every webhook must still be answered
 * 200, and everything handled afterwards, in order.
 */
final class Outage {

	private static final Duration SETTLING = Duration.ofMinutes(3);

	private Outage() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("how", "kill");
		defaults.put("seconds", "20");
		defaults.put("before", "15");
		defaults.put("after", "20");
		defaults.putAll(SteadyLoad.defaults());
		return defaults;
	}

	/**
	 * Runs it and prints a table.
	 * @param options see {@link #defaults()}; {@code how}: {@code kill} (-9), {@code quit}
	 * (immediate shutdown), {@code stop} (fast shutdown) or {@code freeze} (SIGSTOP to
	 * all of its processes: connections hang)
	 * @return 0 if every webhook was answered 200 and nothing was lost, doubled or out of
	 * order, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Options: " + options);
		int contacts = options.number("contacts");
		SteadyLoad load = SteadyLoad.of(options);
		try (Stage stage = new Stage(options, Map.of("IN_DOUBT_AFTER", "PT3S"), load); load) {
			stage.startHub();
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, contacts);
			}
			load.start(stage.hub().port());
			sleep(options.number("before"));
			Histogram before = load.takeAcks();
			HealthWatch health = new HealthWatch(stage.hub());
			take(stage.postgres(), options.text("how"));
			System.err.println("  PostgreSQL is away");
			sleep(options.number("seconds"));
			long spooled = Settling.spooled(stage.hub().spool());
			giveBack(stage.postgres(), options.text("how"));
			System.err.println("  PostgreSQL is back");
			Histogram during = load.takeAcks();
			sleep(options.number("after"));
			load.stop();
			health.close();
			long start = System.nanoTime();
			boolean settled = Settling.await(stage, load, SETTLING);
			double rest = (System.nanoTime() - start) / 1e9;
			Histogram after = load.takeAcks();
			Table table = new Table();
			add(table, "before", before);
			add(table, "while PostgreSQL was away", during);
			add(table, "afterwards", after);
			health.addTo(table);
			table.add("files with deliveries on disk at the end of the outage", "", spooled);
			table.add("from the last message until all was done", "s", rest);
			long refused = load.refusals().values().stream().mapToLong(Number::longValue).sum();
			table.add("webhooks not answered 200", "", refused, "0");
			load.refusals().forEach((how, count) -> table.add("of them " + how, "", count.get()));
			try (Connection connection = stage.postgres().connect()) {
				Audit audit = Audit.of(connection, load);
				audit.addTo(table);
				System.out.println();
				table.print(System.out);
				audit.printFindings();
				health.printFindings();
				if (!settled) {
					System.out.println("WRONG: the hub had not come to rest after " + SETTLING.toSeconds() + " s");
				}
				return (audit.clean() && health.clean() && settled && refused == 0) ? 0 : 1;
			}
		}
	}

	private static void take(Postgres postgres, String how) throws Exception {
		switch (how) {
			case "kill" -> postgres.end("KILL");
			case "quit" -> postgres.end("QUIT");
			case "stop" -> postgres.end("INT");
			case "freeze" -> postgres.signal("STOP", true);
			default -> throw new IllegalArgumentException("--how takes kill, quit, stop or freeze");
		}
	}

	private static void giveBack(Postgres postgres, String how) throws Exception {
		if (how.equals("freeze")) {
			postgres.signal("CONT", true);
		}
		else {
			postgres.start();
		}
	}

	private static void add(Table table, String when, Histogram acks) {
		table.add("webhook answers, " + when, "", acks.getTotalCount());
		table.add("webhook answer, " + when + ", p50", "ms", acks.getValueAtPercentile(50) / 1e6);
		table.add("webhook answer, " + when + ", p99", "ms", acks.getValueAtPercentile(99) / 1e6);
		table.add("webhook answer, " + when + ", slowest", "ms", acks.getMaxValue() / 1e6);
	}

	private static void sleep(int seconds) throws InterruptedException {
		Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
	}

}
