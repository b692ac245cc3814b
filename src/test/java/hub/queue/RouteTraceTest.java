package hub.queue;

import java.time.Instant;
import java.util.List;

import hub.queue.RouteTrace.Entered;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of the routes that an item goes through.
 */
class RouteTraceTest {

	private static RouteTrace begun() {
		RouteTrace trace = new RouteTrace();
		trace.begin();
		return trace;
	}

	@Test
	@DisplayName("O6: the routes of each try are read back with their times, in order")
	void keeps() {
		Instant before = Instant.now();
		RouteTrace first = begun();
		first.enter("turn-handle-message");
		first.enter("menu-show");
		RouteTrace second = begun();
		second.enter("turn-handle-message");
		List<Entered> read = RouteTrace.read(first.line(1) + "\n" + second.line(2));
		assertThat(read).extracting(Entered::route)
			.containsExactly("turn-handle-message", "menu-show", "turn-handle-message");
		assertThat(read).extracting(Entered::attempt).containsExactly(1, 1, 2);
		assertThat(read).extracting(Entered::at)
			.allSatisfy((at) -> assertThat(at).isBetween(before.minusMillis(1), Instant.now()));
	}

	@Test
	@DisplayName("O6: a try that came to no route leaves nothing, and a loop of routes no long row")
	void isBounded() {
		RouteTrace trace = begun();
		assertThat(trace.line(1)).isNull();
		for (int n = 0; n < 100_000; n++) {
			trace.enter("some-route-with-a-name");
		}
		assertThat(trace.line(1).length()).isLessThan(2000);
		assertThat(RouteTrace.read(trace.line(1))).hasSize(40);
	}

	@Test
	@DisplayName("O6: what goes on in another thread is no part of the try")
	void isOfOneThread() throws Exception {
		RouteTrace trace = begun();
		Thread other = new Thread(() -> trace.enter("delivery-mark-read"));
		other.start();
		other.join();
		trace.enter("turn-handle-message");
		assertThat(RouteTrace.read(trace.line(1))).extracting(Entered::route).containsExactly("turn-handle-message");
	}

	@Test
	@DisplayName("O6: routes go on to be noted when others are taken out, here or by another hub of the same process")
	void outlivesOthers() throws Exception {
		TracedRoutes traced = new TracedRoutes();
		try (DefaultCamelContext context = routes(traced)) {
			try (DefaultCamelContext other = routes(traced)) {
				other.stop();
			}
			context.getRouteController().stopRoute("one");
			context.removeRoute("one");
			QueuedItem item = new QueuedItem(1, "2348030000001", 1, 1, "hello", "in-1");
			item.trace().begin();
			context.createProducerTemplate()
				.send("direct:two", (exchange) -> exchange.setProperty(QueueConsumer.ITEM, item));
			assertThat(RouteTrace.read(item.routes())).extracting(Entered::route).containsExactly("two");
		}
	}

	private static DefaultCamelContext routes(TracedRoutes traced) throws Exception {
		DefaultCamelContext context = new DefaultCamelContext();
		context.disableJMX();
		context.addRoutePolicyFactory(traced);
		context.addRoutes(new RouteBuilder() {
			@Override
			public void configure() {
				from("direct:one").routeId("one").log("one");
				from("direct:two").routeId("two").log("two");
			}
		});
		context.start();
		return context;
	}

	@Test
	@DisplayName("What is no trace is read as none")
	void readsNothing() {
		assertThat(RouteTrace.read(null)).isEmpty();
		assertThat(RouteTrace.read("")).isEmpty();
		assertThat(RouteTrace.read("x@y z+1\n1@2\n@ +")).isEmpty();
	}

}
