package routes.availability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import hub.alert.Incidents;
import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.Identity;
import hub.contact.Reach;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * What happens to a check while no answer comes: its agent is reminded, the next one is
 * asked, it expires; or, if the question reaches nobody, it fails. Each is one
 * transaction that begins by taking the check, so that only one instance does it.
 */
@Component("checkTimes")
public class CheckTimes {

	/** What incidents of checks are called. */
	static final String INCIDENT = "availability checks";

	private static final int AT_ONCE = 200;

	private static final Logger log = LoggerFactory.getLogger(CheckTimes.class);

	private final Database database;

	private final CheckRows rows;

	private final Contacts contacts;

	private final AgentLetters letters;

	private final CheckNews news;

	private final Incidents incidents;

	private final Clock clock;

	private final HubProperties.Checks times;

	public CheckTimes(Database database, CheckRows rows, Contacts contacts, AgentLetters letters, CheckNews news,
			Incidents incidents, Clock clock, HubProperties properties) {
		this.database = database;
		this.rows = rows;
		this.contacts = contacts;
		this.letters = letters;
		this.news = news;
		this.incidents = incidents;
		this.clock = clock;
		this.times = properties.checks();
	}

	/**
	 * The checks whose time has come.
	 * @return their ids, the longest due first
	 */
	public List<Long> due() {
		return this.database.statement("availability/list-due-checks")
			.param("now", Database.time(this.clock.instant()))
			.param("limit", AT_ONCE)
			.query(Long.class)
			.list();
	}

	/**
	 * The questions that will not arrive.
	 * @return the oldest first
	 */
	public List<Refusal> refusals() {
		return this.database.statement("availability/list-refusals")
			.param("limit", AT_ONCE)
			.query((row, n) -> new Refusal(row.getLong("message_id"), row.getLong("ask_id"), row.getString("reason")))
			.list();
	}

	/**
	 * Finds out what is due for a check.
	 * @param checkId the check
	 * @return what is to be done
	 */
	public FollowUp followUp(Long checkId) {
		return plan(this.rows.check(checkId).orElseThrow(), null);
	}

	/**
	 * Finds out what follows from a question that will not arrive.
	 * @param refusal the refused question
	 * @return what is to be done
	 */
	public FollowUp followRefusal(Refusal refusal) {
		return this.rows.question(refusal.askId())
			.map((question) -> plan(question.check(), refusal))
			.orElseGet(() -> new FollowUp(null, refusal, "wait", null, null, null, List.of()));
	}

	private FollowUp plan(Check check, Refusal refusal) {
		List<Ask> asks = this.rows.asks(check.id());
		Ask current = current(asks, refusal);
		List<Ask> unreachable = new ArrayList<>();
		for (Ask ask : asks) {
			if (ask.isWaiting()) {
				Optional<Reach> reach = this.contacts.reach(ask.agentId(), ask.phone()).filter(Reach::willing);
				if (reach.isPresent()) {
					return new FollowUp(check, refusal, step(check, asks, refusal, true), current, ask, reach.get(),
							unreachable);
				}
				unreachable.add(ask);
			}
		}
		return new FollowUp(check, refusal, step(check, asks, refusal, false), current, null, null, unreachable);
	}

	private static Ask current(List<Ask> asks, Refusal refusal) {
		return asks.stream()
			.filter((ask) -> ask.isPut() && (refusal == null || ask.id() != refusal.askId()))
			.reduce((one, later) -> later)
			.orElse(null);
	}

	private String step(Check check, List<Ask> asks, Refusal refusal, boolean more) {
		Ask current = current(asks, refusal);
		if (!check.state().isOpen()) {
			return "wait";
		}
		if (refusal != null) {
			Ask last = current(asks, null);
			boolean concerned = last != null && last.id() == refusal.askId();
			if (!concerned) {
				return "wait";
			}
			return more ? "ask-next" : (current != null) ? "wait" : "fail";
		}
		if (!this.clock.instant().isBefore(check.expiresAt())) {
			return "expire";
		}
		if (current != null && current.remindedAt() == null) {
			return "remind";
		}
		return more ? "ask-next" : "wait";
	}

	/**
	 * Reminds the agent who was asked last.
	 * @param due what is due
	 */
	public void remind(FollowUp due) {
		Optional<Identity> identity = this.contacts.identities(due.current().contactId()).stream().findFirst();
		perform(due, (check, now) -> {
			this.database.statement("availability/note-reminder")
				.param("id", due.current().id())
				.param("at", Database.time(now))
				.update();
			Instant then = (due.next() != null) ? earlier(now.plus(this.times.nextAgentAfter()), check.expiresAt())
					: check.expiresAt();
			Check changed = change(check, CheckState.REMINDED, then, "No answer for a while", due.current(), now);
			this.news.changed(this.database, changed, "availability.reminded");
			identity
				.ifPresent((there) -> this.letters.remind(this.database, new Question(due.current(), changed), there));
		});
	}

