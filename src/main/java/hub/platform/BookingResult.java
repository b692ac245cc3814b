package hub.platform;

/**
 * What the platform made of a wish to book.
 *
 * @param bookingId the new inspection's id, null if there is none
 * @param refusal why there is none, null if there is one
 */
public record BookingResult(String bookingId, Refusal refusal) {

	/** Why there is no booking. */
	public enum Refusal {

		/** The time is no longer free, or the listing no longer available. */
		GONE,
		/** There is no such listing. */
		ABSENT,
		/** The platform does not take this request, now or later. */
		INVALID

	}

	public boolean booked() {
		return this.bookingId != null;
	}

}
