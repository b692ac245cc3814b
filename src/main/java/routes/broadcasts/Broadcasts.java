package routes.broadcasts;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.http.Paging;
import hub.security.WebUser;
import hub.store.Database;
import hub.text.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Broadcasts, for administrators: made, looked at, stopped.
 */
@Component("broadcasts")
public class Broadcasts {

	private static final String ID = "\\d{1,18}";

	private static final Logger log = LoggerFactory.getLogger(Broadcasts.class);

	private final Database database;

	private final Contacts contacts;

	private final BroadcastFeed feed;

	private final Clock clock;

	private final String defaultChannel;

	private final String defaultLanguage;

	public Broadcasts(Database database, Contacts contacts, BroadcastFeed feed, Clock clock, HubProperties properties) {
		this.database = database;
		this.contacts = contacts;
		this.feed = feed;
		this.clock = clock;
		this.defaultChannel = properties.defaultChannel();
		this.defaultLanguage = Texts.language(properties.language());
	}

	/**
	 * What a request made when it came before.
	 * @param wish the request
	 * @return the answer it got then, null if it is new
	 * @throws HttpProblem 422 if its key was another request's
	 */
	public JsonAnswer recall(BroadcastWish wish) {
		return known(wish).map((known) -> made(known.id(), known.recipients(), known.skipped())).orElse(null);
	}

	private Optional<Known> known(BroadcastWish wish) {
		if (wish.key() == null) {
			return Optional.empty();
		}
		Optional<Known> known = this.database.statement("broadcasts/find-by-key")
			.param("made_by", wish.callerId())
			.param("key", wish.key())
			.query(Known.class)
			.optional();
		if (known.isPresent() && !known.get().fingerprint().equals(wish.fingerprint())) {
			throw HttpProblem.invalid("Idempotency-Key", "was used for another request");
		}
		return known;
	}

