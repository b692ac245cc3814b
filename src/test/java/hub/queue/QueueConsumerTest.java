package hub.queue;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import hub.channel.MessageState;
import hub.queue.QueueInstance.Settings;
import hub.store.Database;
import hub.store.TestDatabase;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The consumers of {@code queue:}, in Camel contexts of their own.
 */
class QueueConsumerTest {

	private static final String WAITING_LONGER_THAN_THE_LEASE = """
			select count(*) from pg_stat_activity
			where wait_event_type = 'Lock' and query_start < clock_timestamp() - interval '2100 milliseconds'""";

	private static TestDatabase store;

	private final List<QueueInstance> instances = new ArrayList<>();

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		Effects.prepare(store);
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate inbox, inbound_lane, outbox, outbound_lane, message, sender, effect").update();
	}

	@AfterEach
	void closeInstances() {
		this.instances.forEach(QueueInstance::close);
	}

	@Test
	@DisplayName("W3, W4: two instances under load, with random failures, handle everything exactly once and in order per contact")
	void exactlyOnceAndInOrder() throws Exception {
		int contacts = 40;
		int each = 8;
		for (String name : List.of("one", "two")) {
			QueueInstance hub = instance(name, (settings) -> settings.withMaxAttempts(100));
			hub.start(handling((item) -> {
				int dice = ThreadLocalRandom.current().nextInt(100);
				if (dice < 4) {
					throw new IllegalStateException("The route failed");
				}
				Work work = (database) -> {
					Effects.write(database, item.id(), name);
					if (dice < 8) {
						throw new IllegalStateException("The work failed");
					}
					if (dice < 12) {
						throw new OptimisticLockingFailureException("Changed");
					}
				};
				return (dice % 4 == 3) ? work : together(work);
			}));
		}
		List<Thread> senders = new ArrayList<>();
		for (QueueInstance hub : this.instances) {
			Thread sender = new Thread(() -> {
				for (int n = 0; n < each; n++) {
					List<InboundItem> items = new ArrayList<>();
					for (int contact = 0; contact < contacts; contact++) {
						items.add(Samples.item("c" + contact, hub.name + "-" + contact + "-" + n));
					}
					Collections.shuffle(items);
					hub.inbound.store(Samples.batch(items));
					hub.inbound.store(Samples.batch(items));
				}
			});
			sender.start();
			senders.add(sender);
		}
		for (Thread sender : senders) {
			sender.join();
		}
		await(40, () -> assertThat(count("select count(*) from inbox where state = 1")).isEqualTo(2 * contacts * each));
		assertThat(count("select count(*) from effect")).isEqualTo(2 * contacts * each);
		assertThat(count("select count(distinct item) from effect")).isEqualTo(2 * contacts * each);
		assertThat(outOfOrder(store)).isZero();
		assertThat(count("select count(distinct worker) from effect")).isEqualTo(2);
		assertThat(count("select count(*) from inbound_lane where due_at is not null")).isZero();
	}

	@Test
	@DisplayName("W1: while webhooks crowd full processors nothing is claimed; when they are answered it is")
	void letsWebhooksGoFirst() throws Exception {
		QueueInstance hub = instance("one", UnaryOperator.identity());
		hub.rightOfWay.enter();
		hub.rightOfWay.enter();
		hub.start(handling((item) -> null));
		hub.inbound.store(Samples.batch(List.of(Samples.item("c1", "first"))));
		// Without a right of way it would have been claimed by now
		Thread.sleep(500);
		assertThat(count("select count(*) from inbound_lane where attempts = 0")).isEqualTo(1);
		hub.rightOfWay.leave();
		await(10, () -> assertThat(count("select count(*) from inbox where state = 1")).isEqualTo(1));
	}

	@Test
	@DisplayName("W3: a hub that stood still between claim and send for longer than its lease sends nothing that others may have sent")
	void stoodStill() throws Exception {
		AtomicInteger sends = new AtomicInteger();
		// With one worker nobody claims again what it holds, as another hub might
		QueueInstance hub = instance("one", (settings) -> settings.withWorkers(1).withLease(Duration.ofSeconds(2)));
		hub.outbound.store(List.of(Samples.message("+1", "1")));
		try (Connection standstill = store.dataSource().getConnection()) {
			standstill.setAutoCommit(false);
			standstill.createStatement().execute("select 1 from outbox for update");
			hub.start(new RouteBuilder() {
				@Override
				public void configure() {
					from("queue:outbound?channel=whatsapp").process((exchange) -> sends.incrementAndGet());
				}
			});
			await(20, () -> assertThat(count(WAITING_LONGER_THAN_THE_LEASE)).isPositive());
			standstill.rollback();
		}
		await(20, () -> assertThat(count("select count(*) from outbox where state = 1")).isEqualTo(1));
		assertThat(sends).hasValue(1);
		assertThat(count("select setbacks from outbox")).isPositive();
		assertThat(count("select doubts from message")).isZero();
	}

	@Test
	@DisplayName("W4: different contacts are handled in parallel, in one instance and over several")
	void inParallel() throws Exception {
		CyclicBarrier together = new CyclicBarrier(8);
		for (String name : List.of("one", "two")) {
			instance(name, (settings) -> settings.withWorkers(4)).start(handling((item) -> {
				together.await(20, TimeUnit.SECONDS);
				return effect(item, name);
			}));
		}
		List<InboundItem> items = new ArrayList<>();
		for (int n = 0; n < 8; n++) {
			items.add(Samples.item("c" + n, "k" + n));
		}
		this.instances.get(0).inbound.store(Samples.batch(items));
		await(20, () -> assertThat(count("select count(*) from effect")).isEqualTo(8));
		assertThat(count("select max(attempts) from inbox")).isEqualTo(1);
	}

	@Test
	@DisplayName("W3: what another instance stores is handled at once, without waiting for a poll, also after the notices were cut off")
	void wakesOtherInstances() throws Exception {
		QueueInstance sender = instance("sender", UnaryOperator.identity());
		QueueInstance worker = instance("worker", (settings) -> settings.withPoll(Duration.ofMinutes(1)));
		worker.start(handling((item) -> effect(item, "worker")));
		await(20, () -> assertThat(listening()).isOne());
		sender.inbound.store(Samples.batch(Samples.item("a", "1")));
		await(20, () -> assertThat(count("select count(*) from effect")).isOne());
		store.cutOff("worker");
		await(20, () -> assertThat(listening()).isOne());
		sender.inbound.store(Samples.batch(Samples.item("a", "2")));
		await(20, () -> assertThat(count("select count(*) from effect")).isEqualTo(2));
	}

	@Test
	@DisplayName("W3: an instance whose workers are all at work calls the others, and tells when it has taken all there was")
	void callsOthersWhenBehind() throws Exception {
		QueueInstance busy = instance("busy", (settings) -> settings.withWorkers(1).withPoll(Duration.ofMinutes(1)));
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		busy.start(handling((item) -> {
			begun.countDown();
			goOn.await(20, TimeUnit.SECONDS);
			return effect(item, "busy");
		}));
		busy.inbound.store(Samples.batch(Samples.item("a", "a-1")));
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		QueueConsumer consumer = (QueueConsumer) busy.camel.getRoute("handle").getConsumer();
		assertThat(consumer.waitingMillis()).as("with its only worker at work").isNotNegative();
		QueueInstance worker = instance("worker", (settings) -> settings.withPoll(Duration.ofMinutes(1)));
		worker.start(handling((item) -> effect(item, "worker")));
		await(20, () -> assertThat(listening()).isOne());
		busy.inbound.store(Samples.batch(Samples.item("b", "b-1")));
		await(20, () -> assertThat(effects()).containsExactly("b-1 worker"));
		goOn.countDown();
		await(20, () -> assertThat(effects()).containsExactly("b-1 worker", "a-1 busy"));
		await(20, () -> assertThat(consumer.waitingMillis()).as("when it has looked again").isNegative());
	}

	@Test
	@DisplayName("W3: what is queued for a channel leaves at once, and so does what waited for a report, however seldom the hub looks by itself")
	void wakesTheChannel() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withPoll(Duration.ofMinutes(1)));
		List<OutboundItem> sent = new CopyOnWriteArrayList<>();
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:outbound?channel=whatsapp")
					.process((exchange) -> sent.add(exchange.getMessage().getBody(OutboundItem.class)));
			}
		});
		hub.outbound.store(List.of(Samples.message("+1", "1"), Samples.sequel("+1", "2")));
		await(20, () -> assertThat(count("select count(*) from outbox where state = 1")).isOne());
		hub.inbound.store(Samples.report(sent.get(0).messageId(), "wamid.1", MessageState.DELIVERED));
		await(20, () -> assertThat(sent).extracting(OutboundItem::body).containsExactly("1", "2"));
	}

	@Test
	@DisplayName("W17: a message that fails is tried again, then dead; its apology is committed with its death, and only its own contact waits for it")
	void diesAfterItsAttempts() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withMaxAttempts(3));
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:inbound?deadUri=direct:apologise").process((exchange) -> {
					ReceivedItem item = exchange.getMessage().getBody(ReceivedItem.class);
					handled.add(item.eventKey());
					if (item.eventKey().equals("bad")) {
						throw new IllegalStateException("Nobody can handle this");
					}
					exchange.getMessage().setBody(effect(item, "hub"));
				});
				from("direct:apologise").process((exchange) -> {
					assertThat(exchange.getProperty(QueueConsumer.DEATH, String.class)).contains("Nobody can");
					assertThat(exchange.getProperty(QueueConsumer.FAILURE, Throwable.class))
						.hasMessageContaining("Nobody can");
					exchange.getMessage().setBody(effect(exchange.getMessage().getBody(ReceivedItem.class), "apology"));
				});
			}
		});
		hub.inbound.store(Samples.batch(Samples.item("a", "bad"), Samples.item("a", "behind"),
				Samples.item("b", "other"), Samples.item("b", "another")));
		await(20, () -> assertThat(count("select count(*) from inbox where state <> 0")).isEqualTo(4));
		assertThat(handled.stream().filter("bad"::equals)).hasSize(3);
		assertThat(handled.indexOf("behind")).isGreaterThan(handled.lastIndexOf("bad"));
		assertThat(handled.indexOf("another")).isLessThan(handled.lastIndexOf("bad"));
		assertThat(effects()).containsExactlyInAnyOrder("bad apology", "behind hub", "other hub", "another hub");
		assertThat(store.sql()
			.sql("select state || ' ' || attempts || ' ' || error from inbox where event_key = 'bad'")
			.query(String.class)
			.single()).isEqualTo("2 3 IllegalStateException: Nobody can handle this");
	}

	@Test
	@DisplayName("O5: what is replayed was tried before: it finishes what it may have begun")
	void replays() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withMaxAttempts(2));
		List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:inbound").process((exchange) -> {
					attempts.add(exchange.getProperty(QueueConsumer.ITEM, QueuedItem.class).attempt());
					if (attempts.size() <= 2) {
						throw new IllegalStateException("Not yet");
					}
				});
			}
		});
		hub.inbound.store(Samples.batch(Samples.item("a", "1")));
		await(20, () -> assertThat(count("select count(*) from inbox where state = 2")).isOne());
		assertThat(hub.inbound.replay(count("select id from inbox"))).isTrue();
		await(20, () -> assertThat(count("select count(*) from inbox where state = 1")).isOne());
		assertThat(attempts).containsExactly(1, 2, 2);
	}

	@Test
	@DisplayName("W3: an item that kills its worker each time is dead after its attempts, even if its last words kill too")
	void crashingItem() throws Exception {
		QueueInstance hub = instance("hub",
				(settings) -> settings.withMaxAttempts(2).withLease(Duration.ofMillis(200)));
		AtomicInteger starts = new AtomicInteger();
		AtomicInteger words = new AtomicInteger();
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:inbound?deadUri=direct:apologise").process((exchange) -> {
					starts.incrementAndGet();
					exchange.getMessage().setBody(crash());
				});
				from("direct:apologise").process((exchange) -> {
					words.incrementAndGet();
					exchange.getMessage().setBody(crash());
				});
			}
		});
		hub.inbound.store(Samples.batch(Samples.item("a", "1")));
		await(15, () -> assertThat(count("select count(*) from inbox where state = 2")).isOne());
		assertThat(starts).hasValue(2);
		assertThat(words).hasValueBetween(1, 3);
	}

	/** Dies as a process would: the consumer writes nothing of it. */
	private static Work crash() {
		return (database) -> {
			throw new StackOverflowError("A crash");
		};
	}

	@Test
	@DisplayName("W3: last words that can't be said or written do not keep an item from its death")
	void failingLastWords() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withMaxAttempts(1));
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:inbound?deadUri=direct:apologise").process((exchange) -> {
					throw new IllegalStateException("No");
				});
				from("direct:apologise").process((exchange) -> {
					if (exchange.getMessage().getBody(ReceivedItem.class).eventKey().equals("unsaid")) {
						throw new IllegalStateException("Not even that");
					}
					exchange.getMessage().setBody((Work) (database) -> {
						throw new DataIntegrityViolationException("Not even that");
					});
				});
			}
		});
		hub.inbound.store(Samples.batch(Samples.item("a", "unsaid"), Samples.item("b", "unwritten")));
		await(20, () -> assertThat(count("select count(*) from inbox where state = 2")).isEqualTo(2));
	}

	@Test
	@DisplayName("W3: a turn whose reading was overtaken starts anew, and what follows a commit can't undo it")
	void startsAnew() throws Exception {
		QueueInstance hub = instance("hub", UnaryOperator.identity());
		AtomicInteger starts = new AtomicInteger();
		hub.start(handling((item) -> {
			int start = starts.incrementAndGet();
			return new Work() {
				@Override
				public void write(Database database) {
					Effects.write(database, item.id(), "start " + start);
					if (start == 1) {
						throw new OptimisticLockingFailureException("Changed meanwhile");
					}
				}

				@Override
				public void committed() {
					throw new IllegalStateException("Nobody listens");
				}
			};
		}));
		hub.inbound.store(Samples.batch(Samples.item("a", "1"), Samples.item("a", "2")));
		await(20, () -> assertThat(count("select count(*) from inbox where state = 1")).isEqualTo(2));
		assertThat(effects()).containsExactly("1 start 2", "2 start 3");
	}

	@Test
	@DisplayName("W3: a message that has left is not sent again because something that belongs to its end can't be written")
	void sentOnceThoughUnwritten() throws Exception {
		QueueInstance hub = instance("hub", UnaryOperator.identity());
		AtomicInteger sends = new AtomicInteger();
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:outbound?channel=whatsapp").process((exchange) -> {
					sends.incrementAndGet();
					exchange.getMessage().setBody((Work) (database) -> {
						throw new DataIntegrityViolationException("A column is too short");
					});
				});
			}
		});
		hub.outbound.store(List.of(Samples.message("+1", "1"), Samples.message("+1", "2")));
		await(20, () -> assertThat(count("select count(*) from outbox where state = 1")).isEqualTo(2));
		assertThat(sends).hasValue(2);
	}

	@Test
	@DisplayName("W16: a message whose sending fails every time is dead, and failed in the log")
	void givesUpSending() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withMaxAttempts(2));
		List<Object> told = new CopyOnWriteArrayList<>();
		hub.component.setApplicationEventPublisher(told::add);
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:outbound?channel=whatsapp").process((exchange) -> {
					throw new IllegalStateException("Unrenderable");
				});
			}
		});
		hub.outbound.store(List.of(Samples.message("+1", "1")));
		await(20, () -> assertThat(count("select count(*) from outbox where state = 2 and attempts = 2")).isOne());
		assertThat(store.sql().sql("select state || ' ' || error from message").query(String.class).single())
			.isEqualTo("9 IllegalStateException: Unrenderable");
		String id = store.sql().sql("select id::text from outbox").query(String.class).single();
		await(20, () -> assertThat(told)
			.containsExactly(new DeadItem("outbound", "whatsapp", id, "IllegalStateException")));
	}

	@Test
	@DisplayName("W17: what its route says would fail again dies at once, and is no news")
	void dieAtOnce() throws Exception {
		QueueInstance hub = instance("hub", UnaryOperator.identity());
		List<Object> told = new CopyOnWriteArrayList<>();
		hub.component.setApplicationEventPublisher(told::add);
		hub.start(new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:outbound?channel=mail").process((exchange) -> {
					exchange.setProperty(QueueConsumer.HOPELESS, "true");
					throw new IllegalStateException("No such mailbox");
				});
			}
		});
		hub.outbound
			.store(List.of(new NewOutbound(null, "mail", "a@b", "mail", "m", 0, false, Duration.ZERO, "{}", "test")));
		await(20, () -> assertThat(count("select count(*) from outbox where state = 2 and attempts = 1")).isOne());
		assertThat(told).isEmpty();
	}

	@Test
	@DisplayName("O7: a stopping consumer ends what it has begun and takes nothing more")
	void stopsGracefully() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withWorkers(2));
		CountDownLatch begun = new CountDownLatch(2);
		CountDownLatch goOn = new CountDownLatch(1);
		hub.start(handling((item) -> {
			begun.countDown();
			goOn.await(20, TimeUnit.SECONDS);
			return effect(item, "hub");
		}));
		hub.inbound.store(Samples.batch(Samples.item("a", "a-1"), Samples.item("a", "a-2"), Samples.item("b", "b-1"),
				Samples.item("c", "c-1")));
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		Thread stop = new Thread(hub.camel::stop);
		ServiceSupport consumer = (ServiceSupport) hub.camel.getRoute("handle").getConsumer();
		stop.start();
		await(20, () -> assertThat(consumer.isStopping()).isTrue());
		hub.inbound.store(Samples.batch(Samples.item("d", "d-1")));
		goOn.countDown();
		stop.join(20_000);
		assertThat(hub.camel.getStatus()).isEqualTo(ServiceStatus.Stopped);
		assertThat(effects()).containsExactlyInAnyOrder("a-1 hub", "b-1 hub");
		assertThat(count("select count(*) from inbound_lane where due_at > clock_timestamp()")).as("leases left behind")
			.isZero();
		assertThat(count("select count(*) from inbox where state = 0")).isEqualTo(3);
	}

	@Test
	@DisplayName("E2: a consumer that stops waits for nothing but what it has begun, however seldom it looks by itself")
	void stopsAtOnce() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		QueueInstance hub = instance("hub", (settings) -> settings.withPoll(Duration.ofMinutes(1)));
		hub.start(handling((item) -> effect(item, "hub")));
		hub.inbound.store(Samples.batch(Samples.item("a", "a-1")));
		await(20, () -> assertThat(effects()).containsExactly("a-1 hub"));
		List<Thread> own = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("queue-inbound-") && !before.contains(thread))
			.toList();
		assertThat(own).hasSize(2);
		hub.camel.stop();
		assertThat(own).noneMatch(Thread::isAlive);
	}

	@Test
	@DisplayName("W3: what ends while others are written is written together, in one transaction")
	void endsTogether() throws Exception {
		Bulk bulk = new Bulk();
		start(bulk, (item) -> Effects.write(bulk.database, item.id(), "hub"));
		bulk.writeFirst();
		assertThat(bulk.sizes).containsExactly(1, 5);
		assertThat(store.sql()
			.sql("select count(distinct inbox.xmin::text) from inbox where event_key <> 'first'")
			.query(Integer.class)
			.single()).isOne();
		assertThat(count("select count(*) from effect")).isEqualTo(6);
	}

	@Test
	@DisplayName("W3: what comes little by little while processors have been full for a second ends in transactions 30 ms apart")
	void waitsForMoreToEnd() throws Exception {
		QueueInstance hub = instance("hub", (settings) -> settings.withWorkers(32));
		hub.start(handling((item) -> together((database) -> Effects.write(database, item.id(), "hub"))));
		Awaitility.await().until(hub.full::fullForLong);
		int messages = 100;
		long began = System.nanoTime();
		for (int n = 0; n < messages; n++) {
			hub.inbound.store(Samples.batch(List.of(Samples.item("c" + n, "m" + n))));
			Thread.sleep(5);
		}
		Awaitility.await().untilAsserted(() -> assertThat(count("select count(*) from effect")).isEqualTo(messages));
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

		assertThat(count("select count(distinct xmin::text) from inbox")).isBetween(2L, 2 + millis / 30);
	}

	@Test
	@DisplayName("W2: what can't be written harms none of those it would have been written with")
	void harmsNoneTogether() throws Exception {
		Bulk bulk = new Bulk();
		start(bulk, (item) -> {
			Effects.write(bulk.database, item.id(), "hub");
			if (item.eventKey().equals("c3")) {
				throw new DataIntegrityViolationException("A column is too short");
			}
		});
		bulk.writeFirst();
		assertThat(bulk.sizes).containsExactly(1, 5);
		assertThat(effects()).containsExactlyInAnyOrder("first hub", "c1 hub", "c2 hub", "c4 hub", "c5 hub");
		assertThat(store.sql()
			.sql("select event_key || ' ' || error from inbox where state = 2")
			.query(String.class)
			.list()).containsExactly("c3 DataIntegrityViolationException: A column is too short");
	}

	@Test
	@DisplayName("W3: who has lost its lease meanwhile is not written, and those it would have been written with are")
	void losesOneOfMany() throws Exception {
		Bulk bulk = new Bulk();
		start(bulk, (item) -> Effects.write(bulk.database, item.id(), "hub"));
		bulk.meanwhile = () -> store.sql()
			.sql("update inbound_lane set lease_no = lease_no + 1, due_at = clock_timestamp() + interval '1 hour' where contact_key = 'c3'")
			.update();
		bulk.writeFirst();
		assertThat(effects()).containsExactlyInAnyOrder("first hub", "c1 hub", "c2 hub", "c4 hub", "c5 hub");
		assertThat(count("select count(*) from inbox where state = 0 and event_key = 'c3'")).isOne();
	}

	@Test
	@DisplayName("W3: a connection that breaks while many are written costs none of them, and doubles none")
	void breaksWhileMany() throws Exception {
		Bulk bulk = new Bulk();
		AtomicInteger writes = new AtomicInteger();
		start(bulk, (item) -> {
			Effects.write(bulk.database, item.id(), "hub");
			if (item.eventKey().equals("c3") && writes.incrementAndGet() == 1) {
				store.cutOff("hub");
			}
		});
		bulk.writeFirst();
		assertThat(effects()).hasSize(6).doesNotHaveDuplicates();
		assertThat(writes).hasValueGreaterThan(1);
	}

	/**
	 * Six items of six contacts: the first is held while it is written, so that the
	 * others end meanwhile.
	 */
	private final class Bulk {

		private final CountDownLatch writing = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

		private final BulkWriter writer = this::write;

		private Runnable meanwhile = () -> {
		};

		private QueueInstance hub;

		private volatile Database database;

		private void write(Database database, List<Work> works) {
			this.sizes.add(works.size());
			this.writing.countDown();
			try {
				assertThat(this.goOn.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			works.forEach((work) -> work.write(database));
		}

		private void writeFirst() throws Exception {
			this.hub.inbound.store(Samples.batch(Samples.item("first", "first")));
			assertThat(this.writing.await(20, TimeUnit.SECONDS)).isTrue();
			this.hub.inbound.store(Samples.batch(Samples.item("c1", "c1"), Samples.item("c2", "c2"),
					Samples.item("c3", "c3"), Samples.item("c4", "c4"), Samples.item("c5", "c5")));
			QueueConsumer consumer = (QueueConsumer) this.hub.camel.getRoute("handle").getConsumer();
			await(20, () -> assertThat(consumer.ending()).isEqualTo(5));
			this.meanwhile.run();
			this.goOn.countDown();
			await(20, () -> assertThat(count(
					"select count(*) from inbox join inbound_lane using (contact_key) where state = 0 and due_at < clock_timestamp() + interval '10 minutes'"))
				.isZero());
			await(20, () -> assertThat(count("select count(*) from inbox where state > 0")).isGreaterThanOrEqualTo(5));
		}

	}

	private void start(Bulk bulk, Consumer<ReceivedItem> work) throws Exception {
		bulk.hub = instance("hub", (settings) -> settings.withMaxAttempts(1));
		bulk.database = bulk.hub.database;
		bulk.hub.start(handling((item) -> together((database) -> work.accept(item), bulk.writer)));
	}

	@Test
	@DisplayName("O1: a suspended route takes nothing, and goes on when it is resumed")
	void suspends() throws Exception {
		QueueInstance hub = instance("hub", UnaryOperator.identity());
		hub.start(handling((item) -> effect(item, "hub")));
		hub.inbound.store(Samples.batch(Samples.item("a", "1")));
		await(20, () -> assertThat(count("select count(*) from effect")).isOne());
		hub.camel.getRouteController().suspendRoute("handle");
		hub.inbound.store(Samples.batch(Samples.item("a", "2")));
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(count("select count(*) from effect")).isOne());
		hub.camel.getRouteController().resumeRoute("handle");
		await(20, () -> assertThat(count("select count(*) from effect")).isEqualTo(2));
	}

	@Test
	@DisplayName("W3: with all connections cut off again and again, nothing is lost, nothing is handled twice, and no message leaves twice without a doubt on record")
	void survivesCutConnections() throws Exception {
		int contacts = 20;
		int each = 6;
		Map<Long, AtomicInteger> sends = new ConcurrentHashMap<>();
		for (String name : List.of("one", "two")) {
			QueueInstance hub = instance(name,
					(settings) -> settings.withMaxAttempts(1000)
						.withLease(Duration.ofSeconds(1))
						.withInDoubtAfter(Duration.ofMillis(500)));
			hub.start(answering(name, hub, sends));
		}
		Thread sender = new Thread(() -> {
			for (int n = 0; n < each; n++) {
				for (int contact = 0; contact < contacts; contact++) {
					InboundBatch batch = Samples.batch(Samples.item("+" + contact, contact + "-" + n));
					storeAtLast(this.instances.get(n % 2), batch);
				}
			}
		});
		sender.start();
		int cuts = 0;
		while (sender.isAlive() || cuts < 10) {
			cuts += Math.min(1, store.cutOff("one") + store.cutOff("two") + store.cutOff("one-intake"));
			sender.join(150);
		}
		assertEverythingOnce(store, contacts * each, sends);
	}

	/** A route that answers each message, and one that sends the answers. */
	static RouteBuilder answering(String name, QueueInstance hub, Map<Long, AtomicInteger> sends) {
		return new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:inbound").process((exchange) -> {
					ReceivedItem item = exchange.getMessage().getBody(ReceivedItem.class);
					exchange.getMessage().setBody((Work) (database) -> {
						hub.outbound.write(database, List.of(Samples.message(item.contactKey(), item.eventKey())));
						Effects.write(database, item.id(), name);
					});
				});
				from("queue:outbound?channel=whatsapp").process((exchange) -> {
					OutboundItem item = exchange.getMessage().getBody(OutboundItem.class);
					sends.computeIfAbsent(item.messageId(), (key) -> new AtomicInteger()).incrementAndGet();
					exchange.getMessage()
						.setBody((Work) (database) -> database.statement("queue/record-acceptances")
							.param("message_ids", new Long[] { item.messageId() })
							.param("provider_ids", new String[] { "wamid." + item.messageId() })
							.param("at", Database.time(Samples.MOMENT))
							.update());
				});
			}
		};
	}

	/** As a provider delivers: until it is told that it was stored. */
	static void storeAtLast(QueueInstance hub, InboundBatch batch) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptions()
			.until(() -> {
				hub.inbound.store(batch);
				return true;
			});
	}

	static void assertEverythingOnce(TestDatabase store, int items, Map<Long, AtomicInteger> sends) {
		await(60, () -> {
			assertThat(count(store, "select count(*) from inbox where state = 1")).isEqualTo(items);
			assertThat(count(store, "select count(*) from outbox where state = 1")).isEqualTo(items);
		});
		assertThat(count(store, "select count(*) from inbox")).isEqualTo(items);
		assertThat(count(store, "select count(*) from effect")).isEqualTo(items);
		assertThat(count(store, "select count(distinct item) from effect")).isEqualTo(items);
		assertThat(outOfOrder(store)).isZero();
		assertThat(count(store, "select count(*) from message")).isEqualTo(items);
		store.sql().sql("select id, doubts from message").query((row) -> {
			int sent = sends.getOrDefault(row.getLong("id"), new AtomicInteger()).get();
			assertThat(sent).isBetween(1, 1 + row.getInt("doubts"));
		});
		assertThat(count(store, "select count(*) from outbound_lane where due_at is not null or leased")).isZero();
		assertThat(count(store, "select count(*) from inbound_lane where due_at is not null")).isZero();
	}

	@Test
	@DisplayName("W7: over two instances a number never sends more than its rate and burst in any second, and uses its rate")
	void pacesTheNumber() throws Exception {
		int rate = 60;
		AtomicInteger sends = new AtomicInteger();
		store.sql()
			.sql("""
					create table begun (at timestamptz, pool text);
					create function begin_send() returns trigger language plpgsql as $$
					begin
						insert into hub.begun values (clock_timestamp(), current_setting('application_name'));
						return null;
					end $$;
					create trigger begin_send after update on outbox for each row when (new.state = 3) execute function begin_send();
					""")
			.update();
		for (String name : List.of("one", "two")) {
			instance(name, (settings) -> settings.withRatePerNumber(rate).withPoll(Duration.ofMillis(50)));
		}
		List<NewOutbound> messages = new ArrayList<>();
		for (int n = 0; n < 200; n++) {
			messages.add(Samples.message("+" + n, "" + n));
		}
		this.instances.get(0).outbound.store(messages);
		for (QueueInstance hub : this.instances) {
			hub.start(new RouteBuilder() {
				@Override
				public void configure() {
					from("queue:outbound?channel=whatsapp").process((exchange) -> sends.incrementAndGet());
				}
			});
		}
		await(20, () -> assertThat(sends).hasValue(200));
		// as the database saw them begin, whatever came between
		assertThat(store.sql()
			.sql("""
					select max(count) from (
						select count(*) over (order by at range between current row and interval '1 second' following) as count from begun
					) seconds
					""")
			.query(Integer.class)
			.single()).isLessThanOrEqualTo(rate + rate / 4);
		assertThat(store.sql().sql("select count(distinct pool) from begun").query(Integer.class).single())
			.isEqualTo(2);
		assertThat(
				store.sql().sql("select extract(epoch from max(at) - min(at)) from begun").query(Double.class).single())
			.isLessThan(10);
		store.sql().sql("drop trigger begin_send on outbox").update();
	}

	private QueueInstance instance(String name, UnaryOperator<Settings> settings) {
		QueueInstance hub = QueueInstance.on(store, name, settings);
		this.instances.add(hub);
		return hub;
	}

	private static RouteBuilder handling(Handler handler) {
		return new RouteBuilder() {
			@Override
			public void configure() {
				from("queue:inbound").routeId("handle").process((exchange) -> handle(exchange, handler));
			}
		};
	}

	private static void handle(Exchange exchange, Handler handler) throws Exception {
		exchange.getMessage().setBody(handler.handle(exchange.getMessage().getBody(ReceivedItem.class)));
	}

	private interface Handler {

		Work handle(ReceivedItem item) throws Exception;

	}

	private static Work effect(ReceivedItem item, String worker) {
		return together((database) -> Effects.write(database, item.id(), worker));
	}

	private static final BulkWriter ONE_BY_ONE = (database, works) -> works.forEach((work) -> work.write(database));

	private static Work together(Work work) {
		return together(work, ONE_BY_ONE);
	}

	private static Work together(Work work, BulkWriter writer) {
		return new Work() {
			@Override
			public void write(Database database) {
				work.write(database);
			}

			@Override
			public BulkWriter inBulk() {
				return writer;
			}
		};
	}

	private static int listening() {
		return store.sql()
			.sql("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'worker' and query = 'listen hub_queue'")
			.query(Integer.class)
			.single();
	}

	private static long outOfOrder(TestDatabase store) {
		return count(store, """
				select count(*) from (
					select item < lag(item) over (partition by contact_key order by n) as earlier
					from effect join inbox on inbox.id = item
				) step where earlier
				""");
	}

	private static List<String> effects() {
		return store.sql()
			.sql("select event_key || ' ' || worker from effect join inbox on id = item order by n")
			.query(String.class)
			.list();
	}

	private static long count(String query) {
		return count(store, query);
	}

	private static long count(TestDatabase store, String query) {
		return store.sql().sql(query).query(Long.class).single();
	}

	static void await(int seconds, ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(seconds))
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(assertion);
	}

}
