package hub.channel.twilio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import hub.channel.SendOutcome.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class TwilioTransportTest {

	private static final String SID = "SM0123456789abcdef0123456789abcdef";

	private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

	private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

	private HttpServer server;

	private TwilioRestClient client;

	private volatile int status = 201;

	private volatile String answer = "{\"sid\":\"" + SID + "\"}";

	@BeforeEach
	void serve() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
					+ exchange.getRequestHeaders().getFirst("Authorization") + " "
					+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			this.tokens.add(exchange.getRequestHeaders().getFirst(TwilioTransport.IDEMPOTENCY_TOKEN));
			byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
		this.client = new TwilioRestClient.Builder("AC1", "hush")
			.httpClient(new TwilioTransport(
					URI.create("http://localhost:" + this.server.getAddress().getPort() + "/sandbox/twilio/")))
			.build();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private Message send(String body, int id) {
		return Message
			.creator(new PhoneNumber("whatsapp:+2348030000001"), new PhoneNumber("whatsapp:+14155238886"), body)
			.setStatusCallback(URI.create("https://hub.example.com/status?message=" + id))
			.create(this.client);
	}

	@Test
	@DisplayName("A7: a send goes to the configured address, with the account's credentials and a callback that names it")
	void sends() {
		assertThat(send("Hi + you", 42).getSid()).isEqualTo(SID);
		assertThat(this.asked).singleElement()
			.asString()
			.startsWith("POST /sandbox/twilio/2010-04-01/Accounts/AC1/Messages.json Basic QUMxOmh1c2g= ")
			.contains("Body=Hi+%2B+you", "To=whatsapp%3A%2B2348030000001",
					"StatusCallback=https%3A%2F%2Fhub.example.com%2Fstatus%3Fmessage%3D42");
	}

	@Test
	@DisplayName("W3: the same send has the same token, another has another, and asking has none")
	void tokens() {
		send("Hi", 42);
		send("Hi", 42);
		send("Hi", 43);
		send("Ho", 42);
		this.answer = "{\"messages\":[],\"page\":0,\"page_size\":50,\"uri\":\"/2010-04-01/Accounts/AC1/Messages.json\"}";
		this.status = 200;
		assertThat(Message.reader().read(this.client)).isEmpty();
		assertThat(this.tokens.get(0)).isEqualTo(this.tokens.get(1)).hasSize(36);
		assertThat(this.tokens.subList(1, 4)).doesNotHaveDuplicates();
		assertThat(this.tokens.get(4)).isNull();
	}

	@ParameterizedTest(name = "{0} {1}")
	@DisplayName("W17: what Twilio refuses is asked once, and says what it means")
	@CsvSource(delimiter = '|', textBlock = """
			400 | {"code":21211,"message":"Words","status":400} | FAILED
			429 | {"code":20429,"message":"Words","status":429} | SLOW_DOWN
			500 | {"code":20500,"message":"Words","status":500} | TRANSIENT
			503 | <html>                                        | TRANSIENT
			307 | {}                                            | TRANSIENT
			401 | {"code":20003,"message":"Words","status":401} | STOP_CHANNEL
			""")
	void refuses(int status, String body, Verdict verdict) {
		this.status = status;
		this.answer = body;
		Throwable failure = catchThrowable(() -> send("Hi", 42));
		assertThat(new TwilioAnswer().of(failure).verdict()).isEqualTo(verdict);
		assertThat(this.asked).hasSize(1);
	}

	@Test
	@DisplayName("W3: half an answer leaves a send in doubt; a Twilio that is not there does not")
	void isInDoubt() {
		this.answer = "{\"sid\":\"SM";
		assertThat(new TwilioAnswer().of(catchThrowable(() -> send("Hi", 42))).verdict()).isEqualTo(Verdict.IN_DOUBT);
		this.server.stop(0);
		assertThat(new TwilioAnswer().of(catchThrowable(() -> send("Hi", 42))).verdict()).isEqualTo(Verdict.TRANSIENT);
	}

}
