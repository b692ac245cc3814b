package routes.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

import hub.channel.Text;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Property;
import hub.platform.Slot;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Offers the times at which a home can be inspected, in the time zone of the home.
 */
@Component("slotOffers")
public class SlotOffers {

	/** The rows of one list (Meta). */
	private static final int ROWS = 10;

	static final int LONGEST_TITLE = 80;

	private static final String MORE = "more";

	private static final String GONE = "slots.gone";

	private final Shown shown;

	private final Options options;

	private final Moments moments;

	private final Texts texts;

	public SlotOffers(Shown shown, Options options, Moments moments, Texts texts) {
		this.shown = shown;
		this.options = options;
		this.moments = moments;
		this.texts = texts;
	}

	/**
	 * Which home a choice is about.
	 * @param turn the turn
	 * @param objects what the choice names, the home first
	 * @return the home's id; null if the choice names none and none was just shown
	 */
	public String property(Turn turn, List<String> objects) {
		return this.shown.property(turn, objects.isEmpty() ? null : objects.get(0));
	}

	/**
	 * Offers the free times of a home.
	 * @param turn the turn
	 * @param property the home, empty if it is no more
	 * @param slots its times, empty likewise
	 * @param objects what the choice names: the home, and how many times come before
	 */
	public void offer(Turn turn, Optional<Property> property, Optional<List<Slot>> slots, List<String> objects) {
		int skip = (objects.size() > 1 && objects.get(1).matches("\\d{1,4}")) ? Integer.parseInt(objects.get(1)) : 0;
		offer(turn, property, slots, skip, "slots.ask");
	}

	/**
	 * Says that a time has gone, and offers those that are left.
	 * @param turn the turn
	 * @param property the home, empty if it is no more
	 * @param slots its times, empty likewise
	 */
	void offerOthers(Turn turn, Optional<Property> property, Optional<List<Slot>> slots) {
		offer(turn, property, slots, 0, GONE);
	}

	private void offer(Turn turn, Optional<Property> property, Optional<List<Slot>> slots, int skip, String key) {
		turn.leaveDialogue();
		if (property.isEmpty() || slots.isEmpty() || !property.get().available()) {
			this.options.reply(turn, this.texts.say(turn.language(), property.isEmpty() ? "listing.gone" : "slots.let"),
					"seeker_browse", "saved", "main_menu");
			return;
		}
		Property home = property.get();
		this.shown.noteProperty(turn, home.id());
		list(turn, home, slots.get(), key, skip, (slot) -> "slot:" + home.id() + ":" + slot.id(),
				(next) -> "booking_slots:" + home.id() + ":" + next, "details:" + home.id());
	}

	/**
	 * Offers the free times to which a booking can be moved.
	 * @param turn the turn
	 * @param inspection the booking
	 * @param property its home, empty if it is no more
	 * @param slots the home's times, empty likewise
	 * @param objects what the choice names: the booking, {@code more}, and how many times
	 * come before
	 */
	void offerInstead(Turn turn, Inspection inspection, Optional<Property> property, Optional<List<Slot>> slots,
			List<String> objects) {
		boolean paged = objects.size() == 3 && objects.get(1).equals(MORE) && objects.get(2).matches("\\d{1,4}");
		offerInstead(turn, inspection, property, slots, paged ? Integer.parseInt(objects.get(2)) : 0, "slots.move");
	}

	/**
	 * Says that a time has gone, and offers those that are left to move a booking to.
	 * @param turn the turn
	 * @param inspection the booking
	 * @param property its home, empty if it is no more
	 * @param slots the home's times, empty likewise
	 */
	void offerOthersInstead(Turn turn, Inspection inspection, Optional<Property> property, Optional<List<Slot>> slots) {
		offerInstead(turn, inspection, property, slots, 0, GONE);
	}

	private void offerInstead(Turn turn, Inspection inspection, Optional<Property> property, Optional<List<Slot>> slots,
			int skip, String key) {
		if (property.isEmpty() || slots.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "listing.gone"), "seeker_bookings",
					"seeker_browse", "main_menu");
			return;
		}
		list(turn, property.get(), slots.get(), key, skip, (slot) -> "reschedule:" + inspection.id() + ":" + slot.id(),
				(next) -> "reschedule:" + inspection.id() + ":" + MORE + ":" + next, "seeker_bookings");
	}

	private void list(Turn turn, Property home, List<Slot> slots, String key, int skip, Function<Slot, String> token,
			IntFunction<String> more, String otherwise) {
		List<Slot> free = free(slots, turn.now());
		String title = title(home);
		if (free.isEmpty()) {
			String none = key.equals(GONE) ? "slots.gone-last" : "slots.none";
			this.options.reply(turn, this.texts.say(turn.language(), none, title), "contact_agent:" + home.id(),
					otherwise, "seeker_browse");
			return;
		}
		ZoneId zone = zone(home);
		int from = (skip < free.size()) ? skip : 0;
		int to = (free.size() - from <= ROWS) ? free.size() : from + ROWS - 1;
		List<Option> rows = new ArrayList<>();
		free.subList(from, to)
			.forEach((slot) -> rows
				.add(new Option(token.apply(slot), Moments.brief(slot.datetime(), zone, turn.language()))));
		if (to < free.size()) {
			rows.add(new Option(more.apply(to), this.texts.say(turn.language(), "slots.later")));
		}
		String words = this.texts.say(turn.language(), key, title,
				Moments.zoneName(free.get(from).datetime(), zone, turn.language()));
		turn.reply(OutboundMessage.text(words).withOptions(rows, this.texts.say(turn.language(), "slots.open")));
	}

	/** The times that can be booked, in their order. */
	static List<Slot> free(List<Slot> slots, Instant now) {
		return slots.stream()
			.filter((slot) -> slot.free() && slot.datetime().isAfter(now))
			.sorted(Comparator.comparing(Slot::datetime))
			.toList();
	}

	/** The home's own time zone. */
	ZoneId zone(Property home) {
		return this.moments.zone(home.timeZone());
	}

	static String title(Property home) {
		return Text.plain(home.title(), LONGEST_TITLE);
	}

}
