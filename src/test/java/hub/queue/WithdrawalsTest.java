package hub.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import hub.config.TestSettings;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is taken back, on the real database.
 */
class WithdrawalsTest {

	private static final String ABOUT = "reminder-1";

	private final Clock clock = Clock.systemUTC();

	private TestDatabase store;

	private Database database;

	private QueueSignals signals;

	private OutboundQueue queue;

	private Withdrawals withdrawals;

	@BeforeEach
	void open() {
		this.store = TestDatabase.create();
		this.database = new Database(this.store.dataSource());
		this.signals = new QueueSignals(this.store.dataSource(), this.database);
		this.queue = new OutboundQueue(this.database, this.clock, TestSettings.properties(), this.signals, List.of());
		this.withdrawals = new Withdrawals(this.database, this.clock);
	}

	@AfterEach
	void close() {
		this.signals.destroy();
		this.store.close();
	}

	private long say(String until, String about) {
		String body = "{\"text\":\"Hello\",\"validity\":{\"until\":%s,\"about\":%s}}".formatted(quote(until),
				quote(about));
		this.queue.store(List.of(new NewOutbound(null, "whatsapp", "+2348030000001", "text", "Hello", 1, false,
				Duration.ZERO, body, "in-1")));
		return this.store.sql().sql("select max(message_id) from outbox").query(Long.class).single();
	}

	private static String quote(String text) {
		return (text != null) ? '"' + text + '"' : "null";
	}

	private void withdraw(String... abouts) {
		this.database.inTransaction(() -> {
			this.withdrawals.withdraw(this.database, List.of(abouts));
			return null;
		});
	}

	@Test
	@DisplayName("W11, W12: what was said so far is taken back, what is said later is not, and nothing about anything else")
	void upToNow() {
		withdraw(ABOUT);
		long first = say(null, ABOUT);
		assertThat(this.withdrawals.isWithdrawn(ABOUT, first)).as("said later, though it is the first").isFalse();
		withdraw(ABOUT, ABOUT);
		assertThat(this.withdrawals.isWithdrawn(ABOUT, first)).isTrue();
		assertThat(this.withdrawals.isWithdrawn("reminder-2", first)).isFalse();
		long second = say(null, ABOUT);
		assertThat(this.withdrawals.isWithdrawn(ABOUT, second)).isFalse();
		withdraw(ABOUT);
		assertThat(this.withdrawals.isWithdrawn(ABOUT, second)).isTrue();
	}

	@Test
	@DisplayName("O5: a dead message that was taken back stays so when it is replayed")
	void replayed() {
		long message = say(null, ABOUT);
		this.store.sql().sql("update outbox set state = 2").update();
		withdraw(ABOUT);
		long row = this.store.sql().sql("select id from outbox").query(Long.class).single();
		assertThat(this.queue.replay(row)).isTrue();
		assertThat(this.withdrawals.isWithdrawn(ABOUT, message)).isTrue();
	}

	@Test
	@DisplayName("W3: who takes something back waits for no line and holds none up, also while it is being sent")
	void locksNoLine() throws Exception {
		say(null, ABOUT);
		this.store.sql().sql("update outbox set state = 3").update();
		this.database.inTransaction(() -> {
			this.store.sql().sql("select 1 from outbound_lane, outbox for update").query(Integer.class).list();
			return CompletableFuture.runAsync(() -> withdraw(ABOUT));
		}).get(10, TimeUnit.SECONDS);
		assertThat(this.store.sql().sql("select state from outbox").query(Integer.class).single()).isEqualTo(3);
	}

	@ParameterizedTest(name = "of use for {0}, taken back: {1} → {2}")
	@CsvSource({ "PT48H, false, 1", "PT1H, false, 0", "PT48H, true, 0", "-, false, 1", "-, true, 0" })
	@DisplayName("W11, W16: what was accepted and failed is said once more tomorrow only if it is of use then and was not taken back")
	void saidAgain(String left, boolean takenBack, int again) {
		Instant now = this.clock.instant();
		long message = say(left.equals("-") ? null : now.plus(Duration.parse(left)).toString(), ABOUT);
		this.store.sql().sql("update outbox set state = 1").update();
		if (takenBack) {
			withdraw(ABOUT);
		}
		assertThat(this.database.statement("delivery/send-again")
			.param("message_id", message)
			.param("channel", "whatsapp")
			.param("max_attempts", 8)
			.param("delay_ms", Duration.ofDays(1).toMillis())
			.param("held", true)
			.param("template", false)
			.param("at", Database.time(now))
			.param("again_at", Database.time(now.plus(Duration.ofDays(1))))
			.update()).isEqualTo(again);
	}

}
