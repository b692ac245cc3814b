package bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long each thing takes that people do while all of them do what they do.
 */
final class Mixed {

	private Mixed() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = MixedRun.defaults();
		defaults.put("seconds", "60");
		defaults.put("faults", "");
		defaults.put("quiet", "10");
		defaults.put("seed", String.valueOf(System.currentTimeMillis() % 1_000_000));
		defaults.put("runs", "1");
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}; {@code faults}: names, or beginnings of
	 * them, with commas: then these are done one after the other instead of measuring for
	 * so many {@code seconds}, with {@code quiet} seconds after each
	 * @return 0 if everything happened once, else 1
	 */
	static int run(Options options) throws Exception {
		return Runs.of(options, Mixed::once);
	}

	private static List<String> once(Options options, Table table) throws Exception {
		try (MixedRun run = new MixedRun(options)) {
			List<Fault> faults = faults(options, run.stage());
			List<String> late = new ArrayList<>();
			run.warmUp();
			if (faults.isEmpty()) {
				System.err.println("  measuring");
				Usage before = Usage.of(run.stage());
				Thread.sleep(options.number("seconds") * 1000L);
				Usage.of(run.stage()).minus(before).addTo(table);
			}
			for (Fault fault : faults) {
				System.err.printf("  %s for %d s%n", fault.name(), fault.seconds());
				if (!run.disturb(fault, options.number("quiet"))) {
					late.add("the hub had not caught up two minutes after " + fault.name());
				}
			}
			boolean settled = run.finish();
			List<String> complaints = run.audit(table);
			complaints.addAll(late);
			run.report(table);
			if (!settled) {
				complaints.add("the hub had not come to rest after three minutes");
			}
			return complaints;
		}
	}

	private static List<Fault> faults(Options options, Stage stage) {
		if (options.text("faults").isEmpty()) {
			return List.of();
		}
		Random random = new Random(options.number("seed"));
		Faults catalogue = new Faults(new Faults.Ground(stage, null, null, List.of(), null, null, null, null), random);
		List<Fault> faults = new ArrayList<>(Fault.named(options.text("faults"), catalogue.all(), List.of()));
		Collections.shuffle(faults, random);
		return faults;
	}

}
