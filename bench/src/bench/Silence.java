package bench;

import java.util.Comparator;
import java.util.List;

/**
 * How long no answer reached the provider although one was due.
 */
final class Silence {

	private final List<Delivery> answered;

	/** When the first of those was accepted that were answered here or later. */
	private final long[] due;

	/**
	 * Looks at all messages together.
	 * @param messages with the times of their acceptance and of their answer, as
	 * {@link Audit} notes it
	 */
	Silence(List<Delivery> messages) {
		this.answered = messages.stream()
			.filter((message) -> message.acceptedAt != 0 && message.answeredAt != 0)
			.sorted(Comparator.comparingLong((message) -> message.answeredAt))
			.toList();
		this.due = new long[this.answered.size()];
		long first = Long.MAX_VALUE;
		for (int n = this.due.length - 1; n >= 0; n--) {
			first = Math.min(first, this.answered.get(n).acceptedAt);
			this.due[n] = first;
		}
	}

	/**
	 * The longest silence that began in a time.
	 * @param from nanoseconds
	 * @param to nanoseconds, exclusive
	 * @return nanoseconds
	 */
	long longest(long from, long to) {
		long longest = 0;
		for (int n = 1; n < this.due.length; n++) {
			long began = Math.max(this.answered.get(n - 1).answeredAt, this.due[n]);
			if (began >= from && began < to) {
				longest = Math.max(longest, this.answered.get(n).answeredAt - began);
			}
		}
		return longest;
	}

}
