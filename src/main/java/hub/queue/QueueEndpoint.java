package hub.queue;

import java.util.List;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * One of the two durable queues. As a management bean it tells what waits in it, in all
 * instances together, and lets what is dead try again.
 */
@ManagedResource(description = "Durable queue")
@UriEndpoint(firstVersion = "0.1", scheme = "queue", title = "Durable queue", syntax = "queue:name",
		category = { Category.MESSAGING })
public class QueueEndpoint extends DefaultEndpoint {

	@UriPath(description = "The queue: inbound or outbound")
	@Metadata(required = true)
	private String name;

	@UriParam(description = "The channel whose messages are consumed (outbound only)")
	private String channel;

	@UriParam(description = "How many items are handled at once in this instance")
	private int concurrency;

	@UriParam(description = "How often an item is started before it is dead")
	private int maxAttempts;

	@UriParam(
			description = "The route that an item goes to when it has died; what it ends with is committed with the item's death")
	private String deadUri;

	@UriParam(description = "Whether storing may take long, because nobody waits for it (inbound only)")
	private boolean patient;

	@UriParam(
			description = "Whether the provider knows a repeated send, so that one in doubt is repeated at once (outbound only)")
	private boolean repeatable;

	public QueueEndpoint(String uri, QueueComponent component, String name) {
		super(uri, component);
		this.name = name;
	}

	@Override
	public Producer createProducer() {
		return new DefaultProducer(this) {
			@Override
			public void process(Exchange exchange) throws Exception {
				store(exchange);
			}
		};
	}

	private void store(Exchange exchange) throws Exception {
		QueueComponent queues = (QueueComponent) getComponent();
		Object body = exchange.getMessage().getMandatoryBody();
		if (this.name.equals("inbound")) {
			exchange.getMessage().setBody(storeInbound(queues, body));
			return;
		}
		List<?> messages = (body instanceof List<?> list) ? list : List.of(body);
		queues.outbound().store(messages.stream().map(NewOutbound.class::cast).toList());
	}

	private int storeInbound(QueueComponent queues, Object body) {
		if (body instanceof List<?> list) {
			List<InboundBatch> batches = list.stream().map(InboundBatch.class::cast).toList();
			int stored = queues.inbound().storePatiently(batches);
			batches.forEach((batch) -> count(queues, batch));
			return stored;
		}
		InboundBatch batch = (InboundBatch) body;
		int stored = this.patient ? queues.inbound().storePatiently(batch) : queues.inbound().store(batch);
		count(queues, batch);
		return stored;
	}

	private static void count(QueueComponent queues, InboundBatch batch) {
		batch.statuses().forEach((status) -> queues.meters().reported(status.channel(), status.state()));
	}

	@Override
	public Consumer createConsumer(Processor processor) throws Exception {
		QueueComponent queues = (QueueComponent) getComponent();
		if (this.name.equals("outbound") && this.channel == null) {
			throw new IllegalArgumentException("queue:outbound is consumed per channel: name it by ?channel=");
		}
		QueueConsumer consumer = new QueueConsumer(this, processor, queues);
		configureConsumer(consumer);
		return consumer;
	}

	/**
	 * The store that consumers take from.
	 * @return the inbox, or one channel's part of the outbox
	 */
	QueueStore queueStore() {
		QueueComponent queues = (QueueComponent) getComponent();
		return this.name.equals("inbound") ? queues.inbound()
				: queues.outbound().channel(this.channel, this.repeatable);
	}

	@ManagedAttribute(description = "How many items wait, in all instances together")
	public long getDepth() {
		return figure().depth();
	}

	@ManagedAttribute(description = "For how many seconds the oldest item has waited, 0 for none")
	public long getOldestSeconds() {
		return figure().oldestSeconds();
	}

	@ManagedAttribute(description = "How many items could not be handled and are kept")
	public long getDead() {
		return figure().dead();
	}

	private QueueFigures.Figure figure() {
		return ((QueueComponent) getComponent()).figures().recent(this.name);
	}

	/**
	 * Lets a dead item try again, in its old place.
	 * @param id the item's number
	 * @return whether it was dead, and is open now; false also for one without a sender
	 */
	@ManagedOperation(description = "Lets a dead item try again, in its old place; true if it was dead")
	public boolean replay(long id) {
		QueueComponent queues = (QueueComponent) getComponent();
		return this.name.equals("inbound") ? queues.inbound().replay(id) : queues.outbound().replay(id);
	}

	public String getName() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	public String getChannel() {
		return this.channel;
	}

	public void setChannel(String channel) {
		this.channel = channel;
	}

	public int getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	public int getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(int maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

	public boolean isPatient() {
		return this.patient;
	}

	public void setPatient(boolean patient) {
		this.patient = patient;
	}

	public boolean isRepeatable() {
		return this.repeatable;
	}

	public void setRepeatable(boolean repeatable) {
		this.repeatable = repeatable;
	}

	public String getDeadUri() {
		return this.deadUri;
	}

	public void setDeadUri(String deadUri) {
		this.deadUri = deadUri;
	}

}
