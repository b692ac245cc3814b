package routes.alerts;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.zaxxer.hikari.HikariDataSource;
import hub.alert.Incidents;
import hub.camel.Ticks;
import hub.chat.Cards;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.contact.Preferences;
import hub.contact.Role;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.Property;
import hub.platform.PropertyFilter;
import hub.queue.OutboundQueue;
import hub.queue.QueueSignals;
import hub.queue.Withdrawals;
import hub.store.Breaker;
import hub.store.Database;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import hub.text.TestTexts;
import hub.turn.Outbox;
import hub.turn.TestTurn;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * News of new homes, through the area's own routes, on the real database.
 */
class AlertsTest {

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	/** The seeker whose turns are tried. */
	private static final int ADA = 9999;

	private final MovableClock clock = new MovableClock();

	/** The platform's listings. */
	private final List<Property> listed = new ArrayList<>();

	private TestDatabase store;

	private Hub hub;

	@BeforeEach
	void open() throws Exception {
		this.store = TestDatabase.create();
		this.hub = new Hub("hub");
		this.hub.tick();
	}

	@AfterEach
	void close() {
		this.hub.close();
		this.store.close();
	}

	/** One instance of the hub, as far as alerts go. */
	private final class Hub implements AutoCloseable {

		private final Breaker breaker;

		private final Platform platform = mock(Platform.class);

		private final Incidents incidents = mock(Incidents.class);

		private final DefaultCamelContext camel = new DefaultCamelContext();

		private final QueueSignals signals;

		private final Database database;

		private final Withdrawals withdrawals;

		private final AlertSwitch alerts;

		private final ProducerTemplate producer;

		private volatile boolean down;

		private Hub(String name) throws Exception {
			HubProperties properties = TestSettings.properties();
			HikariDataSource pool = AlertsTest.this.store.pool(name, 8);
			this.breaker = new Breaker(pool);
			Database database = new Database(this.breaker);
			this.database = database;
			MovableClock clock = AlertsTest.this.clock;
			this.signals = new QueueSignals(pool, database);
			Outbox outbox = new Outbox(new OutboundQueue(database, clock, properties, this.signals, List.of()), JSON);
			Contacts contacts = new Contacts(database, clock, properties);
			this.withdrawals = new Withdrawals(database, clock);
			this.alerts = new AlertSwitch(new Preferences(database), contacts, this.withdrawals, TestTexts.texts());
			Map.of("ticks", new Ticks(), "incidents", this.incidents, "alertRuns",
					new AlertRuns(database, outbox, clock), "newHomes", new NewHomes(database, this.platform),
					"alertFolding", new AlertFolding(), "alertLetters",
					new AlertLetters(contacts, new Cards(TestTexts.texts(), clock), TestTexts.texts(), outbox))
				.forEach(this.camel.getRegistry()::bind);
			for (String file : List.of("policies/policy-tick", "alerts/alerts-take-due")) {
				PluginHelper.getRoutesLoader(this.camel)
					.loadRoutes(PluginHelper.getResourceLoader(this.camel)
						.resolveResource("classpath:routes/" + file + ".camel.yaml"));
			}
			this.camel.start();
			this.producer = this.camel.createProducerTemplate();
			given(this.platform.properties(any())).willAnswer((call) -> page(call.getArgument(0)));
		}

		/** Two homes a page. */
		private Page<Property> page(PropertyFilter filter) {
			if (this.down) {
				throw new PlatformUnavailableException("Down", null);
			}
			List<Property> all = AlertsTest.this.listed.stream()
				.filter((home) -> home.available() && !home.createdAt().isBefore(filter.since()))
				.sorted((one, other) -> other.createdAt().compareTo(one.createdAt()))
				.toList();
			int from = (filter.cursor() != null) ? Integer.parseInt(filter.cursor()) : 0;
			int to = Math.min(from + 2, all.size());
			return new Page<>(all.subList(from, to), (to < all.size()) ? Integer.toString(to) : null);
		}

		private void tick() {
			Exchange tick = this.producer.send("direct:alerts-take-due", (exchange) -> {
			});
			if (tick.getException() != null) {
				throw new IllegalStateException(tick.getException());
			}
		}

		@Override
		public void close() {
			this.camel.stop();
			this.signals.destroy();
		}

	}

	private void ticksAfter(String duration) {
		this.clock.advance(Duration.parse(duration));
		this.hub.tick();
	}

	private static String phone(int seeker) {
		return "+23480" + (40000000 + seeker);
	}

