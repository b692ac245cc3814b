package routes.reminders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import hub.message.Priority;
import hub.platform.Inspection;
import hub.platform.PlatformUnavailableException;
import hub.store.Database;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import hub.turn.TestTurn;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static routes.reminders.Instance.ADA;
import static routes.reminders.Instance.SADE;

/**
 * The life of reminders, through the area's own routes, on the real database.
 */
class ReminderLifeTest {

	private static final String TUNDE = "+2348030000002";

	/** In three days, 10:30 in Lagos. */
	private static final Instant THEN = Instant.parse("2026-03-04T09:30:00Z");

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

	/** Time passes until so long before an inspection, and the clock ticks then. */
	private void tickBefore(Instant inspection, String duration) {
		this.hub.ticksAfter(Duration.between(this.clock.instant(), inspection.minus(Duration.parse(duration))));
	}

	private int reminders() {
		return this.store.sql()
			.sql("select count(*) from reminder where due_at is not null")
			.query(Integer.class)
			.single();
	}

	private void retryAtOnce() {
		this.store.sql().sql("update reminder set retry_at = null").update();
	}

	@Test
	@DisplayName("W11: a day before, and not a moment earlier, seeker and agent are reminded once: home, place, time in the listing's zone, agent, ID, and what to do next")
	void dayBefore() {
		this.hub.books("42", THEN);
		tickBefore(THEN, "PT24H1S");
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		tickBefore(THEN, "PT24H");
		tickBefore(THEN, "PT23H");
		JsonNode seekers = this.hub.sentTo(SADE).get(0);
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(seekers.get("text").asText()).contains("Sade", "*Lagoon flat*", "Admiralty Way, Lekki",
				"Wed 4 Mar, 10:30 WAT", ADA, "valid ID");
		assertThat(seekers.get("options").findValuesAsText("id")).containsExactly("call:11", "directions:7",
				"seeker_bookings");
		assertThat(seekers.at("/template/name").asText()).isEqualTo("inspection_reminder");
		assertThat(seekers.at("/template/parameters")).extracting(JsonNode::asText)
			.hasSize(5)
			.contains("Sade", "Lagoon flat", "Admiralty Way, Lekki", ADA);
		assertThat(seekers.at("/template/payloads")).extracting(JsonNode::asText)
			.containsExactly("call:11", "directions:7", "seeker_bookings");
		assertThat(seekers.get("priority").asText()).isEqualTo(Priority.REMINDER.name());
		JsonNode agents = this.hub.sentTo(ADA).get(0);
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
		assertThat(agents.get("text").asText()).contains("Ada", "*Lagoon flat*", "10:30", "Sade Bello", "booking 42");
		assertThat(agents.at("/template/name").asText()).isEqualTo("inspection_agent_reminder");
	}

	@Test
	@DisplayName("W11: a hub that was down at that minute reminds when it is back, as long as the inspection is ahead")
	void lateAfterDowntime() throws Exception {
		this.hub.books("42", THEN);
		this.hub.close();
		this.clock.advance(Duration.between(this.clock.instant(), THEN.minus(Duration.ofHours(2))));
		try (Instance next = new Instance(this.hub, "next")) {
			next.tick();
			next.tick();
			assertThat(next.sentTo(SADE)).hasSize(1);
			assertThat(next.sentTo(ADA)).hasSize(1);
			verify(next.incidents, never()).report(anyString(), anyString());
		}
	}

	@Test
	@DisplayName("W11: nobody is reminded of what has begun; an administrator is told what was not sent in time")
	void tooLate() {
		this.hub.books("42", THEN);
		tickBefore(THEN, "-PT1S");
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		assertThat(reminders()).isZero();
		verify(this.hub.incidents).report(eq("reminders"), contains("1 reminders (seeker-day-before)"));
	}

	@Test
	@DisplayName("W11: booked less than 24 hours ahead, the confirmation is the reminder")
	void bookedLate() {
		this.hub.books("42", this.clock.instant().plus(Duration.ofHours(23)));
		this.hub.ticksAfter(Duration.ofHours(1));
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		assertThat(this.hub.sentTo(ADA)).isEmpty();
	}

