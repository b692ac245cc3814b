package hub.chat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import hub.http.HttpProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * What happens at the sockets. Frames come in parts, so that a socket that says nothing
 * holds no room for a long one.
 */
@Component
class ChatSocketHandler extends AbstractWebSocketHandler {

	/** The most bytes of a frame. */
	static final int LONGEST_FRAME = 64 * 1024;

	/**
	 * So many messages are written at once. The server's other threads stay free for
	 * webhooks, however slow the database is.
	 */
	private static final int MOST_AT_ONCE = 24;

	private static final long PATIENCE_MILLIS = 500;

	private static final String SOCKET = "socket";

	private static final Logger log = LoggerFactory.getLogger(ChatSocketHandler.class);

	private final ChatFeed feed;

	private final ChatListeners listeners;

	private final Frames frames;

	private final Semaphore hands = new Semaphore(MOST_AT_ONCE);

	ChatSocketHandler(ChatFeed feed, ChatListeners listeners, Frames frames) {
		this.feed = feed;
		this.listeners = listeners;
		this.frames = frames;
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		Visitor visitor = (Visitor) session.getAttributes().get(ChatHandshake.VISITOR);
		long after = (Long) session.getAttributes().get(ChatHandshake.AFTER);
		ChatSocket socket = new ChatSocket(session, visitor, after, this.feed);
		session.getAttributes().put(SOCKET, socket);
		if (!this.feed.join(socket)) {
			session.close(CloseStatus.SERVICE_RESTARTED);
			return;
		}
		log.info("A socket of thread {} is open after {}", socket.threadId(), after);
		tell(ChatListeners.CONNECT, visitor);
	}

	private void tell(String event, Visitor visitor) {
		try {
			this.listeners.tell(event, visitor);
		}
		catch (RuntimeException ex) {
			log.error("What follows from chat:{} has failed", event, ex);
		}
	}

	private static ChatSocket socket(WebSocketSession session) {
		return (ChatSocket) session.getAttributes().get(SOCKET);
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage part) {
		ChatSocket socket = socket(session);
		if (!socket.collect(part.getPayload(), part.isLast(), LONGEST_FRAME, (frame) -> receive(socket, frame))) {
			socket.close(CloseStatus.TOO_BIG_TO_PROCESS.withReason("A frame may have 64 KB at most"));
		}
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage part) {
		socket(session).close(CloseStatus.NOT_ACCEPTABLE.withReason("Frames are text"));
	}

	@Override
	protected void handlePongMessage(WebSocketSession session, PongMessage message) {
		socket(session).heard();
	}

	private void receive(ChatSocket socket, String frame) {
		String clientId = null;
		try {
			if (!socket.admits()) {
				if (socket.tellsRefusal()) {
					throw HttpProblem.rateLimited("Frames come too fast", Duration.ofSeconds(1));
				}
				return;
			}
			JsonNode sent = this.frames.parse(frame);
			clientId = Frames.clientId(sent);
			Frames.Incoming incoming = Frames.read(sent);
			if (incoming.ping()) {
				socket.answer(Frames.PONG);
				return;
			}
			take(new VisitorMessage(socket.visitor().thread(), clientId, incoming.text(), incoming.action()));
		}
		catch (HttpProblem ex) {
			log.info("A frame in thread {} was refused: {}", socket.threadId(), ex.getMessage());
			socket.answer(this.frames.error(ex, clientId));
		}
		catch (RuntimeException ex) {
			log.error("A frame in thread {} could not be taken", socket.threadId(), ex);
			socket.answer(this.frames.error(unavailable(), clientId));
		}
	}

	private void take(VisitorMessage message) {
		try {
			if (!this.hands.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
				throw unavailable();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable();
		}
		try {
			if (!this.listeners.tell(ChatListeners.MESSAGE, message)) {
				throw unavailable();
			}
		}
		finally {
			this.hands.release();
		}
	}

	private static HttpProblem unavailable() {
		return new HttpProblem(503, "unavailable", "This could not be taken now. Send it again shortly.");
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable failure) {
		log.debug("A socket has failed", failure);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		ChatSocket socket = socket(session);
		if (socket == null) {
			return;
		}
		if (socket.end()) {
			log.info("A socket of thread {} was closed by its client with {}", socket.threadId(), status.getCode());
		}
		tell(ChatListeners.DISCONNECT, socket.visitor());
	}

}
