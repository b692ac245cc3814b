package routes.turn;

import java.util.Set;

import hub.message.Kind;
import hub.store.Database;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Questions whose answer does at once what can't be taken back: they hold only as long as
 * they are the last thing that was said. An "ok" to a reminder cancels nothing, nor does
 * one to the answer that somebody got to something else.
 */
@Component
public class PassingQuestions {

	static final String CONSENT = "menu-take-consent";

	private static final Set<String> PASSING = Set.of(CONSENT, "inspections-take-reason");

	private final Database database;

	public PassingQuestions(Database database) {
		this.database = database;
	}

	/**
	 * Drops a question that was followed by something else, such as a reminder, before
	 * the person wrote.
	 * @param turn a turn that was just opened
	 */
	void dropOvertaken(Turn turn) {
		if (turn.message().kind() == Kind.TEXT && isPassing(turn) && isOvertaken(turn)) {
			turn.dropQuestion();
		}
	}

	/**
	 * Drops a question that the person has not answered but left for something else.
	 * @param turn the turn
	 * @param intent what the person wants
	 */
	static void dropLeft(Turn turn, Intent intent) {
		if (isPassing(turn) && leaves(intent, turn.sender().dialogue().name())) {
			turn.dropQuestion();
		}
	}

	private static boolean isPassing(Turn turn) {
		return turn.awaitsWords() && PASSING.contains(turn.sender().dialogue().name());
	}

	private static boolean leaves(Intent intent, String dialogue) {
		return switch (intent) {
			// what answers the question also ends it
			case DIALOGUE, CANCEL -> false;
			// nobody is answered
			case REACTION, CHANGE -> false;
			// a picture may belong to the words that follow; yes and no need none
			case MEDIA -> dialogue.equals(CONSENT);
			default -> true;
		};
	}

	private boolean isOvertaken(Turn turn) {
		return this.database.statement("turn/is-overtaken")
			.param("contact_id", turn.contact().id())
			.param("heard_at", Database.time(turn.heardAt()))
			.query(Boolean.class)
			.single();
	}

}
