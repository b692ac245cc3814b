package hub.camel;

import org.apache.camel.RuntimeCamelException;

/**
 * What failed, without what Camel wraps around it.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * The failure itself.
	 * @param failure what a route caught
	 * @return the first cause that is not Camel's own wrapping
	 */
	public static Throwable unwrapped(Throwable failure) {
		Throwable cause = failure;
		while (cause instanceof RuntimeCamelException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
