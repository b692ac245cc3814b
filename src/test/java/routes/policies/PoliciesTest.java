package routes.policies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.twilio.http.TwilioRestClient;
import hub.alert.Incidents;
import hub.camel.ErrorLogging;
import hub.camel.Failures;
import hub.camel.Ticks;
import hub.config.TestSettings;
import hub.channel.twilio.TwilioAnswer;
import hub.channel.twilio.TwilioRequest;
import hub.channel.twilio.TwilioTransport;
import hub.http.HttpAnswers;
import hub.http.HttpProblem;
import hub.message.MailMessage;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.queue.OutboundItem;
import hub.queue.Outcome;
import hub.queue.QueuedItem;
import hub.queue.ReceivedItem;
import hub.queue.Work;
import hub.text.TestTexts;
import hub.turn.Replies;
import hub.turn.TestTurn;
import hub.turn.Turn;
import jakarta.mail.Session;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.slf4j.LoggerFactory;
import routes.admin.Sweeper;
import routes.delivery.GraphDelivery;
import routes.delivery.TwilioCall;
import routes.delivery.TwilioDelivery;
import routes.delivery.TwilioDelivery.TwilioSend;
import routes.delivery.GraphDelivery.GraphRequest;
import routes.delivery.MailRoom;
import routes.intake.MetaWebhook;
import routes.linking.AccountLinking;
import routes.linking.LinkRequest;
import routes.turn.Answers;
import routes.turn.TurnOpening;
import routes.turn.UnusableItemException;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * Each policy on a route that names it, when something in that route fails.
 */
class PoliciesTest {

	private static final String BEGIN = "direct:begin";

	private static final OutboundItem ITEM = new OutboundItem(7, "whatsapp", "+2348030000001", 0, 1, 0, false, "{}",
			"in-1", null);

	private static final ReceivedItem RECEIVED = new ReceivedItem(7, "whatsapp", "1", "wamid.1", "+2348030000001", "{}",
			TestTurn.NOW, null);

	private final DefaultCamelContext camel = new DefaultCamelContext();

	private final Incidents incidents = mock(Incidents.class);

	private final GraphDelivery graph = mock(GraphDelivery.class);

