package routes.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.InspectionChange;
import hub.platform.Platform;
import hub.platform.Property;
import hub.platform.Slot;
import hub.platform.Written;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * What seekers have booked: shows it, moves it and cancels it. Somebody else's booking is
 * to them as if it were not there.
 */
@Component("seekerBookings")
public class SeekerBookings {

	/** Messages at a time. */
	private static final int PAGE = 3;

	private static final int MOST_ROWS = 10;

	private static final int MOST_PAST = 5;

	/** Of those that have been, at a time. */
	private static final int PAST_PAGE = 10;

	/** An inspection that nobody has reported on may go on for so long after its time. */
	private static final Duration GOES_ON = Duration.ofHours(2);

	/** A question of longer ago is asked again: buttons stay on phones for ever. */
	private static final Duration QUESTION = Turn.PATIENCE;

	private static final String YES = "yes";

	private static final String MORE = "more";

	private static final String PAST = "past-";

	private final Platform platform;

	private final SlotOffers offers;

	private final BookingWords words;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public SeekerBookings(Platform platform, SlotOffers offers, BookingWords words, Shown shown, Options options,
			Texts texts) {
		this.platform = platform;
		this.offers = offers;
		this.words = words;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Lists what a seeker has booked: what is to come with all that can be done about it,
	 * then what has been.
	 * @param turn the turn
	 * @param found the seeker's inspections, empty if the platform knows no such person
	 * @param object how many of those to come have been shown, or {@code past-} and how
	 * many of the others; null for none
	 */
	public void list(Turn turn, Optional<List<Inspection>> found, String object) {
		turn.leaveDialogue();
		List<Inspection> coming = coming(found, turn.now());
		List<Inspection> past = found.orElse(List.of())
			.stream()
			.filter((inspection) -> !coming.contains(inspection))
			.sorted(Comparator.comparing(Inspection::scheduledDatetime).reversed())
			.toList();
		if (object != null && object.matches(PAST + "\\d{1,4}")) {
			listPast(turn, past, Integer.parseInt(object.substring(PAST.length())));
			return;
		}
		if (coming.isEmpty() && past.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "bookings.none"), "seeker_browse", "saved",
					"main_menu");
			return;
		}
		int skip = (object != null && object.matches("\\d{1,4}")) ? Integer.parseInt(object) : 0;
		List<Inspection> rest = coming.subList(Math.min(skip, coming.size()), coming.size());
		List<Inspection> page = rest.subList(0, Math.min(PAGE, rest.size()));
		if (!page.isEmpty()) {
			this.shown.note(turn, Shown.Kind.INSPECTION, page.stream().map(Inspection::id).toList());
		}
		List<OutboundMessage> cards = page.stream().map((inspection) -> card(turn, inspection)).toList();
		boolean numbered = cards.stream().anyMatch((card) -> this.options.areNumbered(turn, card));
		boolean more = rest.size() > PAGE;
		cards.forEach((card) -> turn.reply(numbered ? card.withOptions(List.of(), null) : card));
		List<Option> onward = new ArrayList<>();
		if (numbered) {
			page.forEach(
					(inspection) -> onward.add(new Option("booking:" + inspection.id(), this.words.title(inspection))));
		}
		if (more) {
			onward.add(new Option("seeker_bookings:" + (skip + PAGE), this.texts.say(turn.language(), "options.more")));
		}
		String text = this.texts.say(turn.language(), "bookings.count", coming.size());
		if (!past.isEmpty()) {
			text += "\n\n" + past(turn, past.subList(0, Math.min(MOST_PAST, past.size())));
		}
		onward(turn, text, onward, past.size(), MOST_PAST);
	}

	private void listPast(Turn turn, List<Inspection> past, int skip) {
		List<Inspection> rest = past.subList(Math.min(skip, past.size()), past.size());
		if (rest.isEmpty()) {
			onward(turn, this.texts.say(turn.language(), "bookings.no-past"), new ArrayList<>(), 0, 0);
			return;
		}
		onward(turn, past(turn, rest.subList(0, Math.min(PAST_PAGE, rest.size()))), new ArrayList<>(), past.size(),
				skip + PAST_PAGE);
	}

	private String past(Turn turn, List<Inspection> past) {
		return this.texts.say(turn.language(), "bookings.past") + "\n"
				+ past.stream()
					.map((inspection) -> this.words.line(inspection, turn.language()))
					.collect(Collectors.joining("\n"));
	}

	/** Ends a list with what can be done next; there may be more that has been. */
	private void onward(Turn turn, String text, List<Option> options, int past, int told) {
		if (past > told) {
			options
				.add(new Option("seeker_bookings:" + PAST + told, this.texts.say(turn.language(), "bookings.earlier")));
		}
		options.add(this.options.of(turn, "seeker_browse"));
		options.add(this.options.of(turn, "main_menu"));
		turn.reply(OutboundMessage.text(text).withOptions(options, this.texts.say(turn.language(), "options.open")));
	}

	private static List<Inspection> coming(Optional<List<Inspection>> found, Instant now) {
		return found.orElse(List.of())
			.stream()
			.filter((inspection) -> isComing(inspection, now))
			.sorted(Comparator.comparing(Inspection::scheduledDatetime))
			.toList();
	}

	/** To come, or going on: whoever is late looks for the agent's number. */
	private static boolean isComing(Inspection inspection, Instant now) {
		return inspection.open()
				&& (!inspection.scheduled() || inspection.scheduledDatetime().plus(GOES_ON).isAfter(now));
	}

	private static boolean isAhead(Inspection inspection, Instant now) {
		return inspection.scheduled() && inspection.scheduledDatetime().isAfter(now);
	}

	private OutboundMessage card(Turn turn, Inspection inspection) {
		return card(turn, inspection, "📅 ");
	}

	private OutboundMessage card(Turn turn, Inspection inspection, String heading) {
		String text = heading + this.words.card(inspection, null, turn.language());
		List<String> actions = new ArrayList<>();
		if (isAhead(inspection, turn.now())) {
			actions.add("reschedule:" + inspection.id());
			actions.add("cancel_booking:" + inspection.id());
		}
		actions.add("directions:" + inspection.propertyId());
		if (inspection.agentId() != null) {
			actions.add("call:" + inspection.agentId());
			actions.add("contact_agent:" + inspection.propertyId());
		}
		return this.options.offer(turn, OutboundMessage.text(text), actions.toArray(String[]::new));
	}

	/**
	 * Shows one booking.
	 * @param turn the turn
	 * @param found the booking, empty for none
	 */
	public void show(Turn turn, Optional<Inspection> found) {
		turn.leaveDialogue();
		Optional<Inspection> own = own(turn, found);
		if (own.isEmpty()) {
			sayUnknown(turn);
			return;
		}
		note(turn, own.get());
		turn.reply(isComing(own.get(), turn.now()) ? card(turn, own.get()) : over(turn, own.get()));
	}

	private OutboundMessage over(Turn turn, Inspection inspection) {
		String text = this.texts.say(turn.language(), "bookings.over") + "\n"
				+ this.words.line(inspection, turn.language());
		return this.options.offer(turn, OutboundMessage.text(text), "book:" + inspection.propertyId(),
				"seeker_bookings", "main_menu");
	}

	/**
	 * Asks which booking a choice is about.
	 * @param turn the turn
	 * @param found the seeker's inspections, empty if the platform knows no such person
	 * @param action the choice's action, such as {@code reschedule}
	 */
	public void choose(Turn turn, Optional<List<Inspection>> found, String action) {
		turn.leaveDialogue();
		List<Inspection> coming = coming(found, turn.now());
		if (coming.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "bookings.none"), "seeker_browse", "saved",
					"main_menu");
			return;
		}
		List<Option> rows = coming.stream()
			.limit(MOST_ROWS)
			.map((inspection) -> new Option(action + ":" + inspection.id(), this.words.title(inspection),
					this.words.when(inspection, turn.language())))
			.toList();
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "bookings.which"))
			.withOptions(rows, this.texts.say(turn.language(), "listing.which-open")));
	}

	/**
	 * Which booking a choice is about.
	 * @param turn the turn
	 * @param objects what the choice names, the booking first
	 * @return the booking's id; null if the choice names none and none was just shown
	 */
	public String named(Turn turn, List<String> objects) {
		return this.shown.inspection(turn, objects.isEmpty() ? null : objects.get(0));
	}

	/**
	 * Cancels a booking once the seeker has confirmed it.
	 * @param turn the turn
	 * @param found the booking, empty for none
	 * @param objects what the choice names: the booking, and when it was asked (epoch
	 * seconds)
	 * @return what the platform is to do; null if the seeker was asked, or told why not
	 */
	public Change cancel(Turn turn, Optional<Inspection> found, List<String> objects) {
		Inspection booking = changeable(turn, found);
		if (booking == null) {
			return null;
		}
		if (objects.size() < 2 || !isFresh(turn, objects.get(1))) {
			String confirm = "cancel_booking:" + booking.id() + ":" + turn.now().getEpochSecond();
			turn.askConsent(confirm);
			turn.reply(OutboundMessage
				.text(this.texts.say(turn.language(), "bookings.ask-cancel", this.words.title(booking),
						this.words.when(booking, turn.language())))
				.withOptions(
						List.of(new Option(confirm, this.texts.say(turn.language(), "bookings.cancel-yes")),
								new Option("reschedule:" + booking.id(),
										this.texts.say(turn.language(), "bookings.cancel-move")),
								new Option("seeker_bookings", this.texts.say(turn.language(), "bookings.keep"))),
						null));
			return null;
		}
		return new Change(booking.id(), InspectionChange.status(Inspection.CANCELLED, null), turn.key("cancel"));
	}

	/** A turn that is tried again finishes what was confirmed in time. */
	private static boolean isFresh(Turn turn, String asked) {
		if (!asked.matches("\\d{1,10}")) {
			return false;
		}
		Instant at = Instant.ofEpochSecond(Long.parseLong(asked));
		Instant confirmed = turn.repeated() ? turn.heardAt() : turn.now();
		return !at.isAfter(turn.now()) && at.plus(QUESTION).isAfter(confirmed);
	}

	/**
	 * Says what became of a cancellation.
	 * @param turn the turn
	 * @param written the platform's answer
	 * @return the cancelled booking; null if it is not, which has been said
	 */
	public Inspection cancelled(Turn turn, Written<Inspection> written) {
		if (!written.done()) {
			sayUnchangeable(turn);
			return null;
		}
		Inspection booking = written.value();
		this.options.reply(turn,
				this.texts.say(turn.language(), "bookings.cancelled", this.words.title(booking),
						this.words.when(booking, turn.language())),
				"book:" + booking.propertyId(), "seeker_browse", "main_menu");
		return booking;
	}

	/**
	 * Moves a booking once the seeker has chosen a time and confirmed it.
	 * @param turn the turn
	 * @param found the booking, empty for none
	 * @param objects what the choice names: the booking, the new slot, and {@code yes}
	 * @return what the platform is to do; null if the seeker was asked, or told why not
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 * for the home and its times
	 */
	public Change move(Turn turn, Optional<Inspection> found, List<String> objects) {
		Inspection booking = changeable(turn, found);
		if (booking == null) {
			return null;
		}
		Optional<Property> home = this.platform.property(booking.propertyId());
		Optional<List<Slot>> slots = this.platform.slots(booking.propertyId());
		if (objects.size() < 2 || objects.get(1).equals(MORE)) {
			this.offers.offerInstead(turn, booking, home, slots, objects);
			return null;
		}
		String slotId = objects.get(1);
		Optional<Slot> slot = slots.flatMap((all) -> all.stream().filter((one) -> one.id().equals(slotId)).findFirst());
		boolean confirmed = objects.size() == 3 && objects.get(2).equals(YES);
		if (home.isEmpty() || slot.isEmpty() || (!confirmed && !slot.get().free())) {
			this.offers.offerOthersInstead(turn, booking, home, slots);
			return null;
		}
		Instant at = slot.get().datetime();
		if (confirmed) {
			if (at.equals(booking.scheduledDatetime()) && !turn.repeated()) {
				turn.reply(card(turn, booking));
				return null;
			}
			return new Change(booking.id(), InspectionChange.moved(at), turn.key("move"));
		}
		String confirm = "reschedule:" + booking.id() + ":" + slotId + ":" + YES;
		turn.askConsent(confirm);
		String when = Moments.say(at, this.offers.zone(home.get()), turn.language());
		turn.reply(
				OutboundMessage
					.text(this.texts.say(turn.language(), "bookings.ask-move", this.words.title(booking),
							this.words.when(booking, turn.language()), when))
					.withOptions(
							List.of(new Option(confirm, this.texts.say(turn.language(), "bookings.move-yes")),
									new Option("reschedule:" + booking.id(),
											this.texts.say(turn.language(), "bookings.move-other")),
									new Option("seeker_bookings", this.texts.say(turn.language(), "bookings.keep"))),
							null));
		return null;
	}

	/**
	 * Says what became of a move.
	 * @param turn the turn
	 * @param found the booking as it was
	 * @param written the platform's answer
	 * @return the moved booking; null if it is not moved, which has been said
	 * @throws hub.platform.PlatformUnavailableException if it was not moved, and the
	 * platform can't be asked for other times
	 */
	public Inspection moved(Turn turn, Optional<Inspection> found, Written<Inspection> written) {
		if (written.refusal() == Written.Refusal.CONFLICT) {
			Optional<Inspection> now = this.platform.inspection(found.orElseThrow().id()).filter(Inspection::scheduled);
			if (now.isPresent()) {
				String home = now.get().propertyId();
				this.offers.offerOthersInstead(turn, now.get(), this.platform.property(home),
						this.platform.slots(home));
				return null;
			}
		}
		if (!written.done()) {
			sayUnchangeable(turn);
			return null;
		}
		Inspection booking = written.value();
		note(turn, booking);
		this.options.reply(turn,
				this.texts.say(turn.language(), "bookings.moved") + "\n\n"
						+ this.words.card(booking, null, turn.language()) + "\n\n" + this.words.reminder(turn, booking),
				"directions:" + booking.propertyId(), "contact_agent:" + booking.propertyId(), "seeker_bookings");
		return booking;
	}

	/**
	 * The booking if it is the seeker's and can still be changed. A turn that is tried
	 * again may have changed it itself.
	 */
	private Inspection changeable(Turn turn, Optional<Inspection> found) {
		turn.leaveDialogue();
		Optional<Inspection> own = own(turn, found);
		if (own.isEmpty()) {
			sayUnknown(turn);
			return null;
		}
		if (!isAhead(own.get(), turn.now()) && !turn.repeated()) {
			turn.reply(isComing(own.get(), turn.now())
					? card(turn, own.get(), this.texts.say(turn.language(), "bookings.begun") + "\n\n")
					: over(turn, own.get()));
			return null;
		}
		note(turn, own.get());
		return own.get();
	}

	private static Optional<Inspection> own(Turn turn, Optional<Inspection> found) {
		return found.filter((inspection) -> turn.account().userId().equals(inspection.seekerId()));
	}

	private void note(Turn turn, Inspection inspection) {
		this.shown.noteInspection(turn, inspection.id());
		this.shown.noteProperty(turn, inspection.propertyId());
	}

	private void sayUnknown(Turn turn) {
		this.options.reply(turn, this.texts.say(turn.language(), "bookings.unknown"), "seeker_bookings",
				"seeker_browse", "main_menu");
	}

	private void sayUnchangeable(Turn turn) {
		this.options.reply(turn, this.texts.say(turn.language(), "bookings.unchangeable"), "seeker_bookings",
				"contact_agents", "main_menu");
	}

}
