package hub.queue;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import hub.store.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is woken, here and in other instances.
 */
class QueueSignalsTest {

	private static TestDatabase store;

	private final List<String> woken = new CopyOnWriteArrayList<>();

	private QueueInstance hub;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@BeforeEach
	void start() {
		this.hub = QueueInstance.on(store);
	}

	@AfterEach
	void stop() {
		this.hub.close();
	}

	@Test
	@DisplayName("W3: those are woken who take a channel's messages, and all of a queue where no channel is named")
	void byChannel() {
		this.hub.signals.listen(listener("inbound", null, -1));
		this.hub.signals.listen(listener("outbound", "meta", -1));
		this.hub.signals.listen(listener("outbound", "mail", -1));
		this.hub.signals.wake("outbound", "mail");
		assertThat(this.woken).containsExactly("outbound mail");
		this.woken.clear();
		this.hub.signals.wake("outbound");
		assertThat(this.woken).containsExactly("outbound meta", "outbound mail");
		this.woken.clear();
		this.hub.signals.wake("inbound");
		assertThat(this.woken).containsExactly("inbound null");
	}

	@Test
	@DisplayName("W3: another instance wakes only those who take the channel's messages")
	void elsewhere() throws Exception {
		QueueInstance other = QueueInstance.on(store, "other", (settings) -> settings);
		try {
			other.signals.start();
			other.signals.listen(listener("outbound", "meta", -1));
			other.signals.listen(listener("outbound", "mail", -1));
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				this.hub.signals.wake("outbound", "mail");
				assertThat(this.woken).isNotEmpty();
			});
			assertThat(this.woken).containsOnly("outbound mail");
		}
		finally {
			other.close();
		}
	}

	@Test
	@DisplayName("W3: the other instances are told of what lies here still, and of what nobody takes here, and of nothing else")
	void onlyWhatLiesHere() throws Exception {
		this.hub.signals.listen(listener("inbound", null, -1));
		this.hub.signals.listen(listener("outbound", "meta", -1));
		this.hub.signals.listen(listener("outbound", "mail", 50));
		try (Connection connection = store.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("listen hub_queue");
			PGConnection notices = connection.unwrap(PGConnection.class);
			// They are told one after the other: the last one says that there are no more
			this.hub.signals.wake("inbound");
			this.hub.signals.wake("outbound", "meta");
			this.hub.signals.wake("outbound", "mail");
			this.hub.signals.wake("outbound", "twilio");
			this.hub.signals.wake("outbound");
			List<String> told = new ArrayList<>();
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				Arrays.stream(notices.getNotifications(100)).forEach((notice) -> told.add(notice.getParameter()));
				assertThat(told).contains("outbound");
			});
			assertThat(told).containsExactly("outbound mail", "outbound twilio", "outbound");
			statement.execute("unlisten *");
		}
	}

	@Test
	@DisplayName("W3: what comes while all was taken a moment ago is looked after, until it is taken or the others are told")
	void looksAgain() throws Exception {
		AtomicLong waiting = new AtomicLong(0);
		this.hub.signals.listen(listener("inbound", null, waiting::get));
		try (Connection connection = store.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("listen hub_queue");
			PGConnection notices = connection.unwrap(PGConnection.class);
			this.hub.signals.wake("inbound");
			this.hub.signals.wake("outbound");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(notices.getNotifications(100)).extracting(PGNotification::getParameter)
					.containsExactly("outbound"));
			waiting.set(50);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(notices.getNotifications(100)).extracting(PGNotification::getParameter)
					.containsExactly("inbound"));
			statement.execute("unlisten *");
		}
	}

	private QueueSignals.Listener listener(String queue, String channel, long waitingMillis) {
		return listener(queue, channel, () -> waitingMillis);
	}

	private QueueSignals.Listener listener(String queue, String channel, LongSupplier waitingMillis) {
		return new QueueSignals.Listener() {
			@Override
			public String queue() {
				return queue;
			}

			@Override
			public String channel() {
				return channel;
			}

			@Override
			public void wake() {
				QueueSignalsTest.this.woken.add(queue + " " + channel);
			}

			@Override
			public long waitingMillis() {
				return waitingMillis.getAsLong();
			}
		};
	}

}
