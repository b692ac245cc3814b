package routes.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import hub.channel.MessageState;

/**
 * How many messages there were of each kind, added up as operators look at them.
 *
 * @param counts one for each channel, direction and state
 */
record MessageCounts(List<Count> counts) {

	private static final int SENT = MessageState.SENT.rank();

	private static final int FAILED = MessageState.FAILED.rank();

	static Count count(ResultSet row) throws SQLException {
		return new Count(row.getString("channel"), row.getString("direction"), row.getObject("state", Integer.class),
				row.getLong("messages"));
	}

	/**
	 * The name of a state.
	 * @param rank as it is stored
	 * @return such as {@code delivered}
	 */
	static String state(int rank) {
		return Arrays.stream(MessageState.values())
			.filter((state) -> state.rank() == rank)
			.map((state) -> state.name().toLowerCase(Locale.ROOT))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Adds up.
	 * @return {@code by_channel}, {@code by_direction} and, of what the hub has sent,
	 * {@code by_state}
	 */
	Map<String, Object> figures() {
		return Map.of("by_channel", sum(this.counts, Count::channel), "by_direction",
				sum(this.counts, Count::direction), "by_state", sum(sent(), (count) -> state(count.state())));
	}

	/**
	 * How much of what has come to an end has arrived at its provider.
	 * @return 0 to 1; null if nothing has
	 */
	Double deliverySuccessRate() {
		long good = messages((count) -> count.state() >= SENT && count.state() != FAILED);
		long bad = messages((count) -> count.state() == FAILED);
		return (good + bad > 0) ? (double) good / (good + bad) : null;
	}

	private long messages(Function<Count, Boolean> which) {
		return sent().stream().filter(which::apply).mapToLong(Count::messages).sum();
	}

	private List<Count> sent() {
		return this.counts.stream()
			.filter((count) -> count.direction().equals("out") && count.state() != null)
			.toList();
	}

	private static Map<String, Long> sum(List<Count> counts, Function<Count, String> by) {
		return counts.stream()
			.collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingLong(Count::messages)));
	}

	/**
	 * Messages of one kind.
	 *
	 * @param channel the channel's name
	 * @param direction {@code in} or {@code out}
	 * @param state {@link MessageState} by rank; null where nobody tells one
	 * @param messages how many
	 */
	record Count(String channel, String direction, Integer state, long messages) {
	}

}
