package hub.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hub.channel.MediaException.Reason;
import hub.channel.twilio.TwilioMedia;
import hub.channel.whatsapp.GraphMedia;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.message.Media;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MediaSourceTest {

	private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.UTF_8);

	private static final String BASIC = "Basic "
			+ Base64.getEncoder().encodeToString("AC1:secret-of-twilio".getBytes(StandardCharsets.UTF_8));

	private static final List<String> ASKED = Collections.synchronizedList(new ArrayList<>());

	private static HttpServer server;

	private static String base;

	private MediaSource meta;

	private MediaSource twilio;

	@BeforeAll
	static void serve() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
		base = "http://localhost:" + server.getAddress().getPort();
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", MediaSourceTest::answer);
		server.start();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	@BeforeEach
	void begin() {
		ASKED.clear();
		HubProperties properties = TestSettings.properties("GRAPH_BASE_URL", base, "TWILIO_BASE_URL", base + "/twilio",
				"TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "secret-of-twilio", "TWILIO_WHATSAPP_NUMBER",
				"whatsapp:+14155238886");
		this.meta = new GraphMedia(properties.whatsapp(), new MediaDownload());
		this.twilio = new TwilioMedia(properties.twilio(), new MediaDownload());
	}

	private static void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		ASKED.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
		switch (path.substring(path.lastIndexOf('/') + 1)) {
			case "picture" -> send(exchange, 200, "image/JPEG; charset=x", PICTURE);
			case "4711" -> json(exchange, 200,
					"{\"url\":\"" + base + "/files/picture\",\"mime_type\":\"image/jpeg\",\"file_size\":9}");
			case "elsewhere" -> json(exchange, 200, "{\"url\":\"http://127.0.0.1:1/picture\"}");
			case "large" -> json(exchange, 200, "{\"url\":\"" + base + "/files/picture\",\"file_size\":1000000}");
			case "unknown" -> json(exchange, 400, "{\"error\":{\"code\":100,\"error_subcode\":33}}");
			case "forbidden" -> json(exchange, 401, "{\"error\":{\"code\":190}}");
			case "broken" -> json(exchange, 503, "no JSON");
			case "endless" -> {
				exchange.sendResponseHeaders(200, 0);
				try (var body = exchange.getResponseBody()) {
					for (int n = 0; n < 1000; n++) {
						body.write(PICTURE);
					}
				}
				catch (IOException ex) {
					ASKED.add("broken off");
				}
			}
			case "redirected" -> redirect(exchange, "/twilio/files/picture");
			case "away" -> redirect(exchange, "http://127.0.0.1:1/picture");
			case "circle" -> redirect(exchange, path);
			default -> send(exchange, 404, "text/plain", new byte[0]);
		}
	}

	private static void redirect(HttpExchange exchange, String location) throws IOException {
		exchange.getResponseHeaders().set("Location", location);
		send(exchange, 307, "text/plain", new byte[0]);
	}

	private static void json(HttpExchange exchange, int status, String body) throws IOException {
		send(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
	}

	private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private static Media received(String id) {
		return new Media("image", id, null, "image/jpeg", null, null);
	}

	private static Media at(String url) {
		return new Media("image", null, url, "image/jpeg", null, null);
	}

	private Reason metaFails(String id) {
		return catchThrowableOfType(MediaException.class, () -> this.meta.fetch(received(id), 100)).reason();
	}

	private Reason twilioFails(String url) {
		return catchThrowableOfType(MediaException.class, () -> this.twilio.fetch(at(url), 100)).reason();
	}

	@Test
	@DisplayName("A3: a photo sent over Meta is asked for by its id and fetched with the token")
	void fetchesFromMeta() {
		MediaContent content = this.meta.fetch(received("4711"), PICTURE.length);
		assertThat(content.bytes()).isEqualTo(PICTURE);
		assertThat(content.contentType()).isEqualTo("image/jpeg");
		assertThat(ASKED).containsExactly("/v26.0/4711 Bearer secret-token", "/files/picture Bearer secret-token");
		assertThat(content).asString().doesNotContain("picture");
	}

	@Test
	@DisplayName("A3: what Meta does not have, or not for us, says so; what may pass may be tried again")
	void failsAtMeta() {
		assertThat(metaFails("unknown")).isEqualTo(Reason.GONE);
		assertThat(metaFails("forbidden")).isEqualTo(Reason.REFUSED);
		assertThat(metaFails("broken")).isEqualTo(Reason.UNAVAILABLE);
		assertThat(metaFails("large")).isEqualTo(Reason.TOO_LARGE);
		ASKED.clear();
		assertThat(metaFails("../v26.0/4711")).isEqualTo(Reason.GONE);
		assertThat(metaFails(null)).isEqualTo(Reason.GONE);
		assertThat(ASKED).isEmpty();
	}

	@Test
	@DisplayName("O9: Meta's token goes to no address that is not safe")
	void keepsMetasToken() {
		assertThat(metaFails("elsewhere")).isEqualTo(Reason.REFUSED);
		assertThat(ASKED).hasSize(1);
	}

	@Test
	@DisplayName("A3: a photo sent over Twilio is fetched with the account's credentials, wherever it is redirected")
	void fetchesFromTwilio() {
		MediaContent content = this.twilio.fetch(at(base + "/twilio/2010-04-01/redirected"), PICTURE.length);
		assertThat(content.bytes()).isEqualTo(PICTURE);
		assertThat(content.contentType()).isEqualTo("image/jpeg");
		assertThat(ASKED).containsExactly("/twilio/2010-04-01/redirected " + BASIC, "/twilio/files/picture " + BASIC);
	}

	@Test
	@DisplayName("O9: Twilio's credentials go to Twilio alone, whatever address a message carries")
	void keepsTwiliosCredentials() {
		for (String url : List.of("http://127.0.0.1:1/a", "https://example.com/a",
				"https://api.twilio.com.example.com/", "https://x:y@api.twilio.com/", "https://api.twilio.com:444/a",
				"file:///etc/passwd", base.replace("http:", "https:") + "/a")) {
			assertThat(twilioFails(url)).as(url).isEqualTo(Reason.REFUSED);
		}
		assertThat(ASKED).isEmpty();
		assertThat(twilioFails(base + "/twilio/away")).isEqualTo(Reason.REFUSED);
		assertThat(ASKED).hasSize(1);
	}

	@Test
	@DisplayName("A3: what Twilio does not have says so, and a circle of redirections ends")
	void failsAtTwilio() {
		assertThat(twilioFails(base + "/twilio/absent")).isEqualTo(Reason.GONE);
		assertThat(twilioFails(null)).isEqualTo(Reason.REFUSED);
		assertThat(twilioFails("no address at all")).isEqualTo(Reason.GONE);
		assertThat(twilioFails(base + "/twilio/circle")).isEqualTo(Reason.UNAVAILABLE);
		assertThat(twilioFails(base + "/twilio/broken")).isEqualTo(Reason.UNAVAILABLE);
	}

	@Test
	@DisplayName("A3: no more is read than was asked for, announced or not")
	void readsNoMore() {
		assertThatThrownBy(() -> this.twilio.fetch(at(base + "/twilio/picture"), PICTURE.length - 1))
			.isInstanceOf(MediaException.class)
			.hasMessageContaining("larger than 8 bytes");
		assertThat(twilioFails(base + "/twilio/endless")).isEqualTo(Reason.TOO_LARGE);
	}

	@Test
	@DisplayName("A provider that is not there is a passing fault")
	void isAway() {
		HubProperties properties = TestSettings.properties("GRAPH_BASE_URL", "http://localhost:1");
		MediaSource away = new GraphMedia(properties.whatsapp(), new MediaDownload());
		assertThatThrownBy(() -> away.fetch(received("4711"), 100)).isInstanceOfSatisfying(MediaException.class,
				(ex) -> assertThat(ex.isPassing()).isTrue());
	}

	@Test
	@DisplayName("A channel that is not configured has no media")
	void isNotConfigured() {
		HubProperties properties = TestSettings.properties();
		MediaSource none = new TwilioMedia(properties.twilio(), new MediaDownload());
		assertThatThrownBy(() -> none.fetch(at("https://api.twilio.com/a"), 100))
			.isInstanceOfSatisfying(MediaException.class, (ex) -> assertThat(ex.reason()).isEqualTo(Reason.REFUSED));
	}

}
