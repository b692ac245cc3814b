package bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The figures of variants side by side: each median with its least and most, and its
 * ratio to the first variant's.
 */
final class Comparison {

	private final Map<String, Table> variants = new LinkedHashMap<>();

	/**
	 * A variant's figures.
	 * @param variant its name
	 * @return its table, to be added to
	 */
	Table of(String variant) {
		return this.variants.computeIfAbsent(variant, (name) -> new Table());
	}

	/**
	 * Prints a line for each figure of each variant: a ratio is marked by a tilde if the
	 * runs of the two overlap, so that it may be chance.
	 * @param out where
	 */
	void print(PrintStream out) {
		Set<String> figures = new LinkedHashSet<>();
		this.variants.values().forEach((table) -> figures.addAll(table.names()));
		String line = "%-58s %10s %10s %10s  %-6s %8s%n";
		for (String figure : figures) {
			out.printf(line, figure, "median", "least", "most", "", "ratio");
			List<Double> first = null;
			for (Map.Entry<String, Table> variant : this.variants.entrySet()) {
				List<Double> values = variant.getValue().values(figure).stream().sorted().toList();
				first = (first != null) ? first : values;
				out.printf(line, "    " + variant.getKey(), values.isEmpty() ? "" : Table.format(Table.median(values)),
						values.isEmpty() ? "" : Table.format(values.get(0)),
						values.isEmpty() ? "" : Table.format(values.get(values.size() - 1)),
						values.isEmpty() ? "" : variant.getValue().unit(figure), ratio(first, values));
			}
		}
	}

	/**
	 * How many times as much it is.
	 * @param first the first variant's values, the least first
	 * @param other another variant's, the least first
	 * @return the ratio of the medians; empty if there is none, or if both are the same
	 * list
	 */
	static String ratio(List<Double> first, List<Double> other) {
		if (first == other || first.isEmpty() || other.isEmpty() || Table.median(first) == 0) {
			return "";
		}
		boolean apart = other.get(0) > first.get(first.size() - 1) || other.get(other.size() - 1) < first.get(0);
		return String.format(Locale.ROOT, "%s%.2f", apart ? "" : "~", Table.median(other) / Table.median(first));
	}

	/**
	 * Splits a line as a shell does.
	 * @param line words, some of them perhaps in single or double quotes
	 * @return the words
	 * @throws IllegalArgumentException for a quote that does not end
	 */
	static List<String> words(String line) {
		List<String> words = new ArrayList<>();
		StringBuilder word = null;
		char quote = 0;
		for (char letter : line.toCharArray()) {
			if (quote != 0 && letter == quote) {
				quote = 0;
			}
			else if (quote != 0) {
				word.append(letter);
			}
			else if (letter == ' ') {
				if (word != null) {
					words.add(word.toString());
				}
				word = null;
			}
			else {
				word = (word != null) ? word : new StringBuilder();
				if (letter == '"' || letter == '\'') {
					quote = letter;
				}
				else {
					word.append(letter);
				}
			}
		}
		if (quote != 0) {
			throw new IllegalArgumentException("A quote does not end: " + line);
		}
		if (word != null) {
			words.add(word.toString());
		}
		return words;
	}

}
