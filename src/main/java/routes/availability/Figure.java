package routes.availability;

/**
 * What a word or phrase says about an amount or a day. The files under
 * {@code reply-words/} say which words mean what.
 */
enum Figure {

	/** A currency; its value is the ISO 4217 code. */
	CURRENCY,
	/** Multiplies the number before it; its value is the factor. */
	SCALE,
	/** For how long a rent is paid; its value is the {@link AgentReply.Period}. */
	PERIOD,
	/** Stands between amount and period: "per", "a". */
	PER,
	/** Speaks of the rent. */
	RENT,
	/** Speaks of money that is no rent: deposits, fees. */
	FEE,
	/** The amount before or after it no longer holds. */
	OLD,
	/** The amount after it holds now. */
	NEW,
	/** The number before it counts or measures something. */
	MEASURE,
	/** Joins the ends of a range: "to". */
	TO,
	/** A number in a word; its value is the number. */
	NUMBER,
	/** A month; its value is 1 to 12. */
	MONTH,
	/**
	 * A month whose word has other meanings, so that it needs a day or a preposition.
	 */
	MAYBE_MONTH,
	/** A weekday; its value is 1 (Monday) to 7. */
	WEEKDAY,
	/** A weekday whose word has other meanings, so that it needs a preposition. */
	MAYBE_WEEKDAY,
	/** A day; its value is days from today. */
	DAY,
	/** Days, weeks, months or years; its value is the {@link AgentReply.Period}. */
	UNIT,
	/** The ending of an ordinal: "st", "er". */
	ORDINAL,
	/** From the day on that follows. */
	FROM,
	/** Until the day that follows. */
	UNTIL,
	/** The day that follows is named, not more: "on", "by". */
	ON,
	/** So long from now. */
	IN,
	/** The next one. */
	NEXT,
	/** This one. */
	THIS,
	/** One that is over. */
	LAST,
	/** So long before now. */
	AGO,
	/** The end of a month, week or year. */
	END,
	/** The middle of a month. */
	MIDDLE,
	/** The beginning of a month. */
	BEGINNING,
	/** Visiting the home, not moving in. */
	VISIT,
	/** Says nothing. */
	NOTHING

}
