package sandbox.time;

import sandbox.store.SandboxDatabase;

import org.springframework.stereotype.Component;

/**
 * The hub's availability checks, and the answers of agents that are not complete yet.
 */
@Component
class ChecksDue extends HubRowsDue {

	private static final String NEXT = """
			select min(due_at) from (
			(select min(due_at) as due_at from hub.availability_check where due_at > :now)
			union all
			(select min(due_at) from hub.availability_burst where due_at > :now)) due""";

	ChecksDue(SandboxDatabase database, SandboxClock clock) {
		super(database, clock, "hub.availability_burst", NEXT);
	}

}
