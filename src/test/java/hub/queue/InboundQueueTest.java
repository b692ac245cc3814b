package hub.queue;

import java.time.Duration;
import java.util.List;

import hub.queue.QueueStore.LeaseLostException;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The inbox step by step. A worker that dies is one that never takes its next step.
 */
class InboundQueueTest {

	private static TestDatabase store;

	private static QueueInstance hub;

	private static InboundQueue queue;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		Effects.prepare(store);
		hub = QueueInstance.on(store);
		queue = hub.inbound;
	}

	@AfterAll
	static void close() {
		hub.close();
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate inbox, inbound_lane, effect").update();
	}

	@Test
	@DisplayName("W4: of one contact only the oldest item is taken, of all contacts those that have waited longest")
	void takesHeads() {
		queue.store(Samples.batch(Samples.items("a", 2)));
		queue.store(Samples.batch(Samples.items("b", 2)));
		queue.store(Samples.batch(Samples.items("c", 2)));
		assertThat(queue.claim(2).items()).extracting(InboundQueueTest::key).containsExactly("a-1", "b-1");
		assertThat(queue.claim(2).items()).extracting(InboundQueueTest::key).containsExactly("c-1");
		assertThat(queue.claim(2).lanes()).isZero();
	}

	@Test
	@DisplayName("W3: an item ends together with what its handling wrote, and its contact's next follows at once")
	void endsWithItsEffects() {
		queue.store(Samples.batch(Samples.items("a", 2)));
		QueuedItem first = take();
		assertThat(queue.finish(first, new Outcome.Done(), effect(first, "one"))).isTrue();
		QueuedItem second = take();
		assertThat(key(second)).isEqualTo("a-2");
		assertThat(queue.finish(second, new Outcome.SetAside("Over the limit"), effect(second, "one"))).isFalse();
		assertThat(effects()).containsExactly("a-1 one", "a-2 one");
		assertThat(rows()).containsExactly("a-1 1 1 -", "a-2 3 1 Over the limit");
		assertThat(queue.claim(5).lanes()).isZero();
	}

	@Test
	@DisplayName("W3: a worker that dies after it took an item leaves it to the next, once its lease is over")
	void diesAfterTheClaim() {
		queue.store(Samples.batch(Samples.items("a", 1)));
		QueuedItem lost = take();
		assertThat(queue.claim(5).lanes()).isZero();
		leasesEnd();
		QueuedItem found = take();
		assertThat(found.id()).isEqualTo(lost.id());
		assertThat(found.attempt()).isEqualTo(2);
		queue.finish(found, new Outcome.Done(), effect(found, "two"));
		assertThat(effects()).containsExactly("a-1 two");
	}

	@Test
	@DisplayName("W3: the database's clock that was set back by hours holds nobody up, and takes from no worker what it has begun")
	void databaseClockSetBack() {
		queue.store(Samples.batch(Samples.items("a", 1)));
		QueuedItem begun = take();
		queue.store(Samples.batch(Samples.items("b", 1)));
		store.sql().sql("update inbound_lane set due_at = due_at + interval '3 hours'").update();
		assertThat(queue.claim(5).lanes()).isZero();
		hub.laneTimes.setRight();
		assertThat(queue.claim(5).items()).extracting(InboundQueueTest::key).containsExactly("b-1");
		queue.finish(begun, new Outcome.Done(), null);
		hub.laneTimes.setRight();
		assertThat(queue.claim(5).lanes()).isZero();
	}

	@Test
	@DisplayName("W3: a worker that dies while it writes has written nothing")
	void diesWhileItWrites() {
		queue.store(Samples.batch(Samples.items("a", 1)));
		QueuedItem lost = take();
		assertThatThrownBy(() -> queue.finish(lost, new Outcome.Done(), (database) -> {
			effect(lost, "one").write(database);
			store.cutOff("hub");
			database.statement("queue/notify").param("channel", "c").param("queue", "q").query(String.class).list();
		})).isInstanceOf(RuntimeException.class);
		assertThat(effects()).isEmpty();
		assertThat(rows()).containsExactly("a-1 0 0 -");
		leasesEnd();
		// the pool finds its dead connections one by one
		QueuedItem found = await().ignoreExceptions()
			.until(() -> queue.claim(1).items(), (items) -> !items.isEmpty())
			.get(0);
		queue.finish(found, new Outcome.Done(), effect(found, "two"));
		assertThat(effects()).containsExactly("a-1 two");
	}

	@Test
	@DisplayName("W3: a worker that never learnt that its commit succeeded may end the item again: nothing is doubled")
	void neverLearntOfItsCommit() {
		queue.store(Samples.batch(Samples.items("a", 2)));
		QueuedItem first = take();
		queue.finish(first, new Outcome.Done(), effect(first, "one"));
		assertLost(first, new Outcome.Done());
		assertLost(first, new Outcome.Again(Duration.ofMinutes(1), "late", true));
		assertLost(first, new Outcome.Dead("late"));
		QueuedItem second = take();
		assertThat(key(second)).isEqualTo("a-2");
		assertLost(first, new Outcome.Done());
		assertLost(first, new Outcome.Again(Duration.ofMinutes(1), "late", true));
		assertThat(queue.finish(second, new Outcome.Done(), effect(second, "one"))).isFalse();
		assertThat(effects()).containsExactly("a-1 one", "a-2 one");
	}

	@Test
	@DisplayName("W3: a worker whose lease has passed to another can write nothing, neither before nor after the other has ended the item")
	void fenced() {
		queue.store(Samples.batch(Samples.items("a", 2)));
		QueuedItem slow = take();
		leasesEnd();
		QueuedItem quick = take();
		assertThat(quick.id()).isEqualTo(slow.id());
		assertAllLost(slow);
		queue.finish(quick, new Outcome.Again(Duration.ZERO, "not yet", true), null);
		assertAllLost(slow);
		quick = take();
		queue.finish(quick, new Outcome.Done(), effect(quick, "quick"));
		assertAllLost(slow);
		assertThat(effects()).containsExactly("a-1 quick");
		assertThat(key(take())).isEqualTo("a-2");
	}

	@Test
	@DisplayName("W3: a worker that is merely late, and whom nobody has replaced, still ends its item")
	void lateButNotReplaced() {
		queue.store(Samples.batch(Samples.items("a", 1)));
		QueuedItem late = take();
		leasesEnd();
		queue.finish(late, new Outcome.Done(), effect(late, "late"));
		assertThat(effects()).containsExactly("a-1 late");
		assertThat(queue.claim(1).lanes()).isZero();
	}

	@Test
	@DisplayName("W4: a failing head waits with its whole line, and holds up nobody else")
	void failingHeadHoldsItsOwnLine() {
		queue.store(Samples.batch(Samples.items("a", 2)));
		queue.store(Samples.batch(Samples.items("b", 2)));
		List<QueuedItem> taken = queue.claim(2).items();
		queue.finish(taken.get(0), new Outcome.Again(Duration.ofMinutes(1), "Away", true), effect(taken.get(0), "one"));
		queue.finish(taken.get(1), new Outcome.Done(), null);
		// neither another delivery nor another poll pulls it forward
		queue.store(Samples.batch(Samples.item("a", "a-3")));
		assertThat(queue.claim(5).items()).extracting(InboundQueueTest::key).containsExactly("b-2");
		assertThat(store.sql()
			.sql("select due_at - clock_timestamp() between interval '50 seconds' and interval '1 minute' from inbound_lane where contact_key = 'a'")
			.query(Boolean.class)
			.single()).isTrue();
		leasesEnd();
		QueuedItem again = queue.claim(1).items().get(0);
		assertThat(key(again)).isEqualTo("a-1");
		assertThat(again.attempt()).isEqualTo(2);
		assertThat(rows()).contains("a-1 0 1 Away");
	}

	@Test
	@DisplayName("W3: a start that was not the item's fault does not count")
	void uncounted() {
		queue.store(Samples.batch(Samples.items("a", 1)));
		queue.finish(take(), new Outcome.Again(Duration.ZERO, "Away", false), null);
		assertThat(take().attempt()).isEqualTo(1);
	}

	@Test
	@DisplayName("W17: a dead item is kept with its reason, with its last words, and its contact goes on")
	void dies() {
		queue.store(Samples.batch(Samples.items("a", 2)));
		QueuedItem dying = take();
		assertThat(queue.finish(dying, new Outcome.Dead("Nobody knows"), effect(dying, "words"))).isTrue();
		assertThat(rows()).contains("a-1 2 1 Nobody knows");
		assertThat(effects()).containsExactly("a-1 words");
		QueuedItem next = take();
		assertThat(key(next)).isEqualTo("a-2");
		assertThat(next.attempt()).isEqualTo(1);
	}

	@Test
	@DisplayName("W3: what a person sent is never in doubt")
	void neverInDoubt() {
		queue.store(Samples.batch(Samples.items("a", 1)));
		QueuedItem item = take();
		assertThatIllegalArgumentException().isThrownBy(() -> queue.finish(item, new Outcome.InDoubt("?"), null));
	}

	@Test
	@DisplayName("W4: what comes while the last item of a line ends is not slept over")
	void noLostWakeUp() {
		for (int n = 0; n < 200; n++) {
			String key = "a-" + n;
			queue.store(Samples.batch(Samples.item("a", key)));
			QueuedItem item = take();
			Thread other = new Thread(() -> queue.store(Samples.batch(Samples.item("a", key + "+"))));
			queue.finish(item, new Outcome.Done(), (database) -> other.start());
			join(other);
			QueuedItem next = take();
			assertThat(key(next)).isEqualTo(key + "+");
			queue.finish(next, new Outcome.Done(), null);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join(5000);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertAllLost(QueuedItem item) {
		assertLost(item, new Outcome.Done());
		assertLost(item, new Outcome.Dead("late"));
		assertLost(item, new Outcome.SetAside("late"));
		assertLost(item, new Outcome.Again(Duration.ofMinutes(1), "late", true));
		assertLost(item, new Outcome.Again(Duration.ofMinutes(1), "late", false));
	}

	private static void assertLost(QueuedItem item, Outcome outcome) {
		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> queue.finish(item, outcome, effect(item, "lost")));
	}

	private static QueuedItem take() {
		List<QueuedItem> items = queue.claim(1).items();
		assertThat(items).hasSize(1);
		return items.get(0);
	}

	/** All leases and back-offs are over. */
	private static void leasesEnd() {
		store.sql().sql("update inbound_lane set due_at = clock_timestamp() where due_at is not null").update();
	}

	private static Work effect(QueuedItem item, String worker) {
		return (database) -> Effects.write(database, item.id(), worker);
	}

	private static String key(QueuedItem item) {
		return ((ReceivedItem) item.body()).eventKey();
	}

	private static List<String> effects() {
		return store.sql()
			.sql("select event_key || ' ' || worker from effect join inbox on id = item order by id")
			.query(String.class)
			.list();
	}

	private static List<String> rows() {
		return store.sql()
			.sql("select event_key || ' ' || state || ' ' || attempts || ' ' || coalesce(error, '-') from inbox order by id")
			.query(String.class)
			.list();
	}

}
