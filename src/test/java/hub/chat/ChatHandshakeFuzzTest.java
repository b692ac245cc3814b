package hub.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fuzz.Fuzzed;
import hub.config.TestSettings;
import hub.security.AllowedOrigins;
import hub.security.WebTokens;
import org.junit.jupiter.api.DisplayName;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

/**
 * The lines are what stands behind {@code /ws/chat/}, the list of subprotocols,
 * {@code after}, the parameter {@code token}, {@code Origin} and {@code Host}. Even
 * threads are Sade's, whose token is "sade".
 */
class ChatHandshakeFuzzTest {

	private static final int LONGEST = 8 * 1024;

	private static final long LAST_SEQ = 40;

	private static final long LAST_THREAD = 9;

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

	private final ChatHandshake handshake = new ChatHandshake(new AllowedOrigins(TestSettings.properties()),
			new WebTokens(ChatHandshakeFuzzTest::token), threads(), JSON);

	private static Threads threads() {
		Threads threads = mock(Threads.class, withSettings().stubOnly());
		when(threads.thread(anyLong())).then((call) -> thread(call.getArgument(0)));
		return threads;
	}

	private static Optional<ChatThread> thread(long id) {
		return (id > LAST_THREAD) ? Optional.empty() : Optional.of(new ChatThread(id, (id % 2 == 0) ? "sade" : "tunde",
				null, "A home", "", "en", LAST_SEQ, 0, Instant.EPOCH, null, Instant.EPOCH));
	}

	private static Jwt token(String token) {
		if (!token.equals("sade")) {
			throw new BadJwtException("It is not Sade's");
		}
		return Jwt.withTokenValue(token)
			.header("alg", "HS256")
			.subject("sade")
			.claim("role", "seeker")
			.expiresAt(Instant.MAX)
			.build();
	}

	@FuzzTest
	@DisplayName("C1, O9: whatever asks for a socket, it gets one of its own thread from a place in it on, or is told why not")
	void shakes(byte[] input) throws IOException {
		List<String> lines = Fuzzed.lines(Fuzzed.text(input, LONGEST), 6);
		MockHttpServletResponse response = new MockHttpServletResponse();
		Map<String, Object> attributes = new HashMap<>();
		boolean opened = Fuzzed.promptly(() -> shake(request(lines), response, attributes));
		if (opened) {
			Visitor visitor = (Visitor) attributes.get(ChatHandshake.VISITOR);
			assertThat(visitor.user().id()).isEqualTo("sade").isEqualTo(visitor.thread().userId());
			assertThat((long) attributes.get(ChatHandshake.AFTER)).isBetween(0L, LAST_SEQ);
			assertThat(lines.get(0).substring(lines.get(0).lastIndexOf('/') + 1)).matches("0*" + visitor.thread().id());
			assertThat(lines.get(1) + lines.get(3)).contains("sade");
			return;
		}
		assertThat(response.getStatus()).isIn(400, 401, 403, 404);
		JsonNode problem = JSON.readTree(response.getContentAsString(StandardCharsets.UTF_8));
		assertThat(problem.path("status").asInt()).isEqualTo(response.getStatus());
		assertThat(problem.path("detail").asText()).isNotBlank();
	}

	private boolean shake(MockHttpServletRequest request, MockHttpServletResponse response,
			Map<String, Object> attributes) {
		try {
			response.reset();
			attributes.clear();
			return this.handshake.beforeHandshake(new ServletServerHttpRequest(request),
					new ServletServerHttpResponse(response), null, attributes);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static MockHttpServletRequest request(List<String> lines) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET",
				"/ws/chat/" + UriUtils.encodePath(lines.get(0), StandardCharsets.UTF_8));
		add(request, "Sec-WebSocket-Protocol", lines.get(1));
		add(request, "Origin", lines.get(4));
		String host = lines.get(5);
		request.setServerName(host.matches("[A-Za-z0-9._-]{1,253}") ? host : "localhost");
		if (!lines.get(2).isEmpty()) {
			request.addParameter("after", lines.get(2));
		}
		if (!lines.get(3).isEmpty()) {
			request.addParameter("token", lines.get(3));
		}
		return request;
	}

	private static void add(MockHttpServletRequest request, String header, String value) {
		if (!value.isEmpty()) {
			request.addHeader(header, value);
		}
	}

}
