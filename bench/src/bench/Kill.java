package bench;

import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Kills the hub again and again under load, at random moments, and counts what is wrong
 * afterwards.
 */
final class Kill {

	private static final Duration SETTLING = Duration.ofMinutes(3);

	/** Such a part of the kills hits the hub while it is still starting. */
	private static final double DURING_START = 0.2;

	private Kill() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("kills", "20");
		defaults.put("up", "5");
		defaults.put("signal", "KILL");
		defaults.put("seed", String.valueOf(System.currentTimeMillis() % 1_000_000));
		defaults.putAll(SteadyLoad.defaults());
		return defaults;
	}

	/**
	 * Runs it and prints a table.
	 * @param options see {@link #defaults()}; {@code up}: the hub lives up to so many
	 * seconds after it was healthy; {@code signal}: {@code KILL}, or {@code TERM} for a
	 * hub that may finish what it is doing
	 * @return 0 if nothing was lost, doubled or out of order, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Options: " + options);
		Random random = new Random(options.number("seed"));
		int contacts = options.number("contacts");
		int duringStart = 0;
		SteadyLoad load = SteadyLoad.of(options);
		try (Stage stage = new Stage(options, Map.of("IN_DOUBT_AFTER", "PT3S"), load); load) {
			long firstStart = stage.startHub();
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, contacts);
			}
			load.start(stage.hub().port());
			long longestStart = firstStart;
			for (int kill = 1; kill <= options.number("kills"); kill++) {
				boolean early = random.nextDouble() < DURING_START && kill > 1;
				if (kill > 1) {
					stage.launchHub();
				}
				if (early) {
					Thread.sleep(random.nextInt((int) firstStart));
					duringStart++;
				}
				else {
					longestStart = Math.max(longestStart, stage.hub().awaitHealthy());
					Thread.sleep(100 + random.nextInt(options.number("up") * 1000));
				}
				stage.hub().end(options.text("signal"));
				System.err.printf("  kill %d of %d%s: %d messages written, %d requests at the provider%n", kill,
						options.number("kills"), early ? " (while it was starting)" : "", load.messages().size(),
						load.requests());
			}
			longestStart = Math.max(longestStart, stage.startHub());
			Thread.sleep(2000);
			load.stop();
			boolean settled = Settling.await(stage, load, SETTLING);
			Table table = new Table();
			table.add("kills", "", options.number("kills"));
			table.add("of them while the hub was starting", "", duringStart);
			table.add("longest start until healthy", "s", longestStart / 1000.0);
			load.refusals().forEach((how, count) -> table.add("webhooks delivered again after " + how, "", count.get()));
			try (Connection connection = stage.postgres().connect()) {
				Audit audit = Audit.of(connection, load);
				audit.addTo(table);
				System.out.println();
				table.print(System.out);
				audit.printFindings();
				if (!settled) {
					System.out.println("WRONG: the hub had not come to rest after " + SETTLING.toSeconds() + " s");
				}
				return (audit.clean() && settled) ? 0 : 1;
			}
		}
	}

}
