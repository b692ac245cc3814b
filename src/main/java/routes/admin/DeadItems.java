package routes.admin;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.http.Paging;
import hub.queue.InboundQueue;
import hub.queue.OutboundQueue;
import hub.security.LogMask;
import hub.security.WebUser;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What could not be handled or sent, and is kept: for operators, who may let it try
 * again.
 */
@Component("deadItems")
public class DeadItems {

	private static final Logger log = LoggerFactory.getLogger(DeadItems.class);

	private static final Pattern ID = Pattern.compile("(inbound|outbound)-(\\d{1,18})");

	/** A year of four digits: Java knows moments that no database takes. */
	private static final Pattern CURSOR = Pattern.compile("(\\d{4}-\\S+) " + ID);

	private final Database database;

	private final InboundQueue inbound;

	private final OutboundQueue outbound;

	public DeadItems(Database database, InboundQueue inbound, OutboundQueue outbound) {
		this.database = database;
		this.inbound = inbound;
		this.outbound = outbound;
	}

	/**
	 * Lists the dead of both queues, the latest first.
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of {@link DeadLetter}s
	 * @throws HttpProblem 422 if the cursor is none of ours
	 */
	public Map<String, Object> list(Map<String, Object> parameters) {
		int limit = ((Number) parameters.get("limit")).intValue();
		Position after = position((String) parameters.get("cursor"));
		List<DeadLetter> found = this.database.statement("admin/list-dead-letters")
			.param("before", (after != null) ? Database.time(after.diedAt()) : null)
			.param("queue", (after != null) ? after.queue() : null)
			.param("id", (after != null) ? after.id() : null)
			.param("limit", limit + 1)
			.query((row, n) -> new DeadLetter(row.getString("queue") + "-" + row.getLong("id"), row.getString("queue"),
					LogMask.mask(row.getString("contact")), LogMask.mask(row.getString("reason")),
					row.getInt("attempts"), Database.instant(row.getObject("died_at", OffsetDateTime.class)),
					row.getString("queue").equals("inbound") ? "in-" + row.getLong("id") : row.getString("message_id")))
			.list();
		List<DeadLetter> page = found.subList(0, Math.min(limit, found.size()));
		return Paging.page(page, (found.size() > limit) ? cursor(page.get(limit - 1)) : null);
	}

	/**
	 * Lets a dead message try again, in its old place and with all of its attempts.
	 * @param id as it was listed
	 * @param user who wants it
	 * @return 202 with the id
	 * @throws HttpProblem 404 if nothing dead is called so, 409 if it was never
	 * understood, so that nobody knows whose it is
	 */
	public JsonAnswer replay(String id, WebUser user) {
		Matcher name = ID.matcher(id);
		if (!name.matches()) {
			throw unknown();
		}
		long number = Long.parseLong(name.group(2));
		boolean inbound = name.group(1).equals("inbound");
		if (!(inbound ? this.inbound.replay(number) : this.outbound.replay(number))) {
			Optional<Boolean> known = inbound ? this.database.statement("admin/find-dead-item")
				.param("id", number)
				.query(Boolean.class)
				.optional() : Optional.empty();
			if (known.filter((yes) -> !yes).isPresent()) {
				throw new HttpProblem(409, "conflict", "It could not be understood when it came, and has no sender");
			}
			throw unknown();
		}
		log.info("Dead letter {} is tried again, as administrator {} wants it", id, user.id());
		return new JsonAnswer(202, Map.of("id", id, "state", "queued"));
	}

	private static HttpProblem unknown() {
		return HttpProblem.notFound("There is no such dead letter");
	}

	static Position position(String cursor) {
		if (cursor == null) {
			return null;
		}
		try {
			Matcher position = CURSOR
				.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
			if (position.matches()) {
				return new Position(Instant.parse(position.group(1)), position.group(2),
						Long.parseLong(position.group(3)));
			}
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			// the same answer as for one that was never ours
		}
		throw HttpProblem.invalid("cursor", "is not the next_cursor of a page");
	}

	static String cursor(DeadLetter last) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString((last.diedAt() + " " + last.id()).getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * A message that could not be handled or sent.
	 *
	 * @param id names it: its queue and its number
	 * @param queue {@code inbound} or {@code outbound}
	 * @param contact whose it is, masked; null if it was never understood
	 * @param reason why it died, masked
	 * @param attempts how often it was tried
	 * @param diedAt when, real time
	 * @param stepsOf under which its way is found: the message's id, or the flow's
	 */
	public record DeadLetter(String id, String queue, String contact, String reason, int attempts, Instant diedAt,
			String stepsOf) {
	}

	/**
	 * Where a page begins.
	 *
	 * @param diedAt when the last one of the page before died
	 * @param queue its queue
	 * @param id its number there
	 */
	record Position(Instant diedAt, String queue, long id) {
	}

}
