package routes.slots;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import routes.slots.SlotReading.Problem;

import org.springframework.stereotype.Component;

/**
 * Reads when an agent's home can be inspected: "tomorrow 10-12", "Sat 9am, 11am", "mardi
 * 24 novembre de 14h à 16h". A visit takes an hour, so that 10-12 is 10:00 and 11:00.
 * <p>
 * What is unclear is not guessed: a wrong time costs a seeker a way, a question back
 * costs the agent a line. Only what nobody means otherwise is filled in: an hour from 1
 * to 6 without more is in the afternoon, a weekday is the coming one, a date without a
 * year the coming one.
 */
@Component
public class SlotParser {

	/** As many as can be read over at a glance. */
	static final int MOST = 20;

	private static final int LONGEST = 400;

	private static final int FARTHEST_DAYS = 180;

	/** A date so recently over is not next year's. */
	private static final int JUST_OVER_DAYS = 90;

	/**
	 * Of two readings of a date the only one within this time is meant.
	 */
	private static final int PLANNED_DAYS = 60;

	private static final int VISIT_MINUTES = 60;

	private static final LocalTime EARLIEST = LocalTime.of(5, 0);

	private static final LocalTime LATEST = LocalTime.of(22, 0);

	private static final Map<String, DayOfWeek> WEEKDAYS = names(DayOfWeek.values(), "monday|mon|lundi|lun",
			"tuesday|tues|tue|mardi|mar", "wednesday|weds|wed|mercredi|mer", "thursday|thurs|thur|thu|jeudi|jeu",
			"friday|fri|vendredi|ven", "saturday|sat|samedi|sam", "sunday|sun|dimanche|dim");

	private static final Map<String, Integer> MONTHS = names(new Integer[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 },
			"january|janvier|janv|jan", "february|fevrier|fevr|fev|feb", "march|mars|mar", "april|avril|avr|apr",
			"may|mai", "june|juin|jun", "july|juillet|juil|jul", "august|aout|aug", "september|septembre|sept|sep",
			"october|octobre|oct", "november|novembre|nov", "december|decembre|dec");

	/** What says nothing about when. In Lagos "by 10" is at ten. */
	private static final Set<String> FILLERS = Set.of("at", "on", "the", "and", "et", "le", "la", "les", "l", "a", "de",
			"des", "du", "d", "of", "from", "in", "this", "ce", "cet", "cette", "i", "am", "is", "free", "available",
			"slot", "slots", "viewing", "viewings", "inspection", "inspections", "visit", "visits", "visite", "visites",
			"creneau", "creneaux", "add", "ajoute", "ajouter", "ajoutez", "please", "pls", "svp", "stp", "for", "pour",
			"je", "suis", "libre", "libres", "dispo", "disponible", "ok", "okay", "yes", "oui", "hi", "hello",
			"bonjour", "then", "puis", "also", "aussi", "coming", "can", "we", "do", "you", "come", "my", "home",
			"property", "there", "will", "be", "open", "by", "thanks", "thank", "merci");

	private static final Map<String, Part> PARTS = Map.of("morning", Part.MORNING, "matin", Part.MORNING, "afternoon",
			Part.LATER, "aprem", Part.LATER, "evening", Part.LATER, "soir", Part.LATER);

	private static final String WEEKDAY = "(" + alternatives(WEEKDAYS) + ")\\b\\.?";

	private static final String MONTH = "(" + alternatives(MONTHS) + ")\\b\\.?";

	private static final String CLOCK = "(\\d{1,2})(?:([:.h])([0-9]{2}))?(h)?(am|pm)?(?![a-z0-9])";

	private static final Pattern RANGE = Pattern
		.compile(CLOCK + "\\s*(?:-|to\\b|till\\b|until\\b|a\\b|jusqu'a\\b)\\s*" + CLOCK);

	private static final Pattern TIME = Pattern.compile(CLOCK);

	private static final Pattern MILITARY = Pattern.compile("([01]\\d|2[0-3])([0-5][05])(?:h|hrs)?(?![a-z0-9])");