	/**
	 * Asks the next agent.
	 * @param due what is due
	 */
	public void askNext(FollowUp due) {
		perform(due, (check, now) -> {
			giveUp(due, now);
			Checks.put(this.database, due.next(), due.reach().contactId(), now);
			String cause = (due.refusal() != null) ? "The question did not arrive" : "No answer to the reminder";
			Check changed = change(check, CheckState.ASKED,
					earlier(now.plus(this.times.remindAfter()), check.expiresAt()), cause, due.next(), now);
			this.news.changed(this.database, changed,
					(due.refusal() != null) ? "availability.asked-other" : "availability.asked-next");
			this.letters.ask(this.database, new Question(due.next(), changed), due.reach().contactId(),
					due.reach().identity());
		});
	}

	/**
	 * Ends a check that nobody has answered.
	 * @param due what is due
	 */
	public void expire(FollowUp due) {
		perform(due, (check, now) -> {
			Check changed = change(check, CheckState.EXPIRED, null, "No answer in time", null, now);
			this.database.statement("availability/close-asks").param("check_id", check.id()).update();
			this.news.changed(this.database, changed, "availability.expired",
					Math.max(1, Duration.between(check.askedAt(), check.expiresAt()).toHours()));
		});
	}

	/**
	 * Ends a check that could not be put to anybody, and tells an administrator.
	 * @param due what is due
	 */
	public void fail(FollowUp due) {
		perform(due, (check, now) -> {
			giveUp(due, now);
			Check changed = change(check, CheckState.FAILED, null, due.refusal().reason(), null, now);
			this.database.statement("availability/close-asks").param("check_id", check.id()).update();
			this.news.changed(this.database, changed, "availability.failed");
			this.incidents.report(INCIDENT, "The question about listing " + check.listingId()
					+ " reached none of its agents: " + due.refusal().reason());
		});
	}

	/**
	 * Notes that there is nothing to do but to wait.
	 * @param due what is due
	 */
	public void await(FollowUp due) {
		perform(due, (check, now) -> {
			giveUp(due, now);
			this.database.statement("availability/set-due")
				.param("id", check.id())
				.param("due_at", Database.time((due.refusal() != null) ? check.dueAt() : check.expiresAt()))
				.update();
		});
	}

	private void giveUp(FollowUp due, Instant now) {
		if (due.refusal() != null) {
			refuse(due.refusal().askId(), due.refusal().reason(), now);
		}
		due.unreachable().forEach((ask) -> refuse(ask.id(), "The agent can't be written to any more", now));
	}

	private void refuse(long askId, String reason, Instant now) {
		this.database.statement("availability/refuse-ask")
			.param("id", askId)
			.param("reason", reason)
			.param("at", Database.time(now))
			.update();
	}

	private Check change(Check check, CheckState state, Instant dueAt, String cause, Ask ask, Instant now) {
		return this.database.statement("availability/change-check")
			.param("id", check.id())
			.param("state", state.key())
			.param("due_at", Database.time(dueAt))
			.param("answered_at", null)
			.param("price", null)
			.param("available_from", null)
			.param("photos", null)
			.param("cause", cause)
			.param("ask_id", (ask != null) ? ask.id() : null)
			.param("at", Database.time(now))
			.query(CheckRows::check)
			.single();
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	/**
	 * Takes the check, looks whether the plan still holds, and does it: all of that, or
	 * nothing.
	 */
	private void perform(FollowUp due, Step step) {
		Instant now = this.clock.instant();
		boolean done = this.database.inTransaction(() -> {
			Optional<Check> taken = (due.refusal() != null) ? take(due) : takeDue(due, now);
			if (taken.isEmpty()) {
				return false;
			}
			if (!due.step().equals("wait") || taken.get().state().isOpen()) {
				expectUnchanged(due, taken.get());
				step.perform(taken.get(), now);
			}
			return true;
		});
		if (done && !due.step().equals("wait")) {
			log.info("Check {}: {}", due.check().id(), due.step());
			this.news.wake(due.check().threadId());
			this.letters.wake();
		}
	}

	private Optional<Check> takeDue(FollowUp due, Instant now) {
		return this.database.statement("availability/claim-due-check")
			.param("id", due.check().id())
			.param("now", Database.time(now))
			.query(CheckRows::check)
			.optional();
	}

	private Optional<Check> take(FollowUp due) {
		boolean mine = this.database.statement("availability/claim-refusal")
			.param("message_id", due.refusal().messageId())
			.query(Long.class)
			.optional()
			.isPresent();
		return (mine && due.check() != null) ? Optional.of(this.rows.lock(this.database, due.check().id()))
				: Optional.empty();
	}

	private void expectUnchanged(FollowUp due, Check check) {
		List<Ask> asks = this.rows.asks(check.id());
		Ask current = current(asks, due.refusal());
		boolean same = due.step().equals(step(check, asks, due.refusal(), due.next() != null))
				&& Objects.equals(current, due.current())
				&& (due.next() == null || asks.stream().anyMatch((ask) -> ask.equals(due.next())));
		if (!same) {
			throw new OptimisticLockingFailureException("Check " + check.id() + " has changed meanwhile");
		}
	}

	/** What is written for a check. */
	private interface Step {

		void perform(Check check, Instant now);

	}

}
