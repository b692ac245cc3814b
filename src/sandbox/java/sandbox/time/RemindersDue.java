package sandbox.time;

import sandbox.store.SandboxDatabase;

import org.springframework.stereotype.Component;

/**
 * The hub's reminders, and the look through the platform for inspections that were
 * arranged there. The hub looks often; the clock stops for it only when there is
 * something to be found.
 */
@Component
class RemindersDue extends HubRowsDue {

	/** Inspections that the hub does not know, or knows otherwise. */
	static final String UNFOUND = """
			select s.scheduled_at from inspection s left join hub.inspection h on h.id = s.id::text
			where s.scheduled_at > :now and ((h.id is null and s.status in ('scheduled', 'in_progress'))
			or h.scheduled_at <> s.scheduled_at or h.status <> s.status)""";

	/** How far the hub looks ahead, a little less. */
	static final String AHEAD = "interval '49 hours'";

	private static final String NEXT = """
			select min(due_at) from (
			(select min(due_at) as due_at from hub.reminder where due_at > :now)
			union all
			(select min(greatest(unfound.scheduled_at - %s, (select min(due_at) from hub.reminder_sweep)))
			from (%s) unfound)) due where due_at > :now""".formatted(AHEAD, UNFOUND);

	RemindersDue(SandboxDatabase database, SandboxClock clock) {
		super(database, clock, "hub.reminder_sweep", NEXT);
	}

}
