package hub.chat;

import java.util.List;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * What happens in the web chat, or a way into its threads.
 */
@UriEndpoint(firstVersion = "0.2", scheme = "chat", title = "Web chat", syntax = "chat:event",
		category = { Category.CHAT })
public class ChatEndpoint extends DefaultEndpoint {

	private static final String POST = "post";

	private static final List<String> EVENTS = List.of(ChatListeners.MESSAGE, ChatListeners.CONNECT,
			ChatListeners.DISCONNECT);

	@UriPath(description = "What is consumed (message, connect, disconnect) or done (post)")
	@Metadata(required = true)
	private String event;

	public ChatEndpoint(String uri, ChatComponent component, String event) {
		super(uri, component);
		this.event = event;
	}

	@Override
	public Producer createProducer() {
		if (!this.event.equals(POST)) {
			throw new IllegalArgumentException("Nothing can be sent to chat:" + this.event + ": it is chat:post");
		}
		return new DefaultProducer(this) {
			@Override
			public void process(Exchange exchange) throws Exception {
				ThreadMessage message = exchange.getMessage().getMandatoryBody(ThreadMessage.class);
				exchange.getMessage().setBody(((ChatComponent) getComponent()).threads().say(message));
			}
		};
	}

	@Override
	public Consumer createConsumer(Processor processor) throws Exception {
		if (!EVENTS.contains(this.event)) {
			throw new IllegalArgumentException(
					"There is no chat:" + this.event + " to consume: it is " + String.join(", ", EVENTS));
		}
		ChatConsumer consumer = new ChatConsumer(this, processor, ((ChatComponent) getComponent()).listeners());
		configureConsumer(consumer);
		return consumer;
	}

	public String getEvent() {
		return this.event;
	}

	public void setEvent(String event) {
		this.event = event;
	}

}