	private final MailRoom mails = mock(MailRoom.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Properties settings = new Properties();

	private MailMessage letter;

	@BeforeEach
	void prepare() {
		new ErrorLogging().beforeApplicationStart(this.camel);
		bind("incidents", this.incidents);
		bind("graphDelivery", this.graph);
		bind("mailRoom", this.mails);
		bind("turnAnswers", new Answers(new Replies(TestTexts.texts())));
		bind("httpAnswers", new HttpAnswers(new ObjectMapper()));
		bind("graphClient", (HttpClientConfigurer) (client) -> client.disableAutomaticRetries());
		bind("mailSession", Session.getInstance(new Properties()));
		this.settings.put("hub.whatsapp.phone-id", "1");
		this.settings.put("hub.whatsapp.api-version", "v26.0");
		this.settings.put("hub.whatsapp.base-url", "http://localhost:" + closedPort());
		this.settings.put("hub.mail.host", "localhost");
		this.settings.put("hub.mail.port", Integer.toString(closedPort()));
		this.settings.put("hub.mail.from", "hub@example.com");
		this.log.start();
		logger().addAppender(this.log);
		logger().setLevel(Level.DEBUG);
	}

	@AfterEach
	void stop() {
		logger().detachAppender(this.log);
		logger().setLevel(null);
		this.camel.stop();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger("hub");
	}

	private void bind(String name, Object bean) {
		this.camel.getRegistry().bind(name, bean);
	}

	private static int closedPort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The routes of a file, begun by the test instead of by what their first one waits
	 * for.
	 */
	private void load(String policy, String file, String... others) throws Exception {
		this.camel.getPropertiesComponent().setInitialProperties(this.settings);
		for (String path : Stream.concat(Stream.of("policies/" + policy, file), Stream.of(others)).toList()) {
			PluginHelper.getRoutesLoader(this.camel)
				.loadRoutes(PluginHelper.getResourceLoader(this.camel)
					.resolveResource("classpath:routes/" + path + ".camel.yaml"));
		}
		String main = file.substring(file.indexOf('/') + 1);
		AdviceWith.adviceWith(this.camel, main, (route) -> route.replaceFromWith(BEGIN));
		this.camel.start();
	}

	private Exchange run(Object body) {
		return this.camel.createProducerTemplate().send(BEGIN, (exchange) -> exchange.getMessage().setBody(body));
	}

	private List<String> logged(Level level, String logger) {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == level && event.getLoggerName().equals(logger))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private void linkingAsks(RuntimeException failure) throws Exception {
		AccountLinking linking = mock(AccountLinking.class);
		given(linking.read(any())).willReturn(new LinkRequest("sade@example.com", null, 0));
		bind("accountLinking", linking);
		Platform platform = mock(Platform.class);
		given(platform.userByEmail("sade@example.com")).willThrow(failure);
		bind("platform", platform);
		load("policy-turn", "linking/linking-request-code");
	}

	@Test
	@DisplayName("W17: policy-turn: while the platform is away the sender is told, the turn ends, and an incident is reported")
	void turnWithoutPlatform() throws Exception {
		linkingAsks(new PlatformUnavailableException("GET /users: HTTP 503", null));
		Turn turn = TestTurn.text("/link sade@example.com").open();
		turn.setAside("decided before the failure");
		Exchange ended = run(turn);
		assertThat(ended.getException()).isNull();
		assertThat(ended.getMessage().getBody()).isSameAs(turn);
		assertThat(turn.outcome()).isEqualTo(new Outcome.Done());
		assertThat(turn.replies()).singleElement()
			.extracting(OutboundMessage::text)
			.asString()
			.contains("can’t reach the platform right now");
		verify(this.incidents).reportFailure(eq("platform"),
				argThat((failure) -> Failures.unwrapped(failure) instanceof PlatformUnavailableException));
	}

	@ParameterizedTest(name = "unsure: {0}, tried again: {1}")
	@CsvSource({ "true,false", "true,true", "false,true" })
	@DisplayName("W3, W17: policy-turn: what may have been done at the platform goes back to the queue, an incident is reported, and nothing is said that may be wrong")
	void turnUnsettled(boolean unsure, boolean repeated) throws Exception {
		PlatformUnavailableException away = new PlatformUnavailableException("no answer", null, unsure);
		linkingAsks(away);
		TestTurn begun = TestTurn.text("/link sade@example.com");
		Turn turn = (repeated ? begun.repeated() : begun).open();
		assertThat(Failures.unwrapped(run(turn).getException())).isSameAs(away);
		assertThat(turn.replies()).isEmpty();
		verify(this.incidents, times(1)).reportFailure(eq("platform"),
				argThat((failure) -> Failures.unwrapped(failure) == away));
	}

	@ParameterizedTest(name = "of the platform: {0}")
	@CsvSource({ "true,I don’t know whether that was done", "false,Something went wrong on our side" })
	@DisplayName("W17: whose message has failed to the last is told so, and that the platform may have done it if it never answered")
	void lastWords(boolean platform, String words) throws Exception {
		RuntimeException failure = platform ? new PlatformUnavailableException("no answer", null, true)
				: new IllegalStateException("a fault of ours");
		Turn turn = TestTurn.text("yes").repeated().open();
		TurnOpening opening = mock(TurnOpening.class);
		given(opening.open(any(), eq(8))).willReturn(turn);
		bind("turnOpening", opening);
		load("policy-last-words", "turn/turn-apologise");
		Exchange ended = this.camel.createProducerTemplate().send(BEGIN, (exchange) -> {
			exchange.getMessage().setBody(RECEIVED);
			exchange.setProperty("queuedItem", new QueuedItem(7, "+2348030000001", 1, 8, RECEIVED, "in-7"));
			exchange.setProperty("queuedItemFailure", new RuntimeCamelException(failure));
		});
		assertThat(ended.getException()).isNull();
		assertThat(turn.replies()).singleElement().extracting(OutboundMessage::text).asString().contains(words);
	}

	@Test
	@DisplayName("W2: policy-turn: what can never be handled is dead with its reason, and not tried again")
	void turnOfUnusableItem() throws Exception {
		linkingAsks(new UnusableItemException("It says nothing", null));
		Exchange ended = run(TestTurn.text("/link sade@example.com").open());
		assertThat(ended.getException()).isNull();
		assertThat(ended.getMessage().getBody(Work.class).outcome()).isEqualTo(new Outcome.Dead("It says nothing"));
		verifyNoInteractions(this.incidents);
	}

	@Test
	@DisplayName("W3: policy-turn: any other failure goes back to the queue, which tries the message again")
	void turnThatFails() throws Exception {
		linkingAsks(new IllegalStateException("a fault of ours"));
		Turn turn = TestTurn.text("/link sade@example.com").open();
		Exchange ended = run(turn);
		assertThat(Failures.unwrapped(ended.getException())).hasMessage("a fault of ours");
		assertThat(turn.replies()).isEmpty();
	}

	@Test
	@DisplayName("O9: policy-http: a refusal is a problem document with its status")
	void httpRefusal() throws Exception {
		Exchange answer = shakeHands(new HttpProblem(403, "forbidden", "The token is not the agreed one"));
		assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(403);
		assertThat(answer.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/problem+json");
		assertThat(answer.getMessage().getBody(String.class)).contains("\"code\":\"forbidden\"", "not the agreed one");
	}

	@Test
	@DisplayName("O9: policy-http: a failure of ours is 503, to be tried again, and keeps its details to the log")
	void httpFailure() throws Exception {
		Exchange answer = shakeHands(new IllegalStateException("password=hunter2"));
		assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
		assertThat(answer.getMessage().getHeader("Retry-After")).isEqualTo("5");
		assertThat(answer.getMessage().getBody(String.class)).doesNotContain("hunter2", "Exception");
	}

	private Exchange shakeHands(RuntimeException failure) throws Exception {
		MetaWebhook webhook = mock(MetaWebhook.class);
		given(webhook.shakeHands(isNull(), isNull(), isNull())).willThrow(failure);
		bind("metaWebhook", webhook);
		load("policy-http", "intake/intake-shake-hands");
		Exchange answer = run(null);
		assertThat(answer.getException()).isNull();
		return answer;
	}

	@ParameterizedTest
	@ValueSource(strings = { "not reached", "", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"messages\"" })
	@DisplayName("W3: policy-delivery: when no answer comes, or half of one, what is known of the request decides, once and with all that is needed")
	void deliveryWithoutAnswer(String answer) throws Exception {
		GraphRequest request = new GraphRequest("{}", OutboundMessage.text("Hello"), false, null);
		Work concluded = mock(Work.class);
		given(this.graph.prepare(ITEM)).willReturn(request);
		given(this.graph.authorization()).willReturn("Bearer x");
		given(this.graph.unanswered(eq(ITEM), eq(request), any())).willReturn(concluded);
		ExecutorService provider = Executors.newSingleThreadExecutor();
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			if (!answer.equals("not reached")) {
				this.settings.put("hub.whatsapp.base-url", "http://localhost:" + server.getLocalPort());
				provider.submit(() -> hangUp(server, answer));
			}
			load("policy-delivery", "delivery/delivery-send-whatsapp");
			Exchange ended = run(ITEM);
			assertThat(ended.getException()).isNull();
			assertThat(ended.getMessage().getBody()).isSameAs(concluded);
		}
		finally {
			provider.shutdownNow();
		}
		verify(this.graph, times(1)).unanswered(eq(ITEM), eq(request), any());
	}

	private static Void hangUp(ServerSocket server, String answer) throws IOException {
		try (Socket caller = server.accept()) {
			assertThat(caller.getInputStream().read()).isPositive();
			caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		}
		return null;
	}

	@Test
	@DisplayName("W3: policy-delivery: whatever fails after the request has left is a send in doubt, not one that is simply repeated")
	void answerThatCanNotBeUsed() throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (call) -> {
			call.sendResponseHeaders(200, -1);
			call.close();
		});
		server.start();
		GraphRequest request = new GraphRequest("{}", OutboundMessage.text("Hello"), false, null);
		Work concluded = mock(Work.class);
		RuntimeException failure = new IllegalStateException("a fault of ours");
		given(this.graph.prepare(ITEM)).willReturn(request);
		given(this.graph.authorization()).willReturn("Bearer x");
		given(this.graph.answered(eq(ITEM), eq(request), eq(200), any())).willThrow(failure);
		given(this.graph.unanswered(eq(ITEM), eq(request), any())).willReturn(concluded);
		try {
			this.settings.put("hub.whatsapp.base-url", "http://localhost:" + server.getAddress().getPort());
			load("policy-delivery", "delivery/delivery-send-whatsapp");
			Exchange ended = run(ITEM);
			assertThat(ended.getException()).isNull();
			assertThat(ended.getMessage().getBody()).isSameAs(concluded);
		}
		finally {
			server.stop(0);
		}
		verify(this.graph).answered(eq(ITEM), eq(request), eq(200), any());
	}

	@Test
	@DisplayName("W3: policy-delivery-twilio: a refusal is concluded once, with what Twilio said; a failure before the request goes back to the queue")
	void twilioRefuses() throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (call) -> {
			byte[] body = "{\"code\":21211,\"message\":\"No such number\",\"status\":400}"
				.getBytes(StandardCharsets.US_ASCII);
			call.sendResponseHeaders(400, body.length);
			call.getResponseBody().write(body);
			call.close();
		});
		server.start();
		TwilioDelivery twilio = mock(TwilioDelivery.class);
		TwilioSend send = new TwilioSend(new TwilioRequest("whatsapp:+2348030000001", "whatsapp:+14155238886", "Hello",
				null, null, null, null, "https://hub.example.com/status?message=1"), OutboundMessage.text("Hello"),
				null);
		Work concluded = mock(Work.class);
		ArgumentCaptor<Exception> failure = ArgumentCaptor.forClass(Exception.class);
		given(twilio.prepare(ITEM)).willReturn(send).willThrow(new IllegalStateException("before"));
		given(twilio.failed(eq(ITEM), eq(send), failure.capture())).willReturn(concluded);
		bind("twilioDelivery", twilio);
		bind("twilioCall", new TwilioCall());
		bind("twilioClient",
				new TwilioRestClient.Builder("AC1", "hush")
					.httpClient(new TwilioTransport(URI.create("http://localhost:" + server.getAddress().getPort())))
					.build());
		this.settings.put("hub.twilio.account-sid", "AC1");
		try {
			load("policy-delivery-twilio", "delivery/delivery-send-twilio");
			Exchange ended = run(ITEM);
			assertThat(ended.getException()).isNull();
			assertThat(ended.getMessage().getBody()).isSameAs(concluded);
			assertThat(new TwilioAnswer().of(failure.getValue()).code()).isEqualTo(21211);
			assertThat(run(ITEM).getException()).hasMessageContaining("before");
		}
		finally {
			server.stop(0);
		}
		verify(twilio, times(1)).failed(eq(ITEM), eq(send), any());
	}

	@ParameterizedTest
	@MethodSource("failuresBefore")
	@DisplayName("W3: policy-delivery: a failure before the request goes back to the queue as what it is, also one of the network's to the database")
	void deliveryThatFails(RuntimeException failure) throws Exception {
		given(this.graph.prepare(ITEM)).willThrow(failure);
		load("policy-delivery", "delivery/delivery-send-whatsapp");
		assertThat(Failures.unwrapped(run(ITEM).getException())).isSameAs(failure);
		verify(this.graph, never()).unanswered(any(), any(), any());
	}

	static Stream<RuntimeException> failuresBefore() {
		return Stream.of(new IllegalStateException("a fault of ours"),
				new DataAccessResourceFailureException("the database is away",
						new SQLException("An I/O error occurred", new SocketException("Connection reset"))));
	}

	@Test
	@DisplayName("W17: policy-mail: a mail that can't be sent is an incident, reported once, and goes back to the queue")
	void mailServerAway() throws Exception {
		writes(new MailMessage("link-moved", "sade@example.com", "en", Map.of()));
		load("policy-mail", "delivery/delivery-send-mail", "delivery/delivery-post-mail");
		assertThat(mailed("mail").getException()).hasStackTraceContaining("connect");
		verify(this.incidents, times(1)).report(eq("mail"), any());
		verify(this.mails, never()).sent(any(), any());
		assertThat(logged(Level.WARN, "hub.routes")).singleElement().asString().contains("delivery-post-mail failed");
	}

	@Test
	@DisplayName("W17: policy-alert: an alert that can't be sent goes back to the queue, and is no incident of its own")
	void alertFails() throws Exception {
		writes(new MailMessage("webhook", "http://localhost:" + closedPort(), "en", Map.of()));
		given(this.mails.webhook(any())).willReturn("{}");
		load("policy-alert", "admin/admin-send-alert", "admin/admin-call-webhook");
		willThrow(new IllegalStateException("not called")).given(this.mails).uncalled(any());
		given(this.mails.webhookAddress()).willReturn("http://localhost:" + closedPort());
		assertThat(mailed("alert").getException()).hasMessage("not called");
		verifyNoInteractions(this.incidents);
		verify(this.mails, never()).sent(any(), any());
		assertThat(logged(Level.WARN, "hub.routes")).singleElement().asString().contains("admin-send-alert failed");
	}

	@Test
	@DisplayName("W17: policy-mail: an alert that can't be mailed does not begin the incident anew that it tells of")
	void alertMailFails() throws Exception {
		writes(new MailMessage("incident", "admin@example.com", "en", Map.of()));
		load("policy-alert", "admin/admin-send-alert", "delivery/delivery-post-mail", "policies/policy-mail");
		Exchange ended = mailed("alert");
		assertThat(ended.getException()).hasStackTraceContaining("connect");
		assertThat(ended.getProperty("queuedItemHopeless")).isNull();
		verifyNoInteractions(this.incidents);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			550 5.1.1 No such user          | true
			551 User not local              | true
			553 5.1.3 Bad address           | true
			501 Bad address syntax          | true
			550 5.7.1 Relaying denied       | false
			450 4.2.1 Mailbox busy          | false
			452 4.3.1 No room               | false
			""")
	@DisplayName("W17: policy-mail: a refused recipient ends this mail without an incident; a server that can't or won't is one")
	void recipientRefused(String answer, boolean refused) throws Exception {
		writes(new MailMessage("link-moved", "sade@example.com", "en", Map.of()));
		given(this.mails.refuses(any())).willAnswer(
				(call) -> new MailRoom(null, null, null, null, TestSettings.properties()).refuses(call.getArgument(0)));
		ExecutorService server = Executors.newSingleThreadExecutor();
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.settings.put("hub.mail.port", Integer.toString(socket.getLocalPort()));
			server.submit(() -> refuseRecipients(socket, answer));
			load("policy-mail", "delivery/delivery-send-mail", "delivery/delivery-post-mail");
			Exchange ended = mailed("mail");
			assertThat(ended.getException()).isNotNull();
			assertThat(ended.getProperty("queuedItemHopeless", false, boolean.class)).isEqualTo(refused);
		}
		finally {
			server.shutdownNow();
		}
		verify(this.incidents, times(refused ? 0 : 1)).report(eq("mail"), any());
		verify(this.mails, never()).sent(any(), any());
	}

	/** A mail server that knows no recipient. */
	private static Void refuseRecipients(ServerSocket server, String answer) throws IOException {
		try (Socket caller = server.accept();
				BufferedReader lines = new BufferedReader(new InputStreamReader(caller.getInputStream()));
				Writer answers = new OutputStreamWriter(caller.getOutputStream())) {
			answers.write("220 mail.example.com\r\n");
			answers.flush();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				String said = line.startsWith("RCPT") ? answer : line.startsWith("QUIT") ? "221 Bye" : "250 OK";
				answers.write(said + "\r\n");
				answers.flush();
			}
		}
		return null;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("W17: only a mail that the server took proves that mail works")
	void provesThatMailWorks(boolean webhook) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (call) -> {
			call.sendResponseHeaders(204, -1);
			call.close();
		});
		server.start();
		MailRoom real = new MailRoom(null, null, this.incidents, null, TestSettings.properties());
		writes(new MailMessage(webhook ? "webhook" : "incident", "webhook", "en", Map.of()));
		given(this.mails.webhook(any())).willReturn("{}");
		given(this.mails.webhookAddress()).willReturn("http://localhost:" + server.getAddress().getPort() + "/secret");
		given(this.mails.sent(any(), any())).willAnswer((call) -> real.sent(call.getArgument(0), call.getArgument(1)));
		try {
			load("policy-alert", "admin/admin-send-alert", "admin/admin-call-webhook", "delivery/delivery-post-mail",
					"policies/policy-mail");
			AdviceWith.adviceWith(this.camel, "delivery-post-mail",
					(route) -> route.weaveByToUri("smtp:*").replace().to("mock:smtp"));
			Exchange ended = mailed("alert");
			assertThat(ended.getException()).isNull();
			ended.getMessage().getBody(Work.class).committed();
		}
		finally {
			server.stop(0);
		}
		verify(this.incidents, times(webhook ? 0 : 1)).recovered("mail");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:%d/secret-path?key=secret-key", "http://local host:%d/secret-path" })
	@DisplayName("O9: the address of the administrator's webhook stands in no reason and no log line")
	void webhookAddressIsSecret(String address) throws Exception {
		MailRoom real = new MailRoom(null, null, null, null, TestSettings.properties());
		writes(new MailMessage("webhook", "webhook", "en", Map.of()));
		given(this.mails.webhook(any())).willReturn("{}");
		willAnswer((call) -> {
			real.uncalled(call.getArgument(0));
			return null;
		}).given(this.mails).uncalled(any());
		willAnswer((call) -> {
			real.accepted(call.getArgument(0));
			return null;
		}).given(this.mails).accepted(anyInt());
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (call) -> {
			call.sendResponseHeaders(404, -1);
			call.close();
		});
		server.start();
		given(this.mails.webhookAddress()).willReturn(address.formatted(server.getAddress().getPort()));
		try {
			load("policy-alert", "admin/admin-send-alert", "admin/admin-call-webhook");
			for (int n = 0; n < 2; n++) {
				Exchange ended = mailed("alert");
				assertThat(ended.getException()).isInstanceOf(IllegalStateException.class)
					.hasMessageContaining("The administrator's webhook");
				StringWriter trace = new StringWriter();
				ended.getException().printStackTrace(new PrintWriter(trace));
				assertThat(trace.toString()).doesNotContain("secret-");
				server.stop(0);
			}
		}
		finally {
			server.stop(0);
		}
		assertThat(logged(Level.WARN, "hub.routes")).hasSize(2);
		assertThat(this.log.list).noneMatch((event) -> event.getFormattedMessage().contains("secret-"));
	}

	private Exchange mailed(String channel) {
		OutboundItem item = new OutboundItem(7, channel, "x", 0, 1, 0, false, "{}", "in-1", null);
		given(this.mails.open(item)).willReturn(this.letter);
		return this.camel.createProducerTemplate().send(BEGIN, (exchange) -> {
			exchange.getMessage().setBody(item);
			exchange.setProperty("queuedItem", new QueuedItem(7, channel + ":x", 1, 1, item, "in-1"));
		});
	}

	private void writes(MailMessage mail) {
		this.letter = mail;
		given(this.mails.open(ITEM)).willReturn(mail);
		given(this.mails.write(mail)).willReturn(Optional.of("words"));
		given(this.mails.subject(mail)).willReturn("subject");
	}

	@Test
	@DisplayName("W16: policy-courtesy: a read receipt that fails harms nothing and nobody hears of it")
	void courtesyFails() throws Exception {
		given(this.graph.receipt(any())).willReturn("{}");
		given(this.graph.authorization()).willReturn("Bearer x");
		load("policy-courtesy", "delivery/delivery-mark-read");
		assertThat(run(TestTurn.text("hello").open()).getException()).isNull();
		assertThat(this.log.list).allMatch((event) -> event.getLevel() == Level.DEBUG);
		assertThat(logged(Level.DEBUG, "hub.routes")).singleElement().asString().contains("delivery-mark-read failed");
	}

	@Test
	@DisplayName("W3: policy-tick: a tick that fails says so once and leaves the next one its turn, until it works again")
	void tickFails() throws Exception {
		Sweeper sweeper = mock(Sweeper.class);
		willThrow(new IllegalStateException("the database is away"), new IllegalStateException("still")).willDoNothing()
			.given(sweeper)
			.sweep();
		bind("sweeper", sweeper);
		bind("ticks", new Ticks());
		load("policy-tick", "admin/admin-sweep");
		assertThat(run(null).getException()).isNull();
		assertThat(run(null).getException()).isNull();
		assertThat(logged(Level.WARN, "hub.camel.Ticks")).singleElement()
			.asString()
			.contains("admin-sweep fails", "the database is away");
		assertThat(run(null).getException()).isNull();
		assertThat(logged(Level.INFO, "hub.camel.Ticks")).containsExactly("admin-sweep works again");
		verify(sweeper, times(3)).sweep();
	}

	@Test
	@DisplayName("W17: policy-last-words: when not even the apology can be said, the log has it, and the item's end is written without")
	void lastWordsFail() throws Exception {
		TurnOpening opening = mock(TurnOpening.class);
		given(opening.open(any(), eq(8))).willThrow(new IllegalStateException("nobody to tell"));
		bind("turnOpening", opening);
		load("policy-last-words", "turn/turn-apologise");
		Exchange ended = this.camel.createProducerTemplate().send(BEGIN, (exchange) -> {
			exchange.getMessage().setBody(RECEIVED);
			exchange.setProperty("queuedItem", new QueuedItem(7, "+2348030000001", 1, 8, RECEIVED, "in-7"));
		});
		assertThat(Failures.unwrapped(ended.getException())).hasMessage("nobody to tell");
		assertThat(logged(Level.ERROR, "hub.routes")).singleElement()
			.asString()
			.contains("turn-apologise failed", "nobody to tell");
	}

}
