package routes.booking;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.alert.Incidents;
import hub.chat.Cards;
import hub.contact.Preferences;
import hub.contact.Role;
import hub.limit.RateLimits;
import hub.platform.Inspection;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.platform.Slot;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.TestTurn;
import hub.turn.Turn;
import routes.listings.Browsing;
import routes.listings.ListingWords;
import routes.listings.RentReader;
import routes.listings.SavedListings;
import routes.listings.Searches;
import routes.listings.WishForm;
import routes.menu.TapDesk;
import routes.relay.SeekerSide;
import routes.relay.TalkLetters;
import routes.relay.TalkOpening;
import routes.relay.Talks;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What a seeker's tap leads to: the menu, listings and booking with their real routes and
 * rules, before a platform that is told what to answer. What a turn would write is not
 * written.
 */
final class SeekerDesk implements AutoCloseable {

	/** The account of {@link TestTurn}. */
	static final String SEEKER = "u1";

	static final Instant SOON = TestTurn.NOW.plusSeconds(3 * 24 * 3600);

	static final Property HOME = home("42", Property.AVAILABLE, "Africa/Lagos");

	static final Inspection BOOKED = booking("17", SEEKER, Inspection.SCHEDULED, SOON);

	private static final List<String> ROUTES = List.of("turn/turn-make-do", "menu/menu-take-words",
			"menu/menu-take-consent", "listings/listings-search", "listings/listings-browse",
			"listings/listings-filter", "listings/listings-prefer", "listings/listings-save",
			"listings/listings-list-saved", "listings/listings-show-details", "booking/booking-offer-slots",
			"booking/booking-confirm", "booking/booking-follow-up", "booking/booking-list", "booking/booking-cancel",
			"booking/booking-move", "booking/booking-direct", "relay/relay-ask-seeker");

	private final TapDesk desk = new TapDesk();

	final Platform platform = this.desk.platform;

	final Incidents incidents = this.desk.incidents;

	/** What others were told, such as {@code booked 17 by u1}. */
	final List<String> told = this.desk.told;

	/** The inspections whose reminders were planned. */
	final List<String> planned = this.desk.planned;

	final Database database;

	private final TestDatabase store = TestDatabase.create();

	SeekerDesk() throws Exception {
		this.database = new Database(this.store.dataSource());
		Texts texts = this.desk.texts;
		Options options = this.desk.options;
		Shown shown = this.desk.shown;
		ListingWords words = new ListingWords(texts, new Cards(texts, Clock.fixed(TestTurn.NOW, ZoneOffset.UTC)));
		Preferences preferences = new Preferences(this.database);
		Searches searches = new Searches(this.database);
		SavedListings saved = new SavedListings(this.database, shown, options, texts);
		SlotOffers offers = new SlotOffers(shown, options, this.desk.moments, texts);
		BookingWords bookings = new BookingWords(this.platform, this.desk.moments, texts);
		this.desk.open(Map.of("shown", shown, "browsing",
				new Browsing(this.platform, preferences, searches, saved, words, shown, options, texts), "wishForm",
				new WishForm(this.platform, preferences, searches, new RentReader(), words, options, texts),
				"savedListings", saved, "slotOffers", offers, "reservations",
				new Reservations(this.database, this.platform, offers, bookings, shown, options, texts),
				"seekerBookings", new SeekerBookings(this.platform, offers, bookings, shown, options, texts),
				"onTheWay", new OnTheWay(this.platform, shown, options, texts), "seekerSide",
				new SeekerSide(new Talks(this.database), mock(TalkOpening.class), mock(TalkLetters.class),
						this.platform, mock(RateLimits.class), shown, options, texts)),
				ROUTES);
		this.store.sql()
			.sql("insert into account (user_id, email, role, name, updated_at) values ('u1', 'ada@example.com', 'seeker', 'Ada', now())")
			.update();
	}

	static Property home(String id, String status, String zone) {
		return new Property(id, "Lagoon *flat*", "12 Marina, Lagos", "Marina", new BigDecimal("2500000"), "NGN", "year",
				status, 2, 1, 85, "apartment", List.of("Gym"), "Bright and quiet.", 4.5, true,
				List.of("https://example.com/1.jpg"), 6.45, 3.4, zone, List.of("11"), "+2348030000011", null);
	}

	static Inspection booking(String id, String seeker, String status, Instant at) {
		return new Inspection(id, "42", "Lagoon flat", "12 Marina, Lagos", at, status, seeker, "11", "21",
				"+2348030000011", null);
	}

	/** The platform as it is at the beginning of a case. */
	void begin() {
		this.desk.clear();
		this.store.sql().sql("truncate saved_listing, preference, search, booking").update();
		given(this.platform.properties(any())).willReturn(new Page<>(List.of(HOME), null));
		given(this.platform.property(anyString())).willReturn(Optional.empty());
		given(this.platform.property("42")).willReturn(Optional.of(HOME));
		given(this.platform.slots(anyString())).willReturn(Optional.empty());
		slots(new Slot("7", SOON, "free"), new Slot("8", SOON.plusSeconds(3600), "booked"),
				new Slot("9", SOON.plusSeconds(7200), "free"));
		given(this.platform.user(anyString())).willReturn(Optional.empty());
		given(this.platform.user("11")).willReturn(Optional
			.of(new PlatformUser("11", "ada@example.com", "agent", "Ada Obi", "+2348030000011", null, "en")));
		given(this.platform.inspection(anyString())).willReturn(Optional.empty());
		inspections(BOOKED, booking("16", SEEKER, Inspection.COMPLETED, TestTurn.NOW.minusSeconds(86400)),
				booking("18", "u2", Inspection.SCHEDULED, SOON));
	}

	/** A booking that was made through the hub. */
	void noted(String bookingId) {
		this.store.sql()
			.sql("insert into booking (booking_id, property_id, seeker_id, scheduled_at, source, booked_at) "
					+ "values (?, '42', 'u1', now(), 'whatsapp', now())")
			.param(bookingId)
			.update();
	}

	void slots(Slot... slots) {
		given(this.platform.slots("42")).willReturn(Optional.of(List.of(slots)));
	}

	void inspections(Inspection... inspections) {
		for (Inspection inspection : inspections) {
			given(this.platform.inspection(inspection.id())).willReturn(Optional.of(inspection));
		}
		given(this.platform.inspections(any(), anyString())).willReturn(Optional
			.of(List.of(inspections).stream().filter((inspection) -> inspection.seekerId().equals(SEEKER)).toList()));
	}

	Turn taps(String token) {
		return taps(Role.SEEKER, token);
	}

	/** A tap of somebody else's. */
	Turn taps(Role role, String token) {
		return this.desk.taps(role, token);
	}

	/** Words that answer nothing. */
	Turn says(Role role, String words) {
		return perform(TestTurn.text(words).linked(role).open(), "turn-make-do");
	}

	<T> T bean(Class<T> type) {
		return this.desk.bean(type);
	}

	Turn perform(Turn turn) {
		return perform(turn, "menu-perform-action");
	}

	Turn perform(Turn turn, String route) {
		return this.desk.perform(route, turn);
	}

	@Override
	public void close() throws IOException {
		this.desk.close();
		this.store.close();
	}

}
