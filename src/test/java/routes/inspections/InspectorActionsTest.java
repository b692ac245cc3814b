package routes.inspections;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import hub.contact.Role;
import hub.media.Photos;
import hub.message.Kind;
import hub.platform.Inspection;
import hub.platform.InspectionChange;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.platform.Written;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.menu.TapDesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static routes.menu.TapDesk.key;
import static routes.menu.TapDesk.offered;
import static routes.menu.TapDesk.words;

/**
 * Every action of an inspector, for whoever taps it and whatever has become of what it
 * names. It is noon UTC on a Sunday, 1 March 2026.
 */
class InspectorActionsTest {

	/** The account of {@link TestTurn}. */
	private static final String INSPECTOR = "u1";

	private static final Instant SOON = TestTurn.NOW.plusSeconds(3 * 24 * 3600);

	private static final PlatformUnavailableException AWAY = new PlatformUnavailableException("away", null);

	private static TapDesk desk;

	@BeforeAll
	static void open() throws Exception {
		desk = new TapDesk();
		desk.open(
				Map.of("assignments",
						new Assignments(desk.platform, desk.moments, desk.shown, desk.options, desk.texts), "visits",
						new Visits(desk.platform, desk.shown, desk.options, desk.texts, desk.json), "visitPhotos",
						new VisitPhotos(mock(Photos.class))),
				List.of("inspections/inspections-complete", "inspections/inspections-decline",
						"inspections/inspections-report", "inspections/inspections-report-at-once",
						"inspections/inspections-show-assigned", "inspections/inspections-show-one"));
	}

	@AfterAll
	static void close() throws Exception {
		desk.close();
	}

	@BeforeEach
	void begin() {
		desk.clear();
		Platform platform = desk.platform;
		given(platform.property(anyString())).willReturn(Optional.empty());
		given(platform.property("42")).willReturn(Optional.of(place("Africa/Lagos")));
		given(platform.user(anyString())).willReturn(Optional.empty());
		given(platform.user("s1")).willReturn(
				Optional.of(new PlatformUser("s1", "s@example.com", "seeker", "Sade *Bello*", null, null, "en")));
		given(platform.inspection(anyString())).willReturn(Optional.empty());
		given(platform.inspection("18")).willReturn(Optional.of(visit("18", Inspection.SCHEDULED, SOON, "u9")));
		given(platform.inspection("20")).willReturn(Optional.of(visit("20", Inspection.SCHEDULED, SOON, null)));
		assigned(visit("15", Inspection.IN_PROGRESS, TestTurn.NOW.minusSeconds(1800)),
				visit("16", Inspection.COMPLETED, TestTurn.NOW.minusSeconds(86400)),
				visit("17", Inspection.SCHEDULED, SOON), visit("14", Inspection.CANCELLED, SOON),
				visit("13", Inspection.NO_SHOW, TestTurn.NOW.minusSeconds(86400)));
	}

	private static Property place(String zone) {
		return new Property("42", "Lagoon flat", null, null, null, null, null, null, null, null, null, null, null, null,
				null, null, null, null, null, zone, null, null, null);
	}

	private static Inspection visit(String id, String status, Instant at) {
		return visit(id, status, at, INSPECTOR);
	}

	private static Inspection visit(String id, String status, Instant at, String inspector) {
		return new Inspection(id, "42", "Lagoon *flat* " + id, "12 Marina, Lagos", at, status, "s1", "11", inspector,
				"+2348030000011", null);
	}

	private static void assigned(Inspection... inspections) {
		for (Inspection inspection : inspections) {
			given(desk.platform.inspection(inspection.id())).willReturn(Optional.of(inspection));
		}
		given(desk.platform.inspections(Role.INSPECTOR, INSPECTOR)).willReturn(Optional.of(List.of(inspections)));
	}

	private static Turn taps(String token) {
		return desk.taps(Role.INSPECTOR, token);
	}

	private static Turn says(String dialogue, String data, String words) {
		return desk.perform(dialogue, TestTurn.text(words).linked(Role.INSPECTOR).asked(dialogue, data).open());
	}

	private static void reports(String id, String status, String words) {
		given(desk.platform.updateInspection(id, InspectionChange.status(status, words), key("report")))
			.willReturn(new Written<>(visit(id, status, SOON), null));
	}

