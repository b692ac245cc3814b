package routes.broadcasts;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import hub.alert.Incidents;
import hub.camel.Ticks;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.contact.Role;
import hub.http.HttpAnswers;
import hub.http.HttpAnswers.JsonAnswer;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.Property;
import hub.platform.PropertyFilter;
import hub.queue.OutboundQueue;
import hub.queue.QueueSignals;
import hub.queue.Withdrawals;
import hub.security.WebUser;
import hub.store.Breaker;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.turn.Outbox;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * One instance of the hub, as far as broadcasts go: the area's own routes and rules on
 * the real database. Several may share a database. What it would send stands in the
 * outbox.
 */
final class Instance implements AutoCloseable {

	/** So many may stand in a channel's line. */
	static final int PORTION = 80;

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	final Breaker breaker;

	final Platform platform = mock(Platform.class);

	/** Is told of a tick that fails; the next one would mend it. */
	final Ticks ticks = mock(Ticks.class);

	private final Database database;

	private final Withdrawals withdrawals;

	private final DefaultCamelContext camel = new DefaultCamelContext();

	private final TestDatabase store;

	private final Clock clock;

	private final QueueSignals signals;

	private final ProducerTemplate producer;

	/** The agents of listings by the area, one listing each. */
	private final Map<String, String> listings = new ConcurrentHashMap<>();

	Instance(TestDatabase store, String name, Clock clock) throws Exception {
		this.store = store;
		this.clock = clock;
		HubProperties properties = TestSettings.properties("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "secret",
				"TWILIO_WHATSAPP_NUMBER", "whatsapp:+14155238886");
		HikariDataSource pool = store.pool(name, 8);
		this.breaker = new Breaker(pool);
		Database database = new Database(this.breaker);
		this.database = database;
		this.withdrawals = new Withdrawals(database, clock);
		this.signals = new QueueSignals(pool, database);
		OutboundQueue queue = new OutboundQueue(database, clock, properties, this.signals, List.of());
		Contacts contacts = new Contacts(database, clock, properties);
		BroadcastFeed feed = new BroadcastFeed(database, contacts, new BroadcastLetters(), new Outbox(queue, JSON),
				queue, this.withdrawals, clock, properties);
		Map.of("broadcastWishes", new BroadcastWishes(JSON), "broadcasts",
				new Broadcasts(database, contacts, feed, clock, properties), "broadcastFeed", feed, "areaAgents",
				new AreaAgents(this.platform), "ticks", this.ticks, "incidents", mock(Incidents.class), "httpAnswers",
				new HttpAnswers(JSON))
			.forEach(this.camel.getRegistry()::bind);
		for (String file : List.of("policies/policy-tick", "policies/policy-http", "broadcasts/broadcasts-make",
				"broadcasts/broadcasts-list", "broadcasts/broadcasts-show", "broadcasts/broadcasts-stop",
				"broadcasts/broadcasts-take-due")) {
			PluginHelper.getRoutesLoader(this.camel)
				.loadRoutes(PluginHelper.getResourceLoader(this.camel)
					.resolveResource("classpath:routes/" + file + ".camel.yaml"));
		}
		this.camel.start();
		this.producer = this.camel.createProducerTemplate();
		given(this.platform.properties(any())).willAnswer((call) -> {
			PropertyFilter filter = call.getArgument(0);
			// One a page, and words that only begin alike, as a platform may find them
			List<Property> found = this.listings.entrySet()
				.stream()
				.filter((listing) -> listing.getKey().toLowerCase().startsWith(filter.area().toLowerCase()))
				.map((listing) -> listing(listing.getKey(), listing.getValue()))
				.toList();
			int at = (filter.cursor() != null) ? Integer.parseInt(filter.cursor()) : 0;
			return new Page<>(found.isEmpty() ? List.of() : found.subList(at, at + 1),
					(at + 1 < found.size()) ? String.valueOf(at + 1) : null);
		});
	}

	private static Property listing(String area, String agent) {
		return new Property("7", "Flat", null, area, BigDecimal.ONE, "NGN", "year", "rented", null, null, null, null,
				null, null, null, null, null, null, null, "Africa/Lagos", List.of(agent), null, null);
	}

	/** The agent has a listing in that part of town. */
	void lists(String agent, String area) {
		this.listings.put(area, agent);
	}

