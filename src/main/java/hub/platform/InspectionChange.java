package hub.platform;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be different about an inspection; null stays as it is.
 *
 * @param status {@code in_progress}, {@code completed}, {@code no_show} or
 * {@code cancelled}
 * @param notes the inspector's, or why it does not take place
 * @param scheduledDatetime when it is to be instead: the time of a free slot
 */
public record InspectionChange(String status, String notes, Instant scheduledDatetime) {

	/**
	 * Another status.
	 * @param status as above
	 * @param notes what is to be said about it, null for nothing
	 * @return the change
	 */
	public static InspectionChange status(String status, String notes) {
		return new InspectionChange(status, notes, null);
	}

	/**
	 * Another time.
	 * @param at the time of a free slot
	 * @return the change
	 */
	public static InspectionChange moved(Instant at) {
		return new InspectionChange(null, null, at);
	}

	Map<String, Object> body() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", this.status);
		body.put("notes", this.notes);
		body.put("scheduled_datetime", Objects.toString(this.scheduledDatetime, null));
		body.values().removeIf((value) -> value == null);
		return body;
	}

}
