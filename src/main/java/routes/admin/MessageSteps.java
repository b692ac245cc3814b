package routes.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hub.http.HttpProblem;
import hub.queue.QueueComponent;
import hub.security.LogMask;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * The way of a message through the hub: from the delivery that brought it, or that it
 * answers, to the last that its provider has said of it. All of it is read from what the
 * queues and the log keep anyway.
 */
@Component("messageSteps")
public class MessageSteps {

	private static final Pattern ID = Pattern.compile("\\d{1,18}");

	private static final Pattern INBOUND = Pattern.compile("in-(\\d{1,18})");

	/**
	 * What a turn writes has neighbouring ids, but for what others write meanwhile.
	 */
	private static final int NEIGHBOURS = 3000;

	private static final int MOST_MESSAGES = 100;

	/**
	 * In seconds: the clocks of two machines are no more apart, unless somebody wants it.
	 */
	private static final int MOST_DIFFERENT_CLOCKS = 5;

	private static final Map<String, String> DOORS = Map.of("whatsapp", "intake-receive-meta", "twilio",
			"intake-receive-twilio", "web", "chat-take-message");

	private static final int OPEN = 0;

	private static final int DONE = 1;

	private static final int DEAD = 2;

	private static final int ASIDE = 3;

	private final Database database;

	private final Clock clock;

	private final QueueComponent queues;

	public MessageSteps(Database database, Clock clock, QueueComponent queues) {
		this.database = database;
		this.clock = clock;
		this.queues = queues;
	}

	/**
	 * Shows the way of a message, and of all that belongs to the same flow.
	 * @param id the message's
	 * @return {@code flow}, {@code messages} (the flow's, masked) and {@code steps} in
	 * order: each with {@code step}, {@code at} (business time), and where it is known
	 * {@code route}, {@code attempts}, {@code error} and {@code message_id}
	 * @throws HttpProblem 404 if there is no such message
	 */
	public Map<String, Object> show(String id) {
		LoggedMessage message = find(id);
		Matcher inbound = INBOUND.matcher(message.flow());
		List<LoggedMessage> messages = inbound.matches() ? flow(message) : List.of(message);
		Map<Long, Send> sends = sends(messages);
		List<Step> steps = new ArrayList<>();
		if (inbound.matches()) {
			item(Long.parseLong(inbound.group(1))).ifPresent((item) -> addItem(steps, item));
		}
		if (steps.isEmpty() && !message.isOutbound()) {
			steps.add(new Step("received", message.at(), DOORS.get(message.channel()), null, null, id));
		}
		messages.stream()
			.filter(LoggedMessage::isOutbound)
			.forEach((one) -> addMessage(steps, one, sends.get(one.number())));
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("flow", message.flow());
		shown.put("messages", messages);
		shown.put("steps", steps);
		return shown;
	}

	private LoggedMessage find(String id) {
		Optional<LoggedMessage> found = !ID.matcher(id).matches() ? Optional.empty()
				: this.database.statement("admin/find-message")
					.param("id", Long.valueOf(id))
					.query((row, n) -> LoggedMessage.of(row))
					.optional();
		return found.orElseThrow(() -> HttpProblem.notFound("There is no such message"));
	}

	private List<LoggedMessage> flow(LoggedMessage message) {
		return this.database.statement("admin/find-flow-messages")
			.param("first", message.number() - NEIGHBOURS)
			.param("last", message.number() + NEIGHBOURS)
			.param("flow", message.flow())
			.param("limit", MOST_MESSAGES)
			.query((row, n) -> LoggedMessage.of(row))
			.list();
	}

	private Optional<Item> item(long id) {
		return this.database.statement("admin/find-inbox-item")
			.param("id", id)
			.query((row, n) -> new Item(row.getString("provider"), row.getInt("state"), row.getInt("attempts"),
					LogMask.mask(row.getString("error")), time(row, "received_at"), business(row, "finished_at")))
			.optional();
	}

	private Map<Long, Send> sends(List<LoggedMessage> messages) {
		Long[] ids = messages.stream()
			.filter(LoggedMessage::isOutbound)
			.map(LoggedMessage::number)
			.toArray(Long[]::new);
		Map<Long, Send> sends = new HashMap<>();
		this.database.statement("admin/find-sends").param("message_ids", ids).query((row) -> {
			sends.put(row.getLong("message_id"),
					new Send(row.getInt("state"), row.getInt("attempts") + row.getInt("setbacks"),
							LogMask.mask(row.getString("error")), business(row, "not_before"),
							business(row, "died_at")));
		});
		return sends;
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

	/**
	 * The queues keep real time. Where business time is another, it is told by how far
	 * the two are apart now.
	 */
	private Instant business(ResultSet row, String column) throws SQLException {
		Instant real = time(row, column);
		long apart = Math.round(Duration.between(time(row, "real_time"), this.clock.instant()).toMillis() / 1000.0);
		return (real != null) ? real.plusSeconds((Math.abs(apart) > MOST_DIFFERENT_CLOCKS) ? apart : 0) : null;
	}

	private void addItem(List<Step> steps, Item item) {
		steps.add(new Step("received", item.receivedAt(), DOORS.get(item.provider()), null, null, null));
		String ended = switch (item.state()) {
			case OPEN -> "waiting";
			case DEAD -> "dead";
			case ASIDE -> "set_aside";
			default -> "handled";
		};
		steps.add(new Step(ended, item.finishedAt(), this.queues.consumer("inbound", null), item.attempts(),
				item.error(), null));
	}

	private void addMessage(List<Step> steps, LoggedMessage message, Send send) {
		String id = message.id();
		String route = this.queues.consumer("outbound", message.channel());
		Integer attempts = (send != null) ? send.attempts() : null;
		steps.add(new Step("queued", message.at(), null, null, null, id));
		if (message.sentAt() != null) {
			steps.add(new Step("sent", message.sentAt(), route, attempts, null, id));
		}
		if (message.deliveredAt() != null) {
			steps.add(new Step("delivered", message.deliveredAt(), null, null, null, id));
		}
		if (message.readAt() != null) {
			steps.add(new Step("read", message.readAt(), null, null, null, id));
		}
		if (message.state().equals("failed") || send != null && send.state() == DEAD) {
			String error = (send != null && send.error() != null) ? send.error() : message.error();
			steps.add(new Step("failed", (send != null) ? send.diedAt() : null, route, attempts, error, id));
		}
		else if (send != null && send.state() != DONE && message.sentAt() == null) {
			steps.add(new Step("waiting", send.notBefore(), route, attempts, send.error(), id));
		}
	}

	/**
	 * A step of a message's way.
	 *
	 * @param step {@code received}, {@code handled}, {@code set_aside}, {@code dead} or
	 * {@code waiting} of a delivery; {@code queued}, {@code sent}, {@code delivered},
	 * {@code read}, {@code failed} or {@code waiting} of a message
	 * @param at when, business time; null if it has not come to that, or nobody has noted
	 * it
	 * @param route whose work it was, null for nobody's here
	 * @param attempts how often it was tried, null where that is not counted or not known
	 * any more
	 * @param error what went wrong, masked; null for nothing
	 * @param messageId the message that it is about, null for the delivery as a whole
	 */
	public record Step(String step, Instant at, String route, Integer attempts, String error, String messageId) {
	}

	private record Item(String provider, int state, int attempts, String error, Instant receivedAt,
			Instant finishedAt) {
	}

	private record Send(int state, int attempts, String error, Instant notBefore, Instant diedAt) {
	}

}
