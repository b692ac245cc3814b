package sandbox.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import sandbox.store.SandboxDatabase;

import org.springframework.stereotype.Component;

/**
 * The hub's availability checks, and the answers of agents that are not complete yet.
 */
@Component
class ChecksDue implements DueSource {

	private static final String NEXT = """
			select min(due_at) from (
			(select min(due_at) as due_at from hub.availability_check where due_at > :now)
			union all
			(select min(due_at) from hub.availability_burst where due_at > :now)) due""";

	private final SandboxDatabase database;

	private final SandboxClock clock;

	ChecksDue(SandboxDatabase database, SandboxClock clock) {
		this.database = database;
		this.clock = clock;
	}

	@Override
	public Optional<Instant> nextDue() {
		if (!this.database.sql("select to_regclass('hub.availability_burst') is not null").query(Boolean.class).single()) {
			return Optional.empty();
		}
		return this.database.sql(NEXT)
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

}
