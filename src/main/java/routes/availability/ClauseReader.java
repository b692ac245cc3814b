package routes.availability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import routes.availability.Clause.Claim;
import routes.availability.Clause.Item;
import routes.availability.Clause.Trait;

/**
 * Parts a text into clauses and finds out what each claims: whom its words speak of, how
 * far a negation reaches, what is only asked.
 */
final class ClauseReader {

	private static final Set<String> SENTENCE_ENDS = Set.of(".", "!", "?", "\n", ";", "…", "❓", "❔", "؟");

	private static final Set<String> QUESTION_MARKS = Set.of("?", "❓", "❔", "؟");

	private static final Set<String> CLAUSE_ENDS = Set.of(",", ":", "(", ")", "–", "—", "-", "|", "،");

	/** What a "no" before it denies, instead of answering. */
	private static final Set<Meaning> DENIED = Set.of(Meaning.HOME, Meaning.FREE, Meaning.VACANT, Meaning.THING);

	/** What "is" before it makes a question. */
	private static final Set<Meaning> ASKED_ABOUT = Set.of(Meaning.HOME, Meaning.THING, Meaning.PERSON,
			Meaning.LISTING);

	private final Lexicon<Meaning> lexicon;

	private final List<Token> tokens;

	private final BitSet figures;

	private final List<Clause> clauses = new ArrayList<>();

	private Clause open;

	private int sentence;

	ClauseReader(Lexicon<Meaning> lexicon, List<Token> tokens, BitSet figures) {
		this.lexicon = lexicon;
		this.tokens = tokens;
		this.figures = figures;
		this.open = new Clause(0);
		part();
		this.clauses.forEach(ClauseReader::judge);
	}

	/**
	 * The clauses in the text's order.
	 * @return without empty ones
	 */
	List<Clause> clauses() {
		return this.clauses;
	}

	private void part() {
		int at = 0;
		while (at < this.tokens.size()) {
			Token token = this.tokens.get(at);
			if (this.figures.get(at)) {
				int end = this.figures.nextClearBit(at);
				add(new Item(Meaning.NOTHING, "", true, false, at));
				at = end;
				continue;
			}
			if (ends(SENTENCE_ENDS, at)) {
				endSentence(QUESTION_MARKS.contains(token.text()));
				at++;
				continue;
			}
			Lexicon.Entry<Meaning> entry = this.lexicon.find(this.tokens, at);
			if (entry != null) {
				if (opensClause(entry)) {
					endClause();
				}
				add(new Item(entry.meaning(), entry.phrase(), false, false, at));
				at += entry.length();
				continue;
			}
			switch (token.kind()) {
				case WORD -> add(new Item(null, token.text(), false, false, at));
				case NUMBER -> add(new Item(Meaning.NOTHING, token.text(), false, true, at));
				case SIGN -> {
					if (ends(CLAUSE_ENDS, at)) {
						endClause();
					}
				}
				default -> {
					// a pictograph, a time, a phone number: they answer nothing
				}
			}
			at++;
		}
		endSentence(false);
	}

	private boolean opensClause(Lexicon.Entry<Meaning> entry) {
		return switch (entry.meaning()) {
			case BUT, CORRECTION, RATHER -> true;
			case QUESTION -> entry.length() > 1 && !requests();
			default -> false;
		};
	}

	private boolean requests() {
		List<Item> items = this.open.items();
		return !items.isEmpty() && items.get(items.size() - 1).meaning() == Meaning.REQUEST;
	}

	/** A full stop in "no. 5" ends nothing. */
	private boolean ends(Set<String> ends, int at) {
		Token token = this.tokens.get(at);
		if (!ends.contains(token.text()) || (token.kind() != Token.Kind.SIGN && token.kind() != Token.Kind.EMOJI)) {
			return false;
		}
		boolean abbreviation = token.is('.') && at > 0 && this.tokens.get(at - 1).text().equals("no")
				&& at + 1 < this.tokens.size() && this.tokens.get(at + 1).kind() == Token.Kind.NUMBER;
		return !abbreviation;
	}

	private void add(Item item) {
		this.open.items().add(item);
	}

	private void endClause() {
		if (!this.open.items().isEmpty()) {
			this.clauses.add(this.open);
		}
		this.open = new Clause(this.sentence);
	}

	private void endSentence(boolean question) {
		if (question) {
			if (!this.open.items().isEmpty()) {
				this.open.mark(Trait.QUESTION);
			}
			else if (!this.clauses.isEmpty()) {
				this.clauses.get(this.clauses.size() - 1).mark(Trait.QUESTION);
			}
		}
		endClause();
		this.sentence++;
		this.open = new Clause(this.sentence);
	}

	private static void judge(Clause clause) {
		new Judgement(clause).judge();
	}

	/** One clause from left to right. */
	private static final class Judgement {

		private final Clause clause;

		private boolean negated;

		private boolean murky;

		private boolean turned;

		private boolean person;

		private boolean other;

		private boolean past;

		private boolean future;

		private boolean asks;

		private boolean itIs;

		private boolean listing;

		private boolean requests;

		private Judgement(Clause clause) {
			this.clause = clause;
		}