	@Test
	@DisplayName("W11: rescheduled here: one reminder, with the new time; a reminder of the old time does not count")
	void rescheduled() {
		this.hub.books("42", THEN);
		Instant later = THEN.plus(Duration.ofDays(2));
		this.hub.books("42", later);
		tickBefore(THEN, "PT1H");
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		tickBefore(later, "PT24H");
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(this.hub.sentTo(SADE).get(0).get("text").asText()).contains("Fri 6 Mar");
		Instant again = later.plus(Duration.ofDays(3));
		this.hub.books("42", again);
		tickBefore(again, "PT24H");
		assertThat(this.hub.sentTo(SADE)).hasSize(2);
		assertThat(this.hub.sentTo(SADE).get(1).get("text").asText()).contains("Mon 9 Mar");
		this.hub.plans(this.hub.inspections.get("42"));
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).as("planned again, nothing is different").hasSize(2);
	}

	@Test
	@DisplayName("W11: a reminder that waits to be sent is of use until the inspection begins; it is taken back when that is moved or cancelled, here or on the website, and only then")
	void takenBack() {
		this.hub.books("42", THEN);
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(SADE).get(0).at("/validity/until").asText()).isEqualTo(THEN.toString());
		this.hub.plans(this.hub.inspections.get("42"));
		tickBefore(THEN, "PT22H");
		assertThat(this.hub.takenBackFrom(SADE)).as("nothing is different").containsExactly(false);
		Instant later = THEN.plus(Duration.ofDays(2));
		this.hub.books("42", later);
		assertThat(this.hub.takenBackFrom(SADE)).containsExactly(true);
		assertThat(this.hub.takenBackFrom(ADA)).containsExactly(true);
		tickBefore(later, "PT24H");
		assertThat(this.hub.takenBackFrom(SADE)).as("the new time").containsExactly(true, false);
		this.hub.arranged("42", "2", "11", later, "scheduled");
		tickBefore(later, "PT22H");
		assertThat(this.hub.takenBackFrom(SADE)).as("somebody else's now").containsExactly(true, true);
		assertThat(this.hub.takenBackFrom(TUNDE)).containsExactly(false);
		assertThat(this.hub.takenBackFrom(ADA)).containsExactly(true, false);
		this.hub.arranged("42", "2", "11", later, "cancelled");
		tickBefore(later, "PT20H");
		assertThat(this.hub.takenBackFrom(TUNDE)).containsExactly(true);
		assertThat(this.hub.takenBackFrom(ADA)).containsExactly(true, true);
	}

	@Test
	@DisplayName("W11, W17: when the platform can't list a day, its inspections are asked for one by one, and everybody is reminded")
	void unlistable() {
		for (int n = 0; n < 20; n++) {
			this.hub.plans(this.hub.arranged("i" + n, Integer.toString(1000 + n), "11", THEN, "scheduled"));
		}
		given(this.hub.platform.inspectionsOn(any()))
			.willThrow(new PlatformUnavailableException("The test's list does not end", null));
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(ADA)).hasSize(20);
	}

	@Test
	@DisplayName("W11, W17: while the platform answers nothing at all, no more than a few inspections of a day are asked for")
	void asksLittleOfASilentPlatform() {
		for (int n = 0; n < 20; n++) {
			this.hub.plans(this.hub.arranged("i" + n, Integer.toString(1000 + n), "11", THEN, "scheduled"));
		}
		tickBefore(THEN, "PT25H");
		this.hub.platformIsDown(true);
		clearInvocations(this.hub.platform);
		this.clock.advance(Duration.ofHours(1));
		this.hub.tick();
		verify(this.hub.platform, atMost(6)).inspection(anyString());
		assertThat(reminders()).isEqualTo(40);
		this.hub.platformIsDown(false);
		retryAtOnce();
		this.hub.tick();
		assertThat(this.hub.sentTo(ADA)).hasSize(20);
	}

	@Test
	@DisplayName("W11: what was booked on the website is found without a question for each listing; its zone is asked for when a reminder is due, several at a time")
	void zones() throws Exception {
		for (int n = 0; n < 20; n++) {
			this.hub.inspections.put("i" + n, new Inspection("i" + n, "p" + n, "Lagoon flat", null, THEN, "scheduled",
					Integer.toString(1000 + n), "11", "21", ADA, null));
		}
		this.hub.sweep();
		assertThat(reminders()).isEqualTo(40);
		verify(this.hub.platform, never()).property(anyString());
		CyclicBarrier four = new CyclicBarrier(4);
		given(this.hub.platform.property(anyString())).willAnswer((call) -> {
			four.await(20, TimeUnit.SECONDS);
			return Optional.of(Instance.listing(call.getArgument(0)));
		});
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(ADA)).hasSize(20)
			.allSatisfy((message) -> assertThat(message.get("text").asText()).contains("10:30 WAT"));
	}

	@Test
	@DisplayName("W11: rescheduled on the website, without the hub: the platform is asked when it is due, and the new time is told")
	void rescheduledElsewhere() {
		this.hub.books("42", THEN);
		tickBefore(THEN, "PT24H1M");
		Instant sooner = THEN.minus(Duration.ofHours(4));
		this.hub.arranged("42", sooner);
		tickBefore(THEN, "PT24H");
		this.hub.tick();
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(this.hub.sentTo(SADE).get(0).get("text").asText()).contains("06:30");
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("W11: a cancelled booking sends none: cancelled here, on the website, or unknown to the platform by now")
	void cancelled() {
		this.hub.books("1", THEN);
		this.hub.books("2", THEN);
		this.hub.books("3", THEN);
		this.hub.plans(this.hub.arranged("1", "1", "11", THEN, "cancelled"));
		assertThat(reminders()).isEqualTo(4);
		tickBefore(THEN, "PT24H1M");
		this.hub.arranged("2", "1", "11", THEN, "cancelled");
		this.hub.inspections.remove("3");
		tickBefore(THEN, "PT24H");
		tickBefore(THEN, "PT20H");
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		assertThat(this.hub.sentTo(ADA)).isEmpty();
		assertThat(reminders()).isZero();
	}

	@Test
	@DisplayName("W11, W17: while the platform is down nobody is reminded of what may be cancelled, an administrator is told, and it is tried again")
	void platformDown() {
		this.hub.books("42", THEN);
		this.hub.platformIsDown(true);
		tickBefore(THEN, "PT24H");
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		verify(this.hub.incidents, atLeastOnce()).reportFailure(eq("platform"), any());
		assertThat(this.store.sql()
			.sql("select count(*) from reminder where retry_at between clock_timestamp() and clock_timestamp() + interval '3 s'")
			.query(Integer.class)
			.single()).as("they wait a little").isEqualTo(2);
		this.hub.platformIsDown(false);
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).as("not yet").isEmpty();
		retryAtOnce();
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("W11: inspections booked on the website are found and reminded of; late ones at once, those that were moved or cancelled there as they are by then")
	void sweep() {
		this.hub.arranged("1", THEN);
		Instant soon = this.clock.instant().plus(Duration.ofHours(3));
		this.hub.arranged("2", "2", null, soon, "scheduled");
		this.hub.arranged("3", "1", "11", this.clock.instant().minus(Duration.ofHours(3)), "completed");
		this.hub.arranged("4", "1", "11", soon, "cancelled");
		this.hub.tick();
		assertThat(this.hub.sentTo(TUNDE)).hasSize(1);
		JsonNode french = this.hub.sentTo(TUNDE).get(0);
		assertThat(french.get("text").asText()).contains("votre visite", "dim. 1 mars, 16:00 ");
		assertThat(french.get("options").findValuesAsText("id")).as("nobody to call")
			.containsExactly("directions:7", "seeker_bookings");
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		tickBefore(THEN, "PT30H");
		this.hub.arranged("1", THEN.plus(Duration.ofHours(1)));
		tickBefore(THEN, "PT26H");
		assertThat(this.store.sql()
			.sql("select min(due_at) = :at from reminder where inspection_id = '1'")
			.param("at", Database.time(THEN.minus(Duration.ofHours(23))))
			.query(Boolean.class)
			.single()).as("moved").isTrue();
		this.hub.inspections.remove("1");
		tickBefore(THEN, "PT25H");
		assertThat(reminders()).as("gone").isZero();
	}

	@Test
	@DisplayName("W11: the website is looked through every hour, not every second; what can't be asked now is asked again soon, and a clock that was set back silences nothing")
	void sweepsHourly() {
		this.hub.platformIsDown(true);
		this.hub.tick();
		this.hub.arranged("1", this.clock.instant().plus(Duration.ofHours(3)));
		this.hub.platformIsDown(false);
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).as("not at once").isEmpty();
		this.store.sql().sql("update reminder_sweep set retry_at = null").update();
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		clearInvocations(this.hub.platform);
		this.hub.ticksAfter(Duration.ofMinutes(59));
		verify(this.hub.platform, never()).inspectionsOn(any());
		this.hub.ticksAfter(Duration.ofMinutes(1));
		verify(this.hub.platform, atLeastOnce()).inspectionsOn(any());
		clearInvocations(this.hub.platform);
		this.hub.ticksAfter(Duration.ofDays(-3));
		verify(this.hub.platform, atLeastOnce()).inspectionsOn(any());
	}

	@Test
	@DisplayName("W11: what was moved here while the platform was being looked through stays moved, though its list is older")
	void olderNews() {
		this.hub.books("42", THEN);
		Inspection before = this.hub.inspections.get("42");
		Instant later = THEN.plus(Duration.ofDays(4));
		given(this.hub.platform.inspectionsOn(any())).willAnswer((call) -> {
			if (this.hub.inspections.get("42").equals(before)) {
				this.hub.books("42", later);
			}
			return List.of(before);
		});
		this.hub.sweep();
		verify(this.hub.platform, atLeastOnce()).inspectionsOn(any());
		assertThat(this.store.sql()
			.sql("select scheduled_at = :later and told_at is not null from inspection")
			.param("later", Database.time(later))
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(this.store.sql()
			.sql("select count(*) from reminder where scheduled_at = :later")
			.param("later", Database.time(later))
			.query(Integer.class)
			.single()).isEqualTo(2);
	}

	@Test
	@DisplayName("W11: found on the platform before the turn that booked it was written: the confirmation is the reminder all the same")
	void foundBeforeItIsWritten() {
		Inspection booked = this.hub.arranged("42", this.clock.instant().plus(Duration.ofHours(3)));
		this.hub.sweep();
		assertThat(reminders()).isEqualTo(2);
		this.hub.plans(booked);
		this.hub.tick();
		assertThat(reminders()).isZero();
		assertThat(this.hub.sentTo(SADE)).isEmpty();
	}

	@Test
	@DisplayName("W11: titles and names that the store would refuse harm no other inspection")
	void unstorable() {
		Inspection odd = new Inspection("1", "7", "Lagoon\u0000 flat", "Lek\u0000ki", THEN, "scheduled", "1", "11",
				"21", "\u0000", null);
		this.hub.inspections.put("1", odd);
		this.hub.arranged("2", "2", null, THEN, "scheduled");
		tickBefore(THEN, "PT26H");
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(TUNDE)).hasSize(1);
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(this.hub.sentTo(SADE).get(0).get("text").asText()).contains("*Lagoon flat*", "not known yet");
	}

	@Test
	@DisplayName("E2, E3: a reminder whose statement has yet to be written keeps nobody from booking, and no other from coming")
	void unwritten() throws Exception {
		this.hub.adds("seeker-never");
		this.hub.books("42", THEN);
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(SADE)).hasSize(1);
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("W11, W13: who has sent STOP, or has no number, is sent nothing, and the others are")
	void unreachable() {
		this.store.sql()
			.sql("insert into contact (phone, opted_out_at, created_at) values (:phone, now(), now())")
			.param("phone", SADE)
			.update();
		this.store.sql().sql("""
				insert into identity (channel, address, contact_id, send_to)
				select 'whatsapp', phone, id, phone from contact""").update();
		this.hub.books("1", THEN);
		this.hub.plans(this.hub.arranged("2", "2", "13", THEN, "scheduled"));
		this.hub.plans(this.hub.arranged("3", "99", "11", THEN, "scheduled"));
		tickBefore(THEN, "PT24H");
		this.hub.tick();
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		assertThat(this.hub.sentTo(TUNDE)).hasSize(1);
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		assertThat(reminders()).isZero();
	}

	@Test
	@DisplayName("W11: who has linked another number is reminded there, in the language of their choice")
	void linked() {
		this.store.sql().sql("""
				insert into account (user_id, email, role, name, updated_at)
				values ('1', 'sade@example.com', 'seeker', 'Sade Bello', now())""").update();
		this.store.sql().sql("""
				insert into contact (phone, language, account_id, created_at)
				values ('+2348039999999', 'fr', '1', now())""").update();
		this.store.sql().sql("""
				insert into identity (channel, address, contact_id, send_to, last_inbound_at)
				select 'whatsapp', phone, id, phone, now() from contact""").update();
		this.hub.books("1", THEN);
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(SADE)).isEmpty();
		assertThat(this.hub.sentTo("+2348039999999")).hasSize(1);
		assertThat(this.hub.sentTo("+2348039999999").get(0).get("text").asText()).contains("votre visite");
	}

	@Test
	@DisplayName("W11: many of one day cost one call of the platform; what its list leaves out is asked for alone")
	void askedTogether() {
		for (int n = 0; n < 300; n++) {
			this.hub.plans(this.hub.arranged("i" + n, Integer.toString(1000 + n), "11", THEN, "scheduled"));
		}
		tickBefore(THEN, "PT24H1M");
		this.hub.arranged("i7", "1007", "11", THEN.plus(Duration.ofDays(1)), "scheduled");
		clearInvocations(this.hub.platform);
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo(ADA)).hasSize(299);
		verify(this.hub.platform, times(1)).inspectionsOn(any());
		verify(this.hub.platform, atLeastOnce()).inspection("i7");
		verify(this.hub.platform, never()).inspection("i8");
	}

	@Test
	@DisplayName("W11: those who have linked no number are asked for at the platform, several at a time, once for a reminder, and are reminded on the number that it has")
	void unlinkedTogether() {
		CyclicBarrier four = new CyclicBarrier(4);
		given(this.hub.platform.user(startsWith("10"))).willAnswer((call) -> {
			four.await(20, TimeUnit.SECONDS);
			String id = call.getArgument(0);
			return Optional.of(Instance.person(id, "seeker", "Seeker " + id, "+234803991" + id, "en"));
		});
		for (int n = 1000; n < 1040; n++) {
			this.hub.arranged("i" + n, Integer.toString(n), "11", THEN, "scheduled");
		}
		tickBefore(THEN, "PT24H");
		assertThat(this.hub.sentTo("+2348039911000")).hasSize(1);
		assertThat(this.hub.sentTo("+2348039911039")).hasSize(1);
		assertThat(this.hub.sentTo(ADA)).hasSize(40);
		assertThat(this.hub.sentTo(ADA).get(0).get("text").asText()).contains("Seeker 10");
		verify(this.hub.platform, times(2)).user("1000");
	}

	@Test
	@DisplayName("W3, W11: in a turn reminders are planned when it is written, before anything that is locked after them")
	void inTurn() {
		TurnJournal journal = mock(TurnJournal.class);
		Turn turn = TestTurn.text("book").open(journal);
		this.hub.plans(this.hub.arranged("42", THEN), turn);
		assertThat(reminders()).isZero();
		willThrow(new IllegalStateException("The test fails the turn")).given(journal).write(any(), any());
		assertThatIllegalStateException().isThrownBy(() -> write(turn));
		assertThat(reminders()).as("all or nothing").isZero();
		willAnswer((call) -> {
			assertThat(this.hub.database.statement("reminders/find-inspections")
				.param("ids", new String[] { "42" })
				.query()
				.listOfRows()).as("before the turn's own rows").hasSize(1);
			return null;
		}).given(journal).write(any(), any());
		write(turn);
		assertThat(reminders()).isEqualTo(2);
	}

	private void write(Turn turn) {
		this.hub.database.inTransaction(() -> {
			turn.write(this.hub.database);
			return null;
		});
	}

}
