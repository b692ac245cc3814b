package sandbox.inspector;

import java.time.Clock;
import java.time.ZoneOffset;

import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.stereotype.Component;

/**
 * Lays out free inspection slots for the next 14 days, each day once: what an agent
 * removes or a seeker books is not offered again.
 */
@Component
public class SlotPlan {

	/**
	 * Two or three slots a day, none on Sundays and on each listing's day of rest; all in
	 * the listing's own time zone.
	 */
	private static final String LAY_OUT = """
			with fresh as (
				insert into slot_day (property_id, day)
				select id, (:now::timestamptz at time zone time_zone)::date + ahead
				from property cross join generate_series(1, 14) ahead
				where status = 'available' and cardinality(agent_ids) > 0
				on conflict do nothing returning property_id, day, day - date '2026-01-01' as number
			)
			insert into slot (property_id, at)
			select fresh.property_id, (fresh.day + make_time(hour, 0, 0)) at time zone property.time_zone
			from fresh join property on property.id = fresh.property_id
			cross join unnest(array[9, 10, 11, 13, 14, 15, 16, 17]) with ordinality hours (hour, n)
			where extract(isodow from fresh.day) <> 7 and (fresh.property_id + fresh.number) % 4 <> 0
			and n % 3 = (fresh.property_id + fresh.number) % 3
			order by fresh.property_id, fresh.day, hour
			on conflict do nothing""";

	private final SandboxDatabase database;

	private final Clock clock;

	SlotPlan(SandboxDatabase database, SandboxClock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Adds what is missing of the next 14 days to every available listing with an agent.
	 */
	public void layOut() {
		this.database.sql(LAY_OUT).param("now", this.clock.instant().atOffset(ZoneOffset.UTC)).update();
	}

}
