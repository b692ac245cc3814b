package hub.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import hub.store.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IntakeTest {

	private static TestDatabase store;

	private static QueueInstance hub;

	/**
	 * Requests of one instance share their commits; those of two meet in the database.
	 */
	private static QueueInstance another;

	private ExecutorService threads;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		hub = QueueInstance.on(store);
		another = QueueInstance.on(store, "another", UnaryOperator.identity());
	}

	@AfterAll
	static void close() {
		another.close();
		hub.close();
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate inbox, inbound_lane").update();
		this.threads = Executors.newFixedThreadPool(6);
	}

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	@DisplayName("W4: the items of one request are stored in their own order, whoever else is in it")
	void keepsTheOrderOfARequest() {
		hub.inbound.store(Samples.batch(Samples.item("b", "b-1"), Samples.item("a", "a-1"), Samples.item("b", "b-2"),
				Samples.dead("x"), Samples.item("a", "a-2"), Samples.item("b", "b-3")));
		assertThat(keys("a")).containsExactly("a-1", "a-2");
		assertThat(keys("b")).containsExactly("b-1", "b-2", "b-3");
	}

	@Test
	@DisplayName("W3: what is delivered again is stored once, also within one request")
	void storesOnce() {
		InboundBatch batch = Samples.batch(Samples.item("a", "a-1"), Samples.item("a", "a-1"),
				Samples.item("b", "b-1"));
		assertThat(hub.inbound.store(batch)).isEqualTo(2);
		assertThat(hub.inbound.store(batch)).isZero();
		assertThat(
				hub.inbound.store(Samples.batch(new InboundItem("whatsapp", "another number", "a-1", "a", "{}", null))))
			.isOne();
		assertThat(count("select count(*) from inbox")).isEqualTo(3);
	}

	@Test
	@DisplayName("W3: where processors have been full for a second, requests are stored in transactions 10 ms apart")
	void waitsForOthers() {
		Awaitility.await().until(hub.full::fullForLong);
		long began = System.nanoTime();
		for (int n = 0; n < 50; n++) {
			hub.inbound.store(Samples.batch(Samples.item("a", "a-" + n)));
		}
		assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49 * 10));
		assertThat(count("select count(*) from inbox")).isEqualTo(50);
	}

	@Test
	@DisplayName("W3: a repeated delivery of what is handled starts nothing, and its line sleeps again")
	void repeatedDeliveryStartsNothing() {
		InboundBatch batch = Samples.batch(Samples.item("a", "a-1"));
		hub.inbound.store(batch);
		hub.inbound.claim(1).items().forEach((item) -> hub.inbound.finish(item, new Outcome.Done(), null));
		hub.inbound.store(batch);
		assertThat(hub.inbound.claim(1).items()).isEmpty();
		assertThat(count("select count(*) from inbound_lane where due_at is not null")).isZero();
		hub.inbound.store(Samples.batch(Samples.item("a", "a-2")));
		assertThat(hub.inbound.claim(1).items()).hasSize(1).allMatch((item) -> item.attempt() == 1);
	}

	@Test
	@DisplayName("W2, W3: of many deliveries together what the database refuses is kept as dead, by itself, and all else is stored in its order, once")
	void keepsTheRefused() {
		List<InboundBatch> deliveries = List.of(Samples.batch(Samples.item("a", "a-1"), Samples.item("b", "b-1")),
				Samples.batch(Samples.item("a", "a-2"), Samples.item("a", "a\u0000"), Samples.item("a", "a-3")),
				Samples.batch(Samples.item("b", "b-2")).at(Instant.MAX), Samples.batch(Samples.item("b", "b-3")));
		assertThat(hub.inbound.storePatiently(deliveries)).isEqualTo(7);
		assertThat(hub.inbound.storePatiently(deliveries)).isZero();
		assertThat(keys("a")).containsExactly("a-1", "a-2", "a-3");
		assertThat(keys("b")).containsExactly("b-1", "b-3");
		assertThat(count("select count(*) from inbox where state = 2 and contact_key is null "
				+ "and error like 'The database refuses it%' and body like '{\"content\":%'"))
			.isEqualTo(2);
		assertThat(count("select count(*) from inbox")).isEqualTo(7);
	}

	@Test
	@DisplayName("W2: what can't be used is kept with its reason and stands in nobody's line")
	void keepsTheDead() {
		assertThat(hub.inbound.store(Samples.batch(Samples.dead("x"), Samples.item("a", "a-1"),
				new InboundItem("whatsapp", "1", "y", "b", "{}", "Said in a group"))))
			.isEqualTo(3);
		assertThat(store.sql()
			.sql("select event_key || ':' || state || ':' || error from inbox where state <> 0 and finished_at is not null order by id")
			.query(String.class)
			.list()).containsExactly("x:2:Nobody can read it", "y:2:Said in a group");
		assertThat(store.sql().sql("select contact_key from inbound_lane").query(String.class).list())
			.containsExactly("a");
	}

	@RepeatedTest(3)
	@DisplayName("W3: the same delivery in the same instant is stored once, in whatever order it lists its items, and nobody deadlocks")
	void takesTheSameAtOnce() throws Exception {
		for (int round = 0; round < 20; round++) {
			int number = round;
			// every other time nothing but what stands in no line, where no lane's lock
			// helps
			List<InboundItem> items = new ArrayList<>(IntStream.range(0, 60)
				.mapToObj((n) -> (number % 2 == 0 || n % 3 == 0) ? Samples.dead("dead-%d-%d".formatted(number, n))
						: Samples.item("contact-" + n % 20, "%d-%d".formatted(number, n)))
				.toList());
			List<InboundItem> reversed = new ArrayList<>(items);
			Collections.reverse(reversed);
			List<Integer> stored = atOnce(() -> hub.inbound.store(Samples.batch(items)),
					() -> another.inbound.store(Samples.batch(reversed)),
					() -> another.inbound.store(Samples.batch(items)),
					() -> hub.inbound.store(Samples.batch(reversed)));
			assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(items.size());
		}
		assertThat(count("select count(*) from inbox")).isEqualTo(20 * 60);
	}

	@Test
	@DisplayName("W4: requests that come while others are handled never slip an item in before one that was handled")
	void idsRiseInTheOrderOfCommits() throws Exception {
		int requests = 60;
		Callable<Integer> sender = () -> {
			for (int n = 0; n < requests; n++) {
				String key = Thread.currentThread().getName() + n;
				hub.inbound.store(Samples.batch(Samples.item("b", key + "b"), Samples.item("a", key + "a"),
						Samples.item("c", key + "c")));
			}
			return 0;
		};
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		Callable<Integer> worker = () -> {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
			while (handled.size() < 3 * 3 * requests && System.nanoTime() < deadline) {
				for (QueuedItem item : hub.inbound.claim(2).items()) {
					hub.inbound.finish(item, new Outcome.Done(), (database) -> {
						synchronized (handled) {
							handled.add("%s %09d".formatted(item.laneKey(), item.id()));
						}
					});
				}
			}
			return 0;
		};
		atOnce(sender, worker, sender, worker, sender);
		assertThat(handled).hasSize(3 * 3 * requests).doesNotHaveDuplicates();
		for (String contact : List.of("a", "b", "c")) {
			assertThat(handled.stream().filter((line) -> line.startsWith(contact)).toList()).isSorted();
		}
	}

	@Test
	@DisplayName("W3: what is delivered again while it is being handled deadlocks nobody")
	void takesRepetitionsOfWhatIsHandled() throws Exception {
		List<InboundItem> items = IntStream.range(0, 200).mapToObj((n) -> Samples.item("c" + n % 4, "k" + n)).toList();
		hub.inbound.store(Samples.batch(items));
		Callable<Integer> worker = () -> {
			int ended = 0;
			for (List<QueuedItem> taken = hub.inbound.claim(2).items(); !unhandled()
				.isEmpty(); taken = hub.inbound.claim(2).items()) {
				for (QueuedItem item : taken) {
					hub.inbound.finish(item, new Outcome.Done(), null);
					ended++;
				}
			}
			return ended;
		};
		Callable<Integer> repetition = () -> {
			int stored = 0;
			while (!unhandled().isEmpty()) {
				stored += another.inbound.store(Samples.batch(items));
			}
			return stored;
		};
		List<Integer> results = atOnce(worker, repetition, worker, repetition);
		assertThat(results.get(0) + results.get(2)).isEqualTo(items.size());
		assertThat(results.get(1) + results.get(3)).isZero();
	}

	private static List<Long> unhandled() {
		return store.sql().sql("select id from inbox where state = 0 limit 1").query(Long.class).list();
	}

	@SafeVarargs
	private List<Integer> atOnce(Callable<Integer>... tasks) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(tasks.length);
		List<Future<Integer>> futures = new ArrayList<>();
		for (Callable<Integer> task : tasks) {
			futures.add(this.threads.submit(() -> {
				barrier.await();
				return task.call();
			}));
		}
		List<Integer> results = new ArrayList<>();
		for (Future<Integer> future : futures) {
			results.add(future.get(40, TimeUnit.SECONDS));
		}
		return results;
	}

	private static List<String> keys(String contact) {
		return store.sql()
			.sql("select event_key from inbox where contact_key = :contact order by id")
			.param("contact", contact)
			.query(String.class)
			.list();
	}

	private static long count(String query) {
		return store.sql().sql(query).query(Long.class).single();
	}

}
