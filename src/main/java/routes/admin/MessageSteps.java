package routes.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import hub.chat.WebChannel;
import hub.http.HttpProblem;
import hub.queue.QueueComponent;
import hub.queue.RouteTrace;
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

	private static final Pattern OF_THREAD = Pattern.compile("(\\d{1,18})-(\\d{1,17})");

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

	/** So soon after it came an agent's message is in the visitor's thread. */
	private static final Duration SOON = Duration.ofMinutes(10);

	private static final Map<String, String> DOORS = Map.of("whatsapp", "intake-receive-meta", "twilio",
			"intake-receive-twilio");

	private static final int OPEN = 0;

	private static final int DONE = 1;

	private static final int DEAD = 2;

	private static final int ASIDE = 3;

	private final Database database;

	private final Clock clock;

	private final QueueComponent queues;

	private final ObjectMapper json;

	public MessageSteps(Database database, Clock clock, QueueComponent queues, ObjectMapper json) {
		this.database = database;
		this.clock = clock;
		this.queues = queues;
		this.json = json;
	}

	/**
	 * Shows the way of a message, and of all that belongs to the same flow.
	 * @param id the message's, in a thread of the web chat such as {@code 12-3}, or the
	 * flow's, such as {@code in-4711}
	 * @return {@code flow} (null if nobody knows), {@code messages} (the flow's, masked)
	 * and {@code steps} in order: each with {@code step}, {@code at} (business time), and
	 * where it is known {@code route}, {@code routes}, {@code attempts}, {@code error}
	 * and {@code message_id}
	 * @throws HttpProblem 404 if there is no such message, and no such flow (any more)
	 */
	public Map<String, Object> show(String id) {
		boolean asked = INBOUND.matcher(id).matches();
		LoggedMessage message = asked ? null : find(id);
		String flow = asked ? id : message.flow();
		Item item = item(flow);
		if (asked && item == null) {
			throw HttpProblem.notFound("There is no such flow, or it is over for longer than its steps are kept");
		}
		List<LoggedMessage> messages = messages(flow, message, item);
		Map<Long, Send> sends = sends(messages);
		List<Step> steps = new ArrayList<>();
		if (item != null) {
			addItem(steps, item);
		}
		else if (!message.isOutbound()) {
			steps.add(new Step("received", message.at(), DOORS.get(message.channel()), null, null, null, id));
		}
		messages.stream().filter(LoggedMessage::isOutbound).forEach((one) -> {
			if (one.isOfThread()) {
				addSaid(steps, one);
			}
			else {
				addMessage(steps, one, sends.get(one.number()));
			}
		});
		Map<String, Object> shown = new LinkedHashMap<>();
		if (flow != null) {
			shown.put("flow", flow);
		}
		shown.put("messages", messages);
		shown.put("steps", steps);
		return shown;
	}

	private LoggedMessage find(String id) {
		Optional<LoggedMessage> found = Optional.empty();
		Matcher said = OF_THREAD.matcher(id);
		if (said.matches()) {
			long seq = Long.parseLong(said.group(2));
			found = this.database.statement("admin/list-thread-messages")
				.param("thread_id", Long.valueOf(said.group(1)))
				.param("before", seq + 1)
				.param("limit", 1)
				.query((row, n) -> LoggedMessage.ofThread(row))
				.optional()
				.filter((message) -> message.number() == seq);
		}
		else if (ID.matcher(id).matches()) {
			found = this.database.statement("admin/find-message")
				.param("id", Long.valueOf(id))
				.query((row, n) -> LoggedMessage.of(row))
				.optional();
		}
		return found.orElseThrow(() -> HttpProblem.notFound("There is no such message"));
	}

	/** All of a flow, as it was said; the message itself if nothing else is known. */
	private List<LoggedMessage> messages(String flow, LoggedMessage message, Item item) {
		Map<String, LoggedMessage> found = new LinkedHashMap<>();
		if (message != null) {
			found.put(message.id(), message);
		}
		if (flow != null && INBOUND.matcher(flow).matches()) {
			logged(flow, message, item).forEach((one) -> found.put(one.id(), one));
			if (item != null) {
				said(flow, item).forEach((one) -> found.put(one.id(), one));
			}
		}
		return found.values()
			.stream()
			.sorted(Comparator.comparing(LoggedMessage::at)
				.thenComparing(LoggedMessage::direction)
				.thenComparing(LoggedMessage::number))
			.toList();
	}

	private List<LoggedMessage> logged(String flow, LoggedMessage message, Item item) {
		Long middle = (message != null && !message.isOfThread()) ? message.number() : null;
		boolean line = middle == null && item != null && !item.isOfThread();
		return this.database.statement("admin/find-flow-messages")
			.param("first", (middle != null) ? middle - NEIGHBOURS : null)
			.param("last", (middle != null) ? middle + NEIGHBOURS : null)
			.param("flow", flow)
			.param("ended_at", (item != null) ? Database.time(item.endedAt()) : null)
			.param("channel", line ? item.provider() : null)
			.param("address", line ? item.contactKey() : null)
			.param("limit", MOST_MESSAGES)
			.query((row, n) -> LoggedMessage.of(row))
			.list();
	}

	private List<LoggedMessage> said(String flow, Item item) {
		if (item.isOfThread()) {
			return this.database.statement("admin/find-flow-thread-messages")
				.param("thread_id", WebChannel.thread(item.contactKey()))
				.param("seq", item.body().path("seq").asLong())
				.param("inbox_id", item.id())
				.param("flow", flow)
				.param("limit", MOST_MESSAGES)
				.query((row, n) -> LoggedMessage.ofThread(row))
				.list();
		}
		return this.database.statement("admin/find-relayed-messages")
			.param("from", Database.time(item.receivedAt()))
			.param("to", Database.time(item.receivedAt().plus(SOON)))
			.param("flow", flow)
			.param("limit", MOST_MESSAGES)
			.query((row, n) -> LoggedMessage.ofThread(row))
			.list();
	}

	/** What came and began the flow, null if it was nothing or is forgotten. */
	private Item item(String flow) {
		Matcher inbound = INBOUND.matcher(Objects.toString(flow, ""));
		return !inbound.matches() ? null
				: this.database.statement("admin/find-inbox-item")
					.param("id", Long.valueOf(inbound.group(1)))
					.query((row, n) -> new Item(Long.parseLong(inbound.group(1)), row.getString("provider"),
							row.getString("contact_key"), read(row.getString("body")), row.getInt("state"),
							row.getInt("attempts"), LogMask.mask(row.getString("error")), routes(row),
							time(row, "received_at"), time(row, "finished_at"), business(row, "finished_at")))
					.optional()
					.orElse(null);
	}

	private JsonNode read(String body) {
		if (body == null) {
			return MissingNode.getInstance();
		}
		try {
			return this.json.readTree(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("What was kept of a visitor's message is no JSON", ex);
		}
	}

	private List<Routed> routes(ResultSet row) throws SQLException {
		long apart = apart(row);
		return RouteTrace.read(row.getString("routes"))
			.stream()
			.map((entered) -> new Routed(entered.route(), this.queues.describe(entered.route()),
					entered.at().plusSeconds(apart), entered.attempt()))
			.toList();
	}

	private Map<Long, Send> sends(List<LoggedMessage> messages) {
		Long[] ids = messages.stream()
			.filter((message) -> message.isOutbound() && !message.isOfThread())
			.map(LoggedMessage::number)
			.toArray(Long[]::new);
		Map<Long, Send> sends = new HashMap<>();
		this.database.statement("admin/find-sends").param("message_ids", ids).query((row) -> {
			sends.put(row.getLong("message_id"),
					new Send(row.getInt("state"), row.getInt("attempts") + row.getInt("setbacks"),
							LogMask.mask(row.getString("error")), routes(row), business(row, "not_before"),
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
		return (real != null) ? real.plusSeconds(apart(row)) : null;
	}

	private long apart(ResultSet row) throws SQLException {
		long seconds = Math.round(Duration.between(time(row, "real_time"), this.clock.instant()).toMillis() / 1000.0);
		return (Math.abs(seconds) > MOST_DIFFERENT_CLOCKS) ? seconds : 0;
	}

	private void addItem(List<Step> steps, Item item) {
		String door = item.isOfThread() ? item.body().path("route").asText(null) : DOORS.get(item.provider());
		steps.add(new Step("received", item.receivedAt(), door, null, null, null, null));
		String ended = switch (item.state()) {
			case OPEN -> "waiting";
			case DEAD -> "dead";
			case ASIDE -> "set_aside";
			default -> "handled";
		};
		steps.add(new Step(ended, item.finishedAt(), this.queues.consumer("inbound", null), item.routes(),
				item.attempts(), item.error(), null));
	}

	/** What stands in a thread has arrived; when it was read, nobody has noted. */
	private static void addSaid(List<Step> steps, LoggedMessage message) {
		steps.add(new Step("sent", message.at(), null, null, null, null, message.id()));
		if (message.state().equals("read")) {
			steps.add(new Step("read", null, null, null, null, null, message.id()));
		}
	}

	private void addMessage(List<Step> steps, LoggedMessage message, Send send) {
		String id = message.id();
		String route = this.queues.consumer("outbound", message.channel());
		Integer attempts = (send != null) ? send.attempts() : null;
		List<Routed> routes = (send != null) ? send.routes() : null;
		steps.add(new Step("queued", message.at(), null, null, null, null, id));
		if (message.sentAt() != null) {
			steps.add(new Step("sent", message.sentAt(), route, routes, attempts, null, id));
		}
		if (message.deliveredAt() != null) {
			steps.add(new Step("delivered", message.deliveredAt(), null, null, null, null, id));
		}
		if (message.readAt() != null) {
			steps.add(new Step("read", message.readAt(), null, null, null, null, id));
		}
		if (message.state().equals("failed") || send != null && send.state() == DEAD) {
			String error = (send != null && send.error() != null) ? send.error() : message.error();
			steps.add(new Step("failed", (send != null) ? send.diedAt() : null, route,
					(message.sentAt() == null) ? routes : null, attempts, error, id));
		}
		else if (send != null && send.state() != DONE && message.sentAt() == null) {
			steps.add(new Step("waiting", send.notBefore(), route, routes, attempts, send.error(), id));
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
	 * @param routes the routes it went through, each try's in order; null where none is
	 * noted
	 * @param attempts how often it was tried, null where that is not counted or not known
	 * any more
	 * @param error what went wrong, masked; null for nothing
	 * @param messageId the message that it is about, null for the delivery as a whole
	 */
	public record Step(String step, Instant at, String route, List<Routed> routes, Integer attempts, String error,
			String messageId) {

		public Step {
			routes = (routes == null || routes.isEmpty()) ? null : List.copyOf(routes);
		}

	}

	/**
	 * A route that something has gone through.
	 *
	 * @param route the route's id
	 * @param description what it does, null if it is not there any more
	 * @param at when, business time
	 * @param attempt in which try, from 1
	 */
	public record Routed(String route, String description, Instant at, int attempt) {
	}

	private record Item(long id, String provider, String contactKey, JsonNode body, int state, int attempts,
			String error, List<Routed> routes, Instant receivedAt, Instant endedAt, Instant finishedAt) {

		boolean isOfThread() {
			return this.provider.equals(WebChannel.NAME);
		}

	}

	private record Send(int state, int attempts, String error, List<Routed> routes, Instant notBefore, Instant diedAt) {
	}

}
