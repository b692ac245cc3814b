package routes.availability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import routes.availability.AgentReply.Answer;
import routes.availability.Clause.Claim;
import routes.availability.Clause.Claim.Kind;
import routes.availability.Clause.Trait;

/**
 * Weighs what the clauses of a reply claim. What is said of the home outweighs a yes or
 * no ("yes it's taken" is a no), certainty is needed for both, and two words against each
 * other are unclear unless the text says which of them holds.
 */
final class AnswerReader {

	private final List<Clause> clauses;

	private final boolean dated;

	/** The sentences that have a clause with a trait. */
	private final Map<Trait, BitSet> sentences = new EnumMap<>(Trait.class);

	private final List<State> states = new ArrayList<>();

	/** The last sentence in which something is said. */
	private final Map<Kind, Integer> said = new EnumMap<>(Kind.class);

	private final List<String> why = new ArrayList<>();

	/**
	 * Weighs a reply.
	 * @param clauses its clauses
	 * @param dated whether it names a day to come
	 */
	AnswerReader(List<Clause> clauses, boolean dated) {
		this.clauses = standing(clauses);
		this.dated = dated;
		for (Trait trait : Trait.values()) {
			BitSet marked = new BitSet();
			this.clauses.stream()
				.filter((clause) -> clause.has(trait))
				.forEach((clause) -> marked.set(clause.sentence()));
			this.sentences.put(trait, marked);
		}
		for (int at = 0; at < this.clauses.size(); at++) {
			gather(at);
		}
	}

	/**
	 * The words that say something.
	 * @return in the text's order
	 */
	List<String> why() {
		return this.why;
	}

	/** What was taken back is no longer said. */
	private static List<Clause> standing(List<Clause> clauses) {
		boolean speaks = false;
		for (int at = clauses.size() - 1; at >= 0; at--) {
			Clause clause = clauses.get(at);
			speaks |= clause.claims().stream().anyMatch((claim) -> claim.kind() != Kind.SORRY);
			if (clause.has(Trait.CORRECTION) || (speaks && clause.has(Trait.RATHER))) {
				return clauses.subList(at, clauses.size());
			}
		}
		return clauses;
	}

	private void gather(int at) {
		Clause clause = this.clauses.get(at);
		for (Claim claim : clause.claims()) {
			this.why.add(claim.why());
			if (claim.isState()) {
				this.states.add(new State(at, claim));
			}
			else if (counts(clause, claim)) {
				this.said.put(claim.kind(), clause.sentence());
			}
		}
	}

	/**
	 * A yes before a question greets ("yes, who is it?"), before an agent's own affairs
	 * it tells of them ("yes, I am driving").
	 */
	private boolean counts(Clause clause, Claim claim) {
		if (claim.kind() != Kind.YES && claim.kind() != Kind.NO) {
			return true;
		}
		int sentence = clause.sentence();
		return !has(Trait.QUESTION, sentence) && !(has(Trait.PERSON, sentence) && has(Trait.CHATTER, sentence));
	}

	/**
	 * The answer.
	 * @return never null
	 */
	Answer answer() {
		boolean doubt = this.states.stream().anyMatch(this::isDoubtful) || hasBareDoubt();
		boolean available = says(Kind.AVAILABLE);
		boolean taken = says(Kind.TAKEN);
		if (available && taken) {
			return turned();
		}
		if (isChecking(doubt, available, taken)) {
			return Answer.CHECKING;
		}
		if (taken) {
			return doubt ? Answer.UNCLEAR : Answer.NO;
		}
		if (available) {
			boolean denied = says(Kind.THUMBS_DOWN)
					|| (says(Kind.NO) && !this.states.stream().allMatch((state) -> state.claim().negated()));
			return (doubt || denied) ? Answer.UNCLEAR : Answer.YES;
		}
		return withoutState(doubt);
	}

