package hub.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpServer;
import hub.alert.Incidents;
import hub.config.TestSettings;
import hub.contact.Role;
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

	/** Of the first page of a list, null for a list of one page. */
	private volatile String cursor;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.asked.incrementAndGet();
			byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			if (this.cursor != null && exchange.getRequestURI().getQuery() == null) {
				exchange.getResponseHeaders().add("X-Next-Cursor", this.cursor);
			}
			exchange.sendResponseHeaders(this.status, (content.length > 0) ? content.length : -1);
			exchange.getResponseBody().write(content);
			exchange.close();
		});
		this.server.start();
		String address = "http://127.0.0.1:" + this.server.getAddress().getPort();
		this.platform = new Platform(TestSettings.properties("INSPECTOR_API_BASE_URL", address), JSON,
				mock(Incidents.class), mock(ShortCache.class));
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

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 401, 429 })
	@DisplayName("C6, W17: a booking that fails is tried once more under the same key, and then is a failure")
	void failsToBook(int failure) {
		this.status = failure;
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.platform.book("1", "1", Instant.EPOCH, "key"));
		assertThat(this.asked).hasValue((failure >= 500) ? 2 : 1);
	}

	@Test
	@DisplayName("W17: 404 means absent")
	void absent() {
		this.status = 404;
		this.body = "{}";
		assertThat(this.platform.user("1")).isEmpty();
	}

}
