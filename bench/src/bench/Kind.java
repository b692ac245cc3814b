package bench;

import java.util.Locale;

/**
 * What people do in a mixed load.
 */
enum Kind {

	/** A seeker asks for the menu. */
	MENU("a menu", "50"),
	/** A seeker looks at homes: one message for each, and one that goes on. */
	BROWSE("a page of homes", "20"),
	/** A seeker's step towards a booking: asking for times, choosing one, confirming. */
	BOOKING("a step of a booking", "15"),
	/** A visitor has an agent asked, who taps YES. */
	CHECK("an agent's YES", "10"),
	/** A visitor has an agent asked, who answers in words with a photo. */
	PHOTO("an agent's photo", "5"),
	/** A visitor's request of the API. */
	ASK("a check, asked for by the API", ""),
	/** A report of the provider's on a message of the hub's. */
	STATUS("a status", "");

	private final String title;

	private final String share;

	Kind(String title, String share) {
		this.title = title;
		this.share = share;
	}

	String title() {
		return this.title;
	}

	/**
	 * How often it is done, if nothing else is wished.
	 * @return parts of all that people do; empty for what follows from something else
	 */
	String share() {
		return this.share;
	}

	/** The option that says otherwise. */
	String option() {
		return name().toLowerCase(Locale.ROOT);
	}

}
