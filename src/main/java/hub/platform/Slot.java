package hub.platform;

import java.time.Instant;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * A time at which a listing can be inspected.
 *
 * @param id the platform's id
 * @param datetime when
 * @param status {@code free} or {@code booked}
 */
public record Slot(String id, @JsonDeserialize(using = PlatformTime.class) Instant datetime, String status) {

	/**
	 * Whether all is there that no slot is without.
	 * @return false if the id, the time or the status is missing
	 */
	boolean isWhole() {
		return this.id != null && !this.id.isBlank() && this.datetime != null && this.status != null;
	}

	/**
	 * Whether it can be booked.
	 * @return false if somebody has it
	 */
	public boolean free() {
		return "free".equals(this.status);
	}

}
