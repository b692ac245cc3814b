package bench;

/**
 * Takes turns by weight, as evenly as can be: of 3 and 1, every fourth is the second.
 */
final class Shares {

	private final int[] weights;

	private final int[] credits;

	private final int sum;

	/**
	 * Nobody has had a turn yet.
	 * @param weights how often each has one
	 * @throws IllegalArgumentException for a negative weight, or if all are 0
	 */
	Shares(int... weights) {
		this.weights = weights.clone();
		this.credits = new int[weights.length];
		int all = 0;
		for (int weight : weights) {
			if (weight < 0) {
				throw new IllegalArgumentException("A share can't be less than 0");
			}
			all += weight;
		}
		if (all == 0) {
			throw new IllegalArgumentException("One share at least must be more than 0");
		}
		this.sum = all;
	}

	/**
	 * Whose turn it is.
	 * @return its position among the weights
	 */
	int next() {
		int best = 0;
		for (int n = 0; n < this.weights.length; n++) {
			this.credits[n] += this.weights[n];
			best = (this.credits[n] > this.credits[best]) ? n : best;
		}
		this.credits[best] -= this.sum;
		return best;
	}

}
