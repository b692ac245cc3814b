package routes.turn;

import java.util.Locale;

import hub.camel.Failures;
import hub.contact.Role;
import hub.platform.PlatformUnavailableException;
import hub.queue.Outcome;
import hub.queue.Work;
import hub.store.Database;
import hub.turn.Replies;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * What the turn itself answers, when no journey does.
 */
@Component("turnAnswers")
public class Answers {

	private static final Logger log = LoggerFactory.getLogger(Answers.class);

	private final Replies replies;

	public Answers(Replies replies) {
		this.replies = replies;
	}

	/**
	 * Stops everything but direct answers.
	 * @param turn the turn of a STOP
	 */
	public void optOut(Turn turn) {
		turn.leaveDialogue();
		turn.change((database) -> database.statement("turn/opt-out")
			.param("contact_id", turn.contact().id())
			.param("at", Database.time(turn.now()))
			.update());
		this.replies.say(turn, (turn.contact().optedOutAt() != null) ? "stop.again" : "stop.done");
	}

	/**
	 * Lets everything through again.
	 * @param turn the turn of a START
	 */
	public void optIn(Turn turn) {
		turn.change((database) -> database.statement("turn/opt-in").param("contact_id", turn.contact().id()).update());
		this.replies.say(turn, (turn.contact().optedOutAt() != null) ? "start.done" : "start.again");
	}

	/**
	 * Answers anything but words. A dialogue that waits goes on waiting.
	 * @param turn the turn
	 */
	public void media(Turn turn) {
		String key = "media." + turn.message().kind().name().toLowerCase(Locale.ROOT);
		this.replies.sayWithMenu(turn, key);
	}

	/**
	 * Takes note of a reaction. It needs no answer: nobody expects one.
	 * @param turn the turn
	 */
	public void reaction(Turn turn) {
		log.info("A reaction was noted");
	}

	/**
	 * Leaves a dialogue.
	 * @param turn the turn
	 */
	public void cancel(Turn turn) {
		boolean waited = turn.awaitsWords();
		turn.leaveDialogue();
		this.replies.sayWithMenu(turn, waited ? "cancel.done" : "cancel.nothing");
	}

	/**
	 * Answers words that nobody could make sense of.
	 * @param turn the turn
	 */
	public void misunderstood(Turn turn) {
		this.replies.sayWithMenu(turn, misunderstanding(turn));
	}

	private static String misunderstanding(Turn turn) {
		boolean seeker = turn.contact().linked() && turn.account().role() == Role.SEEKER;
		return seeker ? "misunderstood.seeker" : "misunderstood";
	}

	/**
	 * Whether a turn that has failed may have changed something at the platform all the
	 * same, by this try or an earlier one. Tried again under its keys it changes that
	 * once, and whoever is to hear of it does: whoever chose the same anew would be told
	 * that it is done already, and nobody else anything.
	 * @param turn the turn
	 * @param failure what has failed, as the route caught it
	 * @return true if the turn is to be tried again
	 */
	public boolean unsettled(Turn turn, Throwable failure) {
		return turn.repeated()
				|| (Failures.unwrapped(failure) instanceof PlatformUnavailableException away && away.unsure());
	}

	/**
	 * Ends a turn honestly because somebody it depends on is away, and nothing was
	 * changed.
	 * @param turn the turn
	 */
	public void dependencyAway(Turn turn) {
		turn.abandon();
		this.replies.sayWithMenu(turn, "apology.dependency");
	}

	/**
	 * Apologises for a message that could not be handled at all. If the platform stayed
	 * away to the last, nobody knows what it has done.
	 * @param turn the turn
	 * @param failure what the last try failed of, null if it never ended
	 */
	public void apologise(Turn turn, Throwable failure) {
		turn.abandon();
		boolean unsure = Failures.unwrapped(failure) instanceof PlatformUnavailableException;
		this.replies.sayWithMenu(turn, unsure ? "apology.unsure" : "apology.failed");
	}

	/**
	 * The end of an item that can't be handled, however often it is tried.
	 * @param failure why
	 * @return what ends it
	 */
	public Work bury(Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		log.error("An item can't be handled: {}", cause.getMessage());
		return new Burial(cause.getMessage());
	}

	private record Burial(String reason) implements Work {

		@Override
		public void write(Database database) {
			// nothing but the item's end
		}

		@Override
		public Outcome outcome() {
			return new Outcome.Dead(this.reason);
		}

	}

}
