package hub.queue;

import java.util.Map;
import java.util.Objects;

import hub.config.HubProperties;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultComponent;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code queue:}.
 * <ul>
 * <li>{@code to: queue:inbound} stores an {@link InboundBatch}, or a list of them that
 * were answered before; {@code to: queue:outbound} queues a {@link NewOutbound} or a list
 * of them.</li>
 * <li>{@code from: queue:inbound} hands over {@link ReceivedItem}s;
 * {@code from: queue:outbound?channel=whatsapp} hands over {@link OutboundItem}s of one
 * channel. What the exchange's body is at the end of the route, if it is a {@link Work},
 * is committed together with the item's end.</li>
 * </ul>
 */
@Component("queue")
public class QueueComponent extends DefaultComponent implements ApplicationEventPublisherAware {

	private final InboundQueue inbound;

	private final OutboundQueue outbound;

	private final QueueSignals signals;

	private final HubProperties properties;

	private final QueueFigures figures;

	private final QueueMeters meters;

	private final RightOfWay rightOfWay;

	private final ProcessorLoad processors;

	private ApplicationEventPublisher events = (event) -> {
	};

	public QueueComponent(InboundQueue inbound, OutboundQueue outbound, QueueSignals signals, HubProperties properties,
			QueueFigures figures, QueueMeters meters, RightOfWay rightOfWay, ProcessorLoad processors) {
		this.inbound = inbound;
		this.outbound = outbound;
		this.signals = signals;
		this.properties = properties;
		this.figures = figures;
		this.meters = meters;
		this.rightOfWay = rightOfWay;
		this.processors = processors;
	}

	@Override
	protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
		if (!remaining.equals("inbound") && !remaining.equals("outbound")) {
			throw new IllegalArgumentException("There is no queue '" + remaining + "': it is inbound or outbound");
		}
		QueueEndpoint endpoint = new QueueEndpoint(uri, this, remaining);
		endpoint.setMaxAttempts(this.properties.queue().maxAttempts());
		endpoint.setConcurrency(
				remaining.equals("inbound") ? this.properties.queue().workers() : this.properties.queue().senders());
		setProperties(endpoint, parameters);
		return endpoint;
	}

	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher events) {
		this.events = events;
	}

	/**
	 * The route that takes from a queue.
	 * @param queue {@code inbound} or {@code outbound}
	 * @param channel the channel whose messages it takes, null for the inbound queue
	 * @return its id, null if there is none
	 */
	public String consumer(String queue, String channel) {
		return getCamelContext().getRoutes()
			.stream()
			.filter((route) -> route.getEndpoint() instanceof QueueEndpoint endpoint && endpoint.getName().equals(queue)
					&& Objects.equals(endpoint.getChannel(), channel))
			.map(Route::getRouteId)
			.findFirst()
			.orElse(null);
	}

	/**
	 * What a route does.
	 * @param routeId its id
	 * @return its sentence, null if there is no such route (any more)
	 */
	public String describe(String routeId) {
		Route route = getCamelContext().getRoute(routeId);
		return (route != null) ? route.getDescription() : null;
	}

	ApplicationEventPublisher events() {
		return this.events;
	}

	InboundQueue inbound() {
		return this.inbound;
	}

	OutboundQueue outbound() {
		return this.outbound;
	}

	QueueSignals signals() {
		return this.signals;
	}

	QueueFigures figures() {
		return this.figures;
	}

	QueueMeters meters() {
		return this.meters;
	}

	RightOfWay rightOfWay() {
		return this.rightOfWay;
	}

	ProcessorLoad processors() {
		return this.processors;
	}

	HubProperties.Queue settings() {
		return this.properties.queue();
	}

}
