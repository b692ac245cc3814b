package bench;

import java.util.List;

/**
 * Whether something keeps growing that should not.
 */
final class Trend {

	private static final int PARTS = 3;

	private Trend() {
	}

	/**
	 * Whether values rise for good: the least of the last third is above the most of the
	 * first third. What goes up and down again does not.
	 * @param values in their order, at equal distances
	 * @param tolerance so much more is nothing
	 * @return false also for less than three values, of which nobody can tell
	 */
	static boolean rises(List<Double> values, double tolerance) {
		int part = values.size() / PARTS;
		if (part == 0) {
			return false;
		}
		double first = values.subList(0, part).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
		double last = values.subList(values.size() - part, values.size())
			.stream()
			.mapToDouble(Double::doubleValue)
			.min()
			.orElseThrow();
		return last > first + tolerance;
	}

	/**
	 * The slope of the straight line that fits best.
	 * @param values in their order, at equal distances
	 * @return how much is added from one to the next; 0 for less than two values
	 */
	static double slope(List<Double> values) {
		double middle = (values.size() - 1) / 2.0;
		double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
		double above = 0;
		double below = 0;
		for (int n = 0; n < values.size(); n++) {
			above += (n - middle) * (values.get(n) - mean);
			below += (n - middle) * (n - middle);
		}
		return (below == 0) ? 0 : above / below;
	}

}