	/**
	 * Whoever finds out has not answered, unless the answer came later ("hold on", "yes
	 * it is") or is a no that the finding out doesn't concern ("taken, I'll get back to
	 * you").
	 */
	private boolean isChecking(boolean doubt, boolean available, boolean taken) {
		if (!says(Kind.CHECKING)) {
			return false;
		}
		if (doubt) {
			return true;
		}
		int checking = this.said.get(Kind.CHECKING);
		if (taken) {
			return this.clauses.stream().anyMatch((clause) -> clause.has(Trait.BUT) && clause.claims(Kind.CHECKING));
		}
		if (available) {
			return this.clauses.get(this.states.get(this.states.size() - 1).clause()).sentence() <= checking;
		}
		return Math.max(this.said.getOrDefault(Kind.YES, -1), this.said.getOrDefault(Kind.NO, -1)) <= checking;
	}

	private Answer withoutState(boolean doubt) {
		boolean uncertain = doubt || says(Trait.DOUBT) || says(Trait.CONDITION);
		boolean alone = !uncertain && !says(Trait.CHATTER) && !says(Trait.QUESTION) && !says(Trait.PERSON);
		boolean yes = says(Kind.YES) || (alone && says(Kind.OK));
		boolean no = says(Kind.NO) || (alone && says(Kind.THUMBS_DOWN));
		if (uncertain || (yes && (no || says(Kind.THUMBS_DOWN))) || (no && says(Kind.OK))) {
			return Answer.UNCLEAR;
		}
		if (yes) {
			return Answer.YES;
		}
		return (no || (alone && says(Kind.SORRY))) ? Answer.NO : Answer.UNCLEAR;
	}

	/**
	 * Both were said: the second holds if it says that it does ("available but already
	 * reserved", "it was taken, it's available again"), else nobody knows.
	 */
	private Answer turned() {
		int turn = 1;
		while (this.states.get(turn).is(this.states.get(0).claim().kind())) {
			turn++;
		}
		List<State> before = this.states.subList(0, turn);
		State second = this.states.get(turn);
		if (!this.states.subList(turn, this.states.size())
			.stream()
			.allMatch((state) -> state.is(second.claim().kind()))) {
			return Answer.UNCLEAR;
		}
		boolean over = before.stream().allMatch((state) -> state.claim().past());
		int first = this.states.get(turn - 1).clause();
		List<Clause> since = this.clauses.subList(Math.min(first + 1, second.clause()), second.clause() + 1);
		boolean now = over || since.stream().anyMatch((clause) -> clause.has(Trait.NOW));
		if (second.is(Kind.TAKEN)) {
			boolean holds = now
					|| since.stream().anyMatch((clause) -> clause.has(Trait.BUT) || clause.has(Trait.SORRY));
			return (holds && !isDoubtful(second)) ? Answer.NO : Answer.UNCLEAR;
		}
		if (this.dated) {
			// "taken, but available from Monday": not now, and from then on
			return before.stream().noneMatch(this::isDoubtful) ? Answer.NO : Answer.UNCLEAR;
		}
		return (now && !isDoubtful(second)) ? Answer.YES : Answer.UNCLEAR;
	}

	private boolean isDoubtful(State state) {
		Claim claim = state.claim();
		Clause clause = this.clauses.get(state.clause());
		boolean vague = claim.future() && (claim.kind() == Kind.TAKEN || !this.dated);
		boolean over = claim.past() && claim.kind() == Kind.AVAILABLE;
		return claim.murky() || vague || over || clause.has(Trait.DOUBT) || has(Trait.CONDITION, clause.sentence());
	}

	/** "Available. I think." */
	private boolean hasBareDoubt() {
		return this.clauses.stream()
			.anyMatch((clause) -> clause.has(Trait.DOUBT) && !clause.hasState() && !clause.has(Trait.CHATTER));
	}

	private boolean has(Trait trait, int sentence) {
		return this.sentences.get(trait).get(sentence);
	}

	private boolean says(Trait trait) {
		return !this.sentences.get(trait).isEmpty();
	}

	private boolean says(Kind kind) {
		return this.said.containsKey(kind) || this.states.stream().anyMatch((state) -> state.is(kind));
	}

	/** What a clause, by its index, says about the home. */
	private record State(int clause, Claim claim) {

		private boolean is(Kind kind) {
			return this.claim.kind() == kind;
		}

	}

}
