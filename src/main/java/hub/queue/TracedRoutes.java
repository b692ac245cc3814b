package hub.queue;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

import org.springframework.stereotype.Component;

/**
 * Lets each route note which queued items come to it.
 */
@Component
public class TracedRoutes implements RoutePolicyFactory {

	/**
	 * Each route gets its own: a policy ends with its route, and notes nothing any more.
	 */
	@Override
	public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode route) {
		return new Tracing();
	}

	private static final class Tracing extends RoutePolicySupport {

		@Override
		public void onExchangeBegin(Route route, Exchange exchange) {
			if (exchange.getProperty(QueueConsumer.ITEM) instanceof QueuedItem item) {
				item.trace().enter(route.getRouteId());
			}
		}

	}

}
