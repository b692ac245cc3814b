package hub.chat;

import java.util.function.Consumer;

import hub.http.HttpProblem;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.ObjectHelper;

/**
 * Sends what happens at the sockets through a route, in the socket's own thread: a client
 * is not read from until its last frame was taken.
 */
public class ChatConsumer extends DefaultConsumer {

	private final String event;

	private final ChatListeners listeners;

	private final Consumer<Object> listener = this::handle;

	ChatConsumer(ChatEndpoint endpoint, Processor processor, ChatListeners listeners) {
		super(endpoint, processor);
		this.event = endpoint.getEvent();
		this.listeners = listeners;
	}

	@Override
	protected void doStart() throws Exception {
		super.doStart();
		this.listeners.add(this.event, this.listener);
	}

	@Override
	protected void doStop() throws Exception {
		this.listeners.remove(this.event, this.listener);
		super.doStop();
	}

	private void handle(Object body) {
		Exchange exchange = createExchange(false);
		try {
			exchange.getMessage().setBody(body);
			getProcessor().process(exchange);
		}
		catch (Exception ex) {
			exchange.setException(ex);
		}
		Exception failure = exchange.getException();
		releaseExchange(exchange, false);
		if (failure != null) {
			HttpProblem problem = ObjectHelper.getException(HttpProblem.class, failure);
			throw (problem != null) ? problem : new IllegalStateException("The route has failed", failure);
		}
	}

}
