package routes.availability;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.zaxxer.hikari.HikariDataSource;
import hub.alert.Incidents;
import hub.camel.Ticks;
import hub.chat.ChatThread;
import hub.chat.ThreadMessage;
import hub.chat.ThreadSignals;
import hub.chat.Threads;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.contact.KnownSender;
import hub.contact.Role;
import hub.http.HttpAnswers;
import hub.http.HttpAnswers.JsonAnswer;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.media.Photos;
import hub.message.Media;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.queue.OutboundQueue;
import hub.queue.QueueSignals;
import hub.queue.ReceivedItem;
import hub.security.WebUser;
import hub.store.Breaker;
import hub.store.Database;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import hub.text.TestTexts;
import hub.turn.Outbox;
import hub.turn.Quotes;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import routes.turn.Answers;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * One instance of the hub, as far as checks go: the area's own routes and rules on the
 * real database. Several may share a database. What it would send stands in the outbox,
 * what it says in the thread.
 */
final class Instance implements AutoCloseable {

	static final WebUser SADE = new WebUser("1", Role.SEEKER, "Sade Bello", "sade@example.com", MovableClock.START);

	static final WebUser TUNDE = new WebUser("2", Role.SEEKER, "Tunde Cole", "tunde@example.com", MovableClock.START);

	static final String ADA = "+2348030000011";

	static final String FEMI = "+2348030000012";

	static final String STRANGER = "+2348030000077";

	private static final AtomicLong ITEMS = new AtomicLong();

	static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.build();

	final Breaker breaker;

	final Database database;

	final Incidents incidents = mock(Incidents.class);

	final Platform platform = mock(Platform.class);

	final Photos photos = mock(Photos.class);

	final Threads threads;

	final Contacts contacts;

	final Outbox outbox;

	final Refusals refusals;

	final CheckRows rows;

	final Bursts bursts;

	final AgentAnswers answers;

	final CheckTimes times;

	final CheckNews news;

	final DefaultCamelContext camel = new DefaultCamelContext();

	/** What was not taken for an answer. */
	final List<Turn> left = new CopyOnWriteArrayList<>();

	private final TestDatabase store;

	private final Clock clock;

	private final QueueSignals signals;

	private final ProducerTemplate producer;

	Instance(TestDatabase store, String name, Clock clock, String... settings) throws Exception {
		this.store = store;
		this.clock = clock;
		HubProperties properties = TestSettings.properties(settings);
		HikariDataSource pool = store.pool(name, 8);
		this.breaker = new Breaker(pool);
		this.database = new Database(this.breaker);
		this.signals = new QueueSignals(pool, this.database);
		this.contacts = new Contacts(this.database, clock, properties);
		this.refusals = new Refusals(clock);
		this.outbox = new Outbox(
				new OutboundQueue(this.database, clock, properties, this.signals, List.of(this.refusals)), JSON);
		this.threads = new Threads(this.database, clock, JSON, TestTexts.texts(), mock(ThreadSignals.class),
				(thread) -> ThreadMessage.assistant(thread.id(), "Hello"), properties);
		this.rows = new CheckRows(this.database);
		AgentLetters letters = new AgentLetters(TestTexts.texts(), this.outbox);
		this.news = new CheckNews(this.threads, TestTexts.texts());
		Checks checks = new Checks(this.rows, letters, this.news, this.threads, TestTexts.texts(), clock, properties);
		this.bursts = new Bursts(this.database, JSON, clock, properties);
		this.answers = new AgentAnswers(this.database, this.rows, this.bursts, new Quotes(this.database),
				new ReplyParser(), new PriceWords(), letters, this.news, this.incidents, TestTexts.texts(), clock);
		this.times = new CheckTimes(this.database, this.rows, this.contacts, letters, this.news, this.incidents, clock,
				properties);
		Map.of("checkPlans", new CheckPlans(this.platform, this.contacts, properties), "availabilityChecks", checks,
				"checkRequests", new CheckRequests(this.database, checks, this.rows, this.threads, TestTexts.texts()),
				"agentAnswers", this.answers, "agentBursts", this.bursts, "checkTimes", this.times, "answerFolding",
				new AnswerFolding(), "agentPhotos", new AgentPhotos(this.photos), "ticks", new Ticks(), "incidents",
				this.incidents)
			.forEach(this.camel.getRegistry()::bind);
		this.camel.getRegistry().bind("turnAnswers", mock(Answers.class));
		this.camel.getRegistry().bind("httpAnswers", mock(HttpAnswers.class));
		this.camel.addRoutes(new RouteBuilder() {
			@Override
			public void configure() {
				from("direct:turn-make-do")
					.process((exchange) -> Instance.this.left.add(exchange.getMessage().getBody(Turn.class)));
			}
		});
		for (String file : List.of("policies/policy-turn", "policies/policy-tick", "policies/policy-http",
				"availability/availability-ask", "availability/availability-ask-by-api",
				"availability/availability-take-button", "availability/availability-take-message",
				"availability/availability-fold-words", "availability/availability-take-due",
				"availability/availability-follow-up")) {
			PluginHelper.getRoutesLoader(this.camel)
				.loadRoutes(PluginHelper.getResourceLoader(this.camel)
					.resolveResource("classpath:routes/" + file + ".camel.yaml"));
		}
		this.camel.start();
		this.producer = this.camel.createProducerTemplate();
		given(this.platform.user(anyString())).willReturn(Optional.empty());
		given(this.platform.property(anyString())).willReturn(Optional.empty());
		agent("11", "Ada Obi", ADA);
		agent("12", "Femi Ade", FEMI);
		listing("1", "Lagoon flat", "11", "12");
		listing("2", "Yaba flat", "11");
		listing("3", "Owner's house");
		listing("4", "Terrace", "11");
		listing("5", "Studio", "11");
	}

