package sandbox.twilio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that Twilio would refuse, with what it would answer.
 */
class TwilioException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final int code;

	TwilioException(int status, int code, String message) {
		super(message);
		this.status = status;
		this.code = code;
	}

	int status() {
		return this.status;
	}

	Map<String, Object> body() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("code", this.code);
		body.put("message", getMessage());
		body.put("more_info", "https://www.twilio.com/docs/errors/" + this.code);
		body.put("status", this.status);
		return body;
	}

}
