package sandbox.twilio;

import java.util.Map;

/**
 * Twilio's error codes with their HTTP statuses and words, as its "Error and warning
 * dictionary" lists them.
 */
public final class TwilioErrors {

	/** From here on codes are WhatsApp's: a callback tells them, not the answer. */
	private static final int CHANNEL = 63000;

	private static final Map<Integer, Known> CODES = Map.ofEntries(
			Map.entry(20001, new Known(400, "Unknown parameters")), Map.entry(20003, new Known(401, "Authenticate")),
			Map.entry(20005, new Known(403, "Account is not active")),
			Map.entry(20404, new Known(404, "The requested resource was not found")),
			Map.entry(20429, new Known(429, "Too Many Requests")),
			Map.entry(20500, new Known(500, "An internal server error has occurred")),
			Map.entry(20503, new Known(503, "Service unavailable")),
			Map.entry(21211, new Known(400, "Invalid 'To' Phone Number")),
			Map.entry(21603, new Known(400, "A 'From' phone number is required.")),
			Map.entry(21604, new Known(400, "A 'To' phone number is required.")),
			Map.entry(21606, new Known(400, "The 'From' phone number is not a valid, SMS-capable inbound phone number")),
			Map.entry(21609, new Known(400, "Invalid 'StatusCallback' URL")),
			Map.entry(21610, new Known(400, "Attempt to send to unsubscribed recipient")),
			Map.entry(21617,
					new Known(400, "The concatenated message body exceeds the 1600 character limit.")),
			Map.entry(21619, new Known(400, "A text message body or media urls must be specified.")),
			Map.entry(21620, new Known(400, "Invalid media URL(s)")),
			Map.entry(21623, new Known(400, "Number of media files exceeds allowed limit")),
			Map.entry(21655, new Known(400, "The ContentSid is Invalid")),
			Map.entry(21656, new Known(400, "The ContentVariables Parameter is invalid")),
			Map.entry(21910,
					new Known(400, "Invalid From and To pair. From and To should be of the same channel")),
			Map.entry(30001, new Known(400, "Queue overflow")), Map.entry(30002, new Known(400, "Account suspended")),
			Map.entry(63003, new Known(400, "Channel could not find To address")),
			Map.entry(63005, new Known(400, "Channel did not accept given content")),
			Map.entry(63007, new Known(400, "Twilio could not find a Channel with the specified From address")),
			Map.entry(63010, new Known(400, "Channels - Twilio Internal error")),
			Map.entry(63012, new Known(400, "Channel provider returned an internal service error")),
			Map.entry(63013, new Known(400, "This message send failed because it violates Channel provider's policy")),
			Map.entry(63015, new Known(400,
					"Channel Sandbox can only send messages to phone numbers that have joined the Sandbox")),
			Map.entry(63016, new Known(400,
					"Failed to send freeform message because you are outside the allowed window. If you are using"
							+ " WhatsApp, please use a Message Template.")),
			Map.entry(63017, new Known(400, "Channel rate limit exceeded")),
			Map.entry(63018, new Known(400, "Rate limit exceeded for Channel")),
			Map.entry(63019, new Known(400, "Media failed to download")),
			Map.entry(63021, new Known(400, "Channel invalid content error")),
			Map.entry(63024, new Known(400, "Invalid message recipient")),
			Map.entry(63027, new Known(400, "Template does not exist for a language and locale")),
			Map.entry(63028, new Known(400, "Number of parameters provided does not match the expected number")),
			Map.entry(63032, new Known(400, "User's number is part of an experiment")),
			Map.entry(63033, new Known(400, "Recipient blocked to receive message")),
			Map.entry(63038, new Known(429, "Account exceeded the daily messages limit")),
			Map.entry(63041, new Known(400, "Template paused")),
			Map.entry(63049, new Known(400, "Meta chose not to deliver this WhatsApp marketing message")));

	private TwilioErrors() {
	}

	/**
	 * Whether the sandbox can answer with a code.
	 * @param code an error code
	 * @return true if it knows its HTTP status
	 */
	public static boolean knows(int code) {
		return CODES.containsKey(code);
	}

	/**
	 * Whether a code comes from WhatsApp: Twilio has accepted the message by then, and
	 * tells by a callback.
	 * @param code an error code
	 * @return true for 63000 and above, except where the request itself is wrong
	 */
	static boolean isLate(int code) {
		return code >= CHANNEL && code != 63007 && code != 63038;
	}

	static TwilioException of(int code) {
		Known known = CODES.get(code);
		return new TwilioException(known.status(), code, known.message());
	}

	static TwilioException of(int code, String details) {
		return new TwilioException(CODES.get(code).status(), code, CODES.get(code).message() + ": " + details);
	}

	private record Known(int status, String message) {
	}

}
