package bench;

import java.util.List;

/**
 * Something that is done to the system for a while.
 *
 * @param name its name on the command line and in the table
 * @param seconds how long
 * @param begin does it
 * @param end undoes it
 */
record Fault(String name, int seconds, Step begin, Step end) {

	/** Does something to the system. */
	interface Step {

		void run() throws Exception;

	}

	/**
	 * Those that are meant.
	 * @param names names, or beginnings of them, up to a hyphen, with commas; {@code all}
	 * @param all what can be done here
	 * @param skipped why something else can't be
	 * @return in their order, at least one
	 * @throws IllegalArgumentException for a name that there is not
	 */
	static List<Fault> named(String names, List<Fault> all, List<String> skipped) {
		for (String name : names.split(",", -1)) {
			if (all.stream().noneMatch((fault) -> fault.isNamed(name))) {
				throw new IllegalArgumentException("--faults: there is no '" + name + "' here"
						+ (skipped.isEmpty() ? "" : " " + skipped) + "; it takes all, or of these, with commas: "
						+ String.join(", ", all.stream().map(Fault::name).toList()));
			}
		}
		return all.stream().filter((fault) -> fault.isNamed(names)).toList();
	}

	/**
	 * Whether it is meant.
	 * @param names its own, or the beginning of several, up to a hyphen; {@code all}
	 * @return whether one of them names it
	 */
	boolean isNamed(String names) {
		for (String one : names.split(",")) {
			if (one.equals("all") || this.name.equals(one) || this.name.startsWith(one + "-")) {
				return true;
			}
		}
		return false;
	}

}
