package routes.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

import hub.queue.NewOutbound;
import hub.store.Database;
import hub.turn.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * The runs of alerts, and what each of them sends. What somebody is told of is noted with
 * the message in one transaction: a run that crashed goes on where it stopped, and two at
 * once tell nobody twice.
 */
@Component("alertRuns")
public class AlertRuns {

	private static final Duration EVERY = Duration.ofHours(2);

	private static final Logger log = LoggerFactory.getLogger(AlertRuns.class);

	private final Database database;

	private final Outbox outbox;

	private final Clock clock;

	public AlertRuns(Database database, Outbox outbox, Clock clock) {
		this.database = database;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * Begins a run, if one is due.
	 * @return the run, null if none is due
	 */
	public AlertRun begin() {
		Instant now = this.clock.instant();
		return this.database.statement("alerts/begin-run")
			.param("now", Database.time(now))
			.param("latest", Database.time(now.plus(EVERY.multipliedBy(2))))
			.query((row, n) -> new AlertRun(now, Database.instant(row.getObject("since", OffsetDateTime.class))))
			.optional()
			.orElse(null);
	}

	/**
	 * Sends a page of messages. A home counts as told only to those who get a message:
	 * whoever can't be written to now may be later.
	 * @param run the run
	 * @param letters what seekers are told
	 * @throws OptimisticLockingFailureException if somebody has been told meanwhile of
	 * what is in them; nothing is sent then
	 */
	public void send(AlertRun run, List<AlertLetter> letters) {
		if (letters.isEmpty()) {
			return;
		}
		List<Match> told = letters.stream()
			.filter((letter) -> letter.message() != null)
			.flatMap((letter) -> letter.digest()
				.homes()
				.stream()
				.map((home) -> new Match(letter.digest().userId(), home)))
			.toList();
		List<NewOutbound> messages = letters.stream().map(AlertLetter::message).filter(Objects::nonNull).toList();
		this.database.inTransaction(() -> {
			int noted = this.database.statement("alerts/note-told")
				.param("user_ids", Database.column(told, Match::userId, String[]::new))
				.param("listing_ids", Database.column(told, (match) -> match.home().id(), String[]::new))
				.param("at", Database.time(run.began()))
				.update();
			if (noted < told.size()) {
				throw new OptimisticLockingFailureException("Another run of alerts is under way");
			}
			this.outbox.write(this.database, messages);
			return null;
		});
		log.info("{} seekers are told of new homes, {} can't, or don't want to, be written to", messages.size(),
				letters.size() - messages.size());
		this.outbox.wake();
	}

	/**
	 * Ends a run.
	 * @param run the run, which has told everybody
	 */
	public void end(AlertRun run) {
		this.database.statement("alerts/end-run")
			.param("began", Database.time(run.began()))
			.param("next", Database.time(run.began().plus(EVERY)))
			.update();
	}

}
