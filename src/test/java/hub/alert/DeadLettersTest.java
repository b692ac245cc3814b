package hub.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import hub.queue.DeadItem;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class DeadLettersTest {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private static TestDatabase store;

	private final Incidents incidents = mock(Incidents.class);

	private final DeadLetters deadLetters = new DeadLetters(this.incidents, new Database(store.dataSource()),
			Clock.fixed(NOW, ZoneOffset.UTC));

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@Test
	@DisplayName("W17: a message that dies is an incident; a mail or an alert is one of the mail server's")
	void isAnIncident() {
		this.deadLetters.died(new DeadItem("outbound", "mail", "1", "SocketException"));
		this.deadLetters.died(new DeadItem("outbound", "alert", "1", "SocketException"));
		verifyNoInteractions(this.incidents);
		this.deadLetters.died(new DeadItem("inbound", null, "4711", "NullPointerException"));
		verify(this.incidents).report("handling of messages",
				"4711 of inbound could not be handled, and is kept: NullPointerException");
	}

	@Test
	@DisplayName("W17: it is over when no message has died for an hour")
	void endsWhenQuiet() {
		this.deadLetters.settle();
		lastDeath(Duration.ofMinutes(59));
		this.deadLetters.settle();
		verify(this.incidents, never()).recovered(any());
		lastDeath(Duration.ofMinutes(61));
		this.deadLetters.settle();
		verify(this.incidents).recovered("handling of messages");
	}

	private static void lastDeath(Duration ago) {
		store.sql()
			.sql("insert into incident (key, opened_at, last_at, detail) values ('handling of messages', :at, :at, 'x') "
					+ "on conflict (key) do update set last_at = excluded.last_at")
			.param("at", Database.time(NOW.minus(ago)))
			.update();
	}

}
