package hub.camel;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteMapTest {

	private RouteMap map;

	/**
	 * A route that is called decides by itself whom to call: it may call any, but what
	 * acts by itself.
	 */
	@BeforeEach
	void draw() throws Exception {
		this.map = new RouteMap(List.of(route("ask", "direct:ask", "direct:perform"),
				route("handle", "queue:inbound", "direct:perform"), route("perform", "direct:perform", "${body.route}"),
				route("tick", "quartz:tick", "direct:sweep"), route("sweep", "direct:sweep", "log:swept"),
				route("post", "platform-http:/post", "log:posted")));
	}

	private static RouteSource route(String id, String from, String to) throws Exception {
		return RouteSource.read(id + ".camel.yaml", """
				- route:
				    id: %s
				    from:
				      uri: %s
				      steps:
				        - toD:
				            uri: %s
				""".formatted(id, from, to));
	}

	@Test
	@DisplayName("E1: callers stand before those they call, and what acts by itself before all, whoever may call any")
	void putsCallersFirst() {
		assertThat(this.map.callersFirst(Set.of("ask", "handle", "perform"))).startsWith("handle");
		assertThat(this.map.callersFirst(Set.of("handle", "perform"))).containsExactly("handle", "perform");
		assertThat(this.map.callersFirst(Set.of("sweep", "tick"))).containsExactly("tick", "sweep");
	}

	@Test
	@DisplayName("E1: it is known who acts by itself and may get to a route, itself included")
	void knowsSources() {
		assertThat(this.map.sourcesOf(Set.of("perform", "handle"))).containsExactly("handle");
		assertThat(this.map.sourcesOf(Set.of("sweep"))).containsExactly("handle", "tick");
	}

	@Test
	@DisplayName("E1: it is known who answers requests")
	void knowsPaths() {
		assertThat(List.of("ask", "handle", "post")).filteredOn(this.map::isRequested).containsExactly("post");
	}

}
