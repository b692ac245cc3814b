package hub.platform;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpServer;
import hub.alert.Incidents;
import hub.config.TestSettings;
import hub.contact.Role;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * What counts as an answer of the platform, and what as a failure.
 */
class PlatformAnswersTest {

	private static final String SADE = "{\"id\":\"1\",\"email\":\"sade@example.com\",\"role\":\"seeker\",\"name\":\"Sade\"}";

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private final AtomicInteger asked = new AtomicInteger();

	private HttpServer server;

	private Platform platform;

	private volatile int status = 200;

	private volatile String body = SADE;

	/** Of every answer but the first, 0 for the same. */
	private volatile int next;

	/** Whether requests are taken and not answered. */
	private volatile boolean broken;

	/** Of the first page of a list, null for a list of one page. */
	private volatile String cursor;

	/** Of every page of a list, null for a list that ends. */
	private volatile String circling;

	/** How many pages a list has, each with a cursor of its own; 0 for one or two. */
	private volatile int pages;

	/** Method, path with its query, key and body of each request. */
	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final ShortCache cache = mock(ShortCache.class);

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.asked.incrementAndGet();
			this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
					+ exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
					+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			if (this.broken) {
				exchange.close();
				return;
			}
			byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			if (this.cursor != null && exchange.getRequestURI().getQuery() == null) {
				exchange.getResponseHeaders().add("X-Next-Cursor", this.cursor);
			}
			if (this.circling != null) {
				exchange.getResponseHeaders().add("X-Next-Cursor", this.circling);
			}
			if (this.pages > 0) {
				String query = exchange.getRequestURI().getQuery();
				int page = (query != null && query.contains("cursor=")) ? Integer.parseInt(query.replaceAll(".*=", ""))
						: 1;
				if (page < this.pages) {
					exchange.getResponseHeaders().add("X-Next-Cursor", Integer.toString(page + 1));
				}
			}
			exchange.sendResponseHeaders(this.status, (content.length > 0) ? content.length : -1);
			exchange.getResponseBody().write(content);
			this.status = (this.next > 0) ? this.next : this.status;
			exchange.close();
		});
		this.server.start();
		String address = "http://127.0.0.1:" + this.server.getAddress().getPort();
		this.platform = new Platform(TestSettings.properties("INSPECTOR_API_BASE_URL", address), JSON,
				mock(Incidents.class), this.cache, ObservationRegistry.NOOP);
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 422 })
	@DisplayName("W17: an address that the platform refuses belongs to nobody; however many are sent, it stays an answering platform for everybody else")
	void refusalsAreNoFailures(int refusal) {
		this.status = refusal;
		for (int n = 0; n < 20; n++) {
			assertThat(this.platform.userByEmail("a" + n + "@example.com")).isEmpty();
		}
		assertThat(this.asked).as("none is asked twice").hasValue(20);
		this.status = 200;
		assertThat(this.platform.userByEmail("sade@example.com")).isPresent();
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "", "null", "{}", "{\"id\":\"1\",\"email\":\"sade@example.com\",\"role\":\"seeker\"}",
			"n\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
			"{\"id\":\"1\",\"email\":\"sade@example.com\",\"name\":\"Sade\"}",
			"{\"id\":\" \",\"email\":\"sade@example.com\",\"role\":\"seeker\",\"name\":\"Sade\"}",
			"{\"id\":\"1\",\"role\":\"seeker\",\"name\":\"Sade\"}" })
	@DisplayName("W17: an empty or partial 200 is no answer: nobody is told that an account is unknown or gone because of it")
	void partialIsNoAnswer(String content) {
		this.body = content;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.userByEmail("sade@example.com"));
		assertThatExceptionOfType(PlatformUnavailableException.class).isThrownBy(() -> this.platform.user("1"));
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "", "null", "{}", "[null]", "[{}]", "[{\"id\":\"1\"}]",
			"[{\"id\":\"1\",\"datetime\":\"soon\",\"status\":\"free\"}]", "[{\"id\":\"1\",\"title\":\" \"}]", "[" })
	@DisplayName("W17: an empty, broken or partial list is a failure, never an empty list")
	void partialListIsNoAnswer(String content) {
		this.body = content;
		assertThatExceptionOfType(PlatformUnavailableException.class).isThrownBy(() -> this.platform.slots("1"));
		assertThatExceptionOfType(PlatformUnavailableException.class).isThrownBy(() -> this.platform.propertiesOf("1"));
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.inspections(Role.SEEKER, "1"));
	}

	@Test
	@DisplayName("W10, W11: a busy agent's history or a busy day has as many pages as it has")
	void manyPages() {
		this.body = "[{\"id\":7,\"datetime\":\"2026-11-21T10:00:00\",\"status\":\"free\"}]";
		this.pages = 120;
		assertThat(this.platform.slots("1").orElseThrow()).hasSize(120);
	}

	@Test
	@DisplayName("W17: a list whose cursors go in circles is a failure, and soon")
	void circles() {
		this.body = "[{\"id\":7,\"datetime\":\"2026-11-21T10:00:00\",\"status\":\"free\"}]";
		this.circling = "again";
		assertThatExceptionOfType(PlatformUnavailableException.class).isThrownBy(() -> this.platform.slots("1"))
			.withMessageContaining("circles");
		assertThat(this.asked).hasValue(2);
	}

	@Test
	@DisplayName("C6: times without an offset are UTC, and a list goes on as long as there is a cursor")
	void lists() {
		this.body = "[{\"id\":7,\"datetime\":\"2026-11-21T10:00:00\",\"status\":\"free\"}]";
		this.cursor = "more";
		List<Slot> slots = this.platform.slots("1").orElseThrow();
		assertThat(slots).hasSize(2)
			.allSatisfy(
					(slot) -> assertThat(slot).isEqualTo(new Slot("7", Instant.parse("2026-11-21T10:00:00Z"), "free")));
		assertThat(this.asked).hasValue(2);
		this.status = 404;
		assertThat(this.platform.slots("1")).isEmpty();
		assertThat(this.platform.slots("..")).isEmpty();
		assertThat(this.asked).as("dots are no id").hasValue(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			201 | {"success":true,"booking_id":42,"error":null}     | 42 | -
			200 | {"success":true,"booking_id":"42"}                | 42 | -
			200 | {"success":false,"error":"The slot is taken"}     | -  | GONE
			409 | {"success":false,"error":"The slot is taken"}     | -  | GONE
			404 | {"detail":"Property not found"}                   | -  | ABSENT
			422 | {"detail":"seeker_id names nobody"}               | -  | INVALID
			""")
	@DisplayName("C6: what the platform makes of a wish to book is an answer, whichever way it says so")
	void books(int status, String content, String bookingId, BookingResult.Refusal refusal) {
		this.status = status;
		this.body = content;
		assertThat(this.platform.book("1", "1", Instant.EPOCH, "key")).isEqualTo(new BookingResult(bookingId, refusal));
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "", "null", "{}", "{\"booking_id\":\"42\"}", "{\"success\":null}", "{\"success\":true}",
			"{\"success\":true,\"booking_id\":\" \"}" })
	@DisplayName("C6, W17: an empty or partial answer to a wish to book is none: nobody is told that a time or a home is gone because of it")
	void partialBookingIsNoAnswer(String content) {
		this.body = content;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"))
			.satisfies((away) -> assertThat(away.unsure()).isTrue());
		assertThat(this.asked).hasValue(2);
	}

	@ParameterizedTest(name = "{0}: tries {1}, unsure {2}")
	@CsvSource({ "500,2,true", "502,2,true", "504,2,true", "503,2,false", "401,1,false", "429,1,false" })
	@DisplayName("C6, W17: a booking that fails is tried once more under the same key, and then is a failure that says whether it may be booked")
	void failsToBook(int failure, int tries, boolean unsure) {
		this.status = failure;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"))
			.satisfies((away) -> assertThat(away.unsure()).isEqualTo(unsure));
		assertThat(this.asked).hasValue(tries);
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.updateInspection("7", InspectionChange.status("cancelled", null), "key"))
			.satisfies((away) -> assertThat(away.unsure()).isEqualTo(unsure));
		assertThatExceptionOfType(PlatformUnavailableException.class).isThrownBy(() -> this.platform.slots("1"))
			.satisfies((away) -> assertThat(away.unsure()).as("who only asks changes nothing").isFalse());
	}

	@ParameterizedTest
	@CsvSource({ "500,503,true", "503,500,true", "500,429,true", "503,429,false" })
	@DisplayName("W17: a change is certainly not made only if that is certain of both tries")
	void failsTwice(int first, int second, boolean unsure) {
		this.status = first;
		this.next = second;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"))
			.satisfies((away) -> assertThat(away.unsure()).isEqualTo(unsure));
		assertThat(this.asked).hasValue(2);
	}

	@Test
	@DisplayName("W17: what nobody took, and what the breaker held back, is certainly not done; what was taken and not answered may be")
	void whatNobodyTook() {
		this.status = 200;
		this.body = "{\"success\":true}";
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"))
			.satisfies((away) -> assertThat(away.unsure()).as("booked, and not what").isTrue());
		this.broken = true;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"))
			.satisfies((away) -> assertThat(away.unsure()).as("the connection broke").isTrue());
		stop();
		for (int n = 0; n < 12; n++) {
			assertThatExceptionOfType(PlatformUnavailableException.class)
				.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"))
				.satisfies((away) -> assertThat(away.unsure()).as("nobody there").isFalse());
		}
	}

	@Test
	@DisplayName("W17: 404 means absent")
	void absent() {
		this.status = 404;
		this.body = "{}";
		assertThat(this.platform.user("1")).isEmpty();
	}

	private static final String HOME = "{\"id\":\"1\",\"title\":\"Lagoon flat\"}";

	private static final String VISIT = "{\"id\":\"7\",\"property_id\":\"1\",\"status\":\"completed\",\"scheduled_datetime\":\"2026-11-21T10:00:00Z\"}";

	@Test
	@DisplayName("W9, W10: a change says what is to be different and nothing else, under its key")
	void changes() {
		this.body = HOME;
		assertThat(this.platform.updateProperty("1", PropertyChange.price(new BigDecimal("2500000")), "k1")
			.value()
			.title()).isEqualTo("Lagoon flat");
		this.platform.updateProperty("1", PropertyChange.status("rented"), "k2");
		this.body = VISIT;
		assertThat(this.platform.updateInspection("7", InspectionChange.status("completed", "All “fine”"), "k3").done())
			.isTrue();
		this.platform.updateInspection("7", InspectionChange.moved(Instant.parse("2026-11-22T09:00:00Z")), "k4");
		this.body = "{\"id\":\"5\",\"datetime\":\"2026-11-22T09:00:00\",\"status\":\"free\"}";
		assertThat(this.platform.addSlot("1", Instant.parse("2026-11-22T09:00:00Z"), "k5").value())
			.isEqualTo(new Slot("5", Instant.parse("2026-11-22T09:00:00Z"), "free"));
		this.status = 204;
		this.body = "";
		assertThat(this.platform.removeSlot("1", "5", "k6").done()).isTrue();
		assertThat(this.requests).containsExactly("PATCH /properties/1 k1 {\"price\":2500000}",
				"PATCH /properties/1 k2 {\"status\":\"rented\"}",
				"PATCH /inspections/7 k3 {\"status\":\"completed\",\"notes\":\"All “fine”\"}",
				"PATCH /inspections/7 k4 {\"scheduled_datetime\":\"2026-11-22T09:00:00Z\"}",
				"POST /properties/1/inspection-slots k5 {\"datetime\":\"2026-11-22T09:00:00Z\"}",
				"DELETE /properties/1/inspection-slots/5 k6 ");
		verify(this.cache, times(2)).drop("listings");
	}

	@ParameterizedTest
	@CsvSource({ "404,ABSENT", "410,ABSENT", "409,CONFLICT", "422,INVALID", "400,INVALID" })
	@DisplayName("W9, W10: what the platform makes of a change is an answer, and no failure of the platform")
	void refusesChanges(int refusal, Written.Refusal why) {
		this.status = refusal;
		this.body = "{\"detail\":\"no\"}";
		for (int n = 0; n < 4; n++) {
			assertThat(this.platform.updateProperty("1", PropertyChange.status("rented"), "k").refusal())
				.isEqualTo(why);
			assertThat(this.platform.addSlot("1", Instant.EPOCH, "k").refusal()).isEqualTo(why);
			assertThat(this.platform.removeSlot("1", "5", "k").refusal()).isEqualTo(why);
			assertThat(this.platform.updateInspection("7", InspectionChange.status("completed", null), "k").refusal())
				.isEqualTo(why);
		}
		assertThat(this.asked).as("none is asked twice").hasValue(16);
		assertThat(this.platform.updateProperty("..", PropertyChange.status("rented"), "k").refusal())
			.isEqualTo(Written.Refusal.ABSENT);
		assertThat(this.platform.removeSlot("1", ".", "k").refusal()).isEqualTo(Written.Refusal.ABSENT);
		assertThat(this.asked).as("dots are no id").hasValue(16);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			503 | {}               | 2
			429 | {}               | 1
			200 | -                | 2
			200 | {"id":"7"}       | 2
			200 | {"title":"Flat"} | 2
			""")
	@DisplayName("W17: a change that fails is tried once more under the same key, and then is a failure; the cache trusts it no more")
	void failsToChange(int failure, String content, int tries) {
		this.status = failure;
		this.body = (content != null) ? content : "";
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.updateProperty("1", PropertyChange.status("rented"), "k"));
		assertThat(this.requests).hasSize(tries)
			.allMatch((request) -> request.equals("PATCH /properties/1 k {\"status\":\"rented\"}"));
		verify(this.cache).drop("listings");
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.updateInspection("7", InspectionChange.status("completed", null), "k"));
	}

	@Test
	@DisplayName("W11: the inspections of a day are asked for by its date, page after page")
	void inspectionsOfADay() {
		this.body = "[" + VISIT + "]";
		assertThat(this.platform.inspectionsOn(LocalDate.parse("2026-11-21"))).hasSize(1);
		assertThat(this.requests).containsExactly("GET /inspections?date=2026-11-21 null ");
		this.status = 404;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.inspectionsOn(LocalDate.parse("2026-11-21")));
	}

}
