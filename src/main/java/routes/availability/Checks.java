package routes.availability;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import hub.chat.ChatThread;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.config.HubProperties;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Opens checks: the visitor's question is written down, put to the first agent and told
 * in the thread, all in one transaction.
 */
@Component("availabilityChecks")
public class Checks {

	private static final Logger log = LoggerFactory.getLogger(Checks.class);

	private static final Duration HOUR = Duration.ofHours(1);

	/** 128 bits: nobody guesses it. */
	private static final int TOKEN_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final CheckRows rows;

	private final AgentLetters letters;

	private final CheckNews news;

	private final Threads threads;

	private final Texts texts;

	private final Clock clock;

	private final HubProperties properties;

	public Checks(CheckRows rows, AgentLetters letters, CheckNews news, Threads threads, Texts texts, Clock clock,
			HubProperties properties) {
		this.rows = rows;
		this.letters = letters;
		this.news = news;
		this.threads = threads;
		this.texts = texts;
		this.clock = clock;
		this.properties = properties;
	}

	/**
	 * Asks for the visitor of a thread, who is told there what became of it.
	 * @param turn the visitor's turn
	 * @param thread the visitor's thread
	 * @param plan whom to ask
	 */
	public void ask(Turn turn, ChatThread thread, CheckPlan plan) {
		turn.changeFirst((database) -> {
			Opened opened = plan.isKnown() ? open(database, thread.userId(), () -> thread, plan)
					: Opened.refused("availability.unknown-listing", 0);
			if (!opened.fresh()) {
				explain(database, thread, plan, opened);
			}
		});
		turn.afterwards(() -> wake(thread.id()));
	}

	private void explain(Database database, ChatThread thread, CheckPlan plan, Opened opened) {
		if (opened.check() == null) {
			this.threads.post(database, ThreadMessage.assistant(thread.id(),
					this.texts.say(thread.language(), opened.refusal(), plan.title(), opened.minutes())));
		}
		else if (opened.check().threadId() == thread.id()) {
			this.news.note(database, opened.check(), "availability.asked-already");
		}
		else {
			this.threads.post(database, ThreadMessage.assistant(thread.id(),
					this.texts.say(thread.language(), "availability.asked-elsewhere", plan.title())));
		}
	}

	/**
	 * Opens a check of a known listing, within the caller's transaction, unless the
	 * visitor has an open one or has asked too often.
	 * @param database the transaction's store
	 * @param userId the visitor
	 * @param thread where the visitor is answered; asked for only if a check is opened
	 * @param plan whom to ask
	 * @return what became of it
	 */
	Opened open(Database database, String userId, Supplier<ChatThread> thread, CheckPlan plan) {
		database.statement("availability/lock-visitor").param("user_id", userId).query((row) -> {
		});
		Optional<Check> open = this.rows.open(userId, plan.listingId());
		if (open.isPresent()) {
			return Opened.already(open.get());
		}
		if (plan.agents().isEmpty()) {
			return Opened.refused("availability.no-agent", 0);
		}
		Instant now = this.clock.instant();
		Optional<Opened> tooMany = overLimit(database, userId, now);
		return tooMany.isPresent() ? tooMany.get() : Opened.fresh(write(database, thread.get(), plan, now));
	}

	private Optional<Opened> overLimit(Database database, String userId, Instant now) {
		int most = this.properties.limits().checksPerHour();
		if (most == 0) {
			return Optional.empty();
		}
		return database.statement("availability/find-limiting-check")
			.param("user_id", userId)
			.param("since", Database.time(now.minus(HOUR)))
			.param("most", most)
			.query(OffsetDateTime.class)
			.optional()
			.map((oldest) -> Opened.refused("availability.too-many",
					Math.max(1, Duration.between(now, Database.instant(oldest).plus(HOUR)).toSeconds() + 1)));
	}

	private Check write(Database database, ChatThread thread, CheckPlan plan, Instant now) {
		HubProperties.Checks times = this.properties.checks();
		Instant expiresAt = now.plus(times.expireAfter());
		Instant remindAt = now.plus(times.remindAfter());
		Check check = database.statement("availability/open-check")
			.param("user_id", thread.userId())
			.param("visitor_name", thread.visitorName())
			.param("language", thread.language())
			.param("thread_id", thread.id())
			.param("listing_id", plan.listingId())
			.param("listing_title", plan.title())
			.param("currency", plan.currency())
			.param("rent_period", plan.rentPeriod())
			.param("at", Database.time(now))
			.param("expires_at", Database.time(expiresAt))
			.param("due_at", Database.time(remindAt.isBefore(expiresAt) ? remindAt : expiresAt))
			.query(CheckRows::check)
			.single();
		List<Agent> agents = inTurn(database, plan);
		Ask first = lineUp(database, check, agents).get(0);
		Agent agent = agents.get(0);
		put(database, first, agent.reach().contactId(), now);
		this.news.changed(database, check, "availability.asked");
		this.letters.ask(database, new Question(first, check), agent.reach().contactId(), agent.reach().identity());
		log.info("Check {} of listing {} is put to agent {}, 1 of {}", check.id(), check.listingId(), agent.id(),
				agents.size());
		return check;
	}

	/**
	 * Round robin: each time another agent is the first.
	 */
	private static List<Agent> inTurn(Database database, CheckPlan plan) {
		long before = database.statement("availability/take-turn")
			.param("listing_id", plan.listingId())
			.query(Long.class)
			.single();
		int first = (int) (before % plan.agents().size());
		List<Agent> agents = new ArrayList<>(plan.agents().subList(first, plan.agents().size()));
		agents.addAll(plan.agents().subList(0, first));
		return agents;
	}

	private List<Ask> lineUp(Database database, Check check, List<Agent> agents) {
		return database.statement("availability/line-up-agents")
			.param("check_id", check.id())
			.param("agent_ids", Database.column(agents, Agent::id, String[]::new))
			.param("agent_names", Database.column(agents, Agent::name, String[]::new))
			.param("phones", Database.column(agents, Agent::phone, String[]::new))
			.param("languages", Database.column(agents, Agent::language, String[]::new))
			.param("time_zones", Database.column(agents, Agent::timeZone, String[]::new))
			.param("tokens", Database.column(agents, (agent) -> token(), String[]::new))
			.query(CheckRows::ask)
			.list()
			.stream()
			.sorted(Comparator.comparingInt(Ask::position))
			.toList();
	}

	private String token() {
		byte[] bytes = new byte[TOKEN_BYTES];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Notes that an agent is asked.
	 * @param database the transaction's store
	 * @param ask the agent's part, waiting until now
	 * @param contactId whose answer counts
	 * @param now business time
	 */
	static void put(Database database, Ask ask, long contactId, Instant now) {
		Turn.expectOne(database.statement("availability/put-question")
			.param("id", ask.id())
			.param("contact_id", contactId)
			.param("at", Database.time(now))
			.update());
	}

	/**
	 * Tells the visitor's sockets and the senders, after the commit.
	 * @param threadId where the visitor is answered
	 */
	void wake(long threadId) {
		this.news.wake(threadId);
		this.letters.wake();
	}

}
