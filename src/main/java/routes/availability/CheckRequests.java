package routes.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import hub.chat.ChatThread;
import hub.chat.Threads;
import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.security.WebUser;
import hub.store.Database;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Checks as the API asks for them and shows them.
 */
@Component("checkRequests")
public class CheckRequests {

	private final Database database;

	private final Checks checks;

	private final CheckRows rows;

	private final Threads threads;

	private final Texts texts;

	public CheckRequests(Database database, Checks checks, CheckRows rows, Threads threads, Texts texts) {
		this.database = database;
		this.checks = checks;
		this.rows = rows;
		this.threads = threads;
		this.texts = texts;
	}

	/**
	 * The thread that is to be answered in.
	 * @param user who asks
	 * @param request the fields of the request
	 * @return that thread, else the user's most recent one, else nothing
	 * @throws HttpProblem 404 if there is no such thread, 403 if it is somebody else's
	 */
	public Optional<ChatThread> thread(WebUser user, Map<String, Object> request) {
		String threadId = Objects.toString(request.get("thread_id"), "");
		if (threadId.isBlank()) {
			return this.threads.mostRecent(user.id());
		}
		ChatThread thread = number(threadId).flatMap(this.threads::thread)
			.orElseThrow(() -> new HttpProblem(404, "not_found", "There is no such thread"));
		if (!thread.userId().equals(user.id())) {
			throw HttpProblem.forbidden("This thread is somebody else's");
		}
		return Optional.of(thread);
	}

	/**
	 * Asks, unless the same is asked already.
	 * @param user who asks
	 * @param thread where the answer goes, empty for a new thread
	 * @param plan whom to ask
	 * @return 202 and the open check
	 * @throws HttpProblem 404 for an unknown listing, 422 if no agent of it can be asked,
	 * 429 over the user's limit
	 */
	public JsonAnswer ask(WebUser user, Optional<ChatThread> thread, CheckPlan plan) {
		if (!plan.isKnown()) {
			throw HttpProblem.notFound("There is no such listing");
		}
		Opened opened = this.database.inTransaction(() -> this.checks.open(this.database, user.id(),
				() -> thread.orElseGet(() -> this.threads.open(user, plan.listingId(), plan.title(), null)), plan));
		if (opened.check() == null) {
			refuse(opened);
		}
		if (opened.fresh()) {
			this.checks.wake(opened.check().threadId());
		}
		return new JsonAnswer(202, accepted(opened));
	}

	private static void refuse(Opened opened) {
		if (opened.retryAfterSeconds() > 0) {
			throw HttpProblem.rateLimited("You have asked often enough for now",
					Duration.ofSeconds(opened.retryAfterSeconds()));
		}
		throw new HttpProblem(422, "invalid", "No agent of this listing has a number that can be asked");
	}

	private Accepted accepted(Opened opened) {
		Check check = opened.check();
		Sent sent = sent(check);
		return new Accepted(true,
				this.texts.say(check.language(), opened.fresh() ? "availability.asked" : "availability.asked-already",
						check.listingTitle()),
				check.listingId(), Long.toString(check.id()), Long.toString(check.threadId()), sent.providerId(),
				sent.twilioSid());
	}

	/**
	 * Shows a check.
	 * @param user who asks
	 * @param checkId the check
	 * @return how far it has come
	 * @throws HttpProblem 404 if there is none, 403 if it is somebody else's
	 */
	public Shown show(WebUser user, String checkId) {
		Check check = number(checkId).flatMap(this.rows::check)
			.orElseThrow(() -> new HttpProblem(404, "not_found", "There is no such check"));
		if (!check.userId().equals(user.id()) && !user.isAdmin()) {
			throw HttpProblem.forbidden("This check is somebody else's");
		}
		return new Shown(Long.toString(check.id()), check.listingId(), Long.toString(check.threadId()),
				check.state().key(), check.state().availability(), check.price(), check.availableFrom(), check.photos(),
				check.askedAt(), check.answeredAt(), sent(check).twilioSid());
	}

	/**
	 * The thread that a booking after a check belongs to.
	 * @param checkId the check, null for none
	 * @param userId who is to see the home
	 * @param listingId the home
	 * @return the thread, null without a check
	 * @throws HttpProblem 422 if that is no check of theirs about that home
	 */
	public Long threadOf(String checkId, String userId, String listingId) {
		if (checkId == null) {
			return null;
		}
		return number(checkId).flatMap(this.rows::check)
			.filter((check) -> check.userId().equals(userId) && check.listingId().equals(listingId))
			.map(Check::threadId)
			.orElseThrow(() -> HttpProblem.invalid("check_id", "is no check of this property for this user"));
	}

	private Sent sent(Check check) {
		return this.database.statement("availability/find-sent")
			.param("check_id", check.id())
			.query((row, n) -> new Sent(row.getString("channel"), row.getString("provider_id")))
			.optional()
			.orElse(new Sent(null, null));
	}

	private static Optional<Long> number(String id) {
		return id.matches("\\d{1,18}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
	}

	/** The last message that put the question to an agent and has left. */
	private record Sent(String channel, String providerId) {

		private String twilioSid() {
			return "twilio".equals(this.channel) ? this.providerId : null;
		}

	}

	/**
	 * What the API answers who asks.
	 *
	 * @param ok always true
	 * @param message words for people
	 * @param listingId the listing
	 * @param checkId the check
	 * @param threadId where the answer goes
	 * @param providerMessageId of the question, null until it is sent
	 * @param twilioSid likewise, null on another channel
	 */
	@JsonInclude(Include.ALWAYS)
	public record Accepted(boolean ok, String message, String listingId, String checkId, String threadId,
			String providerMessageId, String twilioSid) {
	}

	/**
	 * A check as the API shows it.
	 *
	 * @param checkId the check
	 * @param listingId the listing
	 * @param threadId where the answer goes
	 * @param state how far it has come
	 * @param available null as long as nobody has said
	 * @param price the rent that the agent named, null for none
	 * @param availableFrom the day that the agent named, null for none
	 * @param photos the addresses of the agent's photos
	 * @param askedAt when it was asked
	 * @param answeredAt when it was answered, null for not
	 * @param twilioSid of the question, null on another channel and until it is sent
	 */
	@JsonInclude(Include.ALWAYS)
	public record Shown(String checkId, String listingId, String threadId, String state, Boolean available,
			String price, LocalDate availableFrom, List<String> photos, Instant askedAt, Instant answeredAt,
			String twilioSid) {
	}

}
