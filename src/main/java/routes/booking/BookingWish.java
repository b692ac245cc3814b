package routes.booking;

import java.time.Instant;

/**
 * What somebody wants to book.
 *
 * @param callerId whose token it came with
 * @param seekerId for whom
 * @param propertyId which listing
 * @param slotId which of its slots, null if the time says it
 * @param at when, null as long as only the slot says it
 * @param checkId the availability check before it, null for none
 * @param key the caller's own key, null for none
 * @param fingerprint of what is asked for
 * @param platformKey names the wish to the platform
 */
public record BookingWish(String callerId, String seekerId, String propertyId, String slotId, Instant at,
		String checkId, String key, String fingerprint, String platformKey) {

	/**
	 * Whether it is known when.
	 * @return false as long as only the slot says it
	 */
	public boolean isTimed() {
		return this.at != null;
	}

	/**
	 * The same at a time.
	 * @param time when
	 * @return the timed wish
	 */
	BookingWish withTime(Instant time) {
		return new BookingWish(this.callerId, this.seekerId, this.propertyId, this.slotId, time, this.checkId, this.key,
				this.fingerprint, this.platformKey);
	}

}
