package routes.reminders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.zaxxer.hikari.HikariDataSource;
import hub.alert.Incidents;
import hub.camel.TemplatedRoutes;
import hub.camel.Ticks;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.queue.OutboundQueue;
import hub.queue.QueueSignals;
import hub.queue.Withdrawals;
import hub.store.Breaker;
import hub.store.Database;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import hub.text.Moments;
import hub.text.TestTexts;
import hub.turn.Outbox;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * One instance of the hub, as far as reminders go: the area's own routes and rules on the
 * real database. Several may share a database. What it would send stands in the outbox;
 * the platform is a map of inspections.
 */
final class Instance implements AutoCloseable {

	static final String SADE = "+2348030000001";

	static final String ADA = "+2348030000011";

	static final ZoneId LAGOS = ZoneId.of("Africa/Lagos");

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	final Breaker breaker;

	final Database database;

	final Platform platform = mock(Platform.class);

	/** Is told of a tick that fails; the next one would mend it. */
	final Ticks ticks = mock(Ticks.class);

	final Incidents incidents = mock(Incidents.class);

	/** The platform's inspections by id. */
	final Map<String, Inspection> inspections;

	private final DefaultCamelContext camel = new DefaultCamelContext();

	private final TestDatabase store;

	private final Clock clock;

	private final QueueSignals signals;

	private final ProducerTemplate producer;

	private final PlatformPeople people;

	private final Withdrawals withdrawals;

	private volatile boolean down;

	Instance(TestDatabase store, String name, Clock clock) throws Exception {
		this(store, name, clock, new ConcurrentHashMap<>());
	}

	/** Another instance of the same hub. */
	Instance(Instance other, String name) throws Exception {
		this(other.store, name, other.clock, other.inspections);
	}

	private Instance(TestDatabase store, String name, Clock clock, Map<String, Inspection> inspections)
			throws Exception {
		this.store = store;
		this.clock = clock;
		this.inspections = inspections;
		HubProperties properties = TestSettings.properties();
		HikariDataSource pool = store.pool(name, 8);
		this.breaker = new Breaker(pool);
		this.database = new Database(this.breaker);
		this.signals = new QueueSignals(pool, this.database);
		Outbox outbox = new Outbox(new OutboundQueue(this.database, clock, properties, this.signals, List.of()), JSON);
		Contacts contacts = new Contacts(this.database, clock, properties);
		TemplatedRoutes routes = new TemplatedRoutes(
				new StaticListableBeanFactory(Map.of("camel", this.camel)).getBeanProvider(CamelContext.class));
		this.withdrawals = new Withdrawals(this.database, clock);
		this.people = new PlatformPeople(this.platform);
		CurrentInspections current = new CurrentInspections(this.database, this.platform);
		ReminderPlans plans = new ReminderPlans(this.database, this.platform, routes, this.withdrawals, clock);
		Map.of("reminderPlans", plans, "templatedRoutes", routes, "ticks", this.ticks, "incidents", this.incidents,
				"platform", this.platform, "bookingSweep", new BookingSweep(this.database, plans, current, clock),
				"reminderLetters", new ReminderLetters(TestTexts.texts(), new Moments(properties), outbox), "reminders",
				new Reminders(this.database, current, this.people, plans, contacts, outbox, this.incidents, clock))
			.forEach(this.camel.getRegistry()::bind);
		for (String file : List.of("policies/policy-tick", "policies/policy-refusal", "templates/reminder",
				"reminders/reminders-seeker-day-before", "reminders/reminders-agent-day-before",
				"reminders/reminders-plan", "reminders/reminders-sweep", "reminders/reminders-take-due")) {
			PluginHelper.getRoutesLoader(this.camel)
				.loadRoutes(PluginHelper.getResourceLoader(this.camel)
					.resolveResource("classpath:routes/" + file + ".camel.yaml"));
		}
		this.camel.start();
		this.producer = this.camel.createProducerTemplate();
		given(this.platform.user(anyString())).willAnswer((call) -> answer(user(call.getArgument(0))));
		given(this.platform.property(anyString()))
			.willAnswer((call) -> answer(Optional.of(listing(call.getArgument(0)))));
		given(this.platform.inspection(anyString()))
			.willAnswer((call) -> answer(Optional.ofNullable(this.inspections.get(call.<String>getArgument(0)))));
		given(this.platform.inspectionsOn(any())).willAnswer((call) -> answer(on(call.getArgument(0))));
	}

