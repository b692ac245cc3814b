package hub.camel;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("O1: management beans of one kind")
class SharedBeanInfoTest {

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	@Test
	@DisplayName("share the description of what they tell, and each tells its own")
	void share() throws Exception {
		try (DefaultCamelContext context = new DefaultCamelContext()) {
			new SharedBeanInfo().configure(context);
			context.addRoutes(new RouteBuilder() {
				@Override
				public void configure() {
					from("direct:one").routeId("one").setBody(constant(1)).id("first");
					from("direct:two").routeId("two").setBody(constant(2)).id("second");
				}
			});
			context.start();
			context.createProducerTemplate().sendBody("direct:two", "");
			String routes = "org.apache.camel:context=" + context.getManagementName() + ",type=routes,name=\"%s\"";
			String steps = "org.apache.camel:context=" + context.getManagementName() + ",type=processors,name=\"%s\"";
			assertThat(read(routes, "one", "RouteId")).isEqualTo("one");
			assertThat(read(routes, "two", "RouteId")).isEqualTo("two");
			assertThat(read(steps, "first", "ExchangesTotal")).isEqualTo(0L);
			assertThat(read(steps, "second", "ExchangesTotal")).isEqualTo(1L);
			this.server.invoke(name(routes, "one"), "stop", new Object[0], new String[0]);
			assertThat(read(routes, "one", "State")).isEqualTo("Stopped");
			assertThat(read(routes, "two", "State")).isEqualTo("Started");
			assertThat(descriptions(steps, "first")).usingElementComparator((a, b) -> (a == b) ? 0 : 1)
				.isEqualTo(descriptions(steps, "second"))
				.hasSizeGreaterThan(20);
		}
	}

	private List<?> descriptions(String pattern, String name) throws Exception {
		return Stream.of(this.server.getMBeanInfo(name(pattern, name)).getAttributes()).toList();
	}

	private Object read(String pattern, String name, String attribute) throws Exception {
		return this.server.getAttribute(name(pattern, name), attribute);
	}

	private static ObjectName name(String pattern, String name) throws Exception {
		return new ObjectName(pattern.formatted(name));
	}

}
