package sandbox.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import sandbox.store.SandboxDatabase;

/**
 * Rows of the hub whose time will come. While the hub has no such rows yet, because it has
 * never been started, nothing is due.
 */
abstract class HubRowsDue implements DueSource {

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final String table;

	private final String next;

	/**
	 * Watches rows.
	 * @param database where they are
	 * @param clock business time
	 * @param table the youngest of the tables that the statement reads
	 * @param next a statement that says when the next one is due after {@code :now}, null
	 * for never
	 */
	HubRowsDue(SandboxDatabase database, SandboxClock clock, String table, String next) {
		this.database = database;
		this.clock = clock;
		this.table = table;
		this.next = next;
	}

	@Override
	public final Optional<Instant> nextDue() {
		if (!this.database.sql("select to_regclass(:table) is not null")
			.param("table", this.table)
			.query(Boolean.class)
			.single()) {
			return Optional.empty();
		}
		return this.database.sql(this.next)
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

}
