package sandbox.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import sandbox.store.SandboxDatabase;

import org.springframework.stereotype.Component;

/**
 * The hub's news of new homes, as far as anybody wants them.
 */
@Component
class AlertsDue implements DueSource {

	/** A run may tell somebody: one who has just switched it on, or of a home that has come. */
	static final String WANTED = """
			exists (select 1 from hub.preference p where p.alerts_since is not null
			and (p.alerts_since >= coalesce((select since from hub.alert_run), '-infinity') or exists (
			select 1 from property where created_at >= coalesce((select since from hub.alert_run), '-infinity'))))""";

	private final SandboxDatabase database;

	private final SandboxClock clock;

	AlertsDue(SandboxDatabase database, SandboxClock clock) {
		this.database = database;
		this.clock = clock;
	}

	@Override
	public Optional<Instant> nextDue() {
		if (!this.database.sql("select to_regclass('hub.alert_run') is not null").query(Boolean.class).single()) {
			return Optional.empty();
		}
		return this.database.sql("select min(due_at) from hub.alert_run where due_at > :now and " + WANTED)
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

}
