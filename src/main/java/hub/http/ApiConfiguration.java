package hub.http;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.rest.openapi.RestOpenApiComponent;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelContextConfiguration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts what the hub does with an API request in place of what Camel would do.
 */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

	/** A body is read as its bytes: JSON is UTF-8, whatever the request says of it. */
	@Bean
	CamelContextConfiguration rawBodies() {
		return new CamelContextConfiguration() {
			@Override
			public void beforeApplicationStart(CamelContext context) {
				context.getRestConfiguration().setEndpointProperties(Map.of("useStreaming", "true"));
			}

			@Override
			public void afterApplicationStart(CamelContext context) {
				// nothing is left to do
			}
		};
	}

	/**
	 * Camel keeps what an answer says of how long it may be kept to itself, as if it were
	 * left over from another server's answer.
	 */
	@Bean
	ComponentCustomizer answerHeaders() {
		return ComponentCustomizer.builder(PlatformHttpComponent.class).build((component) -> {
			HttpHeaderFilterStrategy headers = new HttpHeaderFilterStrategy();
			headers.getOutFilter().remove("cache-control");
			component.setHeaderFilterStrategy(headers);
		});
	}

	@Bean
	ComponentCustomizer contractBinding(ApiOperations operations) {
		return ComponentCustomizer.builder(RestOpenApiComponent.class).build((component) -> {
			component.setBasePath("/");
			component.setRestOpenapiProcessorStrategy(operations);
		});
	}

}
