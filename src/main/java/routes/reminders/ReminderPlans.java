package routes.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import hub.camel.TemplatedRoutes;
import hub.channel.Text;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.queue.Withdrawals;
import hub.store.Database;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Plans reminders. Which there are for an inspection, and when they are due, is what each
 * reminder's statement selects; here their rows are made to agree with it. So an
 * inspection can be planned as often as one likes, and one that was moved or cancelled is
 * planned like any other. What has been said of it and has not left yet is taken back
 * then.
 */
@Component("reminderPlans")
public class ReminderPlans {

	/** The group of the routes that are made from the template, one a reminder. */
	private static final String REMINDERS = "reminders";

	private static final Logger log = LoggerFactory.getLogger(ReminderPlans.class);

	private final Database database;

	private final Platform platform;

	private final TemplatedRoutes routes;

	private final Withdrawals withdrawals;

	private final Clock clock;

	/** Reminders without a statement, as far as the log knows them. */
	private final Set<String> unwritten = ConcurrentHashMap.newKeySet();

	public ReminderPlans(Database database, Platform platform, TemplatedRoutes routes, Withdrawals withdrawals,
			Clock clock) {
		this.database = database;
		this.platform = platform;
		this.routes = routes;
		this.withdrawals = withdrawals;
		this.clock = clock;
	}

	/**
	 * Asks the platform for what a reminder says and an inspection does not. What it does
	 * not answer now is asked for when the reminder is due.
	 * @param inspection the inspection
	 * @return the inspection with the listing's time zone and the seeker's name
	 */
	public Viewing lookUp(Inspection inspection) {
		if (!inspection.open()) {
			return new Viewing(inspection, null, null);
		}
		try {
			String zone = this.platform.property(inspection.propertyId()).map(Property::timeZone).orElse(null);
			return new Viewing(inspection, zone, seekerName(inspection.seekerId()));
		}
		catch (PlatformUnavailableException ex) {
			log.info("Inspection {} is planned without what the platform can't tell now: {}", inspection.id(),
					ex.getMessage());
			return new Viewing(inspection, null, null);
		}
	}

	private String seekerName(String seekerId) {
		return (seekerId != null) ? this.platform.user(seekerId).map(PlatformUser::name).orElse(null) : null;
	}

	/**
	 * Plans the reminders of an inspection whose people the hub has told of its time, or
	 * is about to tell.
	 * @param body the turn that arranges it, with which the reminders are written;
	 * anything else for at once
	 * @param viewing the inspection
	 */
	public void plan(Object body, Viewing viewing) {
		if (body instanceof Turn turn) {
			turn.changeFirst((database) -> write(database, List.of(viewing), turn.now(), null));
			return;
		}
		this.database.inTransaction(() -> {
			write(this.database, List.of(viewing), this.clock.instant(), null);
			return null;
		});
	}

	/**
	 * Plans the reminders of inspections that were arranged or changed elsewhere. One
	 * that the hub has arranged otherwise since the platform was asked stays as it is.
	 * @param viewings the inspections
	 * @param askedAt when the platform was asked for them, real time, or before
	 */
	void planFound(List<Viewing> viewings, Instant askedAt) {
		if (viewings.isEmpty()) {
			return;
		}
		this.database.inTransaction(() -> {
			write(this.database, viewings, null, askedAt);
			return null;
		});
	}

	private void write(Database database, List<Viewing> viewings, Instant toldAt, Instant askedAt) {
		List<Inspection> inspections = viewings.stream().map(Viewing::inspection).toList();
		String[] ids = Database.column(inspections, Inspection::id, String[]::new);
		database.statement("reminders/note-inspections")
			.param("ids", ids)
			.param("property_ids", Database.column(inspections, Inspection::propertyId, String[]::new))
			.param("property_titles",
					Database.column(inspections, (inspection) -> Text.clean(inspection.propertyTitle()), String[]::new))
			.param("locations",
					Database.column(inspections, (inspection) -> Text.clean(inspection.location()), String[]::new))
			.param("time_zones", Database.column(viewings, Viewing::timeZone, String[]::new))
			.param("scheduled_at",
					Database.column(inspections, (inspection) -> inspection.scheduledDatetime().toString(),
							String[]::new))
			.param("statuses", Database.column(inspections, Inspection::status, String[]::new))
			.param("seeker_ids", Database.column(inspections, Inspection::seekerId, String[]::new))
			.param("seeker_names",
					Database.column(viewings,
							(viewing) -> (viewing.seekerName() != null) ? Text.clean(viewing.seekerName()) : null,
							String[]::new))
			.param("agent_ids", Database.column(inspections, Inspection::agentId, String[]::new))
			.param("inspector_ids", Database.column(inspections, Inspection::inspectorId, String[]::new))
			.param("agent_contacts",
					Database.column(inspections, (inspection) -> Text.clean(inspection.agentContact()), String[]::new))
			.param("told_at", Database.time(toldAt))
			.param("asked_at", Database.time(askedAt))
			.update();
		planAll(database, ids);
	}

