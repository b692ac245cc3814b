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
	 * Whether it can be booked.
	 * @return false if somebody has it
	 */
	public boolean free() {
		return "free".equals(this.status);
	}

}