	/** A linked seeker who wants news from now on. */
	private void seeker(int seeker, String area, Integer least, Integer most, Integer bedrooms, String rentType) {
		this.store.sql()
			.sql("""
					with account as (
					insert into account (user_id, email, role, name, updated_at)
					values (:user, :user || '@example.com', 'seeker', 'Sade Bello', now()) returning user_id
					), contact as (
					insert into contact (phone, account_id, created_at) select :phone, user_id, now() from account returning id
					), identity as (
					insert into identity (channel, address, contact_id, send_to) select 'whatsapp', :phone, id, :phone from contact
					)
					insert into preference (user_id, area, min_price, max_price, bedrooms, rent_type, alerts_since, changed_at)
					select user_id, :area, :least, :most, :bedrooms, :type, :at, :at from account""")
			.param("user", (seeker == ADA) ? "u1" : "s" + seeker)
			.param("phone", phone(seeker))
			.param("area", area, Types.VARCHAR)
			.param("least", least, Types.NUMERIC)
			.param("most", most, Types.NUMERIC)
			.param("bedrooms", bedrooms, Types.INTEGER)
			.param("type", rentType, Types.VARCHAR)
			.param("at", Database.time(this.clock.instant()))
			.update();
	}

	private void seeker(int seeker) {
		seeker(seeker, null, null, null, null, null);
	}

	private Property home(String id, String area, Integer price, Integer bedrooms, String rentType) {
		return new Property(id, "House " + id, area, area, (price != null) ? BigDecimal.valueOf(price) : null, "NGN",
				"year", "available", bedrooms, null, null, rentType, null, null, null, null,
				List.of("https://example.com/" + id + ".jpg"), null, null, "Africa/Lagos", null, null,
				this.clock.instant());
	}

	private void list(String... ids) {
		for (String id : ids) {
			this.listed.add(home(id, "Yaba", 2_000_000, 2, "apartment"));
			this.clock.advance(Duration.ofMillis(1));
		}
	}

