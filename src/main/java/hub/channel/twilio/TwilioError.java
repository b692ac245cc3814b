package hub.channel.twilio;

import java.util.Map;

import hub.channel.ProviderWords;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;

/**
 * An error as Twilio reports it, in an answer or in a callback.
 *
 * @param code Twilio's code, null when there is none
 * @param words Twilio's words without numbers of people, ids and tokens, else what the
 * code is known to mean: callbacks may carry a code alone; null for neither
 */
record TwilioError(Integer code, String words) {

	/**
	 * Makes an error of its parts.
	 * @param code the code, null or 0 for none
	 * @param words Twilio's words, null for none
	 * @return the error
	 */
	static TwilioError of(Integer code, String words) {
		Integer known = (code != null && code > 0) ? code : null;
		String safe = ProviderWords.redacted(words);
		return new TwilioError(known, !safe.isEmpty() ? safe : meaning(known));
	}

	/**
	 * Reads the error of a callback.
	 * @param form its parameters
	 * @return the error, with neither code nor words if it tells none
	 */
	static TwilioError of(Map<String, String> form) {
		String words = form.get("ErrorMessage");
		return of(number(form.get("ErrorCode")),
				(words != null && !words.isBlank()) ? words : form.get("ChannelStatusMessage"));
	}

	/**
	 * What the code says to do. Source: Twilio, "Error and warning dictionary".
	 * @return the verdict, null for a code that is not known here
	 */
	Verdict verdict() {
		if (this.code == null) {
			return null;
		}
		return switch (this.code) {
			case 63016 -> Verdict.NEEDS_TEMPLATE;
			case 14107, 20429, 63017, 63018 -> Verdict.SLOW_DOWN;
			case 63049 -> Verdict.NEXT_DAY;
			case 21610 -> Verdict.SUPPRESSED;
			case 20500, 20503, 30001, 63010, 63012 -> Verdict.TRANSIENT;
			case 21211, 21614, 21617, 21619, 21620, 21656, 63003, 63005, 63013, 63014, 63015, 63019, 63021, 63024,
					63027, 63028, 63032, 63033, 63040, 63041, 63042 ->
				Verdict.FAILED;
			case 10001, 20003, 20005, 21212, 21606, 30002, 63001, 63002, 63007, 63020, 63038, 63112, 90010 ->
				Verdict.STOP_CHANNEL;
			default -> null;
		};
	}

	SendOutcome outcome(Verdict verdict, String fallback) {
		return SendOutcome.of(verdict, this.code, (this.words != null) ? this.words : fallback);
	}

	private static String meaning(Integer code) {
		if (code == null) {
			return null;
		}
		return switch (code) {
			case 20003 -> "The credentials are refused";
			case 20429, 63017, 63018 -> "Too many requests";
			case 21211, 63003, 63024 -> "The recipient is no number on WhatsApp";
			case 21610 -> "The recipient has unsubscribed";
			case 21656 -> "The template's variables are refused";
			case 63015 -> "The recipient has not joined Twilio's sandbox";
			case 63016 -> "Outside the service window only a template may go";
			case 63027, 63028, 63041 -> "The template can't be sent like this";
			case 63032, 63033 -> "WhatsApp does not let this message through to its recipient";
			default -> null;
		};
	}

	private static Integer number(String text) {
		try {
			return (text != null) ? Integer.valueOf(text.strip()) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