	private static JsonAnswer made(long id, int recipients, int skipped) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("broadcast_id", Long.toString(id));
		answer.put("recipients", recipients);
		answer.put("skipped", skipped);
		return new JsonAnswer(202, answer);
	}

	/**
	 * Makes a broadcast. Whom it goes to is fixed by this one statement; a dry run asks
	 * the same statement, and keeps nothing.
	 * @param wish what is wanted
	 * @param agents the platform's ids of the agents of its area
	 * @return 202 with its id and how many it goes to; of a dry run 200 with how many it
	 * would go to, by channel and by language
	 */
	public JsonAnswer make(BroadcastWish wish, List<String> agents) {
		Audience audience = wish.audience();
		Content content = wish.content();
		List<Reached> reached = this.database.statement("broadcasts/make")
			.param("made_by", wish.callerId())
			.param("key", wish.key())
			.param("fingerprint", wish.fingerprint())
			.param("role", audience.role())
			.param("language", audience.language())
			.param("area", audience.area())
			.param("agents", agents.toArray(String[]::new))
			.param("text", content.text())
			.param("template", content.template())
			.param("template_language", content.templateLanguage())
			.param("template_parameters", content.parameters().toArray(String[]::new))
			.param("channels", this.contacts.channels().toArray(String[]::new))
			.param("default_channel", this.defaultChannel)
			.param("languages", Texts.LANGUAGES.toArray(String[]::new))
			.param("default_language", this.defaultLanguage)
			.param("dry_run", wish.dryRun())
			.param("now", Database.time(this.clock.instant()))
			.query(Reached.class)
			.list();
		if (wish.dryRun()) {
			return new JsonAnswer(200, preview(reached));
		}
		Long id = reached.get(0).id();
		if (id == null) {
			// The same request has come twice at the same moment
			return recall(wish);
		}
		int recipients = people(reached, true);
		log.info("Broadcast {} to {} people is made by administrator {}", id, recipients, wish.callerId());
		return made(id, recipients, people(reached, false));
	}

	private static int people(List<Reached> groups, boolean reached) {
		return groups.stream().filter((group) -> group.is(reached)).mapToInt(Reached::people).sum();
	}

	private static Map<String, Object> preview(List<Reached> groups) {
		Map<String, Integer> byChannel = new TreeMap<>();
		Map<String, Integer> byLanguage = new TreeMap<>();
		groups.stream().filter((group) -> group.is(true)).forEach((group) -> {
			byChannel.merge(group.channel(), group.people(), Integer::sum);
			byLanguage.merge(group.language(), group.people(), Integer::sum);
		});
		Map<String, Object> preview = new LinkedHashMap<>();
		preview.put("recipients", people(groups, true));
		preview.put("skipped", people(groups, false));
		preview.put("by_channel", byChannel);
		preview.put("by_language", byLanguage);
		return preview;
	}

	/**
	 * Lists broadcasts, the latest first.
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of them, each as {@link #show} shows it
	 * @throws HttpProblem 422 if the cursor is none of ours
	 */
	public Map<String, Object> list(Map<String, Object> parameters) {
		int limit = ((Number) parameters.get("limit")).intValue();
		List<Map<String, Object>> found = list(null, before((String) parameters.get("cursor")), limit + 1);
		List<Map<String, Object>> page = found.subList(0, Math.min(limit, found.size()));
		return Paging.page(page,
				(found.size() > limit) ? cursor((String) page.get(limit - 1).get("broadcast_id")) : null);
	}

	/**
	 * Shows a broadcast.
	 * @param id the broadcast's
	 * @return what it says to whom, its state ({@code sending}, {@code done},
	 * {@code stopped}), and its recipients: {@code sent}, {@code failed},
	 * {@code left_out} and {@code waiting} are all of them
	 * @throws HttpProblem 404 if there is none
	 */
	public Map<String, Object> show(String id) {
		return id.matches(ID) ? show(Long.parseLong(id)) : unknown();
	}

	private Map<String, Object> show(long id) {
		return list(id, null, 1).stream().findFirst().orElseGet(Broadcasts::unknown);
	}

	private static Map<String, Object> unknown() {
		throw HttpProblem.notFound("There is no such broadcast");
	}

	private List<Map<String, Object>> list(Long id, Long before, int limit) {
		return this.database.statement("broadcasts/list")
			.param("id", id)
			.param("before", before)
			.param("limit", limit)
			.query((row, n) -> broadcast(row))
			.list();
	}

	private static Map<String, Object> broadcast(ResultSet row) throws SQLException {
		Map<String, Object> audience = new LinkedHashMap<>();
		for (String part : List.of("role", "language", "area")) {
			put(audience, part, row.getString(part));
		}
		Map<String, Object> broadcast = new LinkedHashMap<>();
		broadcast.put("broadcast_id", row.getString("id"));
		broadcast.put("state", state(row));
		broadcast.put("audience", audience);
		put(broadcast, "text", row.getString("text"));
		if (row.getString("template") != null) {
			Map<String, Object> template = new LinkedHashMap<>();
			template.put("name", row.getString("template"));
			put(template, "language", row.getString("template_language"));
			template.put("parameters", row.getArray("template_parameters").getArray());
			broadcast.put("template", template);
		}
		broadcast.put("created_at", time(row, "created_at"));
		broadcast.put("by", row.getString("made_by"));
		put(broadcast, "stopped_at", time(row, "stopped_at"));
		put(broadcast, "stopped_by", row.getString("stopped_by"));
		put(broadcast, "ended_at", time(row, "ended_at"));
		int waiting = row.getInt("recipients");
		broadcast.put("recipients", waiting);
		broadcast.put("skipped", row.getInt("skipped"));
		for (String figure : List.of("sent", "delivered", "read", "failed", "left_out")) {
			broadcast.put(figure, row.getInt(figure));
		}
		waiting -= row.getInt("sent") + row.getInt("failed") + row.getInt("left_out");
		broadcast.put("waiting", waiting);
		return broadcast;
	}

	private static String state(ResultSet row) throws SQLException {
		if (time(row, "stopped_at") != null) {
			return "stopped";
		}
		return (time(row, "ended_at") != null) ? "done" : "sending";
	}

	private static void put(Map<String, Object> shown, String name, Object value) {
		if (value != null) {
			shown.put(name, value);
		}
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

	/**
	 * Stops a broadcast. What is queued and has not left is taken back at once, and what
	 * a provider fails late is not said again, also if the broadcast is over. Stopping it
	 * again changes nothing.
	 * @param id the broadcast's
	 * @param user who wants it
	 * @return what has become of it, as {@link #show} shows it
	 * @throws HttpProblem 404 if there is none
	 */
	public Map<String, Object> stop(String id, WebUser user) {
		if (!id.matches(ID)) {
			return unknown();
		}
		long number = Long.parseLong(id);
		int stopped = this.database.inTransaction(() -> {
			int now = this.database.statement("broadcasts/stop")
				.param("id", number)
				.param("by", user.id())
				.param("now", Database.time(this.clock.instant()))
				.update();
			if (now > 0) {
				this.feed.withdraw(number);
			}
			return now;
		});
		if (stopped > 0) {
			log.info("Broadcast {} is stopped by administrator {}", id, user.id());
		}
		return show(number);
	}

	private static Long before(String cursor) {
		if (cursor == null) {
			return null;
		}
		try {
			String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
			if (id.matches(ID)) {
				return Long.valueOf(id);
			}
		}
		catch (IllegalArgumentException ex) {
			// the same answer as for one that was never ours
		}
		throw HttpProblem.invalid("cursor", "is not the next_cursor of a page");
	}

	private static String cursor(String lastId) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(lastId.getBytes(StandardCharsets.US_ASCII));
	}

	private record Known(long id, String fingerprint, int recipients, int skipped) {
	}

	/**
	 * So many people of an audience.
	 *
	 * @param id the broadcast that was made, null if none was
	 * @param reached whether they may be written to, null for nobody
	 * @param channel where
	 * @param language in which language
	 * @param people how many, null for nobody
	 */
	private record Reached(Long id, Boolean reached, String channel, String language, Integer people) {

		boolean is(boolean wanted) {
			return this.people != null && this.reached == wanted;
		}

	}

}
