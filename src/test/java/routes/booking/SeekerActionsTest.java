package routes.booking;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hub.contact.Role;
import hub.contact.Wishes;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.BookingResult;
import hub.platform.BookingResult.Refusal;
import hub.platform.Inspection;
import hub.platform.InspectionChange;
import hub.platform.PlatformRefusedException;
import hub.platform.PlatformUnavailableException;
import hub.platform.Property;
import hub.platform.Slot;
import hub.platform.Written;
import hub.turn.TestTurn;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.listings.Browsing;
import routes.listings.SearchState;
import routes.menu.MenuCatalog;

import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Every action of a seeker, for whoever taps it and whatever has become of what it names.
 */
class SeekerActionsTest {

	/** The question that yes or no answers. */
	private static final String CONSENT = "menu-take-consent";

	private static SeekerDesk desk;

	@BeforeAll
	static void open() throws Exception {
		desk = new SeekerDesk();
	}

	@AfterAll
	static void close() throws Exception {
		desk.close();
	}

	@BeforeEach
	void begin() {
		desk.begin();
	}

	private static String words(Turn turn) {
		assertThat(turn.replies()).as("nobody is answered with silence").isNotEmpty();
		return turn.replies().stream().map(OutboundMessage::text).reduce("", (one, other) -> one + "\n" + other);
	}

	private static List<String> offered(Turn turn) {
		List<OutboundMessage> replies = turn.replies();
		return replies.get(replies.size() - 1).options().stream().map(Option::id).toList();
	}

