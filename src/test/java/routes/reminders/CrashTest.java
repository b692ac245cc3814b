package routes.reminders;

import java.time.Duration;
import java.time.Instant;

import hub.platform.Inspection;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static hub.store.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static routes.reminders.Instance.ADA;
import static routes.reminders.Instance.SADE;

/**
 * Crashes between any two steps of a reminder's way, and several instances at once.
 */
class CrashTest {

	private static final String PICTURE = """
			select coalesce((select string_agg(i::text, ' ' order by id) from inspection i), '') || '|'
			|| coalesce((select string_agg(inspection_id || name || user_id || coalesce(due_at::text, '-'), ' '
			order by inspection_id, name, user_id) from reminder), '') || '|'
			|| (select count(*) from outbox) || '|' || (select count(*) from message)""";

	private final MovableClock clock = new MovableClock();

	private final Instant then = MovableClock.START.plus(Duration.ofDays(3));

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

	private void crashEverywhere(Runnable action) {
		this.hub.breaker.crashEverywhere(action, () -> this.store.sql().sql(PICTURE).query(String.class).single(),
				() -> this.store.sql().sql("update reminder_sweep set retry_at = null").update());
	}

	@Test
	@DisplayName("W3, W11: whichever step of planning or sending crashes, nothing half-done stays, and the next try does it once")
	void booked() {
		Inspection booked = this.hub.arranged("1", "1", null, this.then, "scheduled");
		crashEverywhere(() -> this.hub.plans(booked));
		this.clock.advance(Duration.ofDays(2));
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		Inspection moved = this.hub.arranged("1", "1", null, this.then.plus(Duration.ofDays(2)), "scheduled");
		crashEverywhere(() -> this.hub.plans(moved));
		this.clock.advance(Duration.ofDays(2));
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.sentTo(SADE)).hasSize(2);
		verify(this.hub.ticks, atLeastOnce()).failed(any(), any());
	}

	@Test
	@DisplayName("W3, W11: whichever step of the look through the platform crashes, what was booked there is found, and reminded of once")
	void found() {
		this.hub.arranged("1", MovableClock.START.plus(Duration.ofHours(30)));
		crashEverywhere(this.hub::tick);
		this.clock.advance(Duration.ofHours(6));
		this.hub.tick();
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
	}

	@RepeatedTest(5)
	@DisplayName("W11: two instances on one database, the clock moved over 400 reminders: exactly one message each")
	void twoInstances() throws Exception {
		try (Instance second = new Instance(this.hub, "second")) {
			for (int n = 0; n < 400; n++) {
				this.hub.arranged("i" + n, "1", (n % 2 == 0) ? "11" : null, this.then, "scheduled");
			}
			this.clock.advance(Duration.ofDays(2));
			atOnce(this.hub::tick, second::tick);
			this.hub.tick();
			assertThat(this.hub.sentTo(SADE)).hasSize(400);
			assertThat(this.hub.sentTo(ADA)).hasSize(200);
			verify(this.hub.ticks, never()).failed(any(), any());
			verify(second.ticks, never()).failed(any(), any());
		}
	}

	@RepeatedTest(5)
	@DisplayName("W11: both instances stopped before the minute and started after it, together: exactly one message each")
	void bothDown() throws Exception {
		try (Instance second = new Instance(this.hub, "second")) {
			for (int n = 0; n < 20; n++) {
				this.hub.books("i" + n, this.then);
			}
			this.hub.tick();
			second.tick();
		}
		this.hub.close();
		this.clock.advance(Duration.ofDays(2).plusHours(1));
		try (Instance third = new Instance(this.hub, "third"); Instance fourth = new Instance(this.hub, "fourth")) {
			atOnce(third::tick, fourth::tick);
			third.tick();
			assertThat(third.sentTo(SADE)).hasSize(20);
			assertThat(third.sentTo(ADA)).hasSize(20);
		}
	}

	@RepeatedTest(5)
	@DisplayName("W11: a cancellation, a reschedule and the tick at the same moment: nobody is reminded of what was cancelled before, and nobody waits for another for ever")
	void changedMeanwhile() throws Exception {
		for (int n = 0; n < 40; n++) {
			this.hub.books("i" + n, this.then);
		}
		this.clock.advance(Duration.ofDays(2));
		for (int n = 0; n < 20; n++) {
			this.hub.arranged("i" + n, "1", "11", this.then, "cancelled");
			this.hub.arranged("i" + (20 + n), this.then.plus(Duration.ofDays(3)));
		}
		atOnce(this.hub::tick, () -> {
			for (int n = 0; n < 40; n++) {
				this.hub.plans(this.hub.inspections.get("i" + n));
			}
		});
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		this.clock.advance(Duration.ofDays(3));
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).hasSize(20);
		assertThat(this.hub.sentTo(ADA)).hasSize(20);
		verify(this.hub.ticks, never()).failed(any(), any());
	}

}
