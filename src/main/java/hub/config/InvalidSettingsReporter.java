package hub.config;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Prints one line for each wrong setting in place of a stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class InvalidSettingsReporter implements SpringBootExceptionReporter {

	public InvalidSettingsReporter(ConfigurableApplicationContext context) {
		// the signature that Spring Boot looks for
	}

	@Override
	public boolean reportException(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidSettingsException invalid) {
				invalid.problems().forEach((problem) -> System.err.println("The hub can't start: " + problem));
				return true;
			}
		}
		return false;
	}

}
