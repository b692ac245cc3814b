package hub.channel.whatsapp;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class GraphAnswerTest {

	private final GraphAnswer answer = new GraphAnswer();

	@ParameterizedTest
	@MethodSource("neverLeft")
	@DisplayName("W16: a request that never left may be repeated")
	void repeatsWhatNeverLeft(Throwable failure) {
		assertThat(this.answer.of(failure).verdict()).isEqualTo(Verdict.TRANSIENT);
		assertThat(this.answer.of(new RuntimeException("wrapped", failure)).verdict()).isEqualTo(Verdict.TRANSIENT);
	}

	static Stream<Throwable> neverLeft() throws IOException {
		return Stream.of(new ConnectException("Connection refused"), new UnknownHostException("graph"),
				new NoRouteToHostException(), new SSLHandshakeException("certificate"),
				new SocketTimeoutException("Connect timed out"), new HttpConnectTimeoutException("slow"),
				new ConnectTimeoutException("Connect to graph timed out"), new HttpHostConnectException("refused"),
				new ConnectionRequestTimeoutException("Timeout deadline"), refused());
	}

	@ParameterizedTest
	@MethodSource("left")
	@DisplayName("W16: a request that left without an answer is in doubt")
	void doubtsWhatLeft(Throwable failure) {
		SendOutcome outcome = this.answer.of(failure);
		assertThat(outcome.verdict()).isEqualTo(Verdict.IN_DOUBT);
		assertThat(outcome.reason()).doesNotContain("secret");
	}

	static Stream<Throwable> left() throws IOException {
		return Stream.of(new SocketTimeoutException("Read timed out"), new SocketException("Connection reset"),
				new SocketException("Broken pipe"), new EOFException(), new NoHttpResponseException("secret"),
				new HttpTimeoutException("slow"), new SSLException("closed"), new IOException("secret"),
				new IllegalStateException("secret"), unanswered());
	}

	@Test
	void endsOnACauseThatCausesItself() {
		IOException loop = new IOException("x") {
			@Override
			public synchronized Throwable getCause() {
				return this;
			}
		};
		assertThat(this.answer.of(loop).verdict()).isEqualTo(Verdict.IN_DOUBT);
	}

	private static Throwable refused() throws IOException {
		int port;
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = server.getLocalPort();
		}
		return catchThrowable(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
	}

	private static Throwable unanswered() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket client = new Socket()) {
			client.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 1000);
			client.setSoTimeout(10);
			return catchThrowable(() -> client.getInputStream().read());
		}
	}

}
