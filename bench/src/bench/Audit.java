package bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import bench.SteadyLoad.Sent;

/**
 * Compares what people wrote, what the database says and what the provider got. Each
 * accepted message must have been answered once, and each person in order; only a send
 * that was in doubt may have been repeated.
 */
final class Audit {

	private static final int SHOWN = 10;

	/** The rank of each reported state, as the hub's log keeps it. */
	private static final Map<String, Integer> RANKS = Map.of("sent", 2, "delivered", 3, "read", 4);

	private static final int DONE = 1;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/** What is in doubt and never came is of no time that is known. */
	private static final List<Sent> NOTHING = List.of(new Sent(-1, -1, "", Long.MIN_VALUE));

	private final Map<String, Row> inbox = new HashMap<>();

	private final Map<String, Long> logged = new HashMap<>();

	private final Map<String, List<Reply>> replies = new HashMap<>();

	private final Map<Long, Reply> repliesById = new HashMap<>();

	private final Map<Long, List<Sent>> requests = new HashMap<>();

	private final Map<Long, Integer> firstRequest = new HashMap<>();

	private final Map<String, List<Finding>> findings = new TreeMap<>();

	private final List<Long> accepted = new ArrayList<>();

	private final List<Long> handled = new ArrayList<>();

	private Audit() {
	}

	/**
	 * Compares.
	 * @param connection to the hub's database
	 * @param load the load, which has ended
	 * @return what was found
	 */
	static Audit of(Connection connection, Book load) throws SQLException {
		Audit audit = new Audit();
		audit.read(connection);
		List<Sent> sent = load.sent();
		for (int n = 0; n < sent.size(); n++) {
			audit.requests.computeIfAbsent(sent.get(n).messageId(), (key) -> new ArrayList<>()).add(sent.get(n));
			audit.firstRequest.putIfAbsent(sent.get(n).messageId(), n);
		}
		audit.eachMessage(load.messages());
		audit.eachOther(load.others());
		audit.eachGathered(load.gathered());
		audit.eachRequest();
		audit.order(load.messages());
		audit.reports(load.statuses());
		audit.repetitions(load.statuses());
		return audit;
	}

