package hub.chat;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import org.springframework.stereotype.Component;

/**
 * The Camel component {@code chat:}.
 * <ul>
 * <li>{@code from: chat:message} hands over what visitors say over their sockets, as
 * {@link VisitorMessage}s; {@code from: chat:connect} and {@code from: chat:disconnect}
 * tell of sockets, as {@link Visitor}s. What the exchange fails with is the visitor's
 * answer, an {@link hub.http.HttpProblem} in its own words.</li>
 * <li>{@code to: chat:post} says a {@link ThreadMessage} in its thread, to all who look
 * at it on any instance; the body is then its number.</li>
 * </ul>
 */
@Component("chat")
public class ChatComponent extends DefaultComponent {

	private final Threads threads;

	private final ChatListeners listeners;

	ChatComponent(Threads threads, ChatListeners listeners) {
		this.threads = threads;
		this.listeners = listeners;
	}

	@Override
	protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
		return new ChatEndpoint(uri, this, remaining);
	}

	Threads threads() {
		return this.threads;
	}

	ChatListeners listeners() {
		return this.listeners;
	}

}
