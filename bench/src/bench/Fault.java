package bench;

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
