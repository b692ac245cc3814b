package hub.platform;

import java.time.Instant;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * A viewing of a listing as the platform tells of it.
 *
 * @param id the platform's id, also called booking id
 * @param propertyId the listing's
 * @param propertyTitle what the listing is called
 * @param location where it is, in words
 * @param scheduledDatetime when it begins
 * @param status {@code scheduled}, {@code in_progress}, {@code completed},
 * {@code no_show} or {@code cancelled}
 * @param seekerId who looks for a home
 * @param agentId who offers it, null for nobody
 * @param inspectorId who visits it for the seeker, null for nobody
 * @param agentContact how to reach the agent, null for unknown
 * @param notes the inspector's, null for none
 */
public record Inspection(String id, String propertyId, String propertyTitle, String location,
		@JsonDeserialize(using = PlatformTime.class) Instant scheduledDatetime, String status, String seekerId,
		String agentId, String inspectorId, String agentContact, String notes) {

	/** The status of one that is to take place. */
	public static final String SCHEDULED = "scheduled";

	/** The status of one that is taking place. */
	public static final String IN_PROGRESS = "in_progress";

	/** The status of one that has taken place. */
	public static final String COMPLETED = "completed";

	/** The status of one to which the seeker did not come. */
	public static final String NO_SHOW = "no_show";

	/** The status of one that does not take place. */
	public static final String CANCELLED = "cancelled";

	/**
	 * Whether all is there that no inspection is without.
	 * @return false if the id, the listing, the time or the status is missing
	 */
	boolean isWhole() {
		return this.id != null && !this.id.isBlank() && this.propertyId != null && this.scheduledDatetime != null
				&& this.status != null;
	}

	/**
	 * Whether it is to take place.
	 * @return false once it has begun, is over or was cancelled
	 */
	public boolean scheduled() {
		return SCHEDULED.equals(this.status);
	}

	/**
	 * Whether it is to take place or is taking place.
	 * @return false once it is over or was cancelled
	 */
	public boolean open() {
		return scheduled() || IN_PROGRESS.equals(this.status);
	}

}
