package routes.broadcasts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * Crashes between any two steps of a broadcast's way, and several instances at once.
 */
class CrashTest {

	private static final String ALL = "{\"audience\":{},\"text\":\"Hello\"}";

	private static final String PICTURE = """
			select coalesce((select string_agg(b::text, ' ' order by id) from broadcast b), '') || '|'
			|| coalesce((select string_agg(r::text, ' ' order by contact_id) from broadcast_recipient r), '') || '|'
			|| (select count(*) from outbox) || '|' || (select count(*) from message)""";

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

	private void crashEverywhere(Runnable action) {
		// ids that were drawn are drawn: the picture has none of the messages'
		this.hub.breaker.crashEverywhere(action, this::picture, () -> {
		});
	}

	@Test
	@DisplayName("O4, W3: whichever step of making, feeding or stopping crashes, nothing half-done stays, and the next try does it once")
	void crashes() {
		this.hub.links("seeker", 1, 100);
		for (int step = 1; step <= 2; step++) {
			this.hub.breaker.breakAt(step);
			assertThat(this.hub.makes("k", ALL).get("code").asText()).isEqualTo("unavailable");
			assertThat(this.hub.breaker.mend()).isTrue();
			assertThat(this.hub.count("select count(*) from broadcast_recipient")).isZero();
		}
		JsonNode made = this.hub.makes("k", ALL);
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.count("select count(*) from outbox")).isEqualTo(80);
		this.hub.leave(20);
		crashEverywhere(this.hub::tick);
		assertThat(this.hub.count("select count(*) from outbox")).isEqualTo(100);
		crashEverywhere(() -> this.hub.stops(made));
		assertThat(this.hub.shows(made).get("sent").asInt()).isEqualTo(20);
		assertThat(this.hub.count("select count(*) from outbox where state = 0")).isZero();
		verify(this.hub.ticks, atLeastOnce()).failed(any(), any());
	}

	@RepeatedTest(5)
	@DisplayName("O4, O7: two instances feed 500 people at once while messages leave: exactly one message each")
	void twoInstances() throws Exception {
		this.hub.links("seeker", 1, 500);
		JsonNode made = this.hub.makes(ALL);
		try (Instance second = new Instance(this.store, "second", this.clock)) {
			for (int n = 0; n < 12; n++) {
				atOnce(this.hub::tick, second::tick, () -> this.hub.leave(50));
				assertThat(this.hub.count("select count(*) from outbox where state = 0")).isLessThanOrEqualTo(160);
				this.hub.leave(1000);
			}
			second.tick();
			assertThat(second.shows(made).get("state").asText()).isEqualTo("done");
			assertThat(second.shows(made).get("sent").asInt()).isEqualTo(500);
			verify(second.ticks, never()).failed(any(), any());
		}
		assertThat(this.hub.count("select count(distinct lane_key) from outbox")).isEqualTo(500);
		assertThat(this.hub.count("select count(*) from outbox")).isEqualTo(500);
		verify(this.hub.ticks, never()).failed(any(), any());
	}

	@RepeatedTest(5)
	@DisplayName("O4: fed, sent and stopped at the same moment: nothing is queued afterwards, and nobody waits for another for ever")
	void stoppedMeanwhile() throws Exception {
		this.hub.links("seeker", 1, 300);
		JsonNode made = this.hub.makes(ALL);
		this.hub.tick();
		try (Instance second = new Instance(this.store, "second", this.clock)) {
			atOnce(this.hub::tick, () -> second.stops(made), () -> this.hub.leave(40));
			this.hub.tick();
			verify(second.ticks, never()).failed(any(), any());
		}
		assertThat(this.hub.count("select count(*) from outbox where state = 0")).isZero();
		JsonNode shown = this.hub.shows(made);
		assertThat(shown.get("state").asText()).isEqualTo("stopped");
		assertThat(shown.get("sent").asLong()).isEqualTo(this.hub.count("select count(*) from outbox where state = 1"));
		assertThat(shown.get("sent").asInt() + shown.get("waiting").asInt()).isEqualTo(300);
		verify(this.hub.ticks, never()).failed(any(), any());
	}

	@RepeatedTest(5)
	@DisplayName("O4: the same request at the same moment on two instances is one broadcast, and both get its id")
	void madeTwice() throws Exception {
		this.hub.links("seeker", 1, 50);
		Set<String> ids = new HashSet<>();
		try (Instance second = new Instance(this.store, "second", this.clock)) {
			List<Runnable> calls = new ArrayList<>();
			for (Instance instance : List.of(this.hub, second, this.hub, second)) {
				calls.add(() -> {
					String id = instance.makes("k", ALL).get("broadcast_id").asText();
					synchronized (ids) {
						ids.add(id);
					}
				});
			}
			atOnce(calls.toArray(Runnable[]::new));
		}
		assertThat(ids).hasSize(1);
		assertThat(this.hub.count("select count(*) from broadcast_recipient")).isEqualTo(50);
	}

}