	private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?!\\d)");

	private static final Pattern FULL_DATE = Pattern.compile("(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})(?!\\d)");

	private static final Pattern SHORT_DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})(?![\\d/])");

	private static final Pattern DAY_MONTH = Pattern
		.compile("(\\d{1,2})(?:st|nd|rd|th|er|eme|e)?\\s*(?:of\\s+|de\\s+)?" + MONTH + "(?:,?\\s*(\\d{4})(?!\\d))?");

	private static final Pattern MONTH_DAY = Pattern
		.compile(MONTH + "\\s*(\\d{1,2})(?:st|nd|rd|th)?(?![\\dh:apm-])(?:,?\\s*(20\\d{2})(?!\\d))?");

	private static final Pattern DAY_OF_MONTH = Pattern
		.compile("(?:(\\d{1,2})(?:st|nd|rd|th|er)\\b|(?:le|the)\\s+(\\d{1,2})(?![\\dh:.a-z/-])(?!\\s*(?:de\\s+|of\\s+)?"
				+ MONTH + "))");

	private static final Pattern WEEKDAYS_RANGE = Pattern
		.compile(WEEKDAY + "\\s*(?:-|to\\b|through\\b|till\\b|until\\b|a\\b|au\\b|jusqu'a\\b)\\s*" + WEEKDAY);

	private static final Pattern NEXT_WEEKDAY = Pattern
		.compile("(?:next\\s+" + WEEKDAY + "|" + WEEKDAY + "\\s+(?:prochain|next))\\b");

	private static final Pattern NEXT_WEEKS_WEEKDAY = Pattern
		.compile("(?:(?:next week,?\\s+(?:on\\s+)?|la semaine prochaine,?\\s+)" + WEEKDAY + "|" + WEEKDAY
				+ ",?\\s+(?:of\\s+)?(?:next week|(?:de )?la semaine prochaine))\\b");

	private static final Pattern ONE_WEEKDAY = Pattern.compile(WEEKDAY);

	private static final Pattern WORD = Pattern.compile("[a-z]+");

	private static final Pattern RELATIVE = Pattern
		.compile("(the day after tomorrow|day after tomorrow|after tomorrow|apres[ -]demain"
				+ "|today|aujourd'? ?hui|auj|tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|demain)\\b");

	private static final Pattern WEEKEND = Pattern.compile("week[ -]?end\\b");

	/**
	 * Reads words.
	 * @param text what the agent wrote
	 * @param now when, in the zone of the listing
	 * @param language the agent's, which decides what "mar" is
	 * @return the times, or what has to be asked back
	 */
	SlotReading parse(String text, ZonedDateTime now, String language) {
		if (text.length() > LONGEST) {
			return SlotReading.problem(Problem.NOTHING, "", false);
		}
		try {
			return plan(scan(normalise(text), now, "fr".equals(language)), now);
		}
		catch (Unclear ex) {
			return SlotReading.problem(ex.problem, ex.piece, ex.offTopic);
		}
	}

	private static String normalise(String text) {
		String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
		return plain.toLowerCase(Locale.ROOT)
			.replaceAll("[\\p{Pd}−]", "-")
			.replaceAll("[’‘`´]", "'")
			.replaceAll("[👍👌🙏✅😊🙂☺•\\x{FE0F}\\x{1F3FB}-\\x{1F3FF}]", " ")
			.replaceAll("[\\s\\p{Z}]+", " ")
			.replaceAll("\\b([ap])\\.? ?m\\b\\.?", "$1m")
			.replaceAll("(\\d) (am|pm)\\b", "$1$2")
			.replaceAll("(\\d) ?(?:o'? ?clock)\\b", "$1")
			.replaceAll("(\\d) ?(?:heures?|hours?|hrs?)\\b", "$1h")
			.replaceAll("(\\d) ?h ?(\\d{2})\\b", "$1h$2")
			.replaceAll("(\\d) h\\b", "$1h")
			.replaceAll("\\bhalf past (\\d{1,2})\\b", "$1:30")
			.replaceAll("\\b(\\d{1,2})h et demie\\b", "$1h30")
			.replaceAll("\\b(12 )?(noon|midday)\\b|(?<!apres[ -])\\bmidi\\b", "12:00")
			.replaceAll("\\bapres[ -]midi\\b", "aprem")
			.replaceAll("\\bce soir\\b|\\btonight\\b|\\bthis evening\\b", "today evening")
			.replaceAll("\\bcet aprem\\b|\\bthis afternoon\\b", "today afternoon")
			.replaceAll("\\bce matin\\b|\\bthis morning\\b", "today morning")
			.replaceAll("\\b(?:between|entre) (\\S+) (?:and|et) (\\S+)", "$1-$2")
			.strip();
	}

	private static List<Element> scan(String text, ZonedDateTime now, boolean french) {
		List<Element> elements = new ArrayList<>();
		int at = 0;
		while (at < text.length()) {
			char next = text.charAt(at);
			if (" ,;&+()!?:\"'".indexOf(next) >= 0 || next == '.' || (next == '-' && standsAlone(text, at))) {
				at++;
				continue;
			}
			int length = read(text, at, now, french, elements);
			if (length == 0) {
				boolean offTopic = elements.isEmpty() && text.chars().noneMatch(Character::isDigit);
				throw new Unclear(Problem.UNKNOWN, piece(text, at), offTopic);
			}
			at += length;
		}
		return elements;
	}

	/** A dash that stands alone parts days from times; another one is a range. */
	private static boolean standsAlone(String text, int at) {
		return at == 0 || (text.charAt(at - 1) == ' ' || Character.isLetter(text.charAt(at - 1)));
	}

	private static String piece(String text, int at) {
		int end = text.indexOf(' ', at);
		return text.substring(at, (end > at) ? end : text.length());
	}

	private static int read(String text, int at, ZonedDateTime now, boolean french, List<Element> elements) {
		LocalDate today = now.toLocalDate();
		Matcher found = at(RELATIVE, text, at);
		if (found != null) {
			elements.add(new Day(today.plusDays(daysAhead(found.group(1))), found.group()));
			return found.group().length();
		}
		found = at(WEEKEND, text, at);
		if (found != null) {
			if (today.getDayOfWeek() == DayOfWeek.SUNDAY) {
				throw new Unclear(Problem.AMBIGUOUS_DAY, found.group());
			}
			LocalDate saturday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
			elements.add(new Day(saturday, found.group()));
			elements.add(new Day(saturday.plusDays(1), found.group()));
			return found.group().length();
		}
		int length = readDate(text, at, today, french, elements);
		if (length > 0) {
			return length;
		}
		length = readWeekday(text, at, today, french, elements);
		return (length > 0) ? length : readTime(text, at, today, elements);
	}

	private static int daysAhead(String word) {
		if (word.contains("after") || word.contains("apres")) {
			return 2;
		}
		return (word.startsWith("tod") || word.startsWith("auj")) ? 0 : 1;
	}

	private static int readDate(String text, int at, LocalDate today, boolean french, List<Element> elements) {
		Matcher found = at(ISO_DATE, text, at);
		if (found != null) {
			elements.add(date(found, number(found, 1), number(found, 2), number(found, 3)));
			return found.group().length();
		}
		found = at(FULL_DATE, text, at);
		if (found != null) {
			int year = number(found, 4) + ((number(found, 4) < 100) ? 2000 : 0);
			elements.add(dayFirst(found, number(found, 1), number(found, 3), year, today));
			return found.group().length();
		}
		found = at(SHORT_DATE, text, at);
		if (found != null) {
			elements.add(dayFirst(found, number(found, 1), number(found, 2), 0, today));
			return found.group().length();
		}
		found = at(DAY_MONTH, text, at);
		if (found != null && isMonth(found.group(2), french)) {
			int month = MONTHS.get(found.group(2));
			elements.add((found.group(3) != null) ? date(found, number(found, 3), month, number(found, 1))
					: coming(found, month, number(found, 1), today));
			return found.group().length();
		}
		found = at(MONTH_DAY, text, at);
		if (found != null && isMonth(found.group(1), french)) {
			int month = MONTHS.get(found.group(1));
			elements.add((found.group(3) != null) ? date(found, number(found, 3), month, number(found, 2))
					: coming(found, month, number(found, 2), today));
			return found.group().length();
		}
		found = at(DAY_OF_MONTH, text, at);
		if (found != null) {
			elements.add(dayOfMonth(found.group(), number(found, (found.group(1) != null) ? 1 : 2), today));
			return found.group().length();
		}
		return 0;
	}

	/** "Mar" is March in English, and mardi in French. */
	private static boolean isMonth(String name, boolean french) {
		return !french || !name.equals("mar");
	}

	private static Day date(Matcher found, int year, int month, int day) {
		try {
			return new Day(LocalDate.of(year, month, day), found.group());
		}
		catch (DateTimeException ex) {
			throw new Unclear(Problem.BAD_DATE, found.group());
		}
	}

	/**
	 * Most of the world writes the day first. Where both readings are dates, the only one
	 * that is near is meant, else it is asked.
	 */
	private static Day dayFirst(Matcher found, int first, int second, int year, LocalDate today) {
		Day usual = dayIfAny(found, second, first, year, today);
		Day other = dayIfAny(found, first, second, year, today);
		if (usual == null && other == null) {
			throw new Unclear(Problem.BAD_DATE, found.group());
		}
		if (usual == null || other == null) {
			return (usual != null) ? usual : other;
		}
		if (usual.date().equals(other.date()) || isNear(usual, today) != isNear(other, today)) {
			return (usual.date().equals(other.date()) || isNear(usual, today)) ? usual : other;
		}
		throw new Unclear(Problem.AMBIGUOUS_DATE, found.group());
	}

	private static boolean isNear(Day day, LocalDate today) {
		long days = ChronoUnit.DAYS.between(today, day.date());
		return days >= 0 && days <= PLANNED_DAYS;
	}

	private static Day dayIfAny(Matcher found, int month, int day, int year, LocalDate today) {
		try {
			return (year > 0) ? date(found, year, month, day) : coming(found, month, day, today);
		}
		catch (Unclear ex) {
			return null;
		}
	}

	/** A date without a year is the coming one, unless it is just over. */
	private static Day coming(Matcher found, int month, int day, LocalDate today) {
		for (int year = today.getYear(); year <= today.getYear() + 4; year++) {
			try {
				LocalDate date = LocalDate.of(year, month, day);
				if (!date.isBefore(today) || ChronoUnit.DAYS.between(date, today) <= JUST_OVER_DAYS) {
					return new Day(date, found.group());
				}
			}
			catch (DateTimeException ex) {
				// perhaps in a leap year
			}
		}
		throw new Unclear(Problem.BAD_DATE, found.group());
	}

	private static Day dayOfMonth(String piece, int day, LocalDate today) {
		if (day < 1 || day > 31) {
			throw new Unclear(Problem.BAD_DATE, piece);
		}
		LocalDate month = today.withDayOfMonth(1);
		while (month.lengthOfMonth() < day || month.withDayOfMonth(day).isBefore(today)) {
			month = month.plusMonths(1);
		}
		return new Day(month.withDayOfMonth(day), piece);
	}

	private static int readWeekday(String text, int at, LocalDate today, boolean french, List<Element> elements) {
		Matcher found = at(NEXT_WEEKS_WEEKDAY, text, at);
		if (found != null) {
			DayOfWeek weekday = WEEKDAYS.get((found.group(1) != null) ? found.group(1) : found.group(2));
			LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
			elements.add(new Day(monday.with(TemporalAdjusters.nextOrSame(weekday)), found.group()));
			return found.group().length();
		}
		found = at(NEXT_WEEKDAY, text, at);
		if (found != null) {
			DayOfWeek weekday = WEEKDAYS.get((found.group(1) != null) ? found.group(1) : found.group(2));
			LocalDate coming = today.with(TemporalAdjusters.next(weekday));
			LocalDate sunday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
			if (!coming.isAfter(sunday)) {
				throw new Unclear(Problem.AMBIGUOUS_DAY, found.group());
			}
			elements.add(new Day(coming, found.group()));
			return found.group().length();
		}
		found = at(WEEKDAYS_RANGE, text, at);
		if (found != null) {
			DayOfWeek day = WEEKDAYS.get(found.group(1));
			DayOfWeek last = WEEKDAYS.get(found.group(2));
			elements.add(new Weekday(day, found.group()));
			while (day != last) {
				day = day.plus(1);
				elements.add(new Weekday(day, found.group()));
			}
			return found.group().length();
		}
		found = at(ONE_WEEKDAY, text, at);
		if (found != null && (french || !found.group(1).equals("mar"))) {
			elements.add(new Weekday(WEEKDAYS.get(found.group(1)), found.group()));
			return found.group().length();
		}
		return 0;
	}

	private static int readTime(String text, int at, LocalDate today, List<Element> elements) {
		Matcher found = at(MILITARY, text, at);
		if (found != null) {
			elements.add(new Times(new Clock(number(found, 1), number(found, 2), true, null, found.group()), null));
			return found.group().length();
		}
		found = at(RANGE, text, at);
		if (found != null) {
			elements.add(new Times(clock(found, 1), clock(found, 6)));
			return found.group().length();
		}
		found = at(TIME, text, at);
		if (found != null) {
			boolean bare = found.group(2) == null && found.group(4) == null && found.group(5) == null;
			if (bare && number(found, 1) >= 24 && number(found, 1) <= 31) {
				elements.add(dayOfMonth(found.group(), number(found, 1), today));
			}
			else {
				elements.add(new Times(clock(found, 1), null));
			}
			return found.group().length();
		}
		found = at(WORD, text, at);
		if (found != null && PARTS.containsKey(found.group())) {
			elements.add(new PartOfDay(PARTS.get(found.group()), found.group()));
			return found.group().length();
		}
		return (found != null && FILLERS.contains(found.group())) ? found.group().length() : 0;
	}

	private static Clock clock(Matcher found, int group) {
		int hour = number(found, group);
		int minute = (found.group(group + 2) != null) ? number(found, group + 2) : 0;
		String half = found.group(group + 4);
		boolean exact = found.group(group).startsWith("0") || hour > 12 || hour == 0 || found.group(group + 3) != null
				|| "h".equals(found.group(group + 1));
		String piece = found.group(group)
				+ ((found.group(group + 1) != null) ? found.group(group + 1) + found.group(group + 2) : "")
				+ ((found.group(group + 3) != null) ? "h" : "") + ((half != null) ? half : "");
		if (hour > 23 || minute > 59 || (half != null && (hour > 12 || hour == 0))) {
			throw new Unclear(Problem.BAD_TIME, piece);
		}
		return new Clock(hour, minute, exact, half, piece);
	}

	private static SlotReading plan(List<Element> elements, ZonedDateTime now) {
		List<Group> groups = groups(elements);
		TreeSet<Instant> times = new TreeSet<>();
		TreeSet<Instant> past = new TreeSet<>();
		for (Group group : groups) {
			List<LocalTime> hours = hours(group);
			for (LocalDate day : days(group, hours, now)) {
				for (LocalTime hour : hours) {
					Instant moment = moment(day, hour, now);
					(moment.isAfter(now.toInstant()) ? times : past).add(moment);
				}
			}
		}
		if (times.isEmpty()) {
			throw new Unclear(Problem.PAST, "");
		}
		if (times.size() > MOST) {
			throw new Unclear(Problem.TOO_MANY, Integer.toString(times.size()));
		}
		return SlotReading.of(List.copyOf(times), List.copyOf(past));
	}

	/** Days with the times that follow them, or that stand before them. */
	private static List<Group> groups(List<Element> elements) {
		boolean days = elements.stream().anyMatch((element) -> element instanceof DayLike);
		boolean times = elements.stream().anyMatch((element) -> element instanceof Times);
		if (!days || !times) {
			throw new Unclear(days ? Problem.NO_TIME : (!elements.isEmpty()) ? Problem.NO_DAY : Problem.NOTHING, "",
					elements.isEmpty());
		}
		boolean timesFirst = elements.stream()
			.filter((element) -> element instanceof DayLike || element instanceof Times)
			.findFirst()
			.orElseThrow() instanceof Times;
		List<Group> groups = new ArrayList<>();
		Group group = new Group();
		for (Element element : elements) {
			if (group.isOver(element, timesFirst)) {
				groups.add(group);
				group = new Group();
			}
			group.add(element);
		}
		if (timesFirst && group.days.isEmpty() && !groups.isEmpty()) {
			// "10am tomorrow and 2pm"
			group.days.addAll(groups.get(groups.size() - 1).days);
		}
		groups.add(group);
		for (Group each : groups) {
			if (each.times.isEmpty()) {
				throw new Unclear(Problem.NO_TIME, each.days.get(0).piece());
			}
			if (each.days.isEmpty()) {
				throw new Unclear(Problem.NO_DAY, "");
			}
		}
		return groups;
	}

	private static List<LocalDate> days(Group group, List<LocalTime> hours, ZonedDateTime now) {
		LocalDate today = now.toLocalDate();
		List<LocalDate> days = new ArrayList<>();
		for (int n = 0; n < group.days.size(); n++) {
			DayLike day = group.days.get(n);
			if (day instanceof Weekday weekday) {
				Day date = dateBeside(group.days, n);
				if (date != null) {
					// "Saturday 28 November" is one day
					if (date.date().getDayOfWeek() != weekday.weekday()) {
						throw new Unclear(Problem.MISMATCH, date.piece());
					}
					continue;
				}
				LocalDate coming = today.with(TemporalAdjusters.nextOrSame(weekday.weekday()));
				boolean over = coming.equals(today)
						&& hours.stream().anyMatch((hour) -> !hour.isAfter(now.toLocalTime()));
				days.add(over ? coming.plusWeeks(1) : coming);
			}
			else {
				days.add(((Day) day).date());
			}
			if (ChronoUnit.DAYS.between(today, days.get(days.size() - 1)) > FARTHEST_DAYS) {
				throw new Unclear(Problem.TOO_FAR, day.piece());
			}
		}
		return days;
	}

	private static Day dateBeside(List<DayLike> days, int n) {
		if (n + 1 < days.size() && days.get(n + 1) instanceof Day after && after.isDate()) {
			return after;
		}
		return (n > 0 && days.get(n - 1) instanceof Day before && before.isDate()) ? before : null;
	}

	private static Instant moment(LocalDate day, LocalTime hour, ZonedDateTime now) {
		LocalDateTime local = day.atTime(hour);
		if (now.getZone().getRules().getValidOffsets(local).isEmpty()) {
			throw new Unclear(Problem.GAP, hour.toString());
		}
		return local.atZone(now.getZone()).toInstant();
	}

	private static List<LocalTime> hours(Group group) {
		TreeSet<LocalTime> hours = new TreeSet<>();
		for (int n = 0; n < group.times.size(); n++) {
			Times times = group.times.get(n);
			if (times.to() != null) {
				addRange(hours, times, group.part);
				continue;
			}
			Times next = (n + 1 < group.times.size()) ? group.times.get(n + 1) : null;
			LocalTime hour = hour(times.from(), group.part);
			if (isShared(times.from(), next, group.part)) {
				throw new Unclear(Problem.AMBIGUOUS_TIME, times.from().piece());
			}
			hours.add(decent(hour, times.from()));
		}
		return List.copyOf(hours);
	}

	/** "8, 9pm": is that eight in the evening too? */
	private static boolean isShared(Clock clock, Times next, Part part) {
		if (part != null || clock.exact() || clock.half() != null || clock.hour() < 7 || next == null) {
			return false;
		}
		Clock after = next.from();
		return "pm".equals(after.half()) && clock.hour() < 12 && after.hour() < 12 && clock.hour() < after.hour();
	}

	private static void addRange(Set<LocalTime> hours, Times range, Part part) {
		Clock first = range.from();
		Clock last = range.to();
		LocalTime from = hour(first, part);
		LocalTime to = hour(last, part);
		if (isOpen(first) && last.half() != null) {
			// "9-11am", "2-4pm", "10-2pm"
			LocalTime alike = hour(new Clock(first.hour(), first.minute(), false, last.half(), first.piece()), part);
			from = alike.isBefore(to) ? alike
					: hour(new Clock(first.hour(), first.minute(), false, "am", first.piece()), part);
		}
		if (isOpen(last) && !first.exact() && to.isBefore(from) && to.getHour() < 12) {
			// "9-5", "11-1", "10am-2"
			to = to.plusHours(12);
		}
		if (!from.isBefore(to)) {
			throw new Unclear(Problem.BAD_TIME, first.piece() + "-" + last.piece());
		}
		decent(from, first);
		LocalTime at = from;
		do {
			hours.add(decent(at, last));
			at = at.plusMinutes(VISIT_MINUTES);
		}
		while (ChronoUnit.MINUTES.between(at, to) >= VISIT_MINUTES);
	}

	private static boolean isOpen(Clock clock) {
		return !clock.exact() && clock.half() == null;
	}

	private static LocalTime hour(Clock clock, Part part) {
		int hour = clock.hour();
		if (clock.half() != null) {
			hour = hour % 12 + (clock.half().equals("pm") ? 12 : 0);
		}
		else if (part == Part.LATER && hour > 0 && hour < 12 && clock.piece().charAt(0) != '0') {
			hour += 12;
		}
		else if (part == null && !clock.exact() && hour < 7) {
			hour += 12;
		}
		return LocalTime.of(hour, clock.minute());
	}

	private static LocalTime decent(LocalTime hour, Clock clock) {
		if (hour.isBefore(EARLIEST) || hour.isAfter(LATEST)) {
			throw new Unclear(Problem.NIGHT, clock.piece());
		}
		return hour;
	}

	private static Matcher at(Pattern pattern, String text, int at) {
		Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
		boolean begins = at == 0 || !Character.isLetter(text.charAt(at - 1)) || !Character.isLetter(text.charAt(at));
		return (begins && matcher.lookingAt()) ? matcher : null;
	}

	private static int number(Matcher found, int group) {
		return Integer.parseInt(found.group(group));
	}

	private static <T> Map<String, T> names(T[] values, String... names) {
		Map<String, T> map = new LinkedHashMap<>();
		for (int n = 0; n < values.length; n++) {
			for (String name : names[n].split("\\|")) {
				map.put(name, values[n]);
			}
		}
		return map;
	}

	/** The longest first, so that none hides behind its own beginning. */
	private static String alternatives(Map<String, ?> names) {
		return String.join("|", names.keySet().stream().sorted((one, other) -> other.length() - one.length()).toList());
	}

	/** Part of what was said. */
	private sealed interface Element permits DayLike, Times, PartOfDay {

	}

	private sealed interface DayLike extends Element permits Day, Weekday {

		String piece();

	}

	/**
	 * A day of the calendar.
	 *
	 * @param date the day
	 * @param piece the words
	 */
	private record Day(LocalDate date, String piece) implements DayLike {

		/** A date stands for the same day as the weekday before it. */
		boolean isDate() {
			return this.piece.matches(".*\\d.*");
		}

	}

	/**
	 * The coming day of that name.
	 *
	 * @param weekday which
	 * @param piece the words
	 */
	private record Weekday(DayOfWeek weekday, String piece) implements DayLike {
	}

	/**
	 * A time, or from one to another.
	 *
	 * @param from the time
	 * @param to null for one time
	 */
	private record Times(Clock from, Clock to) implements Element {
	}

	/**
	 * Morning or later.
	 *
	 * @param part which
	 * @param piece the words
	 */
	private record PartOfDay(Part part, String piece) implements Element {
	}

	private enum Part {

		MORNING, LATER

	}

	/**
	 * What a clock shows.
	 *
	 * @param hour 0 to 23
	 * @param minute 0 to 59
	 * @param exact whether it is of 24 hours as it is written
	 * @param half {@code am} or {@code pm}, null for unsaid
	 * @param piece the words
	 */
	private record Clock(int hour, int minute, boolean exact, String half, String piece) {
	}

	/** Days and the times that belong to each of them. */
	private static final class Group {

		private final List<DayLike> days = new ArrayList<>();

		private final List<Times> times = new ArrayList<>();

		private Part part;

		/** Whether something begins the next group. */
		private boolean isOver(Element element, boolean timesFirst) {
			if (timesFirst) {
				return element instanceof Times && !this.days.isEmpty();
			}
			return element instanceof DayLike && !this.times.isEmpty();
		}

		private void add(Element element) {
			if (element instanceof DayLike day) {
				this.days.add(day);
			}
			else if (element instanceof Times more) {
				this.times.add(more);
			}
			else if (element instanceof PartOfDay said) {
				this.part = said.part();
			}
		}

	}

	/** Ends the reading with a question back. */
	private static final class Unclear extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final Problem problem;

		private final String piece;

		private final boolean offTopic;

		private Unclear(Problem problem, String piece) {
			this(problem, piece, false);
		}

		private Unclear(Problem problem, String piece, boolean offTopic) {
			super(problem.name(), null, false, false);
			this.problem = problem;
			this.piece = piece;
			this.offTopic = offTopic;
		}

	}

}
