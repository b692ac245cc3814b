package routes.availability;

import java.time.LocalDate;
import java.util.List;

import routes.availability.AgentReply.Answer;
import routes.availability.Clause.Claim.Kind;
import routes.availability.DateReader.Day;
import routes.availability.DateReader.Relation;

/**
 * Tells the day from which a home can be had among the days that a reply names: the
 * others are of visits, or of when somebody else moved in.
 */
final class MoveInDay {

	private final List<Clause> clauses;

	private final List<Integer> visits;

	MoveInDay(List<Clause> clauses, List<Piece> pieces) {
		this.clauses = clauses;
		this.visits = pieces.stream().filter((piece) -> piece.is(Figure.VISIT)).map(Piece::from).toList();
	}

	/**
	 * Finds the day.
	 * @param answer what the reply says
	 * @param days the days it names that are not over
	 * @return null for none
	 */
	LocalDate find(Answer answer, List<Day> days) {
		return switch (answer) {
			case YES -> days.stream().filter(this::begins).map(Day::date).findFirst().orElse(null);
			case NO -> days.stream().filter(this::ends).map(Day::date).findFirst().orElse(null);
			default -> null;
		};
	}

	/** "Free from Monday", "available on 1 December", "yes, from Monday". */
	private boolean begins(Day day) {
		Clause clause = clause(day.token());
		if (isVisit(clause) || day.relation() == Relation.UNTIL) {
			return false;
		}
		boolean said = clause.claims(Kind.AVAILABLE);
		boolean from = day.relation() == Relation.FROM;
		return said || (from && !clause.claims(Kind.TAKEN));
	}

	/** "Not until Monday", "taken, but available from Monday". */
	private boolean ends(Day day) {
		Clause clause = clause(day.token());
		if (isVisit(clause)) {
			return false;
		}
		if (clause.claims(Kind.TAKEN)) {
			return day.relation() == Relation.UNTIL;
		}
		return clause.claims(Kind.AVAILABLE) || day.relation() != Relation.NONE;
	}

	private boolean isVisit(Clause clause) {
		int next = this.clauses.indexOf(clause) + 1;
		int end = (next < this.clauses.size()) ? start(this.clauses.get(next)) : Integer.MAX_VALUE;
		return this.visits.stream().anyMatch((visit) -> visit >= start(clause) && visit < end);
	}

	private Clause clause(int token) {
		Clause found = this.clauses.get(0);
		for (Clause clause : this.clauses) {
			if (start(clause) <= token) {
				found = clause;
			}
		}
		return found;
	}

	private static int start(Clause clause) {
		return clause.items().get(0).token();
	}

}
