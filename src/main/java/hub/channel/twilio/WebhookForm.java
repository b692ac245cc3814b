package hub.channel.twilio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import hub.channel.MalformedDeliveryException;

/**
 * The parameters of a webhook request: of its form and of its query.
 */
public final class WebhookForm {

	private static final int MOST_PARAMETERS = 1000;

	private WebhookForm() {
	}

	/**
	 * Reads URL-encoded parameters.
	 * @param encoded a form's body or an address's query, null for none
	 * @return name and value of each, in their order; of a name that is given twice the
	 * first
	 * @throws MalformedDeliveryException if it can't be decoded or is endless
	 */
	public static Map<String, String> parse(String encoded) {
		Map<String, String> parameters = new LinkedHashMap<>();
		if (encoded == null || encoded.isEmpty()) {
			return parameters;
		}
		String[] parts = encoded.split("&", MOST_PARAMETERS + 1);
		if (parts.length > MOST_PARAMETERS) {
			throw new MalformedDeliveryException("The form has more than " + MOST_PARAMETERS + " parameters");
		}
		for (String part : parts) {
			if (!part.isEmpty()) {
				int equals = part.indexOf('=');
				String name = decode((equals < 0) ? part : part.substring(0, equals));
				parameters.putIfAbsent(name, (equals < 0) ? "" : decode(part.substring(equals + 1)));
			}
		}
		return parameters;
	}

	private static String decode(String part) {
		try {
			return URLDecoder.decode(part, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// Its message quotes the body.
			throw new MalformedDeliveryException("The form is not URL-encoded");
		}
	}

}
