package sandbox.inspector;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.stereotype.Component;

/**
 * Lays out free inspection slots for the next 14 days, each day once: what an agent
 * removes or a seeker books is not offered again.
 */
@Component
public class SlotPlan {

	private static final int DAYS = 14;

	/** Hours at which inspections are held; each listing has two or three of them a day. */
	private static final int[] HOURS = { 9, 10, 11, 13, 14, 15, 16, 17 };

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
		this.database.inTransaction(() -> {
			this.database.sql("""
					select id, time_zone from property
					where status = 'available' and cardinality(agent_ids) > 0 order by id""")
				.query((row, number) -> new Listing(row.getLong("id"), ZoneId.of(row.getString("time_zone"))))
				.list()
				.forEach(this::layOut);
			return null;
		});
	}

	private void layOut(Listing listing) {
		LocalDate today = this.clock.instant().atZone(listing.zone()).toLocalDate();
		for (int ahead = 1; ahead <= DAYS; ahead++) {
			LocalDate day = today.plusDays(ahead);
			boolean rests = day.getDayOfWeek() == DayOfWeek.SUNDAY || (listing.id() + day.toEpochDay()) % 4 == 0;
			int fresh = this.database.sql("insert into slot_day values (:id, :day) on conflict do nothing")
				.param("id", listing.id())
				.param("day", day)
				.update();
			if (rests || fresh == 0) {
				continue;
			}
			int first = (int) ((listing.id() * 3 + day.toEpochDay()) % 3);
			for (int hour = first; hour < HOURS.length; hour += 3) {
				ZonedDateTime at = day.atTime(HOURS[hour], 0).atZone(listing.zone());
				this.database.sql("insert into slot (property_id, at) values (:id, :at) on conflict do nothing")
					.param("id", listing.id())
					.param("at", at.toInstant().atOffset(ZoneOffset.UTC))
					.update();
			}
		}
	}

	private record Listing(long id, ZoneId zone) {
	}

}
