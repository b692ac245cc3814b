package bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What several runs measured: the median of each figure, the least, the most, and what it
 * should be.
 */
final class Table {

	private final Map<String, List<Double>> figures = new LinkedHashMap<>();

	private final Map<String, String> units = new LinkedHashMap<>();

	private final Map<String, String> aims = new LinkedHashMap<>();

	/**
	 * Adds one run's figure.
	 * @param name what was measured, the same in each run
	 * @param unit its unit
	 * @param value its value
	 * @param aim what it should be, such as {@code < 25}; empty for nothing in particular
	 */
	void add(String name, String unit, double value, String aim) {
		this.figures.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
		this.units.put(name, unit);
		this.aims.put(name, aim);
	}

	void add(String name, String unit, double value) {
		add(name, unit, value, "");
	}

	/**
	 * What was measured.
	 * @return names, in the order in which they were added
	 */
	Set<String> names() {
		return this.figures.keySet();
	}

	/**
	 * What was measured of something.
	 * @param name of a figure
	 * @return each run's value; empty for what was not measured
	 */
	List<Double> values(String name) {
		return this.figures.getOrDefault(name, List.of());
	}

	String unit(String name) {
		return this.units.get(name);
	}

	String aim(String name) {
		return this.aims.get(name);
	}

	void print(PrintStream out) {
		boolean several = this.figures.values().stream().anyMatch((values) -> values.size() > 1);
		String line = several ? "%-58s %10s %10s %10s  %-6s %s%n" : "%-58s %10s%.0s%.0s  %-6s %s%n";
		out.printf(line, "", several ? "median" : "", "least", "most", "", "aim");
		this.figures.forEach((name, values) -> {
			List<Double> sorted = values.stream().sorted().toList();
			out.printf(line, name, format(median(sorted)), format(sorted.get(0)),
					format(sorted.get(sorted.size() - 1)), this.units.get(name), this.aims.get(name));
		});
	}

	/**
	 * The value in the middle.
	 * @param sorted values, at least one, the least first
	 * @return that value, or what is between the two in the middle
	 */
	static double median(List<Double> sorted) {
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * Writes a value, as exactly as it can be meant.
	 * @param value the value
	 * @return digits
	 */
	static String format(double value) {
		if (value != 0 && Math.abs(value) < 100 && value != Math.rint(value)) {
			return String.format(Locale.ROOT, "%.2f", value);
		}
		return String.format(Locale.ROOT, "%,.0f", value);
	}

}
