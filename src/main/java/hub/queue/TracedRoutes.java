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

	private static final RoutePolicy POLICY = new RoutePolicySupport() {
		@Override
		public void onExchangeBegin(Route route, Exchange exchange) {
			if (exchange.getProperty(QueueConsumer.ITEM) instanceof QueuedItem item) {
				item.trace().enter(route.getRouteId());
			}
		}
	};

	@Override
	public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode route) {
		return POLICY;
	}

}