	private static void nothingWasDone() {
		verify(desk.platform, never()).updateInspection(anyString(), any(), anyString());
		assertThat(desk.told).isEmpty();
		assertThat(desk.planned).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			inspector_inspections   | Your inspections* (2)
			inspector_inspections:8 | Your inspections* (2)
			inspector_inspections:x | Your inspections* (2)
			inspector_schedule      | Your next seven days* (2)
			inspector_complete      | Which inspection is it about
			inspection:17           | to take place
			inspection:15           | under way
			inspection:16           | complete
			inspection:14           | cancelled
			inspection              | Your inspections* (2)
			complete:17             | What are your notes on *Lagoon flat 17*
			complete:15             | What are your notes on *Lagoon flat 15*
			complete:15:finish      | What are your notes on *Lagoon flat 15*
			complete:15:nonsense    | What are your notes on *Lagoon flat 15*
			cannot_attend:17        | Why can’t you come to *Lagoon flat 17*
			start                   | Which inspection is it about
			complete                | Which inspection is it about
			no_show                 | Which inspection is it about
			cannot_attend           | Which inspection is it about
			start:15                | has begun already
			cannot_attend:15        | has begun already
			start:16                | complete already
			complete:16             | complete already
			complete:16:bare        | complete already
			no_show:16              | complete already
			cannot_attend:16        | complete already
			start:14                | was cancelled
			complete:14             | was cancelled
			no_show:13              | a no-show is reported already
			""")
	@DisplayName("W10: each action of an inspector answers, with and without what it is about; what has gone too far is said so")
	void answers(String token, String words) {
		Turn turn = taps(token);
		assertThat(words(turn)).contains(words);
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			start         | start:17
			cannot_attend | cannot_attend:17
			complete      | complete:15 complete:17
			no_show       | no_show:15 no_show:17
			""")
	@DisplayName("W10: without an object it is asked which one, of those with which it can be done; what begins comes first")
	void asksWhich(String token, String rows) {
		assertThat(offered(taps(token))).containsExactly((rows + " main_menu").split(" "));
		Turn last = desk.taps(Role.INSPECTOR, "inspection", "{\"inspection\":[\"17\"]}");
		assertThat(words(last)).contains("*Lagoon flat 17*");
		assigned();
		assertThat(words(taps(token))).contains("No inspection is assigned to you");
	}

	@Test
	@DisplayName("W10: without an object an action means the inspection that was shown last")
	void lastShown() {
		reports("17", Inspection.IN_PROGRESS, null);
		assertThat(words(desk.taps(Role.INSPECTOR, "start", "{\"inspection\":[\"17\"]}"))).contains("Begun");
		assertThat(desk.told).containsExactly("started 17 by u1");
		assertThat(words(desk.taps(Role.INSPECTOR, "start", "{\"inspection\":[\"18\"]}"))).as("a stranger's")
			.contains("can’t find that inspection");
	}

	private static final String TOKENS = """
			inspector_inspections inspector_schedule inspector_complete inspection:17 start:17 complete:17
			complete:17:bare no_show:17 cannot_attend:17""";

