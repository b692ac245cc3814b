package journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.awaitility.Awaitility.await;

/**
 * A browser's end of a chat: a real WebSocket, which keeps all frames that it gets.
 */
final class ChatClient implements WebSocket.Listener, AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final List<JsonNode> frames = new CopyOnWriteArrayList<>();

	private final StringBuilder part = new StringBuilder();

	private volatile Integer closed;

	private WebSocket socket;

	private int seen;

	private ChatClient() {
	}

	/**
	 * Opens a socket as the web client does: the token behind the protocol's name.
	 * @param address such as {@code http://localhost:8080}
	 * @param thread the thread
	 * @param after up to where it is known
	 * @param token whose it is
	 * @return the open socket
	 */
	static ChatClient open(String address, String thread, long after, String token) {
		ChatClient client = new ChatClient();
		client.socket = HTTP.newWebSocketBuilder()
			.subprotocols("chat.v1", token)
			.buildAsync(uri(address, thread, "after=" + after), client)
			.join();
		return client;
	}

	/**
	 * Tries to open a socket.
	 * @param address such as {@code http://localhost:8080}
	 * @param thread the thread
	 * @param query the rest of the address
	 * @param origin the page's origin, null for none
	 * @return the handshake's HTTP status, 101 if it was opened (and is closed again)
	 */
	static int knock(String address, String thread, String query, String origin) {
		WebSocket.Builder builder = HTTP.newWebSocketBuilder();
		if (origin != null) {
			builder.header("Origin", origin);
		}
		try {
			builder.buildAsync(uri(address, thread, query), new WebSocket.Listener() {
			}).join().abort();
			return 101;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused) {
				return refused.getResponse().statusCode();
			}
			throw ex;
		}
	}

	private static URI uri(String address, String thread, String query) {
		return URI.create(address.replaceFirst("^http", "ws") + "/ws/chat/" + thread + "?" + query);
	}

	@Override
	public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.part.append(data);
		if (last) {
			try {
				this.frames.add(JSON.readTree(this.part.toString()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.part.setLength(0);
		}
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
		this.closed = status;
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable failure) {
		if (this.closed == null) {
			this.closed = -1;
		}
	}

	/**
	 * Sends a frame.
	 * @param frame as text
	 * @return this client
	 */
	ChatClient sends(String frame) {
		this.socket.sendText(frame, true).join();
		return this;
	}

	/**
	 * Says something.
	 * @param clientId what it calls the message
	 * @param text the words
	 * @return this client
	 */
	ChatClient says(String clientId, String text) {
		return sends(JSON.createObjectNode()
			.put("type", "user_message")
			.put("client_id", clientId)
			.put("text", text)
			.toString());
	}

	/**
	 * Chooses an action.
	 * @param action its id
	 * @return this client
	 */
	ChatClient chooses(String action) {
		return sends(JSON.createObjectNode().put("type", "action").put("id", action).toString());
	}

	/**
	 * Waits for the next frame that fits, passing over others.
	 * @param wanted which one
	 * @return the frame
	 */
	JsonNode gets(Predicate<JsonNode> wanted) {
		return await().atMost(PATIENCE).until(() -> {
			while (this.seen < this.frames.size()) {
				JsonNode next = this.frames.get(this.seen++);
				if (wanted.test(next)) {
					return next;
				}
			}
			return null;
		}, (found) -> found != null);
	}

	/**
	 * Waits for the next message of the hub.
	 * @return its payload
	 */
	JsonNode reads() {
		return gets((frame) -> frame.path("event").asText().equals("assistant_message")).get("payload");
	}

	/**
	 * The frames so far.
	 * @return in order
	 */
	List<JsonNode> frames() {
		return new ArrayList<>(this.frames);
	}

	/**
	 * The numbers of the messages so far.
	 * @return in the order in which they came
	 */
	List<Long> numbers() {
		return frames().stream()
			.filter((frame) -> frame.path("type").asText().equals("chat_message"))
			.map((frame) -> frame.get("seq").asLong())
			.toList();
	}

	/**
	 * Waits until the hub has closed the socket.
	 * @return the code, -1 if it was cut off
	 */
	int isClosed() {
		return await().atMost(PATIENCE).until(() -> this.closed, (status) -> status != null);
	}

	boolean isOpen() {
		return this.closed == null;
	}

	/** Drops the connection without a word. */
	@Override
	public void close() {
		this.socket.abort();
	}

}
