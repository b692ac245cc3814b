package hub.queue;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTest {

	private static final List<MessageState> REPORTED = List.of(MessageState.SENT, MessageState.DELIVERED,
			MessageState.READ, MessageState.FAILED);

	private static TestDatabase store;

	private static QueueInstance hub;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		hub = QueueInstance.on(store);
	}

	@AfterAll
	static void close() {
		hub.close();
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate inbox, inbound_lane, outbox, outbound_lane, message").update();
	}

	@Test
	@DisplayName("W16: in whatever order and however often reports come, a message only rises, and forgets no time")
	void onlyRises() {
		List<List<MessageState>> orders = new ArrayList<>(new HashSet<>(orders(REPORTED)));
		// each twice: all orders of all pairs are too many for what they add
		orders.addAll(orders(REPORTED).stream().flatMap((order) -> {
			List<MessageState> reversed = new ArrayList<>(order);
			Collections.reverse(reversed);
			return List.of(twice(order, order), twice(order, reversed), pairs(order)).stream();
		}).toList());
		List<Long> messages = messages(orders.size());
		for (int step = 0; step < 8; step++) {
			List<StatusUpdate> statuses = new ArrayList<>();
			for (int n = 0; n < orders.size(); n++) {
				if (step < orders.get(n).size()) {
					statuses.add(Samples.status(messages.get(n), "wamid." + n, orders.get(n).get(step)));
				}
			}
			Collections.reverse(statuses);
			hub.inbound.store(new InboundBatch(List.of(), statuses));
			for (int n = 0; n < orders.size(); n++) {
				List<MessageState> seen = orders.get(n).subList(0, Math.min(step + 1, orders.get(n).size()));
				assertThat(state(messages.get(n))).as("%s", seen)
					.isEqualTo(seen.stream().mapToInt(MessageState::rank).max().getAsInt());
			}
		}
		assertThat(store.sql()
			.sql("select count(*) from message where sent_at = :sent and delivered_at = :delivered and read_at = :read and provider_id = 'wamid.' || text and error = '131026 Not delivered'")
			.param("sent", Database.time(Samples.MOMENT.plusSeconds(2)))
			.param("delivered", Database.time(Samples.MOMENT.plusSeconds(3)))
			.param("read", Database.time(Samples.MOMENT.plusSeconds(4)))
			.query(Integer.class)
			.single()).isEqualTo(orders.size());
	}

	@Test
	@DisplayName("W16: all reports of a message in one request, in disorder, do the same")
	void risesOnceInOneRequest() {
		for (List<MessageState> order : orders(REPORTED)) {
			long message = messages(1).get(0);
			hub.inbound.store(Samples.reports(twice(order, order).stream()
				.map((state) -> Samples.status(message, "wamid.1", state))
				.toArray(StatusUpdate[]::new)));
			assertThat(state(message)).isEqualTo(MessageState.FAILED.rank());
		}
	}

	@Test
	@DisplayName("W16: a report that comes before the send's own answer is not forgotten by it")
	void reportBeforeTheAnswer() {
		QueueStore queue = hub.channel("whatsapp");
		hub.outbound.store(List.of(Samples.message("+1", "Hello")));
		QueuedItem item = queue.claim(1).items().get(0);
		long message = ((OutboundItem) item.body()).messageId();
		hub.inbound.store(Samples.report(message, "wamid.1", MessageState.DELIVERED));
		queue.finish(item, new Outcome.Done(), accepted(message, "wamid.1"));
		assertThat(state(message)).isEqualTo(MessageState.DELIVERED.rank());
		hub.inbound.store(Samples.report(null, "wamid.1", MessageState.READ));
		assertThat(state(message)).isEqualTo(MessageState.READ.rank());
	}

	@Test
	@DisplayName("W16: a report without our id finds its message by the provider's, on its own channel only")
	void foundByTheProvidersId() {
		long message = messages(1).get(0);
		hub.inbound.store(Samples.report(message, "wamid.1", MessageState.SENT));
		hub.inbound.store(Samples.reports(
				new StatusUpdate("twilio", null, "wamid.1", MessageState.READ, Samples.MOMENT, null, null),
				new StatusUpdate("twilio", message, "SM1", MessageState.READ, Samples.MOMENT, null, null)));
		assertThat(state(message)).isEqualTo(MessageState.SENT.rank());
		hub.inbound.store(Samples.report(null, "wamid.1", MessageState.READ));
		assertThat(state(message)).isEqualTo(MessageState.READ.rank());
	}

	@Test
	@DisplayName("W16: a message that was sent again and taken twice is found by both of the provider's ids, in whatever order they become known")
	void takenTwice() {
		Map<String, LongConsumer> steps = Map.of("the second is accepted", (message) -> accept(message, "second"),
				"the first is reported", (message) -> report(message, "first"), //
				"the second is reported", (message) -> report(message, "second"), //
				"both are reported",
				(message) -> hub.inbound
					.store(Samples.reports(Samples.status(message, "first." + message, MessageState.SENT),
							Samples.status(message, "second." + message, MessageState.SENT))));
		List<List<String>> orders = new ArrayList<>(
				orders(List.of("the second is accepted", "the first is reported", "the second is reported")));
		orders.addAll(orders(List.of("the second is accepted", "both are reported")));
		orders.addAll(orders(List.of("the second is accepted", "the first is reported")));
		for (List<String> order : orders) {
			long message = messages(1).get(0);
			for (int time = 1; time <= 2; time++) {
				order.forEach((step) -> steps.get(step).accept(message));
				assertThat(store.sql()
					.sql("select array_to_string(array_prepend(provider_id, other_provider_ids), ' ') from message where id = :id")
					.param("id", message)
					.query(String.class)
					.single()
					.split(" ")).as("%s, time %d", order, time)
					.containsExactlyInAnyOrder("first." + message, "second." + message);
			}
			hub.inbound.store(Samples.report(null, "first." + message, MessageState.DELIVERED));
			assertThat(state(message)).as("%s", order).isEqualTo(MessageState.DELIVERED.rank());
			hub.inbound.store(Samples.report(null, "second." + message, MessageState.READ));
			assertThat(state(message)).as("%s", order).isEqualTo(MessageState.READ.rank());
		}
	}

	private static void accept(long message, String copy) {
		accepted(message, copy + "." + message).write(hub.database);
	}

	private static void report(long message, String copy) {
		hub.inbound.store(Samples.report(message, copy + "." + message, MessageState.SENT));
	}

	@Test
	@DisplayName("W16: another's report on a shared number, whose id is one of ours too, raises none of our messages")
	void reportOfAnother() {
		long message = messages(1).get(0);
		String ours = store.sql().sql("select id from installation").query(String.class).single();
		assertThat(ours).matches("[0-9a-f]{12}");
		hub.inbound.store(Samples.reports(new StatusUpdate("whatsapp", message, "0123456789ab", "wamid.1",
				MessageState.FAILED, Samples.MOMENT, 190, "Token")));
		assertThat(state(message)).isEqualTo(MessageState.QUEUED.rank());
		hub.inbound.store(Samples.reports(
				new StatusUpdate("whatsapp", message, ours, "wamid.2", MessageState.READ, Samples.MOMENT, null, null)));
		assertThat(state(message)).isEqualTo(MessageState.READ.rank());
	}

	@Test
	@DisplayName("W16: a report on no message of ours is set aside once, and harms no other report")
	void unknownIsSetAside() {
		long message = messages(1).get(0);
		InboundBatch batch = Samples.reports(Samples.status(null, "wamid.strange\"\\", MessageState.SENT),
				Samples.status(message, "wamid.1", MessageState.DELIVERED),
				Samples.status(4711_000L, "wamid.other", MessageState.READ),
				Samples.status(null, "wamid.strange\"\\", MessageState.SENT));
		hub.inbound.store(batch);
		hub.inbound.store(batch);
		assertThat(state(message)).isEqualTo(MessageState.DELIVERED.rank());
		assertThat(store.sql().sql("select state from inbox").query(Integer.class).list()).containsExactly(3, 3);
		assertThat(hub.inbound.claim(5).items()).isEmpty();
	}

	@Test
	@DisplayName("W2: however many reports on no message of ours come, they are set aside by one statement, while all of intake waits")
	void unknownTogether() {
		store.sql().sql("create table written (statements int)").update();
		store.sql().sql("""
				create function count_statement() returns trigger language plpgsql as
				$$ begin insert into hub.written values (1); return null; end $$""").update();
		store.sql()
			.sql("create trigger counted after insert on inbox for each statement execute function count_statement()")
			.update();
		try {
			hub.inbound.store(new InboundBatch(List.of(),
					IntStream.range(0, 1000)
						.mapToObj((n) -> Samples.status(null, "wamid.other." + n, MessageState.SENT))
						.toList()));
			assertThat(store.sql().sql("select count(*) from inbox where state = 3").query(Integer.class).single())
				.isEqualTo(1000);
			assertThat(store.sql().sql("select count(*) from written").query(Integer.class).single()).isEqualTo(1);
		}
		finally {
			store.sql().sql("drop trigger counted on inbox").update();
		}
	}

	@Test
	@DisplayName("W3: the same unknown reports and unusable items at once, in opposite orders, deadlock nobody")
	void unknownAtOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 20; round++) {
				int number = round;
				List<StatusUpdate> statuses = new ArrayList<>(IntStream.range(0, 40)
					.mapToObj((n) -> Samples.status(null, "wamid.%d.%d".formatted(number, n), MessageState.SENT))
					.toList());
				List<StatusUpdate> reversed = new ArrayList<>(statuses);
				Collections.reverse(reversed);
				CyclicBarrier barrier = new CyclicBarrier(4);
				List<Future<Integer>> futures = new ArrayList<>();
				for (int n = 0; n < 4; n++) {
					InboundBatch batch = new InboundBatch(List.of(), (n % 2 == 0) ? statuses : reversed);
					futures.add(threads.submit(() -> {
						barrier.await();
						return hub.inbound.store(batch);
					}));
				}
				for (Future<Integer> future : futures) {
					assertThat(future.get(20, TimeUnit.SECONDS)).isZero();
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(store.sql().sql("select count(*) from inbox where state = 3").query(Integer.class).single())
			.isEqualTo(20 * 40);
	}

	@Test
	@DisplayName("W16: reports, sends and turns at once on the same contacts deadlock nobody")
	void allAtOnce() throws Exception {
		QueueStore queue = hub.channel("whatsapp");
		List<Long> messages = messages(40);
		ExecutorService threads = Executors.newFixedThreadPool(6);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int n = 0; n < 2; n++) {
				int seed = n;
				futures.add(threads.submit(() -> {
					List<Long> shuffled = new ArrayList<>(messages);
					for (int round = 0; System.nanoTime() < end; round++) {
						Collections.shuffle(shuffled);
						int turn = round;
						hub.inbound.store(new InboundBatch(
								List.of(Samples.item("+" + turn % 40, seed + "-" + turn),
										Samples.item("+" + (turn + 1) % 40, seed + "+" + turn)),
								shuffled.stream()
									.map((id) -> Samples.status(id, "wamid." + id, REPORTED.get((int) (id + turn) % 3)))
									.toList()));
					}
					return null;
				}));
				futures.add(threads.submit(() -> {
					while (System.nanoTime() < end) {
						for (QueuedItem item : queue.claim(5).items()) {
							long message = ((OutboundItem) item.body()).messageId();
							queue.finish(item, new Outcome.Done(), accepted(message, "wamid." + message));
						}
					}
					return null;
				}));
				futures.add(threads.submit(() -> {
					while (System.nanoTime() < end) {
						for (QueuedItem item : hub.inbound.claim(5).items()) {
							hub.inbound.finish(item, new Outcome.Done(),
									(database) -> hub.outbound.write(database,
											List.of(Samples.message(item.laneKey(), "1"),
													Samples.sequel(item.laneKey(), "2"),
													Samples.message("+" + item.id() % 40, "3"))));
						}
					}
					return null;
				}));
			}
			for (Future<?> future : futures) {
				future.get(20, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(store.sql().sql("select count(*) from outbox where state = 1").query(Integer.class).single())
			.isGreaterThan(40);
		assertThat(store.sql()
			.sql("select deadlocks from pg_stat_database where datname = current_database()")
			.query(Integer.class)
			.single()).isZero();
	}

	private static Work accepted(long message, String providerId) {
		return (database) -> database.statement("queue/record-acceptances")
			.param("message_ids", new Long[] { message })
			.param("provider_ids", new String[] { providerId })
			.param("at", Database.time(Samples.MOMENT.plusSeconds(2)))
			.update();
	}

	/** Messages of one contact each. */
	private static List<Long> messages(int count) {
		hub.outbound.store(IntStream.range(0, count).mapToObj((n) -> Samples.message("+" + n, "" + n)).toList());
		List<Long> ids = store.sql()
			.sql("select id from message order by id desc limit " + count)
			.query(Long.class)
			.list();
		return store.sql()
			.sql("select id from message where id = any (:ids) order by text::int")
			.param("ids", ids.toArray(Long[]::new))
			.query(Long.class)
			.list();
	}

	private static int state(long message) {
		return store.sql()
			.sql("select state from message where id = :id")
			.param("id", message)
			.query(Integer.class)
			.single();
	}

	private static <T> List<List<T>> orders(List<T> states) {
		if (states.isEmpty()) {
			return List.of(List.of());
		}
		Set<List<T>> orders = new HashSet<>();
		for (T first : states) {
			List<T> rest = new ArrayList<>(states);
			rest.remove(first);
			orders(rest).forEach((order) -> {
				List<T> whole = new ArrayList<>(List.of(first));
				whole.addAll(order);
				orders.add(whole);
			});
		}
		return List.copyOf(orders);
	}

	private static List<MessageState> twice(List<MessageState> one, List<MessageState> other) {
		List<MessageState> both = new ArrayList<>(one);
		both.addAll(other);
		return both;
	}

	private static List<MessageState> pairs(List<MessageState> order) {
		return order.stream().flatMap((state) -> Arrays.asList(state, state).stream()).toList();
	}

}
