package routes.reminders;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks the platform how inspections stand at this moment. Many of one day are asked for
 * by one call; what its answer leaves out (the platform may count days otherwise, the
 * inspection may have been moved to another one) is asked for by id, and so are all of
 * them when the day's list can't be had.
 */
@Component
public class CurrentInspections {

	/** So many of one day are worth the day's whole list. */
	private static final int MANY = 8;

	/**
	 * So long a day's list is the present: page after page is sent from it.
	 */
	private static final Duration PRESENT = Duration.ofSeconds(5);

	/**
	 * After so many failures in a row it is not about single inspections: the rest is not
	 * asked for now, which would hold up everything else that is due.
	 */
	private static final int MOST_FAILURES = 3;

	private static final Logger log = LoggerFactory.getLogger(CurrentInspections.class);

	private final Database database;

	private final Platform platform;

	private final Map<LocalDate, Day> days = new ConcurrentHashMap<>();

	public CurrentInspections(Database database, Platform platform) {
		this.database = database;
		this.platform = platform;
	}

	/**
	 * What the platform says of several inspections.
	 *
	 * @param byId the answers
	 * @param askedAt when it was asked for the first of them, real time
	 */
	record Answers(Map<String, Answer> byId, Instant askedAt) {
	}

	/**
	 * What is known of an inspection just now.
	 *
	 * @param viewing as the platform tells of it; with the status {@link Viewing#ABSENT}
	 * if it knows none
	 * @param failure why the platform did not answer, null if it did
	 */
	record Answer(Viewing viewing, PlatformUnavailableException failure) {
	}

	/**
	 * Asks for several.
	 * @param viewings the inspections, as the hub knows them
	 * @return an answer for each
	 */
	Answers ask(List<Viewing> viewings) {
		Instant now = this.database.statement("reminders/read-clock")
			.query((row, n) -> Database.instant(row.getObject(1, OffsetDateTime.class)))
			.single();
		this.days.values().removeIf((day) -> day.askedAt().plus(PRESENT).isBefore(now));
		Instant askedAt = now;
		Map<LocalDate, List<Viewing>> byDay = viewings.stream().collect(Collectors.groupingBy(CurrentInspections::day));
		Map<String, Answer> answers = new HashMap<>();
		for (Map.Entry<LocalDate, List<Viewing>> one : byDay.entrySet()) {
			List<Viewing> known = one.getValue();
			Map<String, Inspection> listed = Map.of();
			if (known.size() >= MANY || this.days.containsKey(one.getKey())) {
				Day day = list(one.getKey(), now);
				listed = day.inspections();
				askedAt = day.askedAt().isBefore(askedAt) ? day.askedAt() : askedAt;
			}
			answer(known, listed, answers);
		}
		return new Answers(answers, askedAt);
	}

	private void answer(List<Viewing> known, Map<String, Inspection> listed, Map<String, Answer> answers) {
		int failures = 0;
		PlatformUnavailableException last = null;
		for (Viewing viewing : known) {
			Inspection current = listed.get(viewing.id());
			if (current != null) {
				answers.put(viewing.id(), new Answer(viewing.as(current), null));
				continue;
			}
			Answer answer = (failures < MOST_FAILURES) ? askOne(viewing) : new Answer(viewing, last);
			last = answer.failure();
			failures = (last != null) ? failures + 1 : 0;
			answers.put(viewing.id(), answer);
		}
	}

	private Answer askOne(Viewing viewing) {
		try {
			return new Answer(this.platform.inspection(viewing.id()).map(viewing::as).orElseGet(viewing::gone), null);
		}
		catch (PlatformUnavailableException ex) {
			return new Answer(viewing, ex);
		}
	}

	private Day list(LocalDate date, Instant now) {
		Day day = this.days.get(date);
		if (day == null) {
			day = new Day(listed(date), now);
			this.days.put(date, day);
		}
		return day;
	}

	private Map<String, Inspection> listed(LocalDate date) {
		try {
			Map<String, Inspection> listed = this.platform.inspectionsOn(date)
				.stream()
				.collect(Collectors.toMap(Inspection::id, Function.identity(), (one, again) -> again));
			log.info("The platform lists {} inspections on {}", listed.size(), date);
			return listed;
		}
		catch (PlatformUnavailableException ex) {
			log.warn("The inspections on {} can't be listed and are asked for one by one: {}", date, ex.getMessage());
			return Map.of();
		}
	}

	/** The day of the listing's place. */
	private static LocalDate day(Viewing viewing) {
		ZoneId zone;
		try {
			zone = ZoneId.of(Objects.requireNonNullElse(viewing.timeZone(), "UTC"));
		}
		catch (DateTimeException ex) {
			// one that nobody knows is as good as none
			zone = ZoneOffset.UTC;
		}
		return LocalDate.ofInstant(viewing.inspection().scheduledDatetime(), zone);
	}

	/**
	 * A day's list.
	 *
	 * @param inspections by id; none if they can't be listed
	 * @param askedAt real time
	 */
	private record Day(Map<String, Inspection> inspections, Instant askedAt) {
	}

}
