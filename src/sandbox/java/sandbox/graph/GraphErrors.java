package sandbox.graph;

import java.util.Map;
import java.util.TreeMap;

/**
 * Meta's error codes with their HTTP statuses and titles, as the Cloud API's reference
 * lists them ("Error codes", Graph v26.0).
 */
public final class GraphErrors {

	private static final Map<Integer, Known> CODES = new TreeMap<>();

	static {
		add(1, 400, "API Unknown");
		add(2, 503, "API Service");
		add(3, 500, "API Method");
		add(4, 400, "API Too Many Calls");
		add(10, 403, "API Permission Denied");
		add(33, 400, "Parameter value is not valid");
		add(100, 400, "Invalid parameter");
		add(190, 401, "Access token has expired");
		for (int code = 200; code <= 299; code++) {
			add(code, 403, "API Permission");
		}
		add(368, 403, "Temporarily blocked for policies violations");
		add(80007, 400, "Rate limit issues");
		add(130429, 400, "Rate limit hit");
		add(130472, 400, "User's number is part of an experiment");
		add(130497, 403, "Business account is restricted from messaging users in this country");
		add(131000, 500, "Something went wrong");
		add(131005, 403, "Access denied");
		add(131008, 400, "Required parameter is missing");
		add(131009, 400, "Parameter value is not valid");
		add(131016, 500, "Service unavailable");
		add(131021, 400, "Recipient cannot be sender");
		add(131026, 400, "Message undeliverable");
		add(131030, 400, "Recipient phone number not in allowed list");
		add(131031, 403, "Account has been locked");
		add(131037, 400, "WhatsApp provided number needs display name approval before message can be sent");
		add(131042, 400, "Business eligibility payment issue");
		add(131045, 500, "Incorrect certificate");
		add(131047, 400, "Re-engagement message");
		add(131048, 400, "Spam rate limit hit");
		add(131049, 400, "Meta chose not to deliver");
		add(131050, 400, "User has stopped marketing messages from your business");
		add(131051, 400, "Unsupported message type");
		add(131052, 400, "Media download error");
		add(131053, 400, "Media upload error");
		add(131056, 400, "(Business Account, Consumer Account) pair rate limit hit");
		add(131057, 500, "Account in maintenance mode");
		add(131062, 400, "Business-scoped user ID recipients are not supported for this message");
		add(132000, 400, "Number of parameters does not match the expected number of params");
		add(132001, 404, "Template name does not exist in the translation");
		add(132005, 400, "Translated text too long");
		add(132007, 400, "Character policy violated");
		add(132012, 400, "Parameter format does not match format in the created template");
		add(132015, 400, "Template is paused");
		add(132016, 400, "Template is disabled");
		add(132018, 400, "There are issues with the parameters in your template");
		add(132068, 400, "Flow is in blocked state");
		add(132069, 400, "Flow is in throttled state");
		add(133004, 503, "Server temporarily unavailable");
		add(133010, 400, "Phone number not registered");
		add(133016, 400, "Account register deregister rate limit exceeded");
		add(135000, 400, "Generic user error");
	}

	private GraphErrors() {
	}

	/**
	 * Whether the sandbox can answer with a code.
	 * @param code an error code
	 * @return true if it knows its HTTP status
	 */
	public static boolean knows(int code) {
		return CODES.containsKey(code);
	}

	static int status(int code) {
		return CODES.get(code).status();
	}

	static String title(int code) {
		return CODES.get(code).title();
	}

	/**
	 * An answer with a code for no fault of the request's.
	 * @param code a known code
	 * @return the refusal
	 */
	static GraphException of(int code) {
		return new GraphException(status(code), code, null, "(#" + code + ") " + title(code),
				(code == 190 || code < 4) ? "OAuthException" : null, title(code));
	}

	private static void add(int code, int status, String title) {
		CODES.put(code, new Known(status, title));
	}

	private record Known(int status, String title) {
	}

}