		private void judge() {
			this.asks = this.clause.has(Trait.QUESTION) || beginsLikeQuestion();
			for (int at = 0; at < this.clause.items().size(); at++) {
				take(this.clause.items().get(at), at);
			}
			boolean bare = (this.itIs || (this.listing && this.negated)) && this.clause.claims().isEmpty()
					&& !this.clause.has(Trait.CHATTER) && this.clause.items().stream().noneMatch(Judgement::describes);
			if (bare && !this.asks) {
				claim(this.negated ? Claim.Kind.THUMBS_DOWN : Claim.Kind.OK, this.negated ? "it is not" : "it is");
			}
		}

		/** "It's 3 bedroom", "it is 500k": no answer. */
		private static boolean describes(Item item) {
			return item.figure() || item.number() || item.meaning() == Meaning.HOME;
		}

		/** "Is the gate open": but "is available" leaves out its "it". */
		private boolean beginsLikeQuestion() {
			List<Item> items = this.clause.items();
			if (items.size() < 2 || !Set.of("is", "are").contains(items.get(0).words())) {
				return false;
			}
			Item next = items.get(1);
			if (next.meaning() == null || next.number() || ASKED_ABOUT.contains(next.meaning())
					|| (next.meaning() == Meaning.NOTHING && next.words().indexOf(' ') > 0)) {
				this.clause.mark(Trait.QUESTION);
				return true;
			}
			return false;
		}

		private void take(Item item, int at) {
			if (item.meaning() == null) {
				this.clause.mark(Trait.CHATTER);
				this.murky = this.negated;
				return;
			}
			String why = item.meaning().name().toLowerCase(Locale.ROOT) + ": " + item.words();
			switch (item.meaning()) {
				case YES -> claim(Claim.Kind.YES, why);
				case NO -> no(at, why);
				case NOPE -> claim(Claim.Kind.NO, why);
				case OK -> claim(Claim.Kind.OK, why);
				case THUMBS_DOWN -> claim(Claim.Kind.THUMBS_DOWN, why);
				case SORRY -> {
					this.clause.mark(Trait.SORRY);
					claim(Claim.Kind.SORRY, why);
				}
				case FREE -> state(true, this.person || isBeforeHome(at), why);
				case VACANT -> state(true, false, why);
				case BUSY -> state(false, this.person, why);
				case RENTED -> state(false, false, why);
				case CHECKING -> {
					if (!this.negated) {
						this.clause.claims().add(Claim.plain(Claim.Kind.CHECKING, why));
					}
				}
				case DOUBT -> this.clause.mark(Trait.DOUBT);
				case CONDITION -> {
					if (!this.requests) {
						this.clause.mark(Trait.CONDITION);
					}
				}
				case NOT -> {
					this.murky |= this.negated;
					this.negated = true;
				}
				case OR -> this.negated |= this.turned;
				case AND -> {
					this.negated = false;
					this.murky = false;
				}
				case QUESTION -> {
					if (!this.requests) {
						this.asks = true;
						this.clause.mark(Trait.QUESTION);
					}
				}
				case REQUEST -> this.requests = true;
				case CORRECTION -> this.clause.mark(Trait.CORRECTION);
				case RATHER -> this.clause.mark(Trait.RATHER);
				case BUT -> this.clause.mark(Trait.BUT);
				case OTHER -> this.other = true;
				case PERSON -> {
					this.person = true;
					if (!this.requests) {
						this.clause.mark(Trait.PERSON);
					}
				}
				case THING -> {
					this.person = true;
					this.clause.mark(Trait.CHATTER);
				}
				case IT_IS -> {
					this.itIs = true;
					this.person = false;
					this.other = false;
				}
				case LISTING -> {
					this.itIs |= item.words().equals("its") || item.words().equals("cest");
					this.listing = true;
					this.person = false;
					this.other = false;
				}
				case PAST -> this.past = true;
				case FUTURE -> this.future = true;
				case NOW -> {
					this.past = false;
					this.clause.mark(Trait.NOW);
				}
				case HOME, NOTHING -> {
					// says nothing by itself
				}
			}
		}

		/**
		 * "No" answers, or denies what follows ("no vacant room", "no parking"), or is
		 * the short for number.
		 */
		private void no(int at, String why) {
			Item next = (at + 1 < this.clause.items().size()) ? this.clause.items().get(at + 1) : null;
			if (next != null && next.number()) {
				return;
			}
			boolean denies = next != null && (next.meaning() == null || DENIED.contains(next.meaning()));
			if (denies) {
				this.negated = true;
				this.murky = next.meaning() == null || next.meaning() == Meaning.THING;
			}
			else {
				claim(Claim.Kind.NO, why);
			}
		}

		private void claim(Claim.Kind kind, String why) {
			if (!this.asks) {
				this.clause.claims().add(Claim.plain(kind, why));
			}
		}

		/** "Our available houses": not this one. "No available house" is an answer. */
		private boolean isBeforeHome(int at) {
			List<Item> items = this.clause.items();
			return !this.negated && at + 1 < items.size() && items.get(at + 1).meaning() == Meaning.HOME;
		}

		private void state(boolean available, boolean ofPerson, String why) {
			if (!this.asks && !ofPerson && !this.other) {
				Claim.Kind kind = (available != this.negated) ? Claim.Kind.AVAILABLE : Claim.Kind.TAKEN;
				this.clause.claims()
					.add(new Claim(kind, this.past, this.future, this.murky, this.negated,
							this.negated ? "not " + why : why));
			}
			this.turned = this.negated;
			this.negated = false;
			this.murky = false;
		}

	}

}