	/** So many people of a role, who have linked a number each and have just written. */
	void links(String role, int from, int count) {
		this.store.sql()
			.sql("""
					with linked as (
					insert into account (user_id, email, role, name, language, updated_at)
					select n, n || '@example.com', :role, 'Person ' || n, 'en', now() from generate_series(:from, :to) n
					returning user_id
					), known as (
					insert into contact (phone, account_id, linked_at, created_at)
					select '+23480' || (30000000 + user_id::int), user_id, now(), now() from linked
					returning id, phone
					)
					insert into identity (channel, address, contact_id, send_to, last_inbound_at)
					select 'whatsapp', phone, id, phone, :at from known""")
			.param("role", role)
			.param("from", from)
			.param("to", from + count - 1)
			.param("at", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
	}

	/** Another number of the same person, last heard from at a moment. */
	void linksAlso(int person, String channel, String phone, Instant heardAt) {
		this.store.sql()
			.sql("""
					with known as (
					insert into contact (phone, account_id, linked_at, created_at) values (:phone, :person, now(), now())
					returning id
					)
					insert into identity (channel, address, contact_id, send_to, last_inbound_at)
					select :channel, :phone, id, :phone, :at from known""")
			.param("person", Integer.toString(person))
			.param("channel", channel)
			.param("phone", phone)
			.param("at", (heardAt != null) ? heardAt.atOffset(ZoneOffset.UTC) : null)
			.update();
	}

	static String phone(int person) {
		return "+23480" + (30000000 + person);
	}

	/** Changes something about people behind the hub's back. */
	void sql(String statement) {
		this.store.sql().sql(statement).update();
	}

	long count(String query) {
		return this.store.sql().sql(query).query(Long.class).single();
	}

	/**
	 * Calls an operation as an administrator.
	 * @return the answer's body; with {@code status} if it is no plain 200
	 */
	JsonNode call(String operation, Map<String, Object> parameters, String body) {
		Exchange answer = this.producer.send("direct:" + operation, (exchange) -> {
			exchange.setProperty("user", new WebUser("99", Role.ADMIN, "Root", "root@example.com", null));
			exchange.setProperty("parameters", parameters);
			exchange.getMessage().setHeaders(new HashMap<>(parameters));
			exchange.getMessage().setBody((body != null) ? JSON.readValue(body, Map.class) : Map.of());
		});
		try {
			if (answer.getMessage().getBody() instanceof JsonAnswer json) {
				ObjectNode node = JSON.valueToTree(json.body());
				return node.put("status", json.status());
			}
			return (answer.getMessage().getBody() instanceof String problem) ? JSON.readTree(problem)
					: JSON.valueToTree(answer.getMessage().getBody());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	JsonNode makes(String body) {
		return call("broadcasts-make", Map.of(), body);
	}

	JsonNode makes(String key, String body) {
		return call("broadcasts-make", Map.of("Idempotency-Key", key), body);
	}

	JsonNode shows(JsonNode broadcast) {
		return call("broadcasts-show", Map.of("id", broadcast.get("broadcast_id").asText()), null);
	}

	JsonNode stops(JsonNode broadcast) {
		return call("broadcasts-stop", Map.of("id", broadcast.get("broadcast_id").asText()), null);
	}

	/** A tick of the clock. */
	void tick() {
		this.producer.send("direct:broadcasts-take-due", (exchange) -> {
		});
	}

	/** The provider takes so many of the messages that wait. Locks as the sender does. */
	void leave(int count) {
		this.store.sql()
			.sql("""
					with next as materialized (
					select id, lane_key from outbox where state = 0 order by id limit :count
					), lanes as materialized (
					select lane_key from outbound_lane where lane_key in (select lane_key from next)
					order by lane_key for update
					), gone as (
					update outbox set state = 1, attempts = 1
					where id in (select id from next) and lane_key in (select lane_key from lanes) and state = 0
					returning message_id
					)
					update message set state = 2 from gone where message.id = gone.message_id""")
			.param("count", count)
			.update();
	}

	/** Until everything has left. */
	void runs() {
		for (int n = 0; n < 20; n++) {
			tick();
			leave(1000);
		}
		tick();
	}

	/**
	 * How many of a broadcast's messages in the outbox would leave if it were their turn.
	 */
	long mayBeSent(JsonNode broadcast) {
		return this.store.sql()
			.sql("select message_id from outbox where body::json #>> '{validity,about}' = :about")
			.param("about", "broadcast-" + broadcast.get("broadcast_id").asText())
			.query(Long.class)
			.list()
			.stream()
			.filter((message) -> !this.withdrawals.isWithdrawn("broadcast-" + broadcast.get("broadcast_id").asText(),
					message))
			.count();
	}

	/**
	 * The provider has accepted a message and fails it: not today.
	 * @return whether it is to be said again
	 */
	boolean failsLate(long message) {
		this.store.sql().sql("update message set state = 9 where id = :id").param("id", message).update();
		return this.database.statement("delivery/send-again")
			.param("message_id", message)
			.param("channel", "whatsapp")
			.param("max_attempts", 8)
			.param("delay_ms", 86_400_000L)
			.param("held", true)
			.param("template", false)
			.param("at", Database.time(this.clock.instant()))
			.param("again_at", Database.time(this.clock.instant().plusSeconds(86_400)))
			.update() > 0;
	}

	List<JsonNode> sentTo(String channel, String phone) {
		return this.store.sql()
			.sql("select body from outbox where lane_key = :lane order by id")
			.param("lane", channel + ":" + phone)
			.query((row, n) -> json(row.getString("body")))
			.list();
	}

	private static JsonNode json(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.camel.stop();
		this.signals.destroy();
	}

}
