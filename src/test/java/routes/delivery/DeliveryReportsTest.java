package routes.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import hub.alert.DeadLetters;
import hub.alert.Incidents;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import hub.config.TestSettings;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.message.Validity;
import hub.queue.Outcome;
import hub.queue.OutboundItem;
import hub.queue.OutboundQueue;
import hub.queue.OutboundQueue.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class DeliveryReportsTest {

	private static final int MAX_ATTEMPTS = 8;

	private final OutboundQueue queue = mock(OutboundQueue.class);

	private final Incidents incidents = mock(Incidents.class);

	private final DeadLetters deadLetters = mock(DeadLetters.class);

	private DeliveryReports reports;

	@BeforeEach
	void open() {
		this.reports = new DeliveryReports(Clock.systemUTC(), this.queue, this.incidents, this.deadLetters,
				TestSettings.properties());
	}

	private static OutboundItem item(int attempt, Priority priority) {
		return item(attempt, 0, priority);
	}

	private static OutboundItem item(int attempt, int setbacks, Priority priority) {
		return new OutboundItem(1, "whatsapp", "+2348030000001", priority.ordinal(), attempt, setbacks, false, "{}",
				"in-1", null);
	}

	private static SendOutcome sent(Verdict verdict) {
		return (verdict == Verdict.ACCEPTED) ? SendOutcome.accepted("wamid.1")
				: SendOutcome.of(verdict, 131000, "Something went wrong");
	}

	private Outcome outcome(Verdict verdict, int attempt, Priority priority, boolean template) {
		OutboundMessage message = OutboundMessage.text("Hello").withPriority(priority);
		if (template) {
			message = message.withTemplate(new Template("hello", List.of(), List.of()));
		}
		return this.reports.report(item(attempt, priority), message, sent(verdict)).outcome();
	}

	@ParameterizedTest(name = "{0} at attempt {1} (template: {2}): {3} after {4}")
	@CsvSource(nullValues = "-", textBlock = """
			ACCEPTED,          1, false, Done,    -
			ACCEPTED,          8, false, Done,    -
			FAILED,            1, false, Dead,    -
			FAILED,            1, true,  Dead,    -
			SUPPRESSED,        1, true,  Dead,    -
			NEEDS_TEMPLATE,    1, false, Dead,    -
			NEEDS_TEMPLATE,    1, true,  Again,   PT0.001S
			NEEDS_TEMPLATE,    8, true,  Dead,    -
			IN_DOUBT,          1, false, InDoubt, -
			IN_DOUBT,          7, false, InDoubt, -
			IN_DOUBT,          8, false, Dead,    -
			CONTACT_SLOW_DOWN, 1, false, Again,   PT4S
			CONTACT_SLOW_DOWN, 2, false, Again,   PT16S
			CONTACT_SLOW_DOWN, 3, false, Again,   PT1M4S
			CONTACT_SLOW_DOWN, 6, false, Again,   PT1H8M16S
			CONTACT_SLOW_DOWN, 7, false, Again,   PT1H8M16S
			CONTACT_SLOW_DOWN, 8, false, Dead,    -
			NEXT_DAY,          1, true,  Dead,    -
			STOP_CHANNEL,      1, false, Again,   PT1S
			STOP_CHANNEL,      8, false, Again,   PT1S
			PAUSE_BULK,        1, false, Again,   PT4S
			PAUSE_BULK,        2, false, Again,   PT16S
			PAUSE_BULK,        8, false, Dead,    -
			""")
	@DisplayName("W16: what each class of error means for a message, at each attempt")
	void decides(Verdict verdict, int attempt, boolean template, String kind, Duration after) {
		Outcome outcome = outcome(verdict, attempt, Priority.REPLY, template);
		assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
		if (outcome instanceof Outcome.Again again) {
			// up to a fifth more, so that what failed together does not come back
			// together
			assertThat(again.after()).isBetween(after, after.plus(after.dividedBy(5)));
			assertThat(again.counted()).isEqualTo(verdict != Verdict.STOP_CHANNEL);
			assertThat(again.reason()).isEqualTo("131000 Something went wrong");
		}
		else if (outcome instanceof Outcome.Dead dead) {
			assertThat(dead.reason()).isEqualTo("131000 Something went wrong");
		}
	}

	private Outcome setback(Verdict verdict, int attempt, int setbacks) {
		return this.reports
			.report(item(attempt, setbacks, Priority.REPLY), OutboundMessage.text("Hello"), sent(verdict))
			.outcome();
	}

	@ParameterizedTest
	@EnumSource(value = Verdict.class, names = { "TRANSIENT", "SLOW_DOWN" })
	@DisplayName("W3: a fault that passes uses up no attempt, is waited out longer each time, a minute at most, and for a day")
	void passes(Verdict verdict) {
		double[] waits = { 0.5, 1, 2, 4, 8, 16, 32, 60, 60 };
		for (int n = 0; n < waits.length; n++) {
			Outcome.Again again = (Outcome.Again) setback(verdict, 1, n);
			Duration after = Duration.ofMillis((long) (waits[n] * 1000));
			assertThat(again.after()).isBetween(after, after.plus(after.dividedBy(5)));
			assertThat(again.counted()).isFalse();
			assertThat(again.reason()).isEqualTo("131000 Something went wrong");
		}
		assertThat(setback(verdict, MAX_ATTEMPTS, 1439)).isInstanceOf(Outcome.Again.class);
		assertThat(setback(verdict, 1, 1440)).isEqualTo(new Outcome.Dead("131000 Something went wrong"));
	}

	@ParameterizedTest
	@EnumSource(value = Verdict.class, names = { "TRANSIENT", "SLOW_DOWN" })
	@DisplayName("W3: what does not get through while others do, time and again, fails in the end")
	void failsAlone(Verdict verdict) {
		for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
			assertThat(setback(verdict, attempt, MAX_ATTEMPTS)).isInstanceOf(Outcome.Again.class)
				.extracting("counted")
				.isEqualTo(true);
			outcome(Verdict.ACCEPTED, 1, Priority.REPLY, false);
		}
		assertThat(setback(verdict, MAX_ATTEMPTS, MAX_ATTEMPTS)).isInstanceOf(Outcome.Dead.class);
	}

	@Test
	@DisplayName("W17: a channel whose sends fail in a row is an incident, told of now and then; the next acceptance ends it")
	void outage() {
		Verdict[] failures = { Verdict.TRANSIENT, Verdict.IN_DOUBT, Verdict.TRANSIENT };
		for (Verdict failure : failures) {
			report(failure);
		}
		report(Verdict.ACCEPTED);
		for (Verdict failure : failures) {
			report(failure);
		}
		verify(this.incidents, never()).report(any(), any());
		report(Verdict.SLOW_DOWN);
		report(Verdict.TRANSIENT);
		verify(this.incidents, times(1)).report("channel whatsapp", "131000 Something went wrong");
		report(Verdict.ACCEPTED);
		verify(this.incidents, times(2)).recovered("channel whatsapp");
	}

	private void report(Verdict verdict) {
		this.reports.report(item(1, Priority.REPLY), OutboundMessage.text("Hello"), sent(verdict)).committed();
	}

	@ParameterizedTest
	@EnumSource(value = Verdict.class, mode = EnumSource.Mode.EXCLUDE, names = { "ACCEPTED", "STOP_CHANNEL" })
	@DisplayName("W17: an administrator is told of what died of being tried often enough, not of what a recipient or a template was refused")
	void tellsOfDeaths(Verdict verdict) {
		this.reports.report(item(MAX_ATTEMPTS, 1440, Priority.REPLY), OutboundMessage.text("Hello"), sent(verdict))
			.committed();
		boolean told = !List.of(Verdict.FAILED, Verdict.SUPPRESSED, Verdict.NEEDS_TEMPLATE, Verdict.NEXT_DAY)
			.contains(verdict);
		verify(this.deadLetters, times(told ? 1 : 0)).report("Message 1 on whatsapp", "131000 Something went wrong");
	}

	@Test
	@DisplayName("W16: what is held back until tomorrow stands beside its line, a week at most")
	void heldBack() {
		for (Priority priority : List.of(Priority.REMINDER, Priority.BROADCAST)) {
			assertThat(outcome(Verdict.NEXT_DAY, 1, priority, true)).isInstanceOfSatisfying(Outcome.Held.class,
					(held) -> assertThat(held.after()).isBetween(Duration.ofHours(24), Duration.ofHours(29)));
			assertThat(outcome(Verdict.NEXT_DAY, MAX_ATTEMPTS, priority, true)).isInstanceOf(Outcome.Dead.class);
		}
	}

	@ParameterizedTest(name = "of use for {0}: {1}")
	@CsvSource({ "PT0S, Dead", "PT23H, Dead", "PT24H, Dead", "PT30H, Held", "-, Held" })
	@DisplayName("W11, W16: what is of no use tomorrow is not held back until then")
	void holdsBackWhatIsOfUse(String left, String kind) {
		Validity validity = new Validity(left.equals("-") ? null : Instant.now().plus(Duration.parse(left)), null);
		OutboundMessage message = OutboundMessage.text("Hello").withPriority(Priority.REMINDER).withValidity(validity);
		Outcome outcome = this.reports.report(item(1, Priority.REMINDER), message, sent(Verdict.NEXT_DAY)).outcome();
		assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
	}

	@ParameterizedTest
	@EnumSource(value = Verdict.class, names = { "PAUSE_BULK", "STOP_CHANNEL" })
	@DisplayName("O4: a broadcast waits out a pause without using up its attempts")
	void waitsOut(Verdict verdict) {
		assertThat(outcome(verdict, MAX_ATTEMPTS, Priority.BROADCAST, true))
			.isEqualTo(new Outcome.Again(Duration.ofSeconds(1), "131000 Something went wrong", false));
	}

	@ParameterizedTest
	@EnumSource(Verdict.class)
	@DisplayName("W17: nothing is tried for ever: at the last attempt a message is done, in doubt no longer, or waits for its channel, a day at most")
	void ends(Verdict verdict) {
		Outcome last = outcome(verdict, MAX_ATTEMPTS, Priority.REPLY, true);
		if (List.of(Verdict.STOP_CHANNEL, Verdict.TRANSIENT, Verdict.SLOW_DOWN).contains(verdict)) {
			assertThat(last).isInstanceOf(Outcome.Again.class);
		}
		else {
			assertThat(last).isInstanceOfAny(Outcome.Done.class, Outcome.Dead.class);
		}
	}

	@Test
	@DisplayName("W16: a reason without a code is just its words")
	void givesReason() {
		assertThat(this.reports
			.report(item(8, Priority.REPLY), OutboundMessage.text("Hello"),
					SendOutcome.of(Verdict.FAILED, null, "No answer"))
			.outcome()).isEqualTo(new Outcome.Dead("No answer"));
	}

	@Test
	@DisplayName("O4: a channel that is too fast rests, broadcasts longer than answers")
	void rests() {
		this.reports.afterwards("whatsapp", sent(Verdict.SLOW_DOWN));
		verify(this.queue).pause("whatsapp",
				new Pause(Duration.ofSeconds(1), Duration.ofSeconds(10), "Something went wrong"));
		this.reports.afterwards("whatsapp", sent(Verdict.PAUSE_BULK));
		verify(this.queue).pause("whatsapp", new Pause(Duration.ZERO, Duration.ofHours(1), "Something went wrong"));
		verifyNoMoreInteractions(this.queue);
		verifyNoInteractions(this.incidents);
	}

	@Test
	@DisplayName("W17: a channel that is refused stops, and an administrator is told; when it accepts again, too")
	void stops() {
		this.reports.afterwards("whatsapp", sent(Verdict.STOP_CHANNEL));
		verify(this.queue).pauseLonger("whatsapp", Duration.ofSeconds(30), Duration.ofMinutes(15),
				"Something went wrong");
		verify(this.incidents).report("channel whatsapp", "131000 Something went wrong");
		this.reports.afterwards("whatsapp", sent(Verdict.ACCEPTED));
		verify(this.queue).recovered("whatsapp");
		verify(this.incidents).recovered("channel whatsapp");
	}

	@ParameterizedTest
	@EnumSource(value = Verdict.class,
			names = { "TRANSIENT", "CONTACT_SLOW_DOWN", "NEXT_DAY", "NEEDS_TEMPLATE", "SUPPRESSED", "FAILED",
					"IN_DOUBT" })
	@DisplayName("W16: what concerns one message or one person stops no other")
	void sparesOthers(Verdict verdict) {
		this.reports.afterwards("whatsapp", sent(verdict));
		verifyNoInteractions(this.queue, this.incidents);
	}

}
