package routes.reminders;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks the platform how inspections stand at this moment. Many of one day are asked for
 * by one call; what its answer leaves out (the platform may count days otherwise, the
 * inspection may have been moved to another one) is asked for by id.
 */
@Component
public class CurrentInspections {

	/** So many of one day are worth the day's whole list. */
	private static final int MANY = 8;

	/**
	 * So long a day's list is the present: page after page is sent from it.
	 */
	private static final Duration PRESENT = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(CurrentInspections.class);

	private final Platform platform;

	private final Map<LocalDate, Day> days = new ConcurrentHashMap<>();

	public CurrentInspections(Platform platform) {
		this.platform = platform;
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
	 * @return the answers by id
	 */
	Map<String, Answer> ask(List<Viewing> viewings) {
		this.days.values().removeIf((day) -> !day.isPresent());
		Map<LocalDate, List<Viewing>> byDay = viewings.stream().collect(Collectors.groupingBy(CurrentInspections::day));
		Map<String, Answer> answers = new HashMap<>();
		byDay.forEach((day, known) -> {
			Map<String, Inspection> listed = Map.of();
			if (known.size() >= MANY || this.days.containsKey(day)) {
				try {
					listed = list(day);
				}
				catch (PlatformUnavailableException ex) {
					known.forEach((viewing) -> answers.put(viewing.id(), new Answer(viewing, ex)));
					return;
				}
			}
			for (Viewing viewing : known) {
				Inspection now = listed.get(viewing.id());
				answers.put(viewing.id(), (now != null) ? new Answer(viewing.as(now), null) : askOne(viewing));
			}
		});
		return answers;
	}

	private Answer askOne(Viewing viewing) {
		try {
			return new Answer(this.platform.inspection(viewing.id()).map(viewing::as).orElseGet(viewing::gone), null);
		}
		catch (PlatformUnavailableException ex) {
			return new Answer(viewing, ex);
		}
	}

	private Map<String, Inspection> list(LocalDate day) {
		Day known = this.days.get(day);
		if (known == null) {
			long askedAt = System.nanoTime();
			known = new Day(
					this.platform.inspectionsOn(day)
						.stream()
						.collect(Collectors.toMap(Inspection::id, Function.identity(), (one, again) -> again)),
					askedAt);
			this.days.put(day, known);
			log.info("The platform lists {} inspections on {}", known.inspections().size(), day);
		}
		return known.inspections();
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
	 * @param inspections by id
	 * @param askedAt real time, {@link System#nanoTime()}
	 */
	private record Day(Map<String, Inspection> inspections, long askedAt) {

		boolean isPresent() {
			return System.nanoTime() - this.askedAt < PRESENT.toNanos();
		}

	}

}
