package hub.chat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.http.HttpProblem;
import hub.security.AllowedOrigins;
import hub.security.InvalidTokenException;
import hub.security.WebTokens;
import hub.security.WebUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Decides before the upgrade whether a socket may be opened: by where its page comes
 * from, by its token, and by whose thread it is. A browser can't send a token as a
 * header, so it comes in the list of subprotocols, behind {@code chat.v1}, or as the
 * parameter {@code token}.
 */
@Component
class ChatHandshake implements HandshakeInterceptor {

	/** The subprotocol that the hub speaks. */
	static final String PROTOCOL = "chat.v1";

	/** The attribute that holds the {@link Visitor}. */
	static final String VISITOR = "visitor";

	/** The attribute that holds up to where the client knows the thread. */
	static final String AFTER = "after";

	private static final Logger log = LoggerFactory.getLogger(ChatHandshake.class);

	private final AllowedOrigins origins;

	private final WebTokens tokens;

	private final Threads threads;

	private final ObjectMapper json;

	ChatHandshake(AllowedOrigins origins, WebTokens tokens, Threads threads, ObjectMapper json) {
		this.origins = origins;
		this.tokens = tokens;
		this.threads = threads;
		this.json = json;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		try {
			checkOrigin(request);
			WebUser user = user(request);
			ChatThread thread = thread(request, user);
			attributes.put(VISITOR, new Visitor(thread, user));
			attributes.put(AFTER, after(request, thread));
			return true;
		}
		catch (HttpProblem ex) {
			log.info("A socket was refused with {}: {}", ex.status(), ex.getMessage());
			refuse(response, ex);
		}
		catch (DataAccessException | TransactionException ex) {
			log.warn("A socket can't be opened while the database is away: {}", ex.toString());
			refuse(response, HttpProblem.ofStatus(503));
		}
		return false;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Exception failure) {
		// all is said before
	}

	private void checkOrigin(ServerHttpRequest request) {
		if (!this.origins.allows(request.getHeaders().getOrigin(), request.getURI().toString())) {
			throw HttpProblem.forbidden("Pages of this origin may not open the chat");
		}
	}

	private WebUser user(ServerHttpRequest request) {
		try {
			return this.tokens.read(token(request));
		}
		catch (InvalidTokenException ex) {
			throw new HttpProblem(401, "unauthorized", ex.getMessage());
		}
	}

	private static String token(ServerHttpRequest request) {
		List<String> offered = request.getHeaders()
			.getOrDefault(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL, List.of())
			.stream()
			.flatMap((line) -> Arrays.stream(line.split(",")))
			.map(String::strip)
			.filter((name) -> !name.isEmpty() && !name.equals(PROTOCOL))
			.toList();
		return !offered.isEmpty() ? offered.get(0) : parameter(request, "token");
	}

	private ChatThread thread(ServerHttpRequest request, WebUser user) {
		String path = request.getURI().getPath();
		String id = path.substring(path.lastIndexOf('/') + 1);
		if (!id.matches("\\d{1,18}")) {
			throw HttpProblem.notFound("There is no such thread");
		}
		ChatThread thread = this.threads.thread(Long.parseLong(id))
			.orElseThrow(() -> HttpProblem.notFound("There is no such thread"));
		if (!thread.userId().equals(user.id())) {
			throw HttpProblem.forbidden("This thread is somebody else's");
		}
		return thread;
	}

	/** Nobody knows more of a thread than there is. */
	private static long after(ServerHttpRequest request, ChatThread thread) {
		String after = parameter(request, "after");
		if (after == null || after.isEmpty()) {
			return 0;
		}
		if (!after.matches("\\d{1,18}")) {
			throw new HttpProblem(400, "invalid", "after is the number of the last message that is known");
		}
		return Math.min(Long.parseLong(after), thread.lastSeq());
	}

	private static String parameter(ServerHttpRequest request, String name) {
		return ((ServletServerHttpRequest) request).getServletRequest().getParameter(name);
	}

	private void refuse(ServerHttpResponse response, HttpProblem problem) throws IOException {
		response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
		response.getHeaders().set(HttpHeaders.CONTENT_TYPE, HttpProblem.CONTENT_TYPE);
		if (problem.retryAfter() != null) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, problem.retryAfter());
		}
		response.getBody().write(this.json.writeValueAsBytes(problem.document()));
	}

}