	@ParameterizedTest
	@ValueSource(strings = { "SEEKER", "AGENT", "ADMIN", "guest" })
	@DisplayName("W6, W10: an action of an inspector does nothing for any other role, and says so")
	void wrongRole(String who) {
		Role role = who.equals("guest") ? null : Role.valueOf(who);
		for (String token : TOKENS.split("\\s+")) {
			assertThat(words(desk.taps(role, token))).as(token)
				.contains((role != null) ? "not for your account" : "link your account first");
		}
		nothingWasDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "18", "20", "99" })
	@DisplayName("W10, O9: another inspector's inspection, one without an inspector and one that has gone are equally unknown, and nothing is done")
	void strangersAndVanished(String id) {
		for (String token : List.of("inspection", "start", "complete", "no_show", "cannot_attend")) {
			Turn turn = taps(token + ":" + id);
			assertThat(words(turn)).as(token).contains("can’t find that inspection").doesNotContain("Lagoon", "Marina");
			assertThat(offered(turn)).contains("inspector_inspections", "main_menu");
		}
		taps("complete:" + id + ":bare");
		for (String dialogue : List.of("inspections-take-notes", "inspections-take-reason")) {
			Turn turn = says(dialogue, "{\"inspection\":\"" + id + "\"}", "All fine");
			assertThat(words(turn)).contains("can’t find that inspection");
			assertThat(TestTurn.dialogueAfter(turn)).isNull();
		}
		nothingWasDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "inspector_inspections", "inspector_schedule", "inspector_complete", "inspection:17",
			"start:17", "complete:17", "complete:17:bare", "no_show:17", "cannot_attend:17", "start" })
	@DisplayName("W17: while the platform is away each action says so, an administrator is told, and nothing is done")
	void platformDown(String token) {
		given(desk.platform.inspection(anyString())).willThrow(AWAY);
		given(desk.platform.inspections(any(), anyString())).willThrow(AWAY);
		assertThat(words(taps(token))).contains("can’t reach the platform right now");
		verify(desk.incidents).reportFailure(eq("platform"), any());
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					start:17         | in_progress | Begun                 | started 17 by u1   | complete:17,no_show:17
					no_show:17       | no_show     | Noted: nobody came    | no_show 17 by u1   | inspector_inspections,inspector_schedule,main_menu
					complete:17:bare | completed   | without notes         | completed 17 by u1 | inspector_inspections,inspector_schedule,main_menu
					""")
	@DisplayName("W10: what needs no words is reported under the turn's key; the others are told, and reminders planned anew")
	void reportsAtOnce(String token, String status, String words, String told, String offered) {
		reports("17", status, null);
		Turn turn = taps(token);
		assertThat(words(turn)).contains(words);
		assertThat(offered(turn)).containsExactly(offered.split(","));
		assertThat(desk.told).containsExactly(told);
		assertThat(desk.planned).containsExactly("17");
	}

	@Test
	@DisplayName("W10: notes complete an inspection; they are told as they are")
	void notes() {
		String notes = "Door {0} broken, 'all' else *fine*\n🏠";
		reports("15", Inspection.COMPLETED, notes);
		Turn turn = says("inspections-take-notes", "{\"inspection\":\"15\"}", "  " + notes + " ");
		assertThat(words(turn)).contains("Your notes are on the platform");
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		assertThat(desk.told).containsExactly("completed 15 by u1: " + notes);
		assertThat(desk.planned).containsExactly("15");
	}

	@Test
	@DisplayName("W10: photos and captions are gathered until words or Finish end them")
	void photos() {
		String gathered = "{\"inspection\":\"15\",\"notes\":\"The kitchen\",\"photos\":[\"https://hub/1\"]}";
		Turn unreadable = desk.perform("inspections-take-notes",
				TestTurn.of(Kind.DOCUMENT, "A plan")
					.linked(Role.INSPECTOR)
					.asked("inspections-take-notes", gathered)
					.open());
		assertThat(words(unreadable)).contains("could not read that as a photo");
		assertThat(offered(unreadable)).containsExactly("complete:15:finish");
		assertThat(TestTurn.dialogueAfter(unreadable)).isEqualTo("inspections-take-notes");
		nothingWasDone();
		String words = "The kitchen\n📷 https://hub/1";
		reports("15", Inspection.COMPLETED, words);
		Turn finished = desk.perform("menu-perform-action",
				TestTurn.choice("complete:15:finish", "Finish")
					.linked(Role.INSPECTOR)
					.asked("inspections-take-notes", gathered)
					.open());
		assertThat(words(finished)).contains("Your notes are on the platform");
		assertThat(desk.told).containsExactly("completed 15 by u1: " + words);
	}

	@Test
	@DisplayName("W10: Complete tapped again keeps what was gathered; for another inspection it begins anew")
	void tapsCompleteAgain() {
		String gathered = "{\"inspection\":\"15\",\"notes\":\"The kitchen\"}";
		for (String id : List.of("15", "17")) {
			Turn turn = desk.perform("menu-perform-action",
					TestTurn.choice("complete:" + id, "x")
						.linked(Role.INSPECTOR)
						.asked("inspections-take-notes", gathered)
						.open());
			assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("inspections-take-notes");
			assertThat(TestTurn.dialogueDataAfter(turn)).contains("\"inspection\":\"" + id + "\"");
			assertThat(TestTurn.dialogueDataAfter(turn).contains("The kitchen")).isEqualTo(id.equals("15"));
		}
	}

	@Test
	@DisplayName("W10: a reason that is given cancels the inspection; the others know why")
	void reason() {
		reports("17", Inspection.CANCELLED, "My car broke down");
		Turn turn = says("inspections-take-reason", "{\"inspection\":\"17\"}", "My car broke down");
		assertThat(words(turn)).contains("Noted: you can’t come to *Lagoon flat 17*");
		assertThat(desk.told).containsExactly("cannot_attend 17 by u1: My car broke down");
		assertThat(desk.planned).containsExactly("17");
	}

	@ParameterizedTest
	@EnumSource(Written.Refusal.class)
	@DisplayName("W10: what the platform does not take is said so, and nobody is told")
	void refused(Written.Refusal refusal) {
		given(desk.platform.updateInspection(anyString(), any(), anyString())).willReturn(new Written<>(null, refusal));
		String words = switch (refusal) {
			case CONFLICT -> "has changed meanwhile";
			case ABSENT -> "can’t find that inspection";
			case INVALID -> "on the website";
		};
		assertThat(words(taps("start:17"))).contains(words);
		Turn turn = says("inspections-take-notes", "{\"inspection\":\"15\"}", "All fine");
		assertThat(words(turn)).contains(words);
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		assertThat(desk.told).isEmpty();
		assertThat(desk.planned).isEmpty();
	}

	@Test
	@DisplayName("W17: when the platform goes away at the report, nobody is told, and the question goes on waiting for the notes")
	void awayAtTheReport() {
		given(desk.platform.updateInspection(anyString(), any(), anyString())).willThrow(AWAY);
		Turn turn = says("inspections-take-notes", "{\"inspection\":\"15\"}", "All fine");
		assertThat(words(turn)).contains("nothing was changed");
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("unchanged");
		assertThat(desk.told).isEmpty();
	}

	@Test
	@DisplayName("W3: a turn that is tried again finishes what it has begun: told and planned, whatever the inspection says by now")
	void triedAgain() {
		assigned(visit("17", Inspection.NO_SHOW, SOON));
		reports("17", Inspection.NO_SHOW, null);
		assertThat(words(taps("no_show:17"))).contains("reported already");
		assertThat(desk.told).isEmpty();
		desk.perform("menu-perform-action",
				TestTurn.choice("no_show:17", "No-show").linked(Role.INSPECTOR).repeated().open());
		assertThat(desk.told).containsExactly("no_show 17 by u1");
		assertThat(desk.planned).containsExactly("17");
	}

	@Test
	@DisplayName("W17: a report whose answer is lost is tried again under its key until it is known, so that the others don't miss it")
	void lostAnswer() {
		given(desk.platform.updateInspection("17", InspectionChange.status(Inspection.NO_SHOW, null), key("report")))
			.willThrow(new PlatformUnavailableException("lost", null, true));
		assertThatIllegalStateException().isThrownBy(() -> taps("no_show:17"))
			.withRootCauseInstanceOf(PlatformUnavailableException.class);
		TestTurn again = TestTurn.choice("no_show:17", "No-show").linked(Role.INSPECTOR).repeated();
		assertThatIllegalStateException().isThrownBy(() -> desk.perform("menu-perform-action", again.open()))
			.withRootCauseInstanceOf(PlatformUnavailableException.class);
		assertThat(desk.told).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "menu-take-consent, unlink:yes", "slots-take-times, '{\"inspection\":\"17\",\"notes\":\"x\"}'",
			"linking-request-code," })
	@DisplayName("W10: what another question remembers is not taken for notes")
	void anotherQuestion(String question, String data) {
		for (String token : List.of("complete:17", "complete:17:finish")) {
			Turn turn = desk.perform("menu-perform-action",
					TestTurn.choice(token, "Complete").linked(Role.INSPECTOR).asked(question, data).open());
			assertThat(words(turn)).contains("What are your notes on *Lagoon flat 17*");
			assertThat(TestTurn.dialogueDataAfter(turn)).isEqualTo("{\"inspection\":\"17\"}");
		}
		nothingWasDone();
	}

	@Test
	@DisplayName("W10: one inspection is shown with all that can be done: its state decides")
	void shows() {
		assigned(visit("17", Inspection.SCHEDULED, SOON));
		Turn only = taps("inspector_inspections");
		assertThat(words(only)).contains("*Lagoon flat 17*", "12 Marina, Lagos", "Wed 4 Mar, 13:00 WAT", "Sade Bello",
				"booking 17");
		assertThat(offered(only)).containsExactly("start:17", "complete:17", "no_show:17", "cannot_attend:17",
				"directions:42", "call:11", "inspector_inspections");
		assigned(visit("15", Inspection.IN_PROGRESS, SOON), visit("16", Inspection.COMPLETED, SOON));
		assertThat(offered(taps("inspection:15"))).containsExactly("complete:15", "no_show:15", "directions:42",
				"call:11", "inspector_inspections");
		assertThat(offered(taps("inspection:16"))).containsExactly("directions:42", "inspector_inspections");
		given(desk.platform.user("s1")).willThrow(AWAY);
		given(desk.platform.property("42")).willThrow(AWAY);
		assertThat(words(taps("inspection:15"))).as("without names and zones").contains("A seeker (booking 15)");
	}

	@Test
	@DisplayName("W7, W10: many inspections are paged, never more rows than a list has; the week leaves out what is cancelled or later")
	void pages() {
		assigned(IntStream.range(0, 20)
			.mapToObj((n) -> visit("v" + n, (n % 5 == 4) ? Inspection.CANCELLED : Inspection.SCHEDULED,
					TestTurn.NOW.plusSeconds(n * 24 * 3600L + 60)))
			.toArray(Inspection[]::new));
		assertThat(offered(taps("inspector_inspections"))).hasSize(10)
			.startsWith("inspection:v0")
			.endsWith("inspector_inspections:8", "main_menu");
		assertThat(offered(taps("inspector_inspections:8"))).hasSize(9)
			.startsWith("inspection:v10")
			.endsWith("main_menu");
		String week = words(taps("inspector_schedule"));
		assertThat(week).contains("Your next seven days* (6)", "*Saturday 7 March*")
			.doesNotContain("flat v4", "flat v7");
	}

	@Test
	@DisplayName("W10: a full week is shown to its end, and asks the platform for no more places than it shows, nor again once it is away")
	void fullWeek() {
		assigned(IntStream.range(0, 20)
			.mapToObj((n) -> new Inspection("v" + n, "p" + n, "Lagoon flat v" + n + ".", "12 Marina, Lagos ".repeat(5),
					TestTurn.NOW.plusSeconds((n + 1) * 3600L), Inspection.SCHEDULED, "s1", "11", INSPECTOR, null, null))
			.toArray(Inspection[]::new));
		StringBuilder week = new StringBuilder();
		String token = "inspector_schedule";
		while (token.startsWith("inspector_schedule")) {
			Turn page = taps(token);
			assertThat(words(page)).contains("Your next seven days* (20)").hasSizeLessThanOrEqualTo(1001);
			week.append(words(page));
			assertThat(offered(page)).isNotEqualTo(List.of(token)).endsWith("inspector_inspections", "main_menu");
			token = offered(page).get(0);
		}
		for (int n = 0; n < 20; n++) {
			assertThat(week).containsOnlyOnce("flat v" + n + ".");
		}
		desk.clear();
		given(desk.platform.property(anyString())).willThrow(AWAY);
		given(desk.platform.inspections(Role.INSPECTOR, INSPECTOR))
			.willReturn(Optional.of(List.of(visit("1", Inspection.SCHEDULED, SOON), new Inspection("2", "p2", "A home",
					null, SOON, Inspection.SCHEDULED, "s1", "11", INSPECTOR, null, null))));
		assertThat(words(taps("inspector_schedule"))).contains("Your next seven days* (2)");
		verify(desk.platform, times(1)).property(anyString());
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "Africa/Lagos,'Wed 4 Mar, 13:00 WAT'", "America/New_York,'Wed 4 Mar, 07:00 EST'",
			"Mars/Olympus,'Wed 4 Mar, 13:00 WAT'" })
	@DisplayName("W10: times are those of the place, else the inspector's own")
	void zones(String zone, String when) {
		given(desk.platform.property("42")).willReturn(Optional.of(place(zone)));
		assertThat(words(taps("inspection:17"))).contains(when);
	}

	@ParameterizedTest
	@ValueSource(strings = { "inspector_inspections", "inspector_schedule", "inspector_complete", "inspection:17",
			"start:16", "no_show:99" })
	@DisplayName("W10: who taps something else has left the question behind")
	void leaves(String token) {
		Turn turn = desk.perform("menu-perform-action",
				TestTurn.choice(token, "x")
					.linked(Role.INSPECTOR)
					.asked("inspections-take-reason", "{\"inspection\":\"17\"}")
					.open());
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		nothingWasDone();
	}

}
