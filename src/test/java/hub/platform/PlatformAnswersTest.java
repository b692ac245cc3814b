package hub.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hub.alert.Incidents;
import hub.config.TestSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * What counts as an answer of the platform, and what as a failure.
 */
class PlatformAnswersTest {

	private static final String SADE = "{\"id\":\"1\",\"email\":\"sade@example.com\",\"role\":\"seeker\",\"name\":\"Sade\"}";

	private final AtomicInteger asked = new AtomicInteger();

	private HttpServer server;

	private Platform platform;

	private volatile int status = 200;

	private volatile String body = SADE;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.asked.incrementAndGet();
			byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(this.status, (content.length > 0) ? content.length : -1);
			exchange.getResponseBody().write(content);
			exchange.close();
		});
		this.server.start();
		String address = "http://127.0.0.1:" + this.server.getAddress().getPort();
		this.platform = new Platform(TestSettings.properties("INSPECTOR_API_BASE_URL", address), new ObjectMapper(),
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

	@Test
	@DisplayName("W17: 404 means absent")
	void absent() {
		this.status = 404;
		this.body = "{}";
		assertThat(this.platform.user("1")).isEmpty();
	}

}
