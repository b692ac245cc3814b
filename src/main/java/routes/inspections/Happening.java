package routes.inspections;

import java.util.Locale;

import hub.platform.Inspection;

/**
 * What becomes of an inspection, as its participants are told.
 */
enum Happening {

	/** Somebody has booked it. */
	BOOKED,
	/** It does not take place. */
	CANCELLED,
	/** It takes place at another time. */
	RESCHEDULED,
	/** The inspector has begun. */
	STARTED,
	/** It has taken place. */
	COMPLETED,
	/** The seeker did not come. */
	NO_SHOW,
	/** The inspector can't come, so that it does not take place. */
	CANNOT_ATTEND;

	/**
	 * Reads what a route calls it.
	 * @param key such as {@code no_show}
	 * @return the happening
	 * @throws IllegalArgumentException if there is no such
	 */
	static Happening of(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT));
	}

	/**
	 * What texts and routes call it.
	 * @return such as {@code no_show}
	 */
	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether an inspector can report it.
	 * @param inspection as it is now
	 * @return false if the inspection has gone too far for that
	 */
	boolean possible(Inspection inspection) {
		return switch (this) {
			case STARTED, CANNOT_ATTEND -> inspection.scheduled();
			case COMPLETED, NO_SHOW -> inspection.open();
			default -> false;
		};
	}

	/**
	 * The status that an inspection has from then on.
	 * @return the platform's word
	 */
	String status() {
		return switch (this) {
			case BOOKED, RESCHEDULED -> Inspection.SCHEDULED;
			case STARTED -> Inspection.IN_PROGRESS;
			case COMPLETED -> Inspection.COMPLETED;
			case NO_SHOW -> Inspection.NO_SHOW;
			// The platform knows no inspection without its inspector
			case CANCELLED, CANNOT_ATTEND -> Inspection.CANCELLED;
		};
	}

}