	private List<JsonNode> sentTo(int seeker) {
		return this.store.sql()
			.sql("select body from outbox where lane_key = :lane order by id")
			.param("lane", "whatsapp:" + phone(seeker))
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

	@Test
	@DisplayName("W12, W14: every two hours one message with at most three homes, the newest first, how many more, a picture and a stop button; a template for when the window is closed")
	void digest() {
		seeker(1);
		list("a", "b", "c", "d", "e");
		ticksAfter("PT1H59M");
		assertThat(sentTo(1)).isEmpty();
		ticksAfter("PT1M");
		assertThat(sentTo(1)).hasSize(1);
		JsonNode message = sentTo(1).get(0);
		assertThat(message.get("text").asText()).contains("Sade", "*House e*\nYaba · ₦2,000,000 / year · 2 bedrooms",
				"*House d*", "*House c*", "and 2 more");
		assertThat(message.get("text").asText()).doesNotContain("House b", "House a");
		assertThat(message.get("text").asText().indexOf("House e"))
			.isLessThan(message.get("text").asText().indexOf("House d"));
		assertThat(message.at("/picture/url").asText()).isEqualTo("https://example.com/e.jpg");
		assertThat(message.get("options").findValuesAsText("id")).containsExactly("seeker_browse", "disable_alerts");
		assertThat(message.at("/template/name").asText()).isEqualTo("new_listings");
		assertThat(message.at("/template/parameters")).extracting(JsonNode::asText)
			.containsExactly("Sade", "5", "House e · House d · House c · and 2 more");
		assertThat(message.at("/template/payloads")).extracting(JsonNode::asText)
			.containsExactly("seeker_browse", "disable_alerts");
	}

	@Test
	@DisplayName("W12: a listing comes once to a person, also after alerts were off and on; what came while the hub was down comes late")
	void once() {
		seeker(1);
		list("a");
		ticksAfter("PT2H");
		ticksAfter("PT2H");
		this.store.sql().sql("update preference set alerts_since = null").update();
		list("b");
		ticksAfter("PT2H");
		assertThat(sentTo(1)).hasSize(1);
		this.store.sql()
			.sql("update preference set alerts_since = :at")
			.param("at", Database.time(this.clock.instant()))
			.update();
		ticksAfter("PT2H");
		assertThat(sentTo(1)).hasSize(2);
		assertThat(sentTo(1).get(1).get("text").asText()).contains("House b").doesNotContain("House a");
		list("c");
		ticksAfter("PT30H");
		list("d");
		ticksAfter("PT2H");
		assertThat(sentTo(1)).hasSize(4);
	}

	@Test
	@DisplayName("W12: who has just switched it on hears of the past week's homes, and of nothing older")
	void lookBack() {
		this.listed.add(home("old", "Yaba", 1, 1, null));
		this.clock.advance(Duration.ofDays(6));
		this.listed.add(home("week", "Yaba", 1, 1, null));
		this.clock.advance(Duration.ofDays(2));
		seeker(1);
		ticksAfter("PT2H");
		assertThat(sentTo(1)).hasSize(1);
		assertThat(sentTo(1).get(0).get("text").asText()).contains("House week").doesNotContain("House old", "more");
	}

	@ParameterizedTest(name = "{0} | {1} to {2} | {3} | {4} → {5}")
	@CsvSource(nullValues = "-", value = { "-, -, -, -, -, a b c d", "yaba, -, -, -, -, a c", "Ikoyi, -, -, -, -, b",
			"-, 2000000, -, -, -, a b", "-, 2000001, -, -, -, b", "-, -, 2000000, -, -, a c", "-, -, 999999, -, -, ''",
			"-, -, -, 2, -, a b", "-, -, -, 3, -, c", "-, -, -, -, Apartment, a", "-, -, -, -, house, b c",
			"Yaba, 1500000, 2500000, 2, apartment, a", "Yaba, 1500000, 2500000, 3, apartment, ''" })
	@DisplayName("W12: area, price range, bedrooms and rent type must all match; what a home does not say matches no wish for it")
	void matches(String area, Integer least, Integer most, Integer bedrooms, String rentType, String ids) {
		seeker(1, area, least, most, bedrooms, rentType);
		this.listed.add(home("d", null, null, null, null));
		this.listed.add(home("a", "Yaba", 2_000_000, 2, "apartment"));
		this.listed.add(home("b", "Ikoyi", 9_000_000, 2, "house"));
		this.listed.add(home("c", "Yaba", 1_000_000, 3, "house"));
		ticksAfter("PT2H");
		List<String> told = this.store.sql()
			.sql("select listing_id from alert_listing order by listing_id")
			.query(String.class)
			.list();
		assertThat(String.join(" ", told)).isEqualTo(ids);
		assertThat(sentTo(1)).hasSize(told.isEmpty() ? 0 : 1);
	}

	@Test
	@DisplayName("W12: the platform is asked once a run for everybody, and not at all while nobody wants to know; seekers go in pages")
	void manySeekers() {
		list("a", "b", "c");
		ticksAfter("PT2H");
		verify(this.hub.platform, times(0)).properties(any());
		for (int n = 0; n < 1100; n++) {
			seeker(n, (n % 2 == 0) ? "Yaba" : "Ikoyi", null, null, null, null);
		}
		ticksAfter("PT2H");
		verify(this.hub.platform, times(2)).properties(any());
		assertThat(this.store.sql().sql("select count(*) from outbox").query(Integer.class).single()).isEqualTo(550);
		assertThat(sentTo(1098)).hasSize(1);
	}

	@Test
	@DisplayName("W12, W17: a list whose cursors go in circles, or never end, ends: each home on it comes once")
	void endlessList() {
		seeker(1);
		list("a");
		assertThat(asked((n) -> new Page<>(this.listed, "x"))).isEqualTo(2);
		assertThat(sentTo(1)).hasSize(1);
		assertThat(sentTo(1).get(0).get("text").asText()).containsOnlyOnce("House a").doesNotContain("more");
		assertThat(asked((n) -> new Page<>(List.of(), "x"))).isEqualTo(2);
		list("b");
		assertThat(asked((n) -> new Page<>(this.listed, "x" + n))).isEqualTo(500);
		assertThat(sentTo(1)).hasSize(2);
		assertThat(sentTo(1).get(1).get("text").asText()).containsOnlyOnce("House b").doesNotContain("House a");
	}

	/** How many pages a run asks for of a list that never ends. */
	private int asked(IntFunction<Page<Property>> pages) {
		AtomicInteger asked = new AtomicInteger();
		willAnswer((call) -> {
			if (asked.incrementAndGet() > 2000) {
				throw new IllegalStateException("For ever");
			}
			return pages.apply(asked.get());
		}).given(this.hub.platform).properties(any());
		ticksAfter("PT2H");
		return asked.get();
	}

	@Test
	@DisplayName("W12, W13: who has sent STOP or unlinked is told nothing")
	void unwilling() {
		seeker(1);
		seeker(2);
		seeker(3);
		this.store.sql().sql("update contact set opted_out_at = now() where account_id = 's1'").update();
		this.store.sql().sql("update contact set account_id = null where account_id = 's2'").update();
		list("a");
		ticksAfter("PT2H");
		assertThat(sentTo(1)).isEmpty();
		assertThat(sentTo(2)).isEmpty();
		assertThat(sentTo(3)).hasSize(1);
	}

	/** What is answered to a turn of Ada's, which is written. */
	private String does(Consumer<Turn> action) {
		Turn turn = TestTurn.text("alerts").linked(Role.SEEKER).open(mock(TurnJournal.class));
		action.accept(turn);
		this.hub.database.inTransaction(() -> {
			turn.write(this.hub.database);
			return null;
		});
		return turn.replies().get(0).text();
	}

	@Test
	@DisplayName("W12, W13: who has sent STOP is told that no news come; what nobody could be told of is news when it can")
	void silenced() {
		seeker(ADA);
		assertThat(does(this.hub.alerts::show)).contains("*on*");
		this.store.sql().sql("update contact set opted_out_at = now()").update();
		assertThat(does(this.hub.alerts::show)).contains("STOP", "START");
		does(this.hub.alerts::disable);
		assertThat(does(this.hub.alerts::show)).contains("*off*");
		assertThat(does(this.hub.alerts::enable)).contains("STOP", "START").doesNotContain("Done");
		list("a");
		ticksAfter("PT2H");
		assertThat(sentTo(ADA)).isEmpty();
		this.store.sql().sql("update contact set opted_out_at = null").update();
		does(this.hub.alerts::disable);
		assertThat(does(this.hub.alerts::enable)).contains("Done");
		this.store.sql()
			.sql("update preference set alerts_since = :now")
			.param("now", Database.time(this.clock.instant().plusSeconds(1)))
			.update();
		ticksAfter("PT2H");
		assertThat(sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("W12: news that wait to be sent are taken back when they are switched off, those of later are not")
	void takenBack() {
		seeker(ADA);
		list("a");
		ticksAfter("PT2H");
		assertThat(takenBack(ADA)).containsExactly(false);
		does(this.hub.alerts::disable);
		assertThat(takenBack(ADA)).containsExactly(true);
		does(this.hub.alerts::enable);
		this.store.sql()
			.sql("update preference set alerts_since = :now")
			.param("now", Database.time(this.clock.instant()))
			.update();
		list("b");
		ticksAfter("PT2H");
		assertThat(takenBack(ADA)).containsExactly(true, false);
	}

	private List<Boolean> takenBack(int seeker) {
		return this.store.sql()
			.sql("select message_id, body from outbox where lane_key = :lane order by id")
			.param("lane", "whatsapp:" + phone(seeker))
			.query((row, n) -> this.hub.withdrawals
				.isWithdrawn(json(row.getString("body")).at("/validity/about").asText(), row.getLong("message_id")))
			.list();
	}

	@Test
	@DisplayName("W12, W17: while the platform is down nothing is lost: an administrator is told, and the run begins again")
	void platformDown() {
		seeker(1);
		list("a");
		this.hub.down = true;
		ticksAfter("PT2H");
		verify(this.hub.incidents, atLeastOnce()).reportFailure(any(), any());
		assertThat(sentTo(1)).isEmpty();
		this.hub.down = false;
		this.store.sql().sql("update alert_run set retry_at = null").update();
		this.hub.tick();
		assertThat(sentTo(1)).hasSize(1);
	}

	@Test
	@DisplayName("W3, W12: whichever step of a run crashes, nothing half-done stays, and the next try tells everybody once")
	void crash() {
		seeker(1);
		seeker(2);
		list("a", "b");
		this.clock.advance(Duration.ofHours(2));
		this.hub.breaker.crashEverywhere(this.hub::tick,
				() -> this.store.sql()
					.sql("select (select count(*) from outbox) || ' ' || (select count(*) from alert_listing)")
					.query(String.class)
					.single(),
				() -> this.store.sql().sql("update alert_run set retry_at = null").update());
		this.store.sql().sql("update alert_run set retry_at = null").update();
		this.hub.tick();
		assertThat(sentTo(1)).hasSize(1);
		assertThat(sentTo(2)).hasSize(1);
	}

	@RepeatedTest(3)
	@DisplayName("W12: two instances at once tell everybody once")
	void twoInstances() throws Exception {
		for (int n = 0; n < 1200; n++) {
			seeker(n);
		}
		list("a", "b");
		this.clock.advance(Duration.ofHours(2));
		try (Hub second = new Hub("second")) {
			CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
				this.store.sql().sql("update alert_run set retry_at = null").update();
				second.tick();
			});
			this.hub.tick();
			other.get(30, TimeUnit.SECONDS);
			this.store.sql().sql("update alert_run set retry_at = null, due_at = now() - interval '1 year'").update();
			second.tick();
		}
		assertThat(this.store.sql()
			.sql("select count(*) || ' ' || count(distinct lane_key) from outbox")
			.query(String.class)
			.single()).isEqualTo("1200 1200");
	}

}