	/**
	 * Plans the reminders of inspections that are as they were: one that is new in the
	 * hub gets its rows.
	 * @param viewings inspections that the hub knows
	 */
	void planAgain(List<Viewing> viewings) {
		String[] ids = Database.column(viewings, Viewing::id, String[]::new);
		this.database.inTransaction(() -> {
			planAll(this.database, ids);
			return null;
		});
	}

	/**
	 * The reminders that there are. One whose statement has yet to be written keeps
	 * nobody from booking.
	 */
	private List<String> names() {
		List<String> names = new ArrayList<>(this.routes.values(REMINDERS, "name"));
		names.removeIf((name) -> {
			boolean missing = !Database.hasStatement(statement(name));
			if (missing && this.unwritten.add(name)) {
				log.error("The reminder '{}' reaches nobody: there is no sql/{}.sql", name, statement(name));
			}
			return missing;
		});
		return names;
	}

	private void planAll(Database database, String[] ids) {
		List<String> outdated = new ArrayList<>();
		names().forEach((name) -> outdated.addAll(plan(database, name, ids)));
		this.withdrawals.withdraw(database, outdated);
	}

	/** What of the messages that were made may still wait, and is no longer so. */
	private List<String> plan(Database database, String name, String[] ids) {
		List<Wanted> wanted = database.statement(statement(name))
			.param("ids", ids)
			.query((row, n) -> Wanted.read(row))
			.list();
		return database.statement("reminders/plan")
			.param("name", name)
			.param("planned_ids", ids)
			.param("inspection_ids", Database.column(wanted, Wanted::inspectionId, String[]::new))
			.param("user_ids", Database.column(wanted, Wanted::userId, String[]::new))
			.param("due_at", Database.column(wanted, (row) -> row.dueAt().toString(), String[]::new))
			.param("give_up_at", Database.column(wanted, (row) -> row.giveUpAt().toString(), String[]::new))
			.param("now", Database.time(this.clock.instant()))
			.query((row, n) -> DueReminder.about(name, row.getString("inspection_id"), row.getString("user_id")))
			.list();
	}

	/** A reminder's statement is the file of its name. */
	private static String statement(String name) {
		return "reminders/" + name;
	}

	/**
	 * The inspections that the hub knows in a span of time.
	 * @param from from this moment on
	 * @param to up to this moment
	 * @return those that are to take place, as far as the hub knows
	 */
	List<Viewing> known(Instant from, Instant to) {
		return this.database.statement("reminders/list-inspections")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.query((row, n) -> Viewing.read(row))
			.list();
	}

	/**
	 * An inspection as the hub knows it.
	 * @param ids the platform's ids
	 * @return those of them that the hub knows
	 */
	List<Viewing> known(List<String> ids) {
		return this.database.statement("reminders/find-inspections")
			.param("ids", ids.toArray(String[]::new))
			.query((row, n) -> Viewing.read(row))
			.list();
	}

	/**
	 * A reminder that a statement asks for.
	 *
	 * @param inspectionId of what
	 * @param userId whom, null for nobody
	 * @param dueAt when it is sent
	 * @param giveUpAt when nobody wants it any more
	 */
	private record Wanted(String inspectionId, String userId, Instant dueAt, Instant giveUpAt) {

		static Wanted read(ResultSet row) throws SQLException {
			return new Wanted(row.getString("inspection_id"), row.getString("user_id"),
					Database.instant(row.getObject("due_at", OffsetDateTime.class)),
					Database.instant(row.getObject("give_up_at", OffsetDateTime.class)));
		}

	}

}