	private <T> T answer(T answer) {
		if (this.down) {
			throw new PlatformUnavailableException("The test's platform is down", null);
		}
		return answer;
	}

	private static Optional<PlatformUser> user(String id) {
		return switch (id) {
			case "1" -> Optional.of(person("1", "seeker", "Sade Bello", SADE, "en"));
			case "2" -> Optional.of(person("2", "seeker", "Tunde Cole", "+2348030000002", "fr"));
			case "11" -> Optional.of(person("11", "agent", "Ada Obi", ADA, "en"));
			case "13" -> Optional.of(person("13", "agent", "Nobody", null, "en"));
			default -> Optional.empty();
		};
	}

	static PlatformUser person(String id, String role, String name, String phone, String language) {
		return new PlatformUser(id, id + "@example.com", role, name, phone, "Africa/Lagos", language);
	}

	static Property listing(String id) {
		return new Property(id, "Lagoon flat", null, null, null, "NGN", "year", "available", null, null, null, null,
				null, null, null, null, null, null, null, "Africa/Lagos", List.of("11"), null, null);
	}

	private List<Inspection> on(LocalDate day) {
		return this.inspections.values()
			.stream()
			.filter((inspection) -> LocalDate.ofInstant(inspection.scheduledDatetime(), LAGOS).equals(day))
			.toList();
	}

	void platformIsDown(boolean down) {
		this.down = down;
	}

	/** On the platform; the hub is not told. */
	Inspection arranged(String id, String seeker, String agent, Instant at, String status) {
		Inspection inspection = new Inspection(id, "7", "Lagoon flat", "Admiralty Way, Lekki", at, status, seeker,
				agent, "21", ADA, null);
		this.inspections.put(id, inspection);
		return inspection;
	}

	Inspection arranged(String id, Instant at) {
		return arranged(id, "1", "11", at, "scheduled");
	}

	/** Arranged through the hub, which plans it. */
	void books(String id, Instant at) {
		plans(arranged(id, at));
	}

	void plans(Inspection inspection) {
		plans(inspection, null);
	}

	void plans(Inspection inspection, Object body) {
		Exchange planned = this.producer.send("direct:reminders-plan", (exchange) -> {
			exchange.setProperty("inspection", inspection);
			exchange.getMessage().setBody(body);
		});
		if (planned.getException() != null) {
			throw new IllegalStateException(planned.getException());
		}
	}

	/** A tick of the clock. */
	void tick() {
		sweep();
		send("direct:reminders-take-due");
	}

	/** The part of a tick that looks through the platform, if that is due. */
	void sweep() {
		send("direct:reminders-sweep");
	}

	private void send(String part) {
		Exchange tick = this.producer.send(part, (exchange) -> {
		});
		if (tick.getException() != null) {
			throw new IllegalStateException(tick.getException());
		}
	}

	/** An engineer adds a reminder of the template. */
	void adds(String name) throws Exception {
		TemplatedRouteBuilder.builder(this.camel, "reminder")
			.routeId("reminders-" + name)
			.parameter("name", name)
			.parameter("text", "reminders.seeker-day-before")
			.parameter("template", "inspection_reminder")
			.parameter("values", "name, home, place, time, agent")
			.parameter("options", "call:agent")
			.add();
	}

	void ticksAfter(Duration duration) {
		((MovableClock) this.clock).advance(duration);
		tick();
	}

	/**
	 * All that a number was sent.
	 * @return the messages as the outbox keeps them, in order
	 */
	List<JsonNode> sentTo(String phone) {
		return this.store.sql()
			.sql("select body from outbox where lane_key = :lane order by id")
			.param("lane", "whatsapp:" + phone)
			.query((row, n) -> json(row.getString("body")))
			.list();
	}

	/**
	 * Which of the messages to a number are not to be sent any more.
	 * @return for each, in order, whether it was taken back
	 */
	List<Boolean> takenBackFrom(String phone) {
		return this.store.sql()
			.sql("select message_id, body from outbox where lane_key = :lane order by id")
			.param("lane", "whatsapp:" + phone)
			.query((row, n) -> this.withdrawals.isWithdrawn(json(row.getString("body")).at("/validity/about").asText(),
					row.getLong("message_id")))
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
		this.people.destroy();
		this.signals.destroy();
	}

}
