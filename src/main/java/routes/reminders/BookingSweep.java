package routes.reminders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import hub.platform.Inspection;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Finds what was arranged on the platform's website: bookings that the hub does not know,
 * and those that are no longer as it knew them.
 */
@Component("bookingSweep")
public class BookingSweep {

	/**
	 * Daily would do to find everything, and this is why it is more often: who books on
	 * the website for the day after tomorrow is reminded a day before and not later.
	 */
	private static final Duration EVERY = Duration.ofHours(1);

	private static final int AT_ONCE = 250;

	private static final Logger log = LoggerFactory.getLogger(BookingSweep.class);

	private final Database database;

	private final ReminderPlans plans;

	private final CurrentInspections inspections;

	private final Clock clock;

	public BookingSweep(Database database, ReminderPlans plans, CurrentInspections inspections, Clock clock) {
		this.database = database;
		this.plans = plans;
		this.inspections = inspections;
		this.clock = clock;
	}

	/**
	 * Begins a sweep, if one is due.
	 * @return the sweep, null if none is due
	 */
	public Sweep begin() {
		Instant now = this.clock.instant();
		return this.database.statement("reminders/begin-sweep")
			.param("now", Database.time(now))
			.param("latest", Database.time(now.plus(EVERY.multipliedBy(2))))
			.query((row, n) -> Sweep.at(now, Database.instant(row.getObject("asked_at", OffsetDateTime.class))))
			.optional()
			.orElse(null);
	}

	/**
	 * Compares what the platform lists with what the hub knows, and plans what differs.
	 * The rest is planned too: the hub may have a reminder that it had not then.
	 * @param sweep the sweep
	 * @param listed the inspections of a day
	 */
	public void compare(Sweep sweep, List<Inspection> listed) {
		Map<String, Viewing> known = this.plans.known(listed.stream().map(Inspection::id).toList())
			.stream()
			.collect(Collectors.toMap(Viewing::id, Function.identity()));
		Map<String, Viewing> different = new HashMap<>();
		List<Viewing> same = new ArrayList<>();
		for (Inspection inspection : listed) {
			Viewing before = known.get(inspection.id());
			boolean first = sweep.seen().add(inspection.id());
			if (first && before == null && inspection.open()) {
				// its zone is asked for when a reminder of it is due
				different.put(inspection.id(), new Viewing(inspection, null, null));
			}
			else if (first && before != null && before.as(inspection).differs(before)) {
				different.put(inspection.id(), before.as(inspection));
			}
			else if (first && before != null) {
				same.add(before);
			}
		}
		plan(sweep, List.copyOf(different.values()));
		pages(same).forEach(this.plans::planAgain);
	}

	private static List<List<Viewing>> pages(List<Viewing> viewings) {
		List<List<Viewing>> pages = new ArrayList<>();
		for (int from = 0; from < viewings.size(); from += AT_ONCE) {
			pages.add(viewings.subList(from, Math.min(from + AT_ONCE, viewings.size())));
		}
		return pages;
	}

	/**
	 * Looks for inspections that should have been listed: they were moved to another day,
	 * or are no more.
	 * @param sweep the sweep, all its days compared
	 */
	public void lookForMissing(Sweep sweep) {
		List<Viewing> missing = this.plans.known(sweep.from(), sweep.to())
			.stream()
			.filter((viewing) -> !sweep.seen().contains(viewing.id()))
			.toList();
		List<Viewing> different = new ArrayList<>();
		Map<String, CurrentInspections.Answer> answers = this.inspections.ask(missing).byId();
		for (Viewing viewing : missing) {
			CurrentInspections.Answer answer = answers.get(viewing.id());
			if (answer.failure() != null) {
				throw answer.failure();
			}
			if (answer.viewing().differs(viewing)) {
				different.add(answer.viewing());
			}
		}
		plan(sweep, different);
	}

	private void plan(Sweep sweep, List<Viewing> viewings) {
		pages(viewings).forEach((page) -> this.plans.planFound(page, sweep.askedAt()));
		if (!viewings.isEmpty()) {
			log.info("{} inspections were arranged or changed without the hub", viewings.size());
		}
	}

	/**
	 * Ends a sweep.
	 * @param sweep the sweep, which has found all there was
	 */
	public void end(Sweep sweep) {
		this.database.statement("reminders/end-sweep").param("next", Database.time(sweep.from().plus(EVERY))).update();
	}

}