	void agent(String id, String name, String phone) {
		given(this.platform.user(id)).willReturn(
				Optional.of(new PlatformUser(id, id + "@example.com", "agent", name, phone, "Africa/Lagos", "en")));
	}

	void listing(String id, String title, String... agents) {
		given(this.platform.property(id)).willReturn(Optional.of(Listings.of(id, title, agents)));
	}

	/**
	 * Asks by the API.
	 */
	Exchange requests(WebUser user, Map<String, Object> body) {
		return this.producer.send("direct:availability-ask-by-api", (exchange) -> {
			exchange.setProperty("user", user);
			exchange.getMessage().setBody(body);
		});
	}

	/**
	 * Asks by the API, successfully.
	 * @return the id of the check
	 */
	long asks(WebUser user, String listingId) {
		Exchange answer = requests(user, Map.of("listing_id", listingId));
		JsonAnswer accepted = answer.getMessage().getBody(JsonAnswer.class);
		if (accepted == null) {
			throw new IllegalStateException(answer.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
		}
		return Long.parseLong(JSON.valueToTree(accepted.body()).get("check_id").asText());
	}

	/**
	 * A tick of the clock.
	 */
	void tick() {
		Exchange tick = this.producer.send("direct:availability-take-due", (exchange) -> {
		});
		if (tick.getException() != null) {
			throw new IllegalStateException(tick.getException());
		}
	}

	/** Time passes, and the clock ticks then. */
	void ticksAfter(String duration) {
		((MovableClock) this.clock).advance(Duration.parse(duration));
		tick();
	}

	/** A tap, written as a queue would. */
	Turn taps(String phone, String token) {
		return write(perform(tap(phone, token), "direct:availability-take-button"));
	}

	Turn tap(String phone, String token) {
		return turn(phone, Kind.CHOICE, "YES", token, null, List.of());
	}

	/** Words, written as a queue would. */
	Turn writes(String phone, String text) {
		return writes(phone, text, null);
	}

	Turn writes(String phone, String text, String quoted) {
		return write(
				perform(turn(phone, Kind.TEXT, text, null, quoted, List.of()), "direct:availability-take-message"));
	}

	Turn sendsPhoto(String phone, String mediaId, String caption) {
		return sendsPhoto(phone, mediaId, caption, null);
	}

	Turn sendsPhoto(String phone, String mediaId, String caption, String quoted) {
		return write(perform(
				turn(phone, Kind.IMAGE, caption, null, quoted,
						List.of(new Media("image", mediaId, null, "image/jpeg", caption, null))),
				"direct:availability-take-message"));
	}

	private Turn turn(String phone, Kind kind, String text, String choice, String quoted, List<Media> media) {
		long id = ITEMS.incrementAndGet();
		InboundMessage message = new InboundMessage("whatsapp", "1", phone, null, phone.substring(1), "Somebody",
				"wamid.in." + id, this.clock.instant(), kind, text, choice, quoted, media, null);
		KnownSender sender = this.contacts.sender(message);
		ReceivedItem item = new ReceivedItem(id, "whatsapp", "1", message.providerId(), phone, "{}",
				this.clock.instant(), null);
		return new Turn(item, message, sender, "en", this.clock.instant(), false,
				new TurnJournal(this.outbox, this.threads));
	}

	Turn perform(Turn turn, String route) {
		Exchange exchange = this.producer.send(route, (request) -> {
			request.getMessage().setBody(turn);
			if (turn.message().choice() != null) {
				String[] parts = turn.message().choice().split(":");
				request.setProperty("action", new Action(List.of(parts).subList(1, parts.length)));
			}
		});
		if (exchange.getException() != null) {
			throw new IllegalStateException(exchange.getException());
		}
		return exchange.getMessage().getBody(Turn.class);
	}

	Turn write(Turn turn) {
		this.database.inTransaction(() -> {
			turn.write(this.database);
			return null;
		});
		turn.committed();
		return turn;
	}

	/**
	 * All that a number was sent.
	 * @return the messages as the outbox keeps them, in order
	 */
	List<JsonNode> sentTo(String phone) {
		return this.store.sql()
			.sql("select body from outbox where lane_key = :lane order by id")
			.param("lane", "whatsapp:" + phone)
			.query(String.class)
			.list()
			.stream()
			.map(Instance::json)
			.toList();
	}

	JsonNode lastSentTo(String phone) {
		List<JsonNode> sent = sentTo(phone);
		return sent.get(sent.size() - 1);
	}

	/**
	 * The token of a button that a number was sent last.
	 */
	String button(String phone, String choice) {
		return sentTo(phone).stream()
			.flatMap((message) -> Stream.iterate(0, (n) -> n < message.path("options").size(), (n) -> n + 1)
				.map((n) -> message.path("options").get(n).path("id").asText()))
			.filter((id) -> id.endsWith(":" + choice))
			.reduce((one, later) -> later)
			.orElseThrow();
	}

	/**
	 * What a visitor reads in all their threads.
	 * @return event and text, or event and state of the news of a check
	 */
	List<String> reads(WebUser user) {
		return this.store.sql()
			.sql("""
					select m.event, m.text, m.extras from thread_message m join thread t on t.id = m.thread_id
					where t.user_id = :user and m.text <> 'Hello' order by m.thread_id, m.seq""")
			.param("user", user.id())
			.query((row, n) -> row.getString("event").equals("check_updated")
					? "→ " + json(row.getString("extras")).path("state").asText() : row.getString("text"))
			.list();
	}

	JsonNode lastFacts(WebUser user) {
		return this.store.sql()
			.sql("""
					select m.extras from thread_message m join thread t on t.id = m.thread_id
					where t.user_id = :user and m.event = 'assistant_message' order by m.at desc, m.seq desc limit 1""")
			.param("user", user.id())
			.query((row, n) -> json(row.getString("extras")))
			.single();
	}

	CheckState state(long checkId) {
		return this.rows.check(checkId).orElseThrow().state();
	}

	List<String> changes(long checkId) {
		return new ArrayList<>(this.store.sql()
			.sql("select state || ': ' || cause from availability_change where check_id = :id order by n")
			.param("id", checkId)
			.query(String.class)
			.list());
	}

	ChatThread thread(WebUser user) {
		return this.threads.mostRecent(user.id()).orElseThrow();
	}

	/**
	 * The provider has taken the last message to a number.
	 * @return the provider's id of it
	 */
	String accepts(String phone) {
		return this.store.sql()
			.sql("""
					update message set state = 2, provider_id = 'wamid.out.' || id
					where id = (select max(message_id) from outbox where lane_key = :lane) returning provider_id""")
			.param("lane", "whatsapp:" + phone)
			.query(String.class)
			.single();
	}

	/** The last message to a number was in doubt, and the provider has taken it twice. */
	String acceptsAgain(String phone) {
		return this.store.sql()
			.sql("""
					update message set other_provider_ids = array[provider_id], provider_id = 'wamid.again.' || id
					where id = (select max(message_id) from outbox where lane_key = :lane) returning provider_id""")
			.param("lane", "whatsapp:" + phone)
			.query(String.class)
			.single();
	}

	/** A report tells that a check's question has a copy. */
	void reportsCopy(long check, String providerId) {
		assertThat(this.store.sql()
			.sql("""
					update message set other_provider_ids = array[:id] where correlation_id =
					(select 'ask-' || id from availability_ask where check_id = :check and asked_at is not null)""")
			.param("id", providerId)
			.param("check", check)
			.update()).isOne();
	}

	/** The provider's id of a check's question. */
	String quotable(long check) {
		return this.store.sql().sql("""
				update message set provider_id = 'wamid.out.' || id, state = 2 where correlation_id =
				(select 'ask-' || id from availability_ask where check_id = :check and asked_at is not null)
				returning provider_id""").param("check", check).query(String.class).single();
	}

	/** The provider has refused the last message to a number for good. */
	void refuses(String phone, String reason) {
		long id = this.store.sql()
			.sql("""
					update message set state = 9, error = :reason
					where id = (select max(message_id) from outbox where lane_key = :lane) returning id""")
			.param("lane", "whatsapp:" + phone)
			.param("reason", reason)
			.query(Long.class)
			.single();
		this.refusals.failed(this.database, id, reason);
	}

	static JsonNode json(String text) {
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

	/**
	 * What a menu makes of a token.
	 *
	 * @param objects what the token names
	 */
	public record Action(List<String> objects) {
	}

}
