package routes.turn;

/**
 * What a person wants with a message. The content-based router of the turn chooses by
 * these; the first that fits, in this order, is the one.
 */
public enum Intent {

	/** Nothing but direct answers any more. */
	OPT_OUT(Allowance.ALWAYS),
	/** Everything again. */
	OPT_IN(Allowance.ALWAYS),
	/** A button, row or quick reply of ours was tapped. */
	ACTION(Allowance.GENEROUS),
	/** {@code /link EMAIL}. */
	LINK(Allowance.NORMAL),
	/** A bare 6-digit code after one was asked for. */
	CODE(Allowance.GENEROUS),
	/** {@code unlink}. */
	UNLINK(Allowance.NORMAL),
	/** {@code help}. */
	HELP(Allowance.NORMAL),
	/** {@code cancel}: leaves a dialogue. */
	CANCEL(Allowance.NORMAL),
	/** {@code menu} or a greeting. */
	MENU(Allowance.NORMAL),
	/** Words that a question of ours waits for. */
	DIALOGUE(Allowance.NORMAL),
	/** Perhaps the answer to a question that the hub has put to this person. */
	ANSWER(Allowance.NORMAL),
	/** Perhaps said to a visitor of the web chat whom this person talks with. */
	TALK(Allowance.NORMAL),
	/** The provider tells that the person's number or id has changed. */
	CHANGE(Allowance.ALWAYS),
	/** An emoji on an earlier message. */
	REACTION(Allowance.NORMAL),
	/** A photo, a place, a voice note, a card, a form: anything but words. */
	MEDIA(Allowance.NORMAL),
	/** Words that are none of the above. */
	OTHER(Allowance.NORMAL);

	private final Allowance allowance;

	Intent(Allowance allowance) {
		this.allowance = allowance;
	}

	Allowance allowance() {
		return this.allowance;
	}

	/** How a message counts against its sender's limit. */
	enum Allowance {

		/** Counts. */
		NORMAL,
		/** Counts only against a high ceiling. */
		GENEROUS,
		/**
		 * Is always done. Only the answer is left out for somebody who does nothing else.
		 */
		ALWAYS

	}

}
