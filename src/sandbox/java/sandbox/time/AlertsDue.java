package sandbox.time;

import sandbox.store.SandboxDatabase;

import org.springframework.stereotype.Component;

/**
 * The hub's news of new homes, as far as anybody wants them.
 */
@Component
class AlertsDue extends HubRowsDue {

	/** A run may tell somebody: one who has just switched it on, or of a home that has come. */
	static final String WANTED = """
			exists (select 1 from hub.preference p where p.alerts_since is not null
			and (p.alerts_since >= coalesce((select since from hub.alert_run), '-infinity') or exists (
			select 1 from property where created_at >= coalesce((select since from hub.alert_run), '-infinity'))))""";

	AlertsDue(SandboxDatabase database, SandboxClock clock) {
		super(database, clock, "hub.alert_run",
				"select min(due_at) from hub.alert_run where due_at > :now and " + WANTED);
	}

}
