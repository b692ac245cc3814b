package hub.message;

import java.util.List;

/**
 * A message that the provider has approved beforehand: the only kind that may be sent
 * outside the 24-hour service window.
 *
 * @param name the approved name, such as {@code inspection_reminder}
 * @param parameters the values of the body's placeholders, in order
 * @param payloads the tokens of its quick replies, in order; empty for none
 * @param always whether it goes inside the service window too, because there are no words
 * that could go in its place
 */
public record Template(String name, List<String> parameters, List<String> payloads, boolean always) {

	/**
	 * A template that goes outside the service window only.
	 * @param name the approved name
	 * @param parameters the values of the body's placeholders, in order
	 * @param payloads the tokens of its quick replies, in order; empty for none
	 */
	public Template(String name, List<String> parameters, List<String> payloads) {
		this(name, parameters, payloads, false);
	}

	public Template {
		parameters = (parameters != null) ? List.copyOf(parameters) : List.of();
		payloads = (payloads != null) ? List.copyOf(payloads) : List.of();
	}

}
