package routes.booking;

import java.time.Instant;

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

}
