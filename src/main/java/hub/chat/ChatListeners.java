package hub.chat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.springframework.stereotype.Component;

/**
 * Who is told of what happens at the sockets: the consumers of {@code chat:}.
 */
@Component
class ChatListeners {

	/** A visitor says or chooses something. */
	static final String MESSAGE = "message";

	/** A socket has been opened. */
	static final String CONNECT = "connect";

	/** A socket has been closed. */
	static final String DISCONNECT = "disconnect";

	private final Map<String, Consumer<Object>> listeners = new ConcurrentHashMap<>();

	/**
	 * Listens from now on.
	 * @param event what to
	 * @param listener is called by the socket's thread; what it throws is the socket's
	 * answer
	 * @throws IllegalStateException if somebody else does
	 */
	void add(String event, Consumer<Object> listener) {
		if (this.listeners.putIfAbsent(event, listener) != null) {
			throw new IllegalStateException("chat:" + event + " has a consumer already");
		}
	}

	void remove(String event, Consumer<Object> listener) {
		this.listeners.remove(event, listener);
	}

	/**
	 * Tells of an event.
	 * @param event which
	 * @param body what it is about
	 * @return false if nobody listens
	 */
	boolean tell(String event, Object body) {
		Consumer<Object> listener = this.listeners.get(event);
		if (listener == null) {
			return false;
		}
		listener.accept(body);
		return true;
	}

}
