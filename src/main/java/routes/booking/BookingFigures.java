package routes.booking;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Figures about bookings that were made through the hub.
 */
@Component("bookingFigures")
public class BookingFigures {

	private final Database database;

	public BookingFigures(Database database) {
		this.database = database;
	}

	/**
	 * Counts the bookings of a period.
	 * @param from its beginning, business time
	 * @param to its end, which is no part of it
	 * @return how many were made, whatever became of them
	 */
	public long count(Instant from, Instant to) {
		return this.database.statement("booking/count-bookings")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.query(Long.class)
			.single();
	}

	/**
	 * Counts the bookings of each step of a period.
	 * @param from its beginning, business time
	 * @param to its end, which is no part of it
	 * @param step how long a step is; the first one begins with the period
	 * @return how many were made in the steps in which there were any, by their
	 * beginnings
	 */
	public Map<Instant, Long> overTime(Instant from, Instant to, Duration step) {
		Map<Instant, Long> steps = new HashMap<>();
		this.database.statement("booking/count-bookings-over-time")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.param("seconds", step.toSeconds())
			.query((row) -> {
				steps.put(Database.instant(row.getObject("step", OffsetDateTime.class)), row.getLong("bookings"));
			});
		return steps;
	}

}
