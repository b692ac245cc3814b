package routes.inspections;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.channel.Text;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Shows inspectors what is assigned to them, each at the time of its place.
 */
@Component("assignments")
public class Assignments {

	/** Rows of one list (Meta: 10), besides more and the menu. */
	private static final int PAGE = 8;

	private static final int DAYS = 7;

	private static final int LONGEST_TITLE = 60;

	private static final int LONGEST_PLACE = 60;

	private static final int LONGEST_NAME = 40;

	/** Room of a message with a list (Meta: 1024). */
	private static final int LONGEST_TEXT = 1000;

	/** A turn must have ended before its lease does (30 s). */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final Platform platform;

	private final Moments moments;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public Assignments(Platform platform, Moments moments, Shown shown, Options options, Texts texts) {
		this.platform = platform;
		this.moments = moments;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Shows what is to take place, by day. One that is past and not reported on stands
	 * first. The only one is shown at once with all that can be done.
	 * @param turn the inspector's turn
	 * @param inspections the inspector's, empty for one whom the platform does not know
	 * @param objects where to begin, counted from 0; empty for the beginning
	 */
	public void list(Turn turn, Optional<List<Inspection>> inspections, List<String> objects) {
		turn.leaveDialogue();
		List<Inspection> open = open(inspections);
		if (open.isEmpty()) {
			none(turn);
			return;
		}
		if (open.size() == 1) {
			show(turn, open.get(0));
			return;
		}
		int first = first(objects, open);
		List<Inspection> page = open.subList(first, Math.min(first + PAGE, open.size()));
		Map<String, ZoneId> zones = zones(turn, page);
		List<Option> options = new ArrayList<>();
		page.forEach((inspection) -> options.add(row(turn, "inspection", inspection, zones)));
		if (first + PAGE < open.size()) {
			options.add(new Option("inspector_inspections:" + (first + PAGE),
					this.texts.say(turn.language(), "options.more")));
		}
		options.add(this.options.of(turn, "main_menu"));
		this.shown.note(turn, Shown.Kind.INSPECTION, page.stream().map(Inspection::id).toList());
		String text = this.texts.say(turn.language(), "assigned.list", open.size()) + "\n\n" + byDay(turn, page, zones);
		turn.reply(OutboundMessage.text(Text.shorten(text, LONGEST_TEXT))
			.withOptions(options, this.texts.say(turn.language(), "assigned.open")));
	}

	private static List<Inspection> open(Optional<List<Inspection>> inspections) {
		return inspections.orElse(List.of())
			.stream()
			.filter(Inspection::open)
			.sorted(Comparator.comparing(Inspection::scheduledDatetime))
			.toList();
	}

	private void none(Turn turn) {
		this.options.reply(turn, this.texts.say(turn.language(), "assigned.none"), "inspector_schedule", "main_menu");
	}

	/**
	 * Shows the seven days from today on, what was cancelled left out, as much at a time
	 * as a message holds.
	 * @param turn the inspector's turn
	 * @param inspections the inspector's, empty for one whom the platform does not know
	 * @param objects where to begin, counted from 0; empty for the beginning
	 */
	public void week(Turn turn, Optional<List<Inspection>> inspections, List<String> objects) {
		turn.leaveDialogue();
		ZoneId own = this.moments.zone(turn.account().timeZone());
		LocalDate today = turn.now().atZone(own).toLocalDate();
		List<Inspection> week = inspections.orElse(List.of())
			.stream()
			.filter((inspection) -> !Inspection.CANCELLED.equals(inspection.status()))
			.filter((inspection) -> {
				LocalDate day = inspection.scheduledDatetime().atZone(own).toLocalDate();
				return !day.isBefore(today) && day.isBefore(today.plusDays(DAYS));
			})
			.sorted(Comparator.comparing(Inspection::scheduledDatetime))
			.toList();
		if (week.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "assigned.no-week"), "inspector_inspections",
					"main_menu");
			return;
		}
		int first = first(objects, week);
		List<Inspection> page = week.subList(first, Math.min(first + PAGE, week.size()));
		Map<String, ZoneId> zones = zones(turn, page);
		String heading = this.texts.say(turn.language(), "assigned.week", week.size()) + "\n\n";
		while (page.size() > 1 && heading.length() + byDay(turn, page, zones).length() > LONGEST_TEXT) {
			page = page.subList(0, page.size() - 1);
		}
		List<Option> options = new ArrayList<>();
		int next = first + page.size();
		if (next < week.size()) {
			options.add(new Option("inspector_schedule:" + next, this.texts.say(turn.language(), "options.more")));
		}
		options.add(this.options.of(turn, "inspector_inspections"));
		options.add(this.options.of(turn, "main_menu"));
		turn.reply(OutboundMessage.text(Text.shorten(heading + byDay(turn, page, zones), LONGEST_TEXT))
			.withOptions(options, this.texts.say(turn.language(), "assigned.open")));
	}

	private static int first(List<String> objects, List<Inspection> all) {
		return (!objects.isEmpty() && objects.get(0).matches("\\d{1,6}"))
				? Math.min(Integer.parseInt(objects.get(0)), all.size() - 1) : 0;
	}

	/**
	 * Lets the inspector choose what an action is about.
	 * @param turn the inspector's turn
	 * @param inspections the inspector's, empty for one whom the platform does not know
	 * @param action such as {@code complete}
	 * @param event what the action reports, such as {@code completed}
	 */
	public void choose(Turn turn, Optional<List<Inspection>> inspections, String action, String event) {
		turn.leaveDialogue();
		List<Inspection> open = open(inspections).stream()
			.filter(Happening.of(event)::possible)
			.sorted(Comparator.comparing(Inspection::scheduled))
			.limit(PAGE)
			.toList();
		if (open.isEmpty()) {
			none(turn);
			return;
		}
		Map<String, ZoneId> zones = zones(turn, open);
		List<Option> options = new ArrayList<>();
		open.forEach((inspection) -> options.add(row(turn, action, inspection, zones)));
		options.add(this.options.of(turn, "main_menu"));
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "assigned.which"))
			.withOptions(options, this.texts.say(turn.language(), "assigned.open")));
	}

	/**
	 * Finds one of the inspector's inspections. Where there is none, or it is not said
	 * which one is meant, the inspector is answered.
	 * @param turn the inspector's turn
	 * @param objects the inspection; empty for the one that was last shown
	 * @return the inspection; null if the turn is answered
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Inspection find(Turn turn, List<String> objects) {
		turn.leaveDialogue();
		String id = this.shown.inspection(turn, objects.isEmpty() ? null : objects.get(0));
		if (id == null) {
			list(turn, this.platform.inspections(turn.account().role(), turn.account().userId()), List.of());
			return null;
		}
		Optional<Inspection> found = this.platform.inspection(id)
			.filter((inspection) -> turn.account().userId().equals(inspection.inspectorId()));
		if (found.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "visit.unknown"), "inspector_inspections",
					"main_menu");
		}
		return found.orElse(null);
	}

	/**
	 * Shows an inspection with all that can be done.
	 * @param turn the inspector's turn
	 * @param inspection one of the inspector's
	 */
	public void show(Turn turn, Inspection inspection) {
		String language = turn.language();
		this.shown.noteInspection(turn, inspection.id());
		this.shown.noteProperty(turn, inspection.propertyId());
		ZoneId zone = zones(turn, List.of(inspection)).get(inspection.propertyId());
		String seeker = Text.plain(known(inspection.seekerId()).map(PlatformUser::name).orElse(""), LONGEST_NAME);
		String text = this.texts.say(language, "assigned.one", title(inspection),
				Text.plain(inspection.location(), 2 * LONGEST_PLACE),
				Moments.say(inspection.scheduledDatetime(), zone, language), status(turn, inspection),
				!seeker.isEmpty() ? seeker : this.texts.say(language, "notice.somebody"), inspection.id());
		if (!Text.isBlank(inspection.notes())) {
			text += "\n\n" + this.texts.say(language, "notice.notes",
					Text.shorten(Text.clean(inspection.notes()).strip(), LONGEST_TEXT / 2));
		}
		this.options.reply(turn, text, actions(inspection).toArray(String[]::new));
	}

	private static List<String> actions(Inspection inspection) {
		String id = inspection.id();
		List<String> actions = new ArrayList<>();
		if (inspection.scheduled()) {
			actions.add("start:" + id);
		}
		if (inspection.open()) {
			actions.add("complete:" + id);
			actions.add("no_show:" + id);
		}
		if (inspection.scheduled()) {
			actions.add("cannot_attend:" + id);
		}
		actions.add("directions:" + inspection.propertyId());
		if (inspection.open() && inspection.agentId() != null && inspection.agentContact() != null) {
			actions.add("call:" + inspection.agentId());
		}
		actions.add("inspector_inspections");
		return actions;
	}

	private Optional<PlatformUser> known(String userId) {
		try {
			return (userId != null) ? this.platform.user(userId) : Optional.empty();
		}
		catch (PlatformUnavailableException ex) {
			// shown without the name
			return Optional.empty();
		}
	}

	private String status(Turn turn, Inspection inspection) {
		String known = this.texts.sayIfAny(turn.language(), "assigned.status." + inspection.status());
		return (known != null) ? known : inspection.status();
	}

	private String byDay(Turn turn, List<Inspection> inspections, Map<String, ZoneId> zones) {
		Map<LocalDate, List<String>> days = new LinkedHashMap<>();
		for (Inspection inspection : inspections) {
			ZoneId zone = zones.get(inspection.propertyId());
			String line = this.texts.say(turn.language(), "assigned.line",
					Moments.time(inspection.scheduledDatetime(), zone, turn.language()),
					Moments.zoneName(inspection.scheduledDatetime(), zone, turn.language()), title(inspection),
					Text.plain(inspection.location(), LONGEST_PLACE));
			boolean plain = inspection.scheduled() && inspection.scheduledDatetime().isAfter(turn.now());
			days.computeIfAbsent(inspection.scheduledDatetime().atZone(zone).toLocalDate(), (day) -> new ArrayList<>())
				.add(plain ? line : line + " – " + status(turn, inspection));
		}
		List<String> parts = new ArrayList<>();
		days.forEach(
				(day, lines) -> parts.add("*" + Moments.day(day, turn.language()) + "*\n" + String.join("\n", lines)));
		return String.join("\n\n", parts);
	}

	private Option row(Turn turn, String action, Inspection inspection, Map<String, ZoneId> zones) {
		return new Option(action + ":" + inspection.id(),
				Moments.brief(inspection.scheduledDatetime(), zones.get(inspection.propertyId()), turn.language()),
				title(inspection));
	}

	/**
	 * The zones of the places; while the platform is away, or too slow for all of them
	 * within one turn, the inspector's own.
	 */
	private Map<String, ZoneId> zones(Turn turn, List<Inspection> inspections) {
		Map<String, ZoneId> zones = new HashMap<>();
		long begun = System.nanoTime();
		boolean away = false;
		for (Inspection inspection : inspections) {
			String id = inspection.propertyId();
			if (zones.containsKey(id)) {
				continue;
			}
			String zone = null;
			if (!away && System.nanoTime() - begun < LONGEST_WAIT.toNanos()) {
				try {
					zone = this.platform.property(id).map(Property::timeZone).orElse(null);
				}
				catch (PlatformUnavailableException ex) {
					away = true;
				}
			}
			zones.put(id, this.moments.zone(zone, turn.account().timeZone()));
		}
		return zones;
	}

	private static String title(Inspection inspection) {
		return Text.plain(inspection.propertyTitle(), LONGEST_TITLE);
	}

}
