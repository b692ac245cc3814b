package routes.policies;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import hub.camel.Ticks;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Policies as they are, on a route that fails as it is told to.
 */
class PoliciesTest {

	private static final Exception DATABASE_AWAY = new CannotGetJdbcConnectionException("Failed to obtain a connection",
			new SQLException("refused", new ConnectException("Connection refused")));

	private final DefaultCamelContext camel = new DefaultCamelContext();

	private final List<String> told = new ArrayList<>();

	private volatile Exception failure;

	@BeforeEach
	void start() throws Exception {
		this.camel.getRegistry().bind("graphDelivery", new Delivery());
		this.camel.getRegistry().bind("ticks", new RecordedTicks());
		for (String policy : List.of("delivery", "tick")) {
			PluginHelper.getRoutesLoader(this.camel)
				.loadRoutes(ResourceHelper.resolveResource(this.camel,
						"classpath:routes/policies/policy-" + policy + ".camel.yaml"));
		}
		this.camel.addRoutes(new RouteBuilder() {
			@Override
			public void configure() {
				for (String policy : List.of("delivery", "tick")) {
					from("direct:" + policy).routeId(policy)
						.routeConfigurationId("policy-" + policy)
						.process((exchange) -> {
							if (PoliciesTest.this.failure != null) {
								throw PoliciesTest.this.failure;
							}
						});
				}
			}
		});
		this.camel.start();
	}

	@AfterEach
	void stop() {
		this.camel.stop();
	}

	private Object run(String policy, Exception failure) {
		this.failure = failure;
		try (ProducerTemplate template = this.camel.createProducerTemplate()) {
			return template.requestBody("direct:" + policy, (Object) "item");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	@DisplayName("W3: a provider that does not answer is not a database that does not")
	void knowsWhoDoesNotAnswer() {
		assertThat(run("delivery", null)).isEqualTo("item");
		assertThat(run("delivery", new SocketTimeoutException("Read timed out"))).isEqualTo("concluded");
		assertThatThrownBy(() -> run("delivery", DATABASE_AWAY)).isInstanceOf(CamelExecutionException.class)
			.hasCause(DATABASE_AWAY);
		assertThat(this.told).containsExactly("unanswered SocketTimeoutException");
	}

	@Test
	@DisplayName("O6: what happens by the clock tells once that it fails, and once that it works again")
	void tellsOfTicks() {
		run("tick", null);
		run("tick", DATABASE_AWAY);
		run("tick", DATABASE_AWAY);
		run("tick", null);
		assertThat(this.told).containsExactly("worked tick", "failed tick", "failed tick", "worked tick");
	}

	/** What the policy of deliveries calls. */
	public final class Delivery {

		public String unanswered(Object item, Object request, IOException failure) {
			PoliciesTest.this.told.add("unanswered " + failure.getClass().getSimpleName());
			return "concluded";
		}

	}

	/** What the policy of ticks calls. */
	public final class RecordedTicks extends Ticks {

		@Override
		public void failed(String route, Exception failure) {
			super.failed(route, failure);
			PoliciesTest.this.told.add("failed " + route);
		}

		@Override
		public void worked(String route) {
			super.worked(route);
			PoliciesTest.this.told.add("worked " + route);
		}

	}

}
