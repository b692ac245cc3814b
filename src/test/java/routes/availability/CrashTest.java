package routes.availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import hub.store.MovableClock;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static hub.store.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.availability.Instance.ADA;
import static routes.availability.Instance.FEMI;
import static routes.availability.Instance.SADE;

/**
 * Crashes between any two steps, and several instances at once.
 */
class CrashTest {

	/** All that a step may change; a burst's lease is no change. */
	private static final String PICTURE = """
			select coalesce((select string_agg(c::text, ' ' order by id) from availability_check c), '') || '|'
			|| coalesce((select string_agg(a::text, ' ' order by id) from availability_ask a), '') || '|'
			|| (select count(*) from availability_change) || '|' || (select count(*) from thread) || '|'
			|| (select count(*) from thread_message) || '|' || (select count(*) from outbox) || '|'
			|| (select count(*) from message) || '|' || (select count(*) from availability_refusal) || '|'
			|| coalesce((select string_agg(b.id || ' ' || coalesce(due_at::text, '-'), ' ' order by id) from availability_burst b), '') || '|'
			|| (select count(*) from availability_words) || '|' || coalesce((select sum(count) from availability_rotation), 0)""";

	private final MovableClock clock = new MovableClock();

	private TestDatabase store;

	private Instance hub;

	@BeforeEach
	void open() throws Exception {
		this.store = TestDatabase.create();
		this.hub = new Instance(this.store, "hub", this.clock);
	}

	@AfterEach
	void close() {
		this.hub.close();
		this.store.close();
	}

	private String picture() {
		return this.store.sql().sql(PICTURE).query(String.class).single();
	}

	/** After a crash the lease of who crashed is over. */
	private void crashEverywhere(Runnable action) {
		this.hub.breaker.crashEverywhere(action, this::picture,
				() -> this.store.sql().sql("update availability_burst set leased_until = null").update());
	}

	@Test
	@DisplayName("W3, A5: whichever step of a check's life crashes, nothing half-done stays, and the next try does it once")
	void life() {
		crashEverywhere(() -> this.hub.requests(SADE, Map.of("listing_id", "1")));
		long check = this.store.sql().sql("select id from availability_check").query(Long.class).single();
		this.clock.advance(Duration.ofHours(2));
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.state(check)).isEqualTo(CheckState.REMINDED);
		this.clock.advance(Duration.ofHours(2));
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		this.clock.advance(Duration.ofHours(20));
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.state(check)).isEqualTo(CheckState.EXPIRED);
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		assertThat(this.hub.changes(check)).hasSize(4);
	}

	@Test
	@DisplayName("W3, A1: a tap whose turn crashes at any step is answered once")
	void tap() {
		long check = this.hub.asks(SADE, "2");
		String yes = this.hub.button(ADA, "yes");
		this.hub.writes(ADA, "1m");
		crashEverywhere(() -> this.hub.taps(ADA, yes));
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		assertThat(this.hub.reads(SADE)).hasSize(4);
	}

	@Test
	@DisplayName("W3, A3: an answer in words that crashes at any step of its way is read once")
	void words() {
		long check = this.hub.asks(SADE, "2");
		crashEverywhere(() -> this.hub.writes(ADA, "yes"));
		this.clock.advance(Duration.ofSeconds(4));
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		assertThat(this.hub.reads(SADE)).hasSize(4);
	}

	@Test
	@DisplayName("W3, A5: a refused question that crashes at any step goes to the next agent once, and fails once")
	void refusals() {
		long check = this.hub.asks(SADE, "1");
		this.hub.refuses(ADA, "131026");
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		this.hub.refuses(FEMI, "131026");
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.state(check)).isEqualTo(CheckState.FAILED);
	}

	@Test
	@DisplayName("W3: one check that can't be followed up holds up no other")
	void poison() {
		this.hub.asks(SADE, "1");
		long other = this.hub.asks(SADE, "2");
		this.store.sql()
			.sql("update availability_ask set time_zone = 'Nowhere/Land' where check_id <> :id")
			.param("id", other)
			.update();
		this.hub.ticksAfter("PT2H");
		assertThat(this.hub.state(other)).isEqualTo(CheckState.REMINDED);
	}

	@RepeatedTest(5)
	@DisplayName("W3: of two instances that see the same due rows at the same moment one does what is due, for checks and for answers")
	void twoInstances() throws Exception {
		try (Instance second = new Instance(this.store, "second", this.clock, "LIMIT_CHECKS_PER_HOUR", "0");
				Instance first = new Instance(this.store, "first", this.clock, "LIMIT_CHECKS_PER_HOUR", "0")) {
			List<String> agents = new ArrayList<>();
			for (int n = 0; n < 12; n++) {
				String phone = "+23480300002" + (10 + n);
				agents.add(phone);
				for (Instance instance : List.of(first, second)) {
					instance.agent("a" + n, "Agent " + n, phone);
					instance.listing("l" + n, "House " + n, "a" + n);
				}
				first.asks(SADE, "l" + n);
			}
			this.clock.advance(Duration.ofHours(2));
			atOnce(first::tick, second::tick);
			assertThat(agents).allSatisfy((phone) -> assertThat(first.sentTo(phone)).as("one reminder").hasSize(2));
			agents.forEach((phone) -> first.writes(phone, "yes"));
			this.clock.advance(Duration.ofSeconds(4));
			atOnce(first::tick, second::tick);
			assertThat(agents).allSatisfy((phone) -> assertThat(first.sentTo(phone)).as("one thanks").hasSize(3));
			assertThat(this.store.sql()
				.sql("select count(*) from availability_change where state = 'available'")
				.query(Long.class)
				.single()).isEqualTo(12);
		}
	}

	@RepeatedTest(5)
	@DisplayName("A6: an answer, another agent's answer and the check's expiry at the same moment: one of them counts, and nobody waits for another for ever")
	void answersAtOnce() throws Exception {
		long check = this.hub.asks(SADE, "1");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H");
		String adas = this.hub.button(ADA, "yes");
		String femis = this.hub.button(FEMI, "no");
		this.clock.advance(Duration.ofHours(20));
		atOnce(() -> untilDone(() -> this.hub.taps(ADA, adas)), () -> untilDone(() -> this.hub.taps(FEMI, femis)),
				this.hub::tick);
		assertThat(this.hub.state(check).isOpen()).isFalse();
		assertThat(this.store.sql()
			.sql("select count(*) from availability_change where state not in ('asked', 'reminded')")
			.query(Long.class)
			.single()).isEqualTo(1);
		assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("Thank you");
		assertThat(this.hub.lastSentTo(FEMI).get("text").asText()).contains("Thank you");
	}

	/** As a queue does with a turn that must start anew. */
	private static void untilDone(Runnable turn) {
		for (int attempt = 0;; attempt++) {
			try {
				turn.run();
				return;
			}
			catch (DataAccessException ex) {
				assertThat(attempt).isLessThan(5);
			}
		}
	}

}
