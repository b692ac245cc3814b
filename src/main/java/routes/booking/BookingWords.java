package routes.booking;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.Property;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Bookings in words.
 */
@Component
public class BookingWords {

	private static final int LONGEST_PLACE = 120;

	private static final int LONGEST_NAME = 60;

	/**
	 * So long before it a seeker is reminded; what is booked later is reminder enough.
	 */
	private static final Duration REMINDED = Duration.ofHours(24);

	private static final Map<String, String> STATES = Map.of(Inspection.SCHEDULED, "booking.state.scheduled",
			Inspection.IN_PROGRESS, "booking.state.in-progress", Inspection.COMPLETED, "booking.state.completed",
			Inspection.NO_SHOW, "booking.state.no-show", Inspection.CANCELLED, "booking.state.cancelled");

	private static final Logger log = LoggerFactory.getLogger(BookingWords.class);

	private final Platform platform;

	private final Moments moments;

	private final Texts texts;

	public BookingWords(Platform platform, Moments moments, Texts texts) {
		this.platform = platform;
		this.moments = moments;
		this.texts = texts;
	}

	/**
	 * What a booking's home is called.
	 * @param inspection the booking
	 * @return one plain line
	 */
	String title(Inspection inspection) {
		return Text.plain(inspection.propertyTitle(), SlotOffers.LONGEST_TITLE);
	}

	/**
	 * The time zone of a booking's home. A platform that does not answer keeps nobody
	 * from being told the time: it is told in the hub's own zone, which it names.
	 * @param inspection the booking
	 * @return the zone
	 */
	ZoneId zone(Inspection inspection) {
		try {
			return this.moments
				.zone(this.platform.property(inspection.propertyId()).map(Property::timeZone).orElse(null));
		}
		catch (PlatformUnavailableException ex) {
			log.warn("The time zone of listing {} is not known: {}", inspection.propertyId(), ex.getMessage());
			return this.moments.zone();
		}
	}

	/**
	 * When a booking is.
	 * @param inspection the booking
	 * @param language such as {@code fr}
	 * @return such as {@code Tue 24 Nov, 10:00 WAT}
	 */
	String when(Inspection inspection, String language) {
		return Moments.say(inspection.scheduledDatetime(), zone(inspection), language);
	}

	/**
	 * All about a booking.
	 * @param inspection the booking
	 * @param agent the agent's name, null for unknown
	 * @param language such as {@code fr}
	 * @return home, place, time, booking id and agent contact, line by line
	 */
	String card(Inspection inspection, String agent, String language) {
		return Stream
			.of("*" + title(inspection) + "*", Text.plain(inspection.location(), LONGEST_PLACE),
					when(inspection, language), this.texts.say(language, "booking.number", inspection.id()),
					contact(inspection, agent, language))
			.filter((line) -> !Text.isBlank(line))
			.collect(Collectors.joining("\n"));
	}

	private String contact(Inspection inspection, String agent, String language) {
		String contact = Stream.of(agent, inspection.agentContact())
			.map((part) -> Text.plain(part, LONGEST_NAME))
			.filter((part) -> !part.isEmpty())
			.collect(Collectors.joining(", "));
		return contact.isEmpty() ? null : this.texts.say(language, "booking.agent", contact);
	}

	/**
	 * Whether there will be a reminder of a booking that was just made or moved.
	 * @param turn the seeker's turn
	 * @param inspection the booking
	 * @return a sentence or two
	 */
	String reminder(Turn turn, Inspection inspection) {
		if (inspection.scheduledDatetime().isBefore(turn.now().plus(REMINDED))) {
			return this.texts.say(turn.language(), "booking.soon");
		}
		boolean silenced = turn.contact().optedOutAt() != null;
		return this.texts.say(turn.language(), silenced ? "booking.silenced" : "booking.reminder");
	}

	/**
	 * A booking among others.
	 * @param inspection the booking
	 * @param language such as {@code fr}
	 * @return one line with its home, time and state
	 */
	String line(Inspection inspection, String language) {
		String state = Optional.ofNullable(STATES.get(inspection.status()))
			.map((key) -> this.texts.say(language, key))
			.orElseGet(() -> Text.plain(inspection.status(), LONGEST_NAME));
		return "• " + title(inspection) + ", " + when(inspection, language) + " – " + state;
	}

}
