package hub.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.config.TestSettings;
import hub.camel.RouteGate;
import hub.queue.ProcessorLoad;
import hub.queue.RightOfWay;
import hub.security.SecurityConfiguration;
import jakarta.servlet.DispatcherType;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The real server, its filters and one route, over the wire.
 */
class RouteServerTest {

	private static final String WEBHOOK = "/api/v1/webhook";

	private static final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/** What came before the routes ran, by path. */
	private static final List<HttpResponse<String>> early = new ArrayList<>();

	private static final List<StackTraceElement> stack = new CopyOnWriteArrayList<>();

	private static final List<DispatcherType> dispatches = new CopyOnWriteArrayList<>();

	/** Who has come and gone of those that go first. */
	private static final List<String> precedence = new CopyOnWriteArrayList<>();

	private static ConfigurableApplicationContext context;

	private static int port;

	@BeforeAll
	static void start() {
		SpringApplication application = new SpringApplication(Server.class);
		application.addListeners((ApplicationListener<ServletWebServerInitializedEvent>) (event) -> {
			port = event.getWebServer().getPort();
			early.add(post(WEBHOOK, "{}"));
			early.add(post(WEBHOOK + "/", "{}"));
			early.add(get("/health"));
			early.add(get("/health/"));
		});
		application.setDefaultProperties(new HashMap<>(TestSettings.complete()));
		context = application.run("--server.port=0", "--management.endpoint.health.validate-group-membership=false");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void forget() {
		stack.clear();
		dispatches.clear();
	}

	private static HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(uri(path)));
	}

	private static HttpResponse<String> post(String path, String body) {
		return post(path, "application/json", BodyPublishers.ofString(body));
	}

	private static HttpResponse<String> post(String path, String type, BodyPublisher body) {
		return send(HttpRequest.newBuilder(uri(path)).header("Content-Type", type).POST(body));
	}

	private static URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void isProblem(HttpResponse<String> response, int status, String code) throws IOException {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = new ObjectMapper().readTree(response.body());
		assertThat(problem.path("status").asInt()).isEqualTo(status);
		assertThat(problem.path("code").asText()).isEqualTo(code);
		assertThat(problem.path("title").asText()).isNotEmpty();
		assertThat(problem.path("detail").asText()).isNotEmpty();
	}

	@Test
	@DisplayName("W3: what comes before the routes run is answered 503, so that its provider repeats it")
	void refusesWhileStarting() throws IOException {
		assertThat(early).hasSize(4);
		for (HttpResponse<String> response : early) {
			isProblem(response, 503, "unavailable");
			assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
		}
	}

	@Test
	@DisplayName("W3: what comes after the routes have stopped is answered 503, so that its provider repeats it")
	void refusesWhileStopping() throws IOException {
		CamelContext camel = context.getBean(CamelContext.class);
		camel.suspend();
		try {
			for (HttpResponse<String> response : List.of(post(WEBHOOK, "{}"), get("/health"))) {
				isProblem(response, 503, "unavailable");
				assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
			}
		}
		finally {
			camel.resume();
		}
		assertThat(post(WEBHOOK, "{}").statusCode()).isEqualTo(200);
	}

	@Test
	@DisplayName("W1: a delivery is answered in the server's own thread, in one dispatch, and nothing stands before it in vain")
	void goesStraightToTheRoute() {
		HttpResponse<String> response = post(WEBHOOK, "{\"object\":1}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"object\":1}");
		assertThat(dispatches).containsExactly(DispatcherType.REQUEST);
		List<String> classes = stack.stream().map(StackTraceElement::getClassName).toList();
		assertThat(classes).anyMatch((name) -> name.startsWith("org.apache.catalina."))
			.anyMatch((name) -> name.startsWith("org.springframework.security.web.header."))
			.noneMatch((name) -> name.startsWith("org.springframework.security.") && name.contains("Observation"))
			.noneMatch((name) -> name.contains("HandlerMappingIntrospector"))
			.noneMatch((name) -> name.startsWith("org.springframework.security.web.access."))
			.noneMatch((name) -> name.startsWith("org.springframework.security.web.authentication."));
	}

	@Test
	@DisplayName("W1: a webhook goes first from when it comes until it is answered, refused or not, and nothing else does")
	void goesFirst() {
		for (String path : List.of(WEBHOOK, WEBHOOK + "/", "/api/webhooks/nobody")) {
			forgetPrecedence();
			post(path, "{}");
			await().untilAsserted(() -> assertThat(precedence).as(path).containsExactly("came", "gone"));
		}
		forgetPrecedence();
		get("/health");
		assertThat(precedence).isEmpty();
	}

	/**
	 * An answer may be here before the last filter is left, also that of an earlier test.
	 */
	private static void forgetPrecedence() {
		await().until(() -> Collections.frequency(precedence, "came") == Collections.frequency(precedence, "gone"));
		precedence.clear();
	}

	@Test
	@DisplayName("W1: a slash at the end makes no difference, nor does a body whose length is not announced")
	void takesSlashAndChunks() {
		assertThat(post(WEBHOOK + "/", "{}").body()).isEqualTo("{}");
		BodyPublisher chunked = BodyPublishers
			.ofByteArrays(List.of("{\"a\":".getBytes(StandardCharsets.UTF_8), "1}".getBytes(StandardCharsets.UTF_8)));
		assertThat(post(WEBHOOK, "application/json", chunked).body()).isEqualTo("{\"a\":1}");
	}

	@Test
	@DisplayName("W1: a form that is none is a bad request, not a failure of ours")
	void refusesBrokenForm() throws IOException {
		isProblem(post(WEBHOOK, "application/x-www-form-urlencoded", BodyPublishers.ofString("{}")), 400, "invalid");
		assertThat(post(WEBHOOK, "application/x-www-form-urlencoded", BodyPublishers.ofString("a=b")).statusCode())
			.isEqualTo(200);
	}

	@Test
	@DisplayName("W1, O9: of a body that is too large nothing is read")
	void refusesLargeBody() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.getOutputStream()
				.write(("POST " + WEBHOOK + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + (BodyLimitFilter.LIMIT + 1)
						+ "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
			assertThat(answer).isEqualTo("HTTP/1.1 413");
		}
	}

	@Test
	@DisplayName("O9: every answer has the security headers")
	void hasHeaders() {
		HttpResponse<String> taken = post(WEBHOOK, "{}");
		HttpResponse<String> bad = post(WEBHOOK, "application/x-www-form-urlencoded", BodyPublishers.ofString("{}"));
		HttpResponse<String> large = post(WEBHOOK, "application/json",
				BodyPublishers.ofByteArray(new byte[BodyLimitFilter.LIMIT + 1]));
		HttpResponse<String> method = send(HttpRequest.newBuilder(uri(WEBHOOK)).DELETE());
		HttpResponse<String> unknown = get("/api/webhooks/nobody");
		HttpResponse<String> denied = get("/elsewhere");
		assertThat(Stream.of(taken, bad, large, method, unknown, denied).map(HttpResponse::statusCode))
			.containsExactly(200, 400, 413, 405, 404, 403);
		Stream.concat(Stream.of(taken, bad, large, method, unknown, denied), early.stream())
			.forEach((response) -> assertThat(response.headers().map().keySet())
				.as("%s %d", response.uri(), response.statusCode())
				.contains("x-content-type-options", "x-frame-options", "cache-control"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = QuartzAutoConfiguration.class)
	@Import({ RouteServer.class, RouteGate.class, PathConfiguration.class, BodyLimitFilter.class,
			SecurityConfiguration.class, WebhookPrecedence.class })
	static class Server {

		@Bean
		RouteBuilder routes() {
			return new RouteBuilder() {
				@Override
				public void configure() {
					from("platform-http:" + WEBHOOK + "?httpMethodRestrict=POST&useStreaming=true")
						.process((exchange) -> stack.addAll(Arrays.asList(Thread.currentThread().getStackTrace())))
						.convertBodyTo(String.class)
						.removeHeaders("*");
					from("platform-http:/health?httpMethodRestrict=GET").setBody().constant("UP");
				}
			};
		}

		@Bean
		RightOfWay rightOfWay() {
			return new RightOfWay(new ProcessorLoad()) {
				@Override
				public void enter() {
					precedence.add("came");
				}

				@Override
				public void leave() {
					precedence.add("gone");
				}
			};
		}

		@Bean
		FilterRegistrationBean<?> dispatchCounter() {
			FilterRegistrationBean<?> registration = new FilterRegistrationBean<>((request, response, chain) -> {
				dispatches.add(request.getDispatcherType());
				chain.doFilter(request, response);
			});
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
			registration.setAsyncSupported(true);
			return registration;
		}

	}

}
