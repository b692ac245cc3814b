package routes.availability;

/**
 * What a word or phrase of an agent may mean, as far as an answer goes. The files under
 * {@code reply-words/} say which words mean what.
 */
enum Meaning {

	/** Yes. */
	YES,
	/** No; before a thing also "none of it" ({@code no parking}). */
	NO,
	/** No, and nothing else. */
	NOPE,
	/** Yes, but only where nothing else is said: "ok", 👍. */
	OK,
	/** No, but only where nothing else is said: 👎. */
	THUMBS_DOWN,
	/** An apology: a no where nothing else is said; announces a change of mind. */
	SORRY,
	/** To be had, of a home or of a person's time: "available", "free". */
	FREE,
	/** To be had, only of a home: "vacant". */
	VACANT,
	/** Not to be had, of a home or of a person: "booked", "gone". */
	BUSY,
	/** Not to be had, only of a home: "rented". */
	RENTED,
	/** Finds out. */
	CHECKING,
	/** Takes certainty from what is said with it: "maybe", "I think". */
	DOUBT,
	/** Makes what is said depend on something: "if", "unless". */
	CONDITION,
	/** Turns what follows into its opposite: "not", "never". */
	NOT,
	/** Carries a negation on: "or", "nor". */
	OR,
	/** Ends what a negation reaches: "and", "because". */
	AND,
	/** A question begins. */
	QUESTION,
	/** Asks to be told: what follows depends on nothing ("let me know if …"). */
	REQUEST,
	/** What was said before does not hold: "I meant", "wrong message". */
	CORRECTION,
	/** What was said before does not hold if something else is said now: "actually". */
	RATHER,
	/** Something else begins, against what was said: "but". */
	BUT,
	/** Speaks of another home. */
	OTHER,
	/** Speaks of a person, not of the home: "I am", "the landlord". */
	PERSON,
	/** Speaks of a thing that belongs to the home: "the key", "light". */
	THING,
	/** Speaks of the home that was asked for: "it", "this one". */
	LISTING,
	/** "It is": an answer when nothing else is said. */
	IT_IS,
	/** A home; none of them when a no stands before it. */
	HOME,
	/** It was so. */
	PAST,
	/** It will be so. */
	FUTURE,
	/** It is so now, whatever it was before. */
	NOW,
	/** Says nothing, and hides the answers' words in it: "no problem", "feel free". */
	NOTHING

}
