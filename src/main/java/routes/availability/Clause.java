package routes.availability;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a sentence, and what its words claim.
 */
final class Clause {

	private final int sentence;

	private final List<Item> items = new ArrayList<>();

	private final List<Claim> claims = new ArrayList<>();

	private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

	Clause(int sentence) {
		this.sentence = sentence;
	}

	int sentence() {
		return this.sentence;
	}

	List<Item> items() {
		return this.items;
	}

	List<Claim> claims() {
		return this.claims;
	}

	void mark(Trait trait) {
		this.traits.add(trait);
	}

	boolean has(Trait trait) {
		return this.traits.contains(trait);
	}

	/**
	 * Whether it claims something about the home, true or not.
	 * @return true if so
	 */
	boolean hasState() {
		return this.claims.stream().anyMatch(Claim::isState);
	}

	boolean claims(Claim.Kind kind) {
		return this.claims.stream().anyMatch((claim) -> claim.kind() == kind);
	}

	/** What colours a clause. */
	enum Trait {

		/** It asks. */
		QUESTION,
		/** It is uncertain. */
		DOUBT,
		/** It makes something depend on something else. */
		CONDITION,
		/** It stands against what was said before. */
		BUT,
		/** It takes back what was said before. */
		CORRECTION,
		/** It takes back what was said before if it says something else. */
		RATHER,
		/** It apologises. */
		SORRY,
		/** It says how it is now, whatever it was. */
		NOW,
		/** It speaks of a person. */
		PERSON,
		/** It has words that nobody here knows. */
		CHATTER

	}

	/**
	 * A piece of a clause.
	 *
	 * @param meaning what it means, null for unknown words
	 * @param words its words
	 * @param figure whether it belongs to an amount or a day
	 * @param token the index of its first token
	 * @param number whether it is a number that is neither
	 */
	record Item(Meaning meaning, String words, boolean figure, boolean number, int token) {
	}

	/**
	 * Something that a clause says in answer to the question.
	 *
	 * @param kind what it says
	 * @param past whether it was so
	 * @param future whether it will be so
	 * @param murky whether a negation stands before it that may not reach it
	 * @param negated whether a negation has turned it
	 * @param why the words, for operators
	 */
	record Claim(Kind kind, boolean past, boolean future, boolean murky, boolean negated, String why) {

		/** What is said. */
		enum Kind {

			/** The home can be had. */
			AVAILABLE,
			/** The home can't be had. */
			TAKEN,
			/** Yes. */
			YES,
			/** No. */
			NO,
			/** Yes, if nothing else is said. */
			OK,
			/** No, if nothing else is said. */
			THUMBS_DOWN,
			/** Sorry: no, if nothing else is said. */
			SORRY,
			/** The agent finds out. */
			CHECKING

		}

		static Claim plain(Kind kind, String why) {
			return new Claim(kind, false, false, false, false, why);
		}

		boolean isState() {
			return this.kind == Kind.AVAILABLE || this.kind == Kind.TAKEN;
		}

	}

}
