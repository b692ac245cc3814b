package routes.inspections;

import hub.platform.Inspection;

/**
 * An inspection that its inspector reports on.
 *
 * @param inspection as the platform tells of it, null if none is meant
 * @param happening what is reported
 * @param refusal why it can't be, null if it can
 */
public record Visit(Inspection inspection, Happening happening, Refusal refusal) {

	/** Why nothing can be reported. */
	enum Refusal {

		/** It is not said which inspection is meant. */
		WHICH,
		/** There is no such inspection, or it is another inspector's. */
		UNKNOWN,
		/** It has gone too far for that, or not far enough. */
		STATE

	}

	/**
	 * Whether it is not said which inspection is meant.
	 * @return true if the inspector is to choose one
	 */
	public boolean isUnnamed() {
		return this.refusal == Refusal.WHICH;
	}

	public boolean isRefused() {
		return this.refusal != null;
	}

}
