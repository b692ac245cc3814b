package bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Speed} measures of variants that take turns, so that what changes on the
 * machine meanwhile harms all of them alike.
 */
final class Compare {

	private final Map<String, Options> variants = new LinkedHashMap<>();

	private int runs = 3;

	/**
	 * Reads the command line.
	 * @param arguments {@code --runs N}, {@code --variant "NAME: OPTIONS"} for each
	 * variant, and options that all of them have
	 * @throws IllegalArgumentException for less than two variants, or a wrong option
	 */
	Compare(List<String> arguments) {
		List<String> wishes = new ArrayList<>();
		List<String> common = new ArrayList<>();
		for (int n = 0; n < arguments.size(); n++) {
			String name = arguments.get(n);
			boolean own = name.equals("--variant") || name.equals("--runs");
			if (own && n + 1 == arguments.size()) {
				throw new IllegalArgumentException(name + " needs a value");
			}
			if (name.equals("--variant")) {
				wishes.add(arguments.get(++n));
			}
			else if (own) {
				this.runs = number(arguments.get(++n));
			}
			else {
				common.add(name);
			}
		}
		wishes.forEach((wish) -> add(wish, common));
		if (this.variants.size() < 2 || this.runs < 1) {
			throw new IllegalArgumentException(
					"There must be two variants or more, as in --variant \"one hub\" --variant \"two hubs: --hubs 2\"");
		}
	}

	private static int number(String text) {
		if (!text.matches("\\d{1,4}")) {
			throw new IllegalArgumentException("--runs takes a whole number");
		}
		return Integer.parseInt(text);
	}

	private void add(String wish, List<String> common) {
		int colon = (wish + ":").indexOf(':');
		List<String> all = new ArrayList<>(common);
		if (colon < wish.length()) {
			all.addAll(Comparison.words(wish.substring(colon + 1)));
		}
		if (this.variants.put(wish.substring(0, colon).strip(), new Options(defaults(), all)) != null) {
			throw new IllegalArgumentException("Two variants have the same name: " + wish.substring(0, colon));
		}
	}

	/** Shorter phases than those of a run by itself. */
	private static Map<String, String> defaults() {
		Map<String, String> defaults = Speed.defaults();
		defaults.put("seconds", "10");
		return defaults;
	}

	Map<String, Options> variants() {
		return this.variants;
	}

	int runs() {
		return this.runs;
	}

	/**
	 * Measures all variants in turn, as often as there are runs, and prints a table.
	 * @param arguments the command line
	 * @return 0 if every message was answered once, else 1
	 */
	static int run(List<String> arguments) throws Exception {
		Compare compare = new Compare(arguments);
		PrintStream out = System.out;
		out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		compare.variants.forEach((name, options) -> out.println(name + ": " + options));
		Comparison comparison = new Comparison();
		List<String> complaints = new ArrayList<>();
		for (int run = 1; run <= compare.runs; run++) {
			for (Map.Entry<String, Options> variant : compare.variants.entrySet()) {
				System.err.println("run " + run + " of " + compare.runs + ": " + variant.getKey());
				Speed.once(variant.getValue(), comparison.of(variant.getKey()))
					.forEach((complaint) -> complaints.add(variant.getKey() + ": " + complaint));
			}
		}
		out.println();
		comparison.print(out);
		complaints.forEach((complaint) -> out.println("WRONG: " + complaint));
		return complaints.isEmpty() ? 0 : 1;
	}

}
