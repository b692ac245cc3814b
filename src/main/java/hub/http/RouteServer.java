package hub.http;

import java.util.concurrent.CompletableFuture;

import hub.camel.RouteGate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * How requests get to the routes: in the server's own threads, and only while the routes
 * run.
 */
@Configuration(proxyBeanMethods = false)
public class RouteServer {

	private static final Logger log = LoggerFactory.getLogger(RouteServer.class);

	/**
	 * What {@code platform-http} runs on. The one that comes with it hands each request
	 * to another thread and back, which costs a webhook more than what it is for.
	 */
	@Bean("platform-http-engine")
	PlatformHttpEngine platformHttpEngine(@Value("${server.port}") int port) {
		return new SpringBootPlatformHttpEngine(port) {
			@Override
			public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
				return new Consumer(endpoint, processor);
			}
		};
	}

	/** Comes after the security filters, so that its answers have their headers too. */
	@Bean
	FilterRegistrationBean<StartedFilter> startedFilter(ObjectProvider<CamelContext> contexts, RouteGate gate) {
		// Filters are there before Camel is, and must not be what makes it.
		SingletonSupplier<CamelContext> camel = SingletonSupplier.of(contexts::getObject);
		FilterRegistrationBean<StartedFilter> registration = new FilterRegistrationBean<>(
				new StartedFilter(() -> camel.obtain().isStarted(), gate));
		registration.addUrlPatterns("/api/*", "/ws/*", "/health", "/health/");
		registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 10);
		return registration;
	}

	private static final class Consumer extends SpringBootPlatformHttpConsumer {

		private Consumer(PlatformHttpEndpoint endpoint, Processor processor) {
			super(endpoint, processor, Runnable::run);
		}

		/**
		 * Has the request answered when it returns.
		 * @return null, which is how Spring MVC is told so: a future, even a completed
		 * one, would dispatch the request once more
		 */
		@Override
		public CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
			super.service(request, response).join();
			return null;
		}

		@Override
		protected void handleService(HttpServletRequest request, HttpServletResponse response) throws Exception {
			try {
				super.handleService(request, response);
			}
			catch (IllegalArgumentException | RuntimeCamelException ex) {
				// Failures of the route are in its exchange: these are of the reading.
				log.info("Refused with 400: {}", ex.getMessage());
				Problems.answer(response, new HttpProblem(400, "invalid", "The request can't be read"));
			}
		}

	}

}
