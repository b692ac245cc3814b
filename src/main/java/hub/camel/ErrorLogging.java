package hub.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A failure is logged once, in words, by whoever decides what follows from it: the
 * policies, the queues, the HTTP answers. Camel's own report of the same failure is left
 * out.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ErrorLogging implements CamelContextConfiguration {

	@Override
	public void beforeApplicationStart(CamelContext context) {
		context.getCamelContextExtension()
			.setErrorHandlerFactory(new DefaultErrorHandlerDefinition().logExhausted(false));
	}

	@Override
	public void afterApplicationStart(CamelContext context) {
		// nothing is left to do
	}

}
