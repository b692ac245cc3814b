package routes.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import hub.alert.Incidents;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import hub.config.TestSettings;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
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
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class DeliveryReportsTest {

	private static final int MAX_ATTEMPTS = 8;

	private final OutboundQueue queue = mock(OutboundQueue.class);

	private final Incidents incidents = mock(Incidents.class);

	private DeliveryReports reports;

	@BeforeEach
	void open() {
		this.reports = new DeliveryReports(Clock.systemUTC(), this.queue, this.incidents, TestSettings.properties());
	}

	private static OutboundItem item(int attempt, Priority priority) {
		return new OutboundItem(1, "whatsapp", "+2348030000001", priority.ordinal(), attempt, false, "{}", "in-1",
				null);
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
			TRANSIENT,         1, false, Again,   PT0.5S
			TRANSIENT,         2, false, Again,   PT1S
			TRANSIENT,         3, false, Again,   PT2S
			TRANSIENT,         7, false, Again,   PT32S
			TRANSIENT,         8, false, Dead,    -
			SLOW_DOWN,         1, false, Again,   PT0.5S
			SLOW_DOWN,         7, false, Again,   PT32S
			SLOW_DOWN,         8, false, Dead,    -
			CONTACT_SLOW_DOWN, 1, false, Again,   PT4S
			CONTACT_SLOW_DOWN, 2, false, Again,   PT16S
			CONTACT_SLOW_DOWN, 3, false, Again,   PT1M4S
			CONTACT_SLOW_DOWN, 6, false, Again,   PT1H8M16S
			CONTACT_SLOW_DOWN, 7, false, Again,   PT1H8M16S
			CONTACT_SLOW_DOWN, 8, false, Dead,    -
			NEXT_DAY,          1, false, Again,   PT24H
			NEXT_DAY,          8, false, Dead,    -
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

	@ParameterizedTest
	@EnumSource(value = Verdict.class, names = { "PAUSE_BULK", "STOP_CHANNEL" })
	@DisplayName("O4: a broadcast waits out a pause without using up its attempts")
	void waitsOut(Verdict verdict) {
		assertThat(outcome(verdict, MAX_ATTEMPTS, Priority.BROADCAST, true))
			.isEqualTo(new Outcome.Again(Duration.ofSeconds(1), "131000 Something went wrong", false));
	}

	@ParameterizedTest
	@EnumSource(Verdict.class)
	@DisplayName("W17: nothing is tried for ever: at the last attempt a message is done, in doubt no longer, or waits for its channel")
	void ends(Verdict verdict) {
		Outcome last = outcome(verdict, MAX_ATTEMPTS, Priority.REPLY, true);
		if (verdict == Verdict.STOP_CHANNEL) {
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
					SendOutcome.of(Verdict.TRANSIENT, null, "No answer"))
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