	private void read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			try (ResultSet row = statement.executeQuery("select event_key, id, state, error from hub.inbox")) {
				while (row.next()) {
					this.inbox.put(row.getString(1), new Row(row.getLong(2), row.getInt(3), row.getString(4)));
				}
			}
			try (ResultSet row = statement.executeQuery(
					"select provider_id, count(*) from hub.message where direction = 'in' group by provider_id")) {
				while (row.next()) {
					this.logged.put(row.getString(1), row.getLong(2));
				}
			}
			try (ResultSet row = statement.executeQuery(
					"select id, correlation_id, state, doubts, channel from hub.message where direction = 'out' order by id")) {
				while (row.next()) {
					Reply reply = new Reply(row.getLong(1), row.getString(2), row.getInt(3), row.getInt(4),
							row.getString(5).equals("mail"));
					this.replies.computeIfAbsent(reply.correlationId(), (key) -> new ArrayList<>()).add(reply);
					this.repliesById.put(reply.id(), reply);
				}
			}
		}
	}

	private void eachMessage(List<Delivery> messages) {
		for (Delivery message : messages) {
			Row row = taken(message);
			if (row == null) {
				continue;
			}
			List<Reply> answers = answers(message, row);
			boolean reached = message.answeredAt != 0;
			if (!reached) {
				find("lost", message.dueAt, message.id + " was handled, and its answer never reached the provider");
			}
			long times = this.logged.getOrDefault(message.id, 0L);
			if (times != 1 || answers.size() > 1) {
				find((times == 0) ? "lost" : "doubled", message.dueAt,
						message.id + " was logged " + times + " times and answered " + answers.size() + " times");
			}
			if (reached && times == 1 && answers.size() == 1) {
				this.handled.add(message.dueAt);
			}
		}
	}

	/** Those whose answers may be several, such as a welcome. */
	private void eachOther(List<Delivery> messages) {
		for (Delivery message : messages) {
			Row row = taken(message);
			if (row == null) {
				continue;
			}
			long times = this.logged.getOrDefault(message.id, 0L);
			List<Reply> answers = answers(message, row);
			long reached = answers.stream().filter(this::hasLeft).count();
			if (times != 1 || answers.isEmpty() || reached < answers.size()) {
				find((times > 1) ? "doubled" : "lost", message.dueAt, message.id + " was logged " + times
						+ " times and answered " + answers.size() + " times, of which " + reached + " have left");
			}
			else {
				this.handled.add(message.dueAt);
			}
		}
	}

	/** What is mailed never comes to the provider: the hub says whether a server took it. */
	private boolean hasLeft(Reply answer) {
		return answer.mailed() ? answer.state() >= RANKS.get("sent") : this.requests.containsKey(answer.id());
	}

	/** Those that are answered together, later: each is handled once, and that is all. */
	private void eachGathered(List<Delivery> messages) {
		for (Delivery message : messages) {
			long times = (taken(message) != null) ? this.logged.getOrDefault(message.id, 0L) : -1;
			if (times == 1) {
				this.handled.add(message.dueAt);
			}
			else if (times >= 0) {
				find((times == 0) ? "lost" : "doubled", message.dueAt, message.id + " was logged " + times + " times");
			}
		}
	}

	/** A message's answers; it is noted when the first of them reached the provider. */
	private List<Reply> answers(Delivery message, Row row) {
		List<Reply> answers = this.replies.getOrDefault("in-" + row.id(), List.of());
		answers.stream()
			.flatMap((answer) -> this.requests.getOrDefault(answer.id(), List.of()).stream())
			.mapToLong(Sent::at)
			.min()
			.ifPresent((at) -> message.answeredAt = at);
		return answers;
	}

	/** The row of what was accepted and handled; null if it was not. */
	private Row taken(Delivery message) {
		if (message.acceptedAt == 0) {
			find("never accepted", message.dueAt, message.id);
			return null;
		}
		this.accepted.add(message.dueAt);
		Row row = this.inbox.get(message.id);
		if (row == null) {
			find("lost", message.dueAt, message.id + " was accepted and is not in the inbox");
			return null;
		}
		if (row.state() != DONE) {
			find("lost", message.dueAt, message.id + " ended in state " + row.state() + ": " + row.error());
			return null;
		}
		return row;
	}

	private void eachRequest() {
		this.requests.forEach((id, sent) -> {
			Reply reply = this.repliesById.get(id);
			if (reply == null) {
				find("doubled", sent.get(0).at(), "the provider got message " + id + ", which the hub does not know");
				return;
			}
			if (sent.size() > 1) {
				find("repeated", sent.get(0).at(),
						"message " + id + ": " + sent.size() + " requests, " + reply.doubts() + " doubts");
			}
			if (sent.size() > 1 + reply.doubts()) {
				find("doubled", sent.get(0).at(),
						"message " + id + " was sent " + sent.size() + " times with " + reply.doubts() + " doubts");
			}
		});
		this.repliesById.values()
			.stream()
			.filter((reply) -> reply.doubts() > 0)
			.forEach((reply) -> find("in doubt", this.requests.getOrDefault(reply.id(), NOTHING).get(0).at(),
					"message " + reply.id()));
	}

	/**
	 * Per person: answers go out in the order of the inbox; and what a hub accepted before
	 * another message was even sent is answered before it. Between two hubs nobody can
	 * promise that while one of them keeps deliveries on disk, so it is counted apart.
	 */
	private void order(List<Delivery> messages) {
		Map<Integer, List<Delivery>> byPerson = messages.stream()
			.filter((message) -> position(message) != null)
			.collect(Collectors.groupingBy((message) -> message.contact));
		byPerson.forEach((person, theirs) -> {
			theirs.sort(Comparator.comparing(this::position));
			Map<Integer, Long> soonestAccepted = new HashMap<>();
			long smallestId = Long.MAX_VALUE;
			for (int n = theirs.size() - 1; n >= 0; n--) {
				Delivery message = theirs.get(n);
				long id = this.inbox.get(message.id).id();
				String what = message.id + " of person " + person + " was answered before an earlier one";
				if (smallestId < id || soonestAccepted.getOrDefault(message.hub, Long.MAX_VALUE) < message.firstSentAt) {
					find("out of order", message.dueAt, what);
				}
				else if (soonestAccepted.values().stream().anyMatch((at) -> at < message.firstSentAt)) {
					find("out of order between hubs", message.dueAt, what);
				}
				soonestAccepted.merge(message.hub, message.acceptedAt, Math::min);
				smallestId = Math.min(smallestId, id);
			}
		});
	}

	/** When its answer first reached the provider. */
	private Integer position(Delivery message) {
		Row row = this.inbox.get(message.id);
		List<Reply> answers = (row != null) ? this.replies.getOrDefault("in-" + row.id(), List.of()) : List.of();
		return (answers.isEmpty() || message.acceptedAt == 0) ? null : this.firstRequest.get(answers.get(0).id());
	}

	private void reports(List<Delivery> statuses) {
		Map<String, Long> byProviderId = this.requests.values()
			.stream()
			.flatMap(List::stream)
			.collect(Collectors.toMap(Sent::providerId, Sent::messageId));
		for (Delivery status : statuses) {
			int colon = status.id.indexOf(':');
			Reply reply = this.repliesById.get(byProviderId.get(status.id.substring(0, colon)));
			if (status.acceptedAt != 0 && reply != null && reply.state() < RANKS.get(status.id.substring(colon + 1))) {
				find("lost", status.dueAt, "the report " + status.id + " on message " + reply.id());
			}
		}
	}

	/**
	 * What was sent again although the hub had been told before that the provider has it.
	 * A second is left to it, in which its request may have been on its way already.
	 */
	private void repetitions(List<Delivery> statuses) {
		Map<String, Long> told = statuses.stream()
			.filter((status) -> status.acceptedAt != 0)
			.collect(Collectors.toMap((status) -> status.id.substring(0, status.id.indexOf(':')),
					(status) -> status.acceptedAt, Math::min));
		this.requests.forEach((id, sent) -> {
			for (int n = 1; n < sent.size(); n++) {
				long again = sent.get(n).at();
				if (sent.subList(0, n)
					.stream()
					.anyMatch((before) -> again - told.getOrDefault(before.providerId(), again) > SECOND)) {
					find("repeated though reported", sent.get(0).at(), "message " + id);
				}
			}
		});
	}

	private void find(String kind, long at, String what) {
		this.findings.computeIfAbsent(kind, (key) -> new ArrayList<>()).add(new Finding(at, what));
	}

	int count(String kind) {
		return count(kind, Long.MIN_VALUE, Long.MAX_VALUE);
	}

	/**
	 * How much was found of a time.
	 * @param kind what it is
	 * @param from nanoseconds
	 * @param to nanoseconds, exclusive
	 * @return findings on messages that were due then
	 */
	int count(String kind, long from, long to) {
		return (int) this.findings.getOrDefault(kind, List.of())
			.stream()
			.filter((finding) -> finding.at() >= from && finding.at() < to)
			.count();
	}

	int accepted(long from, long to) {
		return (int) this.accepted.stream().filter((at) -> at >= from && at < to).count();
	}

	int handled(long from, long to) {
		return (int) this.handled.stream().filter((at) -> at >= from && at < to).count();
	}

	/**
	 * Whether all is as promised.
	 * @return true if nothing was lost, doubled or out of order, and all was accepted
	 */
	boolean clean() {
		return Set.of("lost", "doubled", "out of order", "never accepted").stream().noneMatch(this.findings::containsKey);
	}

	void addTo(Table table) {
		table.add("accepted", "", this.accepted.size());
		table.add("handled, once each", "", this.handled.size());
		table.add("never accepted", "", count("never accepted"), "0");
		table.add("lost", "", count("lost"), "0");
		table.add("doubled", "", count("doubled"), "0");
		table.add("out of order", "", count("out of order"), "0");
		table.add("out of order between hubs", "", count("out of order between hubs"));
		table.add("sends in doubt", "", count("in doubt"));
		table.add("sends repeated", "", count("repeated"));
	}

	/** Prints what stands behind the numbers. */
	void printFindings() {
		this.findings.forEach((kind, found) -> {
			System.out.println(kind + ":");
			found.stream().limit(SHOWN).forEach((finding) -> System.out.println("  " + finding.what()));
			if (found.size() > SHOWN) {
				System.out.println("  and " + (found.size() - SHOWN) + " more");
			}
		});
	}

	/** What a load has written down. */
	interface Book {

		/**
		 * What has one answer each.
		 * @return in the order in which it was due
		 */
		List<Delivery> messages();

		/** What has one answer or several. */
		List<Delivery> others();

		/** What is answered with others, or later. */
		default List<Delivery> gathered() {
			return List.of();
		}

		/** The reports on messages of the hub's, as far as they were kept. */
		List<Delivery> statuses();

		/**
		 * All requests at the provider.
		 * @return in their order
		 */
		List<Sent> sent();

	}

	private record Finding(long at, String what) {
	}

	private record Row(long id, int state, String error) {
	}

	private record Reply(long id, String correlationId, int state, int doubts, boolean mailed) {
	}

}
