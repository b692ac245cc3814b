package bench;

import java.util.List;
import java.util.Map;

/**
 * How long each thing takes that people do while all of them do what they do.
 */
final class Mixed {

	private Mixed() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = MixedRun.defaults();
		defaults.put("seconds", "60");
		defaults.put("runs", "1");
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}
	 * @return 0 if everything happened once, else 1
	 */
	static int run(Options options) throws Exception {
		return Runs.of(options, Mixed::once);
	}

	private static List<String> once(Options options, Table table) throws Exception {
		try (MixedRun run = new MixedRun(options)) {
			run.warmUp();
			System.err.println("  measuring");
			Usage before = Usage.of(run.stage());
			Thread.sleep(options.number("seconds") * 1000L);
			Usage.of(run.stage()).minus(before).addTo(table);
			boolean settled = run.finish();
			List<String> complaints = run.audit(table);
			run.report(table);
			if (!settled) {
				complaints.add("the hub had not come to rest after three minutes");
			}
			return complaints;
		}
	}

}
