package routes.linking;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import hub.message.Option;
import hub.message.OutboundMessage;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Turn;
import routes.linking.Redemption.Verdict;

import org.springframework.stereotype.Component;

/**
 * Numbers that somebody named who proved a mailbox on the web. Only the number itself
 * makes it true: by the same code, or by a yes to our question.
 */
@Component("pendingNumbers")
public class PendingNumbers {

	private static final Duration OPEN = Duration.ofHours(24);

	private final Database database;

	private final Texts texts;

	public PendingNumbers(Database database, Texts texts) {
		this.database = database;
		this.texts = texts;
	}

	/**
	 * Whether somebody says that the sender's number is theirs.
	 * @param turn the turn
	 * @return false without a number, without anybody, and after a day
	 */
	public boolean isClaimed(Turn turn) {
		return claim(turn).isPresent();
	}

	private Optional<Claim> claim(Turn turn) {
		return this.database.statement("linking/find-pending-number")
			.param("phone", turn.contact().phone())
			.param("since", Database.time(turn.now().minus(OPEN)))
			.query((row, n) -> new Claim(row.getLong("id"), row.getString("email"), row.getString("user_id")))
			.optional();
	}

	/**
	 * Asks whether it is true.
	 * @param turn the turn of a claimed number
	 */
	public void ask(Turn turn) {
		claim(turn).ifPresent((claim) -> turn
			.reply(OutboundMessage.text(this.texts.say(turn.language(), "link.confirm", masked(claim.email())))
				.withOptions(List.of(
						new Option("confirm_number:" + claim.id(), this.texts.say(turn.language(), "link.confirm-yes")),
						new Option("refuse_number:" + claim.id(), this.texts.say(turn.language(), "link.confirm-no"))),
						null)));
	}

	/** Its owner knows the rest, and nobody else is to learn it. */
	private static String masked(String email) {
		return email.charAt(0) + "…" + email.substring(email.indexOf('@'));
	}

	/**
	 * Takes the number's yes.
	 * @param turn the turn
	 * @param request which question was answered, null for none
	 * @return a right redemption of the open question; any other verdict if it is not
	 * open any more
	 */
	public Redemption confirm(Turn turn, String request) {
		return claim(turn).filter((claim) -> Long.toString(claim.id()).equals(request))
			.map((claim) -> new Redemption(Verdict.RIGHT, claim.id(), 0, claim.userId()))
			.orElseGet(() -> new Redemption(Verdict.VOID, 0, 0, null));
	}

	/**
	 * Takes the number's no.
	 * @param turn the turn
	 * @param request which question was answered, null for none
	 */
	public void refuse(Turn turn, String request) {
		claim(turn).filter((claim) -> Long.toString(claim.id()).equals(request))
			.ifPresent((claim) -> turn.change((database) -> database.statement("linking/refuse-number")
				.param("id", claim.id())
				.param("phone", turn.contact().phone())
				.param("at", Database.time(turn.now()))
				.update()));
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "link.refused")));
	}

	private record Claim(long id, String email, String userId) {
	}

}
