package routes.booking;

import java.util.List;
import java.util.Optional;

import hub.contact.Role;
import hub.platform.BookingResult;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.platform.Slot;
import hub.store.Database;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Books for seekers on WhatsApp: asks once more, books, and tells all that they need to
 * know. A slot that has gone in between is said so, with those that are left.
 */
@Component("reservations")
public class Reservations {

	private static final Logger log = LoggerFactory.getLogger(Reservations.class);

	private final Database database;

	private final Platform platform;

	private final SlotOffers offers;

	private final BookingWords words;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public Reservations(Database database, Platform platform, SlotOffers offers, BookingWords words, Shown shown,
			Options options, Texts texts) {
		this.database = database;
		this.platform = platform;
		this.offers = offers;
		this.words = words;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Asks whether a time is to be booked.
	 * @param turn the turn
	 * @param property the home, empty if it is no more
	 * @param slots its times, empty likewise
	 * @param objects what the choice names: home and slot
	 */
	public void ask(Turn turn, Optional<Property> property, Optional<List<Slot>> slots, List<String> objects) {
		Optional<Slot> slot = named(turn, slots, objects).filter(Slot::free)
			.filter((free) -> free.datetime().isAfter(turn.now()));
		if (slot.isEmpty() || property.isEmpty() || !property.get().available()) {
			offerOthers(turn, property, slots, objects);
			return;
		}
		Property home = property.get();
		this.shown.noteProperty(turn, home.id());
		this.shown.note(turn, Shown.Kind.SLOT, List.of(slot.get().id()));
		String confirm = "confirm:" + home.id() + ":" + slot.get().id();
		turn.askConsent(confirm);
		String when = Moments.say(slot.get().datetime(), this.offers.zone(home), turn.language());
		this.options.reply(turn, this.texts.say(turn.language(), "booking.ask", SlotOffers.title(home), when), confirm,
				"booking_slots:" + home.id(), "main_menu");
	}

	/**
	 * Reads what a seeker has confirmed. Whether the time is still free the platform
	 * decides: it may have been taken by this very turn, which is tried again.
	 * @param turn the turn
	 * @param property the home, empty if it is no more
	 * @param slots its times, empty likewise
	 * @param objects what the choice names: home and slot
	 * @return what to book; null if there is nothing to be booked, which has been said
	 */
	public Reservation read(Turn turn, Optional<Property> property, Optional<List<Slot>> slots, List<String> objects) {
		Optional<Slot> slot = named(turn, slots, objects);
		if (property.isEmpty() || slot.isEmpty()) {
			offerOthers(turn, property, slots, objects);
			return null;
		}
		return new Reservation(property.get().id(), slot.get().id(), turn.account().userId(), slot.get().datetime(),
				turn.key("book"));
	}

	/** Without a slot that was named nothing has gone. */
	private void offerOthers(Turn turn, Optional<Property> property, Optional<List<Slot>> slots, List<String> objects) {
		if (slotId(turn, objects) == null) {
			this.offers.offer(turn, property, slots, List.of());
			return;
		}
		this.offers.offerOthers(turn, property, slots);
	}

	private Optional<Slot> named(Turn turn, Optional<List<Slot>> slots, List<String> objects) {
		String id = slotId(turn, objects);
		return slots.flatMap((all) -> all.stream().filter((slot) -> slot.id().equals(id)).findFirst());
	}

	private String slotId(Turn turn, List<String> objects) {
		return this.shown.slot(turn, (objects.size() > 1) ? objects.get(1) : null);
	}

	/**
	 * Reads what the platform made of it, and keeps a booking with the turn. What it has
	 * booked before, and the hub has not heard of because the answer was lost, is a
	 * booking all the same.
	 * @param turn the turn
	 * @param wish what was to be booked
	 * @param result the platform's answer
	 * @param property the home
	 * @return the booking; null if there is none, or the hub knows it, which has been
	 * said
	 * @throws PlatformUnavailableException if it did not book and can't be asked why
	 */
	public Inspection booked(Turn turn, Reservation wish, BookingResult result, Optional<Property> property) {
		if (result.booked()) {
			log.info("Inspection {} of listing {} was booked", result.bookingId(), wish.propertyId());
			Inspection booked = inspection(wish, result.bookingId(), property.orElseThrow());
			turn.change((database) -> note(database, turn, booked));
			return booked;
		}
		Optional<Inspection> own = this.platform.inspections(Role.SEEKER, wish.seekerId())
			.flatMap((all) -> all.stream()
				.filter((inspection) -> inspection.open() && inspection.propertyId().equals(wish.propertyId())
						&& inspection.scheduledDatetime().equals(wish.at()))
				.findFirst());
		if (own.isPresent()) {
			if (!isNoted(own.get())) {
				// whoever else notes it meanwhile tells the others
				turn.change((database) -> Turn.expectOne(note(database, turn, own.get())));
				return own.get();
			}
			tell(turn, own.get(), null, "booking.already");
			return null;
		}
		Optional<Property> home = this.platform.property(wish.propertyId());
		if (result.refusal() == BookingResult.Refusal.GONE || home.isEmpty()) {
			this.offers.offerOthers(turn, home, this.platform.slots(wish.propertyId()));
			return null;
		}
		log.warn("The platform refuses to book listing {}: {}", wish.propertyId(), result.refusal());
		turn.leaveDialogue();
		this.options.reply(turn, this.texts.say(turn.language(), "booking.refused", SlotOffers.title(home.get())),
				"contact_agent:" + wish.propertyId(), "booking_slots:" + wish.propertyId(), "main_menu");
		return null;
	}

	private boolean isNoted(Inspection inspection) {
		return this.database.statement("booking/is-noted")
			.param("booking_id", inspection.id())
			.query(Boolean.class)
			.single();
	}

	/** It is booked: that the platform can't be asked about it now changes nothing. */
	private Inspection inspection(Reservation wish, String bookingId, Property home) {
		try {
			Optional<Inspection> told = this.platform.inspection(bookingId);
			if (told.isPresent()) {
				return told.get();
			}
		}
		catch (PlatformUnavailableException ex) {
			log.warn("The platform booked {} and could not be asked about it: {}", bookingId, ex.getMessage());
		}
		return new Inspection(bookingId, home.id(), home.title(), home.location(), wish.at(), Inspection.SCHEDULED,
				wish.seekerId(), home.agentIds().stream().findFirst().orElse(null), null, home.agentContact(), null);
	}

	private static int note(Database database, Turn turn, Inspection inspection) {
		return database.statement("booking/note-booking")
			.param("booking_id", inspection.id())
			.param("property_id", inspection.propertyId())
			.param("seeker_id", turn.account().userId())
			.param("scheduled_at", Database.time(inspection.scheduledDatetime()))
			.param("check_id", null)
			.param("source", "whatsapp")
			.param("at", Database.time(turn.now()))
			.update();
	}

	/**
	 * Tells the seeker what they need to know.
	 * @param turn the turn
	 * @param inspection the booking
	 */
	public void conclude(Turn turn, Inspection inspection) {
		tell(turn, inspection, agent(inspection), "booking.done");
	}

	private String agent(Inspection inspection) {
		if (inspection.agentId() == null) {
			return null;
		}
		try {
			return this.platform.user(inspection.agentId()).map(PlatformUser::name).orElse(null);
		}
		catch (PlatformUnavailableException ex) {
			log.warn("The agent of booking {} is told without a name: {}", inspection.id(), ex.getMessage());
			return null;
		}
	}

	private void tell(Turn turn, Inspection inspection, String agent, String key) {
		turn.leaveDialogue();
		this.shown.noteInspection(turn, inspection.id());
		this.shown.noteProperty(turn, inspection.propertyId());
		String text = this.texts.say(turn.language(), key) + "\n\n"
				+ this.words.card(inspection, agent, turn.language()) + "\n\n" + this.words.reminder(turn, inspection);
		this.options.reply(turn, text, "directions:" + inspection.propertyId(),
				"contact_agent:" + inspection.propertyId(), "seeker_bookings");
	}

}
