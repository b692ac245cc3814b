package routes.slots;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.alert.Incidents;
import hub.channel.Text;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
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
 * Lets agents see, add and take away the times at which their listings can be inspected,
 * always in the listing's time zone.
 */
@Component("agentSlots")
public class AgentSlots {

	/** Free times of one list (Meta: 10 rows), besides adding, more and the menu. */
	private static final int PAGE = 7;

	private static final int LONGEST_TITLE = 80;

	/** Longer than any list of times that can be added at once. */
	private static final int LONGEST_TEXT = 900;

	/** A turn must have ended before its lease does (30 s). */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);

	private final Platform platform;

	private final SlotParser parser;

	private final Shown shown;

	private final Moments moments;

	private final Options options;

	private final Texts texts;

	private final Incidents incidents;

	private final ObjectMapper json;

	public AgentSlots(Platform platform, SlotParser parser, Shown shown, Moments moments, Options options, Texts texts,
			Incidents incidents, ObjectMapper json) {
		this.platform = platform;
		this.parser = parser;
		this.shown = shown;
		this.moments = moments;
		this.options = options;
		this.texts = texts;
		this.incidents = incidents;
		this.json = json;
	}

	/**
	 * Shows a listing's times, a page of the free ones to be taken away.
	 * @param turn the agent's turn
	 * @param property the listing
	 * @param slots its times, empty if it is gone
	 * @param objects the listing, perhaps where the page begins, counted from 0
	 */
	public void show(Turn turn, Property property, Optional<List<Slot>> slots, List<String> objects) {
		this.shown.noteProperty(turn, property.id());
		ZoneId zone = zone(property);
		List<Slot> all = slots.orElse(List.of()).stream().sorted(Comparator.comparing(Slot::datetime)).toList();
		if (all.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "times.none", title(property)),
					"slot_add:" + property.id(), "property_view:" + property.id(), "main_menu");
			return;
		}
		List<Slot> free = all.stream().filter(Slot::free).toList();
		int first = (objects.size() > 1 && objects.get(1).matches("\\d{1,6}"))
				? Math.min(Integer.parseInt(objects.get(1)), Math.max(0, free.size() - 1)) : 0;
		List<Slot> page = free.subList(first, Math.min(first + PAGE, free.size()));
		List<Option> options = new ArrayList<>();
		options.add(this.options.of(turn, "slot_add:" + property.id()));
		page.forEach((slot) -> options.add(new Option("slot_remove:" + slot.id() + ":" + property.id(),
				Moments.brief(slot.datetime(), zone, turn.language()),
				this.texts.say(turn.language(), "times.tap-to-remove"))));
		if (first + PAGE < free.size()) {
			options.add(new Option("property_schedule:" + property.id() + ":" + (first + PAGE),
					this.texts.say(turn.language(), "times.more")));
		}
		options.add(this.options.of(turn, "main_menu"));
		String text = this.texts.say(turn.language(), "times.list", title(property),
				Moments.zoneName(turn.now(), zone, turn.language()), free.size(), all.size() - free.size());
		turn.reply(OutboundMessage.text(Text.shorten(text + "\n\n" + byDay(all, zone, turn.language()), LONGEST_TEXT))
			.withOptions(options, this.texts.say(turn.language(), "times.open")));
	}

	private String byDay(List<Slot> slots, ZoneId zone, String language) {
		Map<LocalDate, List<String>> days = new LinkedHashMap<>();
		for (Slot slot : slots) {
			String time = Moments.time(slot.datetime(), zone, language);
			String said = slot.free() ? time : this.texts.say(language, "times.booked", time);
			days.computeIfAbsent(slot.datetime().atZone(zone).toLocalDate(), (day) -> new ArrayList<>()).add(said);
		}
		List<String> lines = new ArrayList<>();
		days.forEach((day, times) -> lines
			.add(this.texts.say(language, "times.day", Moments.day(day, language), String.join(", ", times))));
		return String.join("\n", lines);
	}

	/**
	 * Asks when a listing can be inspected.
	 * @param turn the agent's turn
	 * @param property the listing
	 */
	public void ask(Turn turn, Property property) {
		this.shown.noteProperty(turn, property.id());
		waitForTimes(turn, property);
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "times.ask", title(property),
				Moments.zoneName(turn.now(), zone(property), turn.language()))));
	}

	private void waitForTimes(Turn turn, Property property) {
		turn.ask("slots-take-times", this.json.createObjectNode().put("property", property.id()).toString(),
				Turn.PATIENCE);
	}

	/**
	 * Takes an agent's words for times, adds them and tells which; or asks back.
	 * @param turn the agent's turn
	 * @param property the listing
	 * @return false if the words say nothing about times, and a visitor's question waits
	 * as well: then they are its answer rather, and the question about times goes on
	 * waiting
	 * @throws PlatformUnavailableException if the platform can't be asked, and nothing
	 * was added
	 */
	public boolean take(Turn turn, Property property) {
		ZoneId zone = zone(property);
		SlotReading reading = this.parser.parse(turn.message().text(), turn.heardAt().atZone(zone), turn.language());
		if (reading.problem() != null) {
			if (turn.sender().isAsked() && reading.offTopic()) {
				return false;
			}
			waitForTimes(turn, property);
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "times.problem." + reading.problem().key(),
					Text.plain(reading.piece(), LONGEST_TITLE), SlotParser.MOST) + "\n\n"
					+ this.texts.say(turn.language(), "times.hint")));
			return true;
		}
		Added added = add(turn, property, reading.times());
		List<String> said = new ArrayList<>();
		say(said, turn, "times.added", added.done(), property, zone);
		say(said, turn, "times.there", added.there(), property, zone);
		say(said, turn, "times.refused", added.refused(), property, zone);
		say(said, turn, "times.past", reading.past(), property, zone);
		say(said, turn, "times.left", added.left(), property, zone);
		if (added.left().isEmpty()) {
			turn.leaveDialogue();
		}
		else {
			waitForTimes(turn, property);
		}
		this.options.reply(turn, String.join("\n\n", said), "slot_add:" + property.id(),
				"property_schedule:" + property.id(), "main_menu");
		return true;
	}

	private void say(List<String> said, Turn turn, String key, List<Instant> times, Property property, ZoneId zone) {
		if (times.isEmpty()) {
			return;
		}
		List<Slot> slots = times.stream().map((time) -> new Slot("", time, "free")).toList();
		said.add(this.texts.say(turn.language(), key, title(property),
				Moments.zoneName(times.get(0), zone, turn.language())) + "\n" + byDay(slots, zone, turn.language()));
	}

	/**
	 * What was added stays added when the platform goes away in between, or is too slow
	 * for all of it within one turn: it is told, and what is left can be sent again.
	 */
	private Added add(Turn turn, Property property, List<Instant> times) {
		Added added = new Added(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		long begun = nanos();
		for (int n = 0; n < times.size(); n++) {
			Instant time = times.get(n);
			if (nanos() - begun > LONGEST_WAIT.toNanos()) {
				added.left().addAll(times.subList(n, times.size()));
				return added;
			}
			try {
				Written<Slot> written = this.platform.addSlot(property.id(), time,
						turn.key("slot-" + time.getEpochSecond()));
				if (written.done()) {
					added.done().add(time);
				}
				else {
					(written.refusal() == Written.Refusal.CONFLICT ? added.there() : added.refused()).add(time);
				}
			}
			catch (PlatformUnavailableException ex) {
				if (added.done().isEmpty()) {
					throw ex;
				}
				this.incidents.reportFailure(Platform.INCIDENT, ex);
				added.left().addAll(times.subList(n, times.size()));
				return added;
			}
		}
		return added;
	}

	/** What time is measured by. */
	long nanos() {
		return System.nanoTime();
	}

	/**
	 * Finds the slot that is to be taken away: of the listing that is named, else of the
	 * one that was shown last, else of any of the agent's. Where there is none, the agent
	 * is answered.
	 * @param turn the agent's turn
	 * @param objects the slot, perhaps its listing; may be empty
	 * @return the slot and its listing; null if the turn is answered
	 * @throws PlatformUnavailableException if the platform can't be asked, or is too slow
	 * for all listings within one turn
	 */
	public Place find(Turn turn, List<String> objects) {
		turn.leaveDialogue();
		String slotId = objects.isEmpty() ? null : objects.get(0);
		Optional<Place> place = Optional.empty();
		if (slotId != null) {
			place = (objects.size() > 1) ? named(turn, objects.get(1), slotId) : anywhere(turn, slotId);
		}
		if (place.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), missing(turn, slotId)), "agent_schedule",
					"main_menu");
		}
		return place.orElse(null);
	}

	private Optional<Place> named(Turn turn, String propertyId, String slotId) {
		return this.platform.property(propertyId)
			.filter((property) -> property.agentIds().contains(turn.account().userId()))
			.flatMap((property) -> place(property, slotId));
	}

	private Optional<Place> anywhere(Turn turn, String slotId) {
		long begun = nanos();
		List<Property> own = new ArrayList<>(this.platform.propertiesOf(turn.account().userId()).orElse(List.of()));
		String last = this.shown.property(turn, null);
		own.sort(Comparator.comparing((property) -> !property.id().equals(last)));
		for (Property property : own) {
			if (nanos() - begun > LONGEST_WAIT.toNanos()) {
				throw new PlatformUnavailableException("The platform is too slow to find a slot among all listings",
						null);
			}
			Optional<Place> place = place(property, slotId);
			if (place.isPresent()) {
				return place;
			}
		}
		return Optional.empty();
	}

	private Optional<Place> place(Property property, String slotId) {
		return this.platform.slots(property.id())
			.orElse(List.of())
			.stream()
			.filter((slot) -> slot.id().equals(slotId))
			.findFirst()
			.map((slot) -> new Place(property, slot));
	}

	/** An earlier try of the turn may have taken it away. */
	private static String missing(Turn turn, String slotId) {
		if (slotId == null) {
			return "times.which";
		}
		return turn.repeated() ? "times.gone" : "times.unknown";
	}

	/**
	 * Takes a slot away, unless somebody has booked it.
	 * @param turn the agent's turn
	 * @param place the slot and its listing
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public void remove(Turn turn, Place place) {
		Property property = place.property();
		String when = Moments.say(place.slot().datetime(), zone(property), turn.language());
		String key = "times.is-booked";
		if (place.slot().free()) {
			Written<Void> written = this.platform.removeSlot(property.id(), place.slot().id(), turn.key("remove"));
			if (written.done() || written.refusal() == Written.Refusal.ABSENT) {
				key = "times.removed";
			}
			else if (written.refusal() == Written.Refusal.INVALID) {
				key = "times.not-removed";
			}
		}
		this.shown.noteProperty(turn, property.id());
		this.options.reply(turn, this.texts.say(turn.language(), key, title(property), when),
				"property_schedule:" + property.id(), "slot_add:" + property.id(), "main_menu");
	}

	private ZoneId zone(Property property) {
		return this.moments.zone(property.timeZone());
	}

	private static String title(Property property) {
		return Text.plain(property.title(), LONGEST_TITLE);
	}

	/**
	 * What became of times that were to be added.
	 *
	 * @param done added
	 * @param there there before
	 * @param refused not taken by the platform
	 * @param left not tried, because the platform went away
	 */
	private record Added(List<Instant> done, List<Instant> there, List<Instant> refused, List<Instant> left) {
	}

}
