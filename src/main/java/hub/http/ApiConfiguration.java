package hub.http;

import org.apache.camel.component.rest.openapi.RestOpenApiComponent;
import org.apache.camel.spi.ComponentCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts what the hub does with an API request in place of what Camel would do.
 */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

	@Bean
	ComponentCustomizer contractBinding(ApiOperations operations) {
		return ComponentCustomizer.builder(RestOpenApiComponent.class).build((component) -> {
			component.setBasePath("/");
			component.setRestOpenapiProcessorStrategy(operations);
		});
	}

}