	private static void nothingWasDone() {
		verify(desk.platform, never()).book(anyString(), anyString(), any(), anyString());
		verify(desk.platform, never()).updateInspection(anyString(), any(), anyString());
		assertThat(desk.told).isEmpty();
		assertThat(desk.planned).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			seeker_browse          | Lagoon flat
			browse_more            | Lagoon flat
			filter                 | What are the homes to be like
			filter:area            | Which part of town
			filter:rent            | What is the rent to be
			filter:bedrooms        | How many bedrooms
			filter:kind            | What kind of home
			filter:bedrooms:2      | Bedrooms: 2
			filter:kind:short_let  | Kind: Short let
			filter:kind:castle     | What kind of home
			filter:bedrooms:many   | How many bedrooms
			filter:nonsense        | What are the homes to be like
			filter:area:marina     | Area: Marina
			filter:area:any        | Area: Any
			filter:rent:any        | Rent: Any
			filter:any             | Kind: Any
			filter:show            | Lagoon flat
			filter:keep            | Kept: All homes
			preferences            | What do you look for
			preferences:kind:house | Kind: House
			saved                  | saved no homes yet
			details:42             | 12 Marina, Lagos
			details_42             | 12 Marina, Lagos
			property_details:42    | 12 Marina, Lagos
			save:42                | Saved: *Lagoon flat*
			save_42                | Saved: *Lagoon flat*
			unsave:42              | Removed
			book:42                | When would you like to see *Lagoon flat*
			book_42                | When would you like to see *Lagoon flat*
			booking_slots:42       | All times are local (WAT)
			slot:42:7              | Wed 4 Mar, 13:00 WAT
			seeker_bookings        | Booking 17
			booking:17             | Booking 17
			booking:16             | completed
			cancel_booking:17      | Cancel your inspection of *Lagoon flat*
			reschedule:17          | To when shall I move
			reschedule:17:9        | to *Wed 4 Mar, 15:00 WAT*
			call:11                | Ada Obi, the agent of *Lagoon flat*: +2348030000011
			call_11                | Ada Obi, the agent of *Lagoon flat*: +2348030000011
			call                   | +2348030000011
			directions:42          | Lagoon flat
			directions_42          | Lagoon flat
			contact_agent:42       | You can also call: +2348030000011
			contact_agents         | Whose agent would you like to write to
			contact_agent          | Which home is it about
			cancel_booking         | Which booking do you mean
			reschedule             | Which booking do you mean
			booking                | Which booking do you mean
			property_details       | Which home is it about
			book                   | Which home is it about
			slot                   | Which home is it about
			confirm                | Which home is it about
			save                   | Which home is it about
			unsave                 | Which home is it about
			directions             | Which home is it about
			""")
	@DisplayName("W8: each action of a seeker answers, in both forms, with and without what it is about")
	void answers(String token, String words) {
		assertThat(words(desk.taps(token))).contains(words);
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			browse                           | Lagoon flat
			Browse properties                | Lagoon flat
			Voir les logements               | Lagoon flat
			MY BOOKINGS!                     | Booking 17
			mes reservations                 | Booking 17
			*Saved homes*                    | saved no homes yet
			my preferences                   | What do you look for
			Filter                           | What are the homes to be like
			More homes…                      | Lagoon flat
			Contact agent                    | Which home is it about
			Call agent                       | +2348030000011
			show me homes                    | All homes, the newest first
			2 bed in Yaba under 3m           | Yaba · up to 3,000,000 · 2 bedrooms
			homes in Marina                  | 🔎 Marina
			chambres à Marina moins de 3m    | Marina · up to 3,000,000
			what is the weather like         | Tell me what you look for
			homes in Narnia                  | Tell me what you look for
			is it nice                       | Tell me what you look for
			asdf                             | Tell me what you look for
			""")
	@DisplayName("W8: the words of a button do what a tap does, and words that say what is looked for find it; others are not understood")
	void hears(String said, String words) {
		assertThat(words(desk.says(Role.SEEKER, said))).contains(words);
		nothingWasDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "My bookings", "browse", "2 bed in Yaba under 3m", "Yes, book it" })
	@DisplayName("W6, W8: to others the words of a seeker are words like any")
	void hearsOthers(String said) {
		for (Role role : new Role[] { Role.AGENT, Role.INSPECTOR, Role.ADMIN }) {
			assertThat(words(desk.says(role, said))).isEqualTo("\n🤔 I did not get that.");
		}
		nothingWasDone();
	}

	@Test
	@DisplayName("W8: what is asked for in words can be gone on with and changed, and does not change what is preferred")
	void goesOnWithWords() {
		Turn found = desk.says(Role.SEEKER, "3 bedroom house in marina");
		assertThat(offered(found)).containsExactly("filter", "saved", "main_menu");
		verify(desk.platform).properties(argThat((filter) -> filter.bedrooms() != null && filter.bedrooms() == 3
				&& filter.area().equals("Marina") && filter.rentType().equals("house")));
	}

	@ParameterizedTest(name = "{0}, “{1}”: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
			area     | Yaba                      | Noted            | Area: Yaba
			area     | victoria garden city      | Noted            | Area: Victoria Garden City
			area     | 2 bed in Yaba under 3m    | Noted            | Bedrooms: 2
			area     | --                        | did not get that | Area: Any
			rent     | 2,500,000                 | Noted            | Rent: up to 2,500,000
			rent     | 1m to 3m                  | Noted            | Rent: 1,000,000 to 3,000,000
			rent     | from 500k                 | Noted            | Rent: from 500,000
			rent     | 99999999999999999999999   | did not get that | Rent: Any
			rent     | 2.5m a year               | Noted            | Rent: up to 2,500,000
			rent     | 1,500,000.00              | did not get that | Rent: Any
			rent     | 1000 2000                 | did not get that | Rent: Any
			rent     | 5                         | did not get that | Rent: Any
			rent     | 00                        | did not get that | Rent: Any
			rent     | cheap                     | did not get that | Rent: Any
			bedrooms | 3                         | Noted            | Bedrooms: 3
			bedrooms | about 3, please           | Noted            | Bedrooms: 3
			bedrooms | two                       | Noted            | Bedrooms: 2
			bedrooms | 2 bed in Yaba under 3m    | Noted            | Area: Yaba
			bedrooms | deux                      | Noted            | Bedrooms: 2
			bedrooms | lots                      | did not get that | Bedrooms: Any
			kind     | a house                   | Noted            | Kind: House
			kind     | ⛺                         | did not get that | Kind: Any
			-        | what is the weather like  | did not get that | Kind: Any
			""")
	@DisplayName("W8: filter and preferences take words, keep what was wished, and say when they don't understand")
	void fillsIn(String field, String said, String verdict, String line) {
		for (String form : new String[] { "filter", "preferences" }) {
			Turn turn = TestTurn.text(said).linked(Role.SEEKER).asked("listings-hear-" + form, field).open();
			assertThat(words(desk.perform(turn, "listings-hear-" + form))).contains(verdict, line);
			assertThat(TestTurn.dialogueAfter(turn)).as("waits on").isEqualTo("listings-hear-" + form);
			assertThat(offered(turn)).contains(form + ":area", form + ":rent", "main_menu")
				.hasSizeLessThanOrEqualTo(10);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "area", "rent", "bedrooms", "kind" })
	@DisplayName("W6, W8: from each field there is a way back to the form")
	void goesBack(String field) {
		for (String form : new String[] { "filter", "preferences" }) {
			assertThat(offered(desk.taps(form + ":" + field))).endsWith(form + ":" + field + ":any", form)
				.hasSizeLessThanOrEqualTo(10);
			assertThat(words(desk.taps(form))).contains("Area: Any", "Rent: Any");
		}
	}

	private static final String TOKENS = """
			seeker_browse browse_more filter filter:area:marina preferences preferences:any saved details:42 details_42
			property_details:42 save:42 save_42 unsave:42 book:42 book_42 booking_slots:42 slot:42:7 confirm:42:7
			confirm_booking_42_7 seeker_bookings booking:17 cancel_booking:17 reschedule:17 reschedule:17:9:yes
			contact_agent:42 contact_agents""";

	@ParameterizedTest
	@ValueSource(strings = { "AGENT", "INSPECTOR", "ADMIN", "guest" })
	@DisplayName("W6, W8: an action of a seeker does nothing for any other role, and says so")
	void wrongRole(String who) throws IOException {
		Role role = who.equals("guest") ? null : Role.valueOf(who);
		List<String> tokens = new ArrayList<>(List.of(TOKENS.split("\\s+")));
		new MenuCatalog().actions()
			.entrySet()
			.stream()
			.filter((action) -> List.of("seeker").equals(action.getValue().roles()))
			.forEach((action) -> tokens.add(action.getKey()));
		assertThat(tokens).contains("seeker_notifications", "enable_alerts", "disable_alerts", "slot", "confirm");
		for (String token : tokens) {
			assertThat(words(desk.taps(role, token))).as(token)
				.contains((role != null) ? "not for your account" : "link your account first");
		}
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			booking:18                   | can’t find that booking
			cancel_booking:18            | can’t find that booking
			cancel_booking:18:1772366400 | can’t find that booking
			reschedule:18                | can’t find that booking
			reschedule:18:9              | can’t find that booking
			reschedule:18:9:yes          | can’t find that booking
			call:12                      | number once you have booked
			call_12                      | number once you have booked
			""")
	@DisplayName("W8, O9: somebody else's booking is as if it were not there, and no number is told")
	void strangers(String token, String words) {
		assertThat(words(desk.taps(token))).contains(words).doesNotContain("+234");
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			details:99                   | no longer on the platform
			details_99                   | no longer on the platform
			property_details:99          | no longer on the platform
			save:99                      | no longer on the platform
			save_99                      | no longer on the platform
			unsave:99                    | Removed
			book:99                      | no longer on the platform
			book_99                      | no longer on the platform
			booking_slots:99             | no longer on the platform
			slot:99:7                    | no longer on the platform
			slot:42:99                   | That time has just gone
			slot:42:8                    | That time has just gone
			confirm:99:7                 | no longer on the platform
			confirm:42:99                | That time has just gone
			confirm_booking_99_7         | no longer on the platform
			confirm_booking_42_99        | That time has just gone
			contact_agent:99             | no longer on the platform
			directions:99                | no longer on the platform
			directions_99                | no longer on the platform
			booking:99                   | can’t find that booking
			cancel_booking:99            | can’t find that booking
			cancel_booking:99:1772366400 | can’t find that booking
			reschedule:99                | can’t find that booking
			reschedule:17:99             | That time has just gone
			reschedule:17:8              | That time has just gone
			reschedule:17:99:yes         | That time has just gone
			cancel_booking:16            | That booking is over
			reschedule:16                | That booking is over
			call:99                      | number once you have booked
			""")
	@DisplayName("W8: what has gone meanwhile is said so, with a way on, and nothing is done")
	void vanished(String token, String words) {
		Turn turn = desk.taps(token);
		assertThat(words(turn)).contains(words);
		assertThat(offered(turn)).isNotEmpty();
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0} by {1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			directions:42 | AGENT     | Lagoon flat
			directions:42 | INSPECTOR | Lagoon flat
			directions:99 | AGENT     | That property is no longer
			directions    | INSPECTOR | Which property is it about
			call:11       | INSPECTOR | +2348030000011
			call:99       | AGENT     | no inspection with that agent
			call_11       | ADMIN     | not for your account
			directions_42 | ADMIN     | not for your account
			call:11       |           | link your account first
			directions:42 |           | link your account first
			""")
	@DisplayName("W8, W10: directions and the agent's number are for agents and inspectors too")
	void sharedActions(String token, Role role, String words) {
		assertThat(words(desk.taps(role, token))).contains(words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "seeker_browse", "details:42", "save:42", "book:42", "slot:42:7", "confirm:42:7",
			"seeker_bookings", "cancel_booking:17", "reschedule:17:9:yes", "call:11", "directions:42", "filter:area" })
	@DisplayName("W17: while the platform is away each action says so, an administrator is told, and nothing is done")
	void platformDown(String token) {
		PlatformUnavailableException away = new PlatformUnavailableException("away", null);
		given(desk.platform.properties(any())).willThrow(away);
		given(desk.platform.property(anyString())).willThrow(away);
		given(desk.platform.inspection(anyString())).willThrow(away);
		given(desk.platform.inspections(any(), anyString())).willThrow(away);
		assertThat(words(desk.taps(token))).contains("can’t reach the platform right now");
		verify(desk.incidents).reportFailure(eq("platform"), any());
		nothingWasDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "confirm:42:7", "confirm_booking_42_7" })
	@DisplayName("W8: a confirmed time is booked once under the turn's key, the seeker gets all they need, the others are told, reminders planned")
	void books(String token) {
		given(desk.platform.book("42", SeekerDesk.SEEKER, SeekerDesk.SOON, key("book")))
			.willReturn(new BookingResult("17", null));
		Turn turn = desk.taps(token);
		assertThat(words(turn)).contains("Your inspection is booked", "*Lagoon flat*", "12 Marina, Lagos",
				"Wed 4 Mar, 13:00 WAT", "Booking 17", "Agent: Ada Obi, +2348030000011", "24 hours before");
		assertThat(offered(turn)).containsExactly("directions:42", "contact_agent:42", "seeker_bookings");
		assertThat(desk.told).containsExactly("booked 17 by u1");
		assertThat(desk.planned).containsExactly("17");
	}

	/** The queue is to try a turn again. */
	private static void triedAgain(TestTurn tap) {
		assertThatIllegalStateException().isThrownBy(() -> desk.perform(tap.linked(Role.SEEKER).open()))
			.withRootCauseInstanceOf(PlatformUnavailableException.class);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			cancel_booking:17:1772366400 | cancelled   | cancelled 17 by u1
			reschedule:17:9:yes          | scheduled   | rescheduled 17 by u1
			""")
	@DisplayName("W3, W17: a change whose answer is lost is tried again under its key, also while the platform is away, until it is known and the agent told")
	void changesUnheard(String token, String status, String told) {
		Inspection changed = SeekerDesk.booking("17", SeekerDesk.SEEKER, status, SeekerDesk.SOON.plusSeconds(7200));
		given(desk.platform.updateInspection(eq("17"), any(), anyString()))
			.willThrow(new PlatformUnavailableException("no answer", null, true));
		triedAgain(TestTurn.choice(token, "Yes"));
		verify(desk.incidents).reportFailure(eq("platform"), any());
		given(desk.platform.inspection("17")).willThrow(new PlatformUnavailableException("away", null));
		triedAgain(TestTurn.choice(token, "Yes").repeated());
		assertThat(desk.told).isEmpty();
		desk.begin();
		desk.inspections(changed);
		given(desk.platform.updateInspection(eq("17"), any(), eq(key(token.startsWith("cancel") ? "cancel" : "move"))))
			.willReturn(new Written<>(changed, null));
		desk.perform(TestTurn.choice(token, "Yes").linked(Role.SEEKER).repeated().open());
		assertThat(desk.told).containsExactly(told);
		assertThat(desk.planned).containsExactly("17");
	}

	@Test
	@DisplayName("W8: what two find at once that the platform has booked is told by one of them: the other starts anew")
	void notedMeanwhile() {
		given(desk.platform.book(anyString(), anyString(), any(), anyString()))
			.willReturn(new BookingResult(null, Refusal.GONE));
		Turn turn = desk
			.perform(TestTurn.choice("confirm:42:7", "Yes").linked(Role.SEEKER).open(mock(TurnJournal.class)));
		desk.noted("17");
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> desk.database.inTransaction(() -> {
				turn.write(desk.database);
				return null;
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "fr" })
	@DisplayName("W8: what the platform refuses to book for another reason is not told as a time that has gone")
	void bookingRefused(String language) {
		given(desk.platform.book(anyString(), anyString(), any(), anyString()))
			.willReturn(new BookingResult(null, Refusal.INVALID));
		desk.inspections();
		Turn turn = desk.perform(TestTurn.choice("confirm:42:7", "Yes").linked(Role.SEEKER).in(language).open());
		assertThat(words(turn)).contains(language.equals("en") ? "does not take this booking of *Lagoon flat*"
				: "n’accepte pas cette réservation pour *Lagoon flat*");
		assertThat(offered(turn)).containsExactly("contact_agent:42", "booking_slots:42", "main_menu");
		assertThat(desk.told).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "slot:42:7", "reschedule:17:7" })
	@DisplayName("W8: the last free time that went in between is said so, with the way to the agent")
	void lastSlotGone(String token) {
		desk.slots(new Slot("7", SeekerDesk.SOON, "booked"));
		Turn turn = desk.taps(token);
		assertThat(words(turn)).contains("That time has just gone, and *Lagoon flat* has no other free times");
		assertThat(offered(turn)).contains("contact_agent:42");
	}

	private static String key(String what) {
		return TestTurn.choice("x", "x").open().key(what);
	}

	@Test
	@DisplayName("W11: what is booked less than 24 hours ahead is reminder enough")
	void bookedLate() {
		Instant at = TestTurn.NOW.plusSeconds(23 * 3600);
		desk.slots(new Slot("7", at, "free"));
		desk.inspections(SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.SCHEDULED, at));
		given(desk.platform.book("42", SeekerDesk.SEEKER, at, key("book"))).willReturn(new BookingResult("17", null));
		assertThat(words(desk.taps("confirm:42:7"))).contains("please bring a valid ID").doesNotContain("24 hours");
	}

	@Test
	@DisplayName("W17: what is booked is told as booked, also when the platform goes away right after it")
	void bookedAndAway() {
		given(desk.platform.book("42", SeekerDesk.SEEKER, SeekerDesk.SOON, key("book")))
			.willReturn(new BookingResult("31", null));
		PlatformUnavailableException away = new PlatformUnavailableException("away", null);
		given(desk.platform.inspection("31")).willThrow(away);
		given(desk.platform.user("11")).willThrow(away);
		assertThat(words(desk.taps("confirm:42:7"))).contains("Your inspection is booked", "Booking 31",
				"Agent: +2348030000011");
		assertThat(desk.told).containsExactly("booked 31 by u1");
	}

	@Test
	@DisplayName("W8: a slot that went in between is said so, with the remaining ones")
	void slotGone() {
		given(desk.platform.book(anyString(), anyString(), any(), anyString()))
			.willReturn(new BookingResult(null, Refusal.GONE));
		desk.inspections(
				SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.SCHEDULED, SeekerDesk.SOON.plusSeconds(86400)));
		Turn turn = desk.taps("confirm:42:9");
		assertThat(words(turn)).contains("That time has just gone");
		assertThat(offered(turn)).containsExactly("slot:42:7", "slot:42:9");
		assertThat(desk.told).isEmpty();
	}

	@Test
	@DisplayName("W8: tapping the confirmation twice books once and shows the booking again")
	void confirmsTwice() {
		desk.noted("17");
		given(desk.platform.book(anyString(), anyString(), any(), anyString()))
			.willReturn(new BookingResult(null, Refusal.GONE));
		assertThat(words(desk.taps("confirm:42:7"))).contains("You have booked this already", "Booking 17");
		assertThat(desk.told).isEmpty();
		assertThat(desk.planned).isEmpty();
	}

	@Test
	@DisplayName("W8, W17: what the platform booked while its answer was lost is told and planned at the next tap")
	void bookedUnheard() {
		given(desk.platform.book(anyString(), anyString(), any(), anyString()))
			.willThrow(new PlatformUnavailableException("no answer", null, true));
		triedAgain(TestTurn.choice("confirm:42:7", "Yes"));
		assertThat(desk.told).isEmpty();
		desk.begin();
		given(desk.platform.book(anyString(), anyString(), any(), anyString()))
			.willReturn(new BookingResult(null, Refusal.GONE));
		assertThat(words(desk.taps("confirm:42:7"))).contains("Your inspection is booked", "Booking 17");
		assertThat(desk.told).containsExactly("booked 17 by u1");
		assertThat(desk.planned).containsExactly("17");
	}

	@Test
	@DisplayName("W8: a home without free times offers to write to its agent; one that is let, others")
	void noSlots() {
		desk.slots(new Slot("8", SeekerDesk.SOON, "booked"));
		Turn none = desk.taps("book:42");
		assertThat(words(none)).contains("has no free times right now");
		assertThat(offered(none)).contains("contact_agent:42");
		given(desk.platform.property("42"))
			.willReturn(Optional.of(SeekerDesk.home("42", Property.RENTED, "Africa/Lagos")));
		assertThat(words(desk.taps("book:42"))).contains("no longer available");
		assertThat(offered(desk.taps("details:42"))).doesNotContain("book:42");
	}

	@Test
	@DisplayName("W8: at most 10 times in one list, in order, and the rest on further ones")
	void manySlots() {
		Slot[] slots = new Slot[21];
		for (int n = 0; n < slots.length; n++) {
			slots[n] = new Slot("s" + n, SeekerDesk.SOON.plusSeconds((20 - n) * 3600L), "free");
		}
		desk.slots(slots);
		assertThat(offered(desk.taps("book:42"))).hasSize(10)
			.startsWith("slot:42:s20", "slot:42:s19")
			.endsWith("slot:42:s12", "booking_slots:42:9");
		assertThat(offered(desk.taps("booking_slots:42:9"))).hasSize(10).endsWith("slot:42:s3", "booking_slots:42:18");
		assertThat(offered(desk.taps("booking_slots:42:18"))).containsExactly("slot:42:s2", "slot:42:s1", "slot:42:s0");
		assertThat(offered(desk.taps("reschedule:17:more:18"))).startsWith("reschedule:17:s2");
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			Africa/Lagos     | en | Wed 4 Mar, 13:00 WAT
			Europe/London    | en | Wed 4 Mar, 12:00 GMT
			America/New_York | en | Wed 4 Mar, 07:00 EST
			Mars/Olympus     | en | Wed 4 Mar, 12:00 UTC
			Africa/Lagos     | fr | mer. 4 mars, 13:00 WAT
			""")
	@DisplayName("W8: times are the home's own, with the zone's name, in the seeker's language")
	void zones(String zone, String language, String when) {
		given(desk.platform.property("42")).willReturn(Optional.of(SeekerDesk.home("42", Property.AVAILABLE, zone)));
		Turn turn = TestTurn.choice("slot:42:7", "x").linked(Role.SEEKER).in(language).open();
		assertThat(words(desk.perform(turn))).contains(when);
	}

	@Test
	@DisplayName("W8: a booking is cancelled once that was confirmed within half an hour, and the others are told")
	void cancels() {
		Turn asked = desk.taps("cancel_booking:17");
		String yes = offered(asked).get(0);
		assertThat(yes).isEqualTo("cancel_booking:17:" + TestTurn.NOW.getEpochSecond());
		Inspection cancelled = SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.CANCELLED, SeekerDesk.SOON);
		given(desk.platform.updateInspection("17", InspectionChange.status(Inspection.CANCELLED, null), key("cancel")))
			.willReturn(new Written<>(cancelled, null));
		assertThat(words(desk.taps(yes))).contains("is cancelled.");
		assertThat(desk.told).containsExactly("cancelled 17 by u1");
		assertThat(desk.planned).containsExactly("17");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1_800, -1, 86_400 })
	@DisplayName("W8: an old button cancels nothing, but asks again")
	void cancelsNothingLate(long ago) {
		long asked = TestTurn.NOW.getEpochSecond() - ago;
		assertThat(words(desk.taps("cancel_booking:17:" + asked))).contains("Cancel your inspection of");
		nothingWasDone();
	}

	@Test
	@DisplayName("W8: a booking is moved once that was confirmed, and the others are told the new time")
	void moves() {
		assertThat(offered(desk.taps("reschedule:17"))).containsExactly("reschedule:17:7", "reschedule:17:9");
		assertThat(offered(desk.taps("reschedule:17:9"))).containsExactly("reschedule:17:9:yes", "reschedule:17",
				"seeker_bookings");
		nothingWasDone();
		Instant at = SeekerDesk.SOON.plusSeconds(7200);
		given(desk.platform.updateInspection("17", InspectionChange.moved(at), key("move")))
			.willReturn(new Written<>(SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.SCHEDULED, at), null));
		assertThat(words(desk.taps("reschedule:17:9:yes"))).contains("Your inspection is moved", "Wed 4 Mar, 15:00 WAT",
				"Booking 17", "24 hours before");
		assertThat(desk.told).containsExactly("rescheduled 17 by u1");
		assertThat(desk.planned).containsExactly("17");
	}

	@Test
	@DisplayName("W8: the time to move to went in between: the remaining ones; the platform allows no change: said so")
	void cannotChange() {
		given(desk.platform.updateInspection(anyString(), any(), anyString()))
			.willReturn(new Written<>(null, Written.Refusal.CONFLICT));
		Turn turn = desk.taps("reschedule:17:9:yes");
		assertThat(words(turn)).contains("That time has just gone");
		assertThat(offered(turn)).contains("reschedule:17:7");
		assertThat(words(desk.taps("cancel_booking:17:" + TestTurn.NOW.getEpochSecond())))
			.contains("The platform did not allow that");
		assertThat(desk.told).isEmpty();
	}

	@Test
	@DisplayName("W3: a turn that is tried again finishes what it has begun: told and planned, whatever the booking says by now")
	void triedAgain() {
		Inspection cancelled = SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.CANCELLED, SeekerDesk.SOON);
		desk.inspections(cancelled);
		given(desk.platform.updateInspection(anyString(), any(), anyString()))
			.willReturn(new Written<>(cancelled, null));
		String yes = "cancel_booking:17:" + TestTurn.NOW.getEpochSecond();
		assertThat(words(desk.taps(yes))).contains("That booking is over");
		assertThat(desk.told).isEmpty();
		desk.perform(TestTurn.choice(yes, "Yes").linked(Role.SEEKER).repeated().open());
		assertThat(desk.told).containsExactly("cancelled 17 by u1");
	}

	@Test
	@DisplayName("W8: bookings are listed with what is to come first and all that can be done, then what has been")
	void lists() {
		desk.inspections(SeekerDesk.booking("20", SeekerDesk.SEEKER, Inspection.SCHEDULED, SeekerDesk.SOON),
				SeekerDesk.booking("19", SeekerDesk.SEEKER, Inspection.SCHEDULED, TestTurn.NOW.plusSeconds(60)),
				SeekerDesk.booking("16", SeekerDesk.SEEKER, Inspection.NO_SHOW, TestTurn.NOW.minusSeconds(86400)),
				SeekerDesk.booking("15", SeekerDesk.SEEKER, Inspection.CANCELLED, SeekerDesk.SOON));
		Turn turn = desk.taps("seeker_bookings");
		assertThat(turn.replies()).hasSize(3);
		assertThat(turn.replies().get(0).text()).contains("Booking 19");
		assertThat(turn.replies().get(1).text()).contains("Booking 20");
		assertThat(turn.replies().get(1).options()).extracting(Option::id)
			.containsExactly("reschedule:20", "cancel_booking:20", "directions:42", "call:11", "contact_agent:42");
		assertThat(turn.replies().get(2).text()).contains("You have 2 inspections to come", "missed", "cancelled");
		desk.inspections();
		Turn none = desk.taps("seeker_bookings");
		assertThat(words(none)).contains("You have no bookings");
		assertThat(offered(none)).contains("seeker_browse");
	}

	@Test
	@DisplayName("W8: a place in the list that the platform has forgotten is the beginning; what it can't look for fits no home")
	void refusedSearches() {
		PlatformRefusedException refused = new PlatformRefusedException("listings", 422, null);
		given(desk.platform.properties(argThat((filter) -> filter != null && "⛺".equals(filter.area()))))
			.willThrow(refused);
		Turn none = desk.perform(TestTurn.text("⛺").linked(Role.SEEKER).asked("listings-hear-filter", "area").open(),
				"listings-hear-filter");
		assertThat(words(none)).contains("Area: ⛺");
		Browsing browsing = desk.bean(Browsing.class);
		assertThat(browsing.find(new SearchState(Wishes.ANY.withArea("⛺"), null, false)).items()).isEmpty();
		given(desk.platform.properties(argThat((filter) -> filter != null && "old".equals(filter.cursor()))))
			.willThrow(refused);
		assertThat(browsing.find(new SearchState(Wishes.ANY.withArea("Marina"), "old", false)).items())
			.containsExactly(SeekerDesk.HOME);
		given(desk.platform.properties(any())).willThrow(refused);
		assertThatExceptionOfType(PlatformRefusedException.class)
			.isThrownBy(() -> browsing.find(new SearchState(Wishes.ANY, null, false)));
	}

	private Turn answers(Turn question, String words) {
		assertThat(TestTurn.dialogueAfter(question)).isEqualTo(CONSENT);
		return desk.perform(
				TestTurn.text(words).linked(Role.SEEKER).asked(CONSENT, TestTurn.dialogueDataAfter(question)).open(),
				CONSENT);
	}

	@Test
	@DisplayName("W8: yes and no in words answer what is asked before anything is booked, moved or cancelled")
	void agreesInWords() {
		for (String token : List.of("slot:42:7", "reschedule:17:9", "cancel_booking:17")) {
			Turn no = answers(desk.taps(token), "No, thanks");
			assertThat(words(no)).as(token).contains("nothing is changed");
			assertThat(TestTurn.dialogueAfter(no)).isNull();
		}
		nothingWasDone();
		Instant at = SeekerDesk.SOON.plusSeconds(7200);
		given(desk.platform.book("42", SeekerDesk.SEEKER, SeekerDesk.SOON, key("book")))
			.willReturn(new BookingResult("17", null));
		given(desk.platform.updateInspection("17", InspectionChange.moved(at), key("move")))
			.willReturn(new Written<>(SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.SCHEDULED, at), null));
		given(desk.platform.updateInspection("17", InspectionChange.status(Inspection.CANCELLED, null), key("cancel")))
			.willReturn(new Written<>(
					SeekerDesk.booking("17", SeekerDesk.SEEKER, Inspection.CANCELLED, SeekerDesk.SOON), null));
		assertThat(words(answers(desk.taps("slot:42:7"), "yes"))).contains("Your inspection is booked");
		assertThat(words(answers(desk.taps("reschedule:17:9"), "OK"))).contains("Your inspection is moved");
		assertThat(words(answers(desk.taps("cancel_booking:17"), "Oui !"))).contains("is cancelled");
		assertThat(desk.told).containsExactly("booked 17 by u1", "rescheduled 17 by u1", "cancelled 17 by u1");
	}

	@Test
	@DisplayName("W8: whoever is late still finds the agent's number; moved or cancelled is nothing any more")
	void late() {
		desk.inspections(
				SeekerDesk.booking("20", SeekerDesk.SEEKER, Inspection.SCHEDULED, TestTurn.NOW.minusSeconds(7_100)),
				SeekerDesk.booking("19", SeekerDesk.SEEKER, Inspection.SCHEDULED, TestTurn.NOW.minusSeconds(7_300)),
				SeekerDesk.booking("18", SeekerDesk.SEEKER, Inspection.IN_PROGRESS, TestTurn.NOW.minusSeconds(9_000)));
		Turn listed = desk.taps("seeker_bookings");
		assertThat(listed.replies()).hasSize(3);
		assertThat(listed.replies().subList(0, 2))
			.allSatisfy((card) -> assertThat(card.options()).extracting(Option::id)
				.containsExactly("directions:42", "call:11", "contact_agent:42"));
		for (String token : List.of("cancel_booking:20", "reschedule:20", "reschedule:18",
				"cancel_booking:20:" + TestTurn.NOW.getEpochSecond(), "reschedule:20:9:yes")) {
			Turn turn = desk.taps(token);
			assertThat(words(turn)).as(token).contains("It is time for this inspection", "Booking ");
			assertThat(offered(turn)).contains("call:11");
		}
		assertThat(words(desk.taps("cancel_booking:19"))).contains("That booking is over");
		nothingWasDone();
	}

	@Test
	@DisplayName("W8: what has been is told a few at a time, the latest first")
	void history() {
		Inspection[] past = new Inspection[17];
		for (int n = 0; n < past.length; n++) {
			past[n] = SeekerDesk.booking("p" + n, SeekerDesk.SEEKER, Inspection.COMPLETED,
					TestTurn.NOW.minusSeconds(86_400L * (n + 1)));
		}
		desk.inspections(past);
		Turn first = desk.taps("seeker_bookings");
		assertThat(words(first)).contains("no inspections to come", "Sat 28 Feb").doesNotContain("Mon 23 Feb");
		assertThat(words(first).lines().filter((line) -> line.startsWith("•"))).hasSize(5);
		assertThat(offered(first)).containsExactly("seeker_bookings:past-5", "seeker_browse", "main_menu");
		Turn second = desk.taps("seeker_bookings:past-5");
		assertThat(words(second).lines().filter((line) -> line.startsWith("•"))).hasSize(10)
			.first()
			.asString()
			.contains("Mon 23 Feb");
		Turn third = desk.taps("seeker_bookings:past-15");
		assertThat(words(third).lines().filter((line) -> line.startsWith("•"))).hasSize(2);
		assertThat(offered(third)).containsExactly("seeker_browse", "main_menu");
		assertThat(words(desk.taps("seeker_bookings:past-17"))).contains("There is nothing earlier");
	}

	@Test
	@DisplayName("W13: whoever has sent STOP is promised no reminder")
	void silenced() {
		given(desk.platform.book("42", SeekerDesk.SEEKER, SeekerDesk.SOON, key("book")))
			.willReturn(new BookingResult("17", null));
		Turn turn = desk.perform(TestTurn.choice("confirm:42:7", "Yes").linked(Role.SEEKER).optedOut().open());
		assertThat(words(turn)).contains("Your inspection is booked", "Send START").doesNotContain("24 hours");
	}

	@Test
	@DisplayName("W8, C8: before a booking a seeker can write to the agent and does not see the number")
	void writesWithoutNumber() {
		desk.inspections(SeekerDesk.booking("15", SeekerDesk.SEEKER, Inspection.CANCELLED, SeekerDesk.SOON));
		Turn turn = desk.taps("contact_agent:42");
		assertThat(words(turn)).contains("Write your message to the agent of *Lagoon flat*").doesNotContain("+234");
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("relay-hear-seeker");
		assertThat(words(desk.taps("contact_agents"))).contains("Choose one first");
		assertThat(words(desk.taps("call:11"))).doesNotContain("+234");
	}

	@Test
	@DisplayName("W8: a choice that names nothing is about what was last shown")
	void lastShown() {
		String shown = desk.taps("details:42").shown();
		Turn turn = TestTurn.choice("booking_slots", "Available slots").linked(Role.SEEKER).after(shown).open();
		assertThat(offered(desk.perform(turn))).containsExactly("slot:42:7", "slot:42:9");
		String asked = desk.taps("slot:42:9").shown();
		given(desk.platform.book("42", SeekerDesk.SEEKER, SeekerDesk.SOON.plusSeconds(7200), key("book")))
			.willReturn(new BookingResult("17", null));
		Turn confirm = TestTurn.choice("confirm", "Yes").linked(Role.SEEKER).after(asked).open();
		assertThat(words(desk.perform(confirm))).contains("Your inspection is booked");
		String listed = desk.taps("seeker_bookings").shown();
		Turn cancel = TestTurn.choice("cancel_booking", "Cancel").linked(Role.SEEKER).after(listed).open();
		assertThat(words(desk.perform(cancel))).contains("Cancel your inspection of *Lagoon flat*");
	}

}
