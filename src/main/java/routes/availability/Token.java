package routes.availability;

/**
 * A piece of a folded text.
 *
 * @param kind what it is
 * @param text the piece: a word without its apostrophes, an emoji without skin tone and
 * variation selector, a figure or sign as written
 * @param start where it begins in the folded text
 * @param end where it ends
 */
record Token(Kind kind, String text, int start, int end) {

	/** What a piece is. */
	enum Kind {

		/** Letters. */
		WORD,
		/** A number with its grouping, such as {@code 2,500,000} or {@code 1.5}. */
		NUMBER,
		/** A day in digits with its year, such as {@code 2026-12-01}. */
		DATE,
		/** A time of day, such as {@code 10:30} or {@code 2pm}. */
		TIME,
		/** A phone or account number. */
		PHONE,
		/** One emoji or other pictograph. */
		EMOJI,
		/** Anything else that shows, one character, and line ends. */
		SIGN

	}

	/**
	 * Whether it is a certain sign.
	 * @param sign the character
	 * @return true if so
	 */
	boolean is(char sign) {
		return this.kind == Kind.SIGN && this.text.charAt(0) == sign;
	}

	/**
	 * Whether nothing stands between this and the next piece.
	 * @param next the next piece
	 * @return true if so
	 */
	boolean touches(Token next) {
		return this.end == next.start;
	}

}
