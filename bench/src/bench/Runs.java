package bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the same several times and prints one table.
 */
final class Runs {

	private Runs() {
	}

	/**
	 * Measures as often as the command line's {@code runs} says.
	 * @param options the command line
	 * @param run measures once
	 * @return 0 if no run has complained, else 1
	 */
	static int of(Options options, Run run) throws Exception {
		PrintStream out = System.out;
		out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		out.println("Options: " + options);
		Table table = new Table();
		List<String> complaints = new ArrayList<>();
		for (int n = 1; n <= options.number("runs"); n++) {
			System.err.println("run " + n + " of " + options.number("runs"));
			complaints.addAll(run.once(options, table));
		}
		out.println();
		table.print(out);
		complaints.forEach((complaint) -> out.println("WRONG: " + complaint));
		return complaints.isEmpty() ? 0 : 1;
	}

	/** Measures. */
	interface Run {

		/**
		 * Measures once, on fresh hubs and a fresh database.
		 * @param options the command line
		 * @param table gets the figures
		 * @return a sentence for each thing that was not as promised; empty if all is
		 * well
		 */
		List<String> once(Options options, Table table) throws Exception;

	}

}
