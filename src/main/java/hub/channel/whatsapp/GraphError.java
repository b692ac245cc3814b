package hub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.Json;
import hub.channel.ProviderWords;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;

/**
 * An error as Meta reports it, in an answer or in a failed status.
 *
 * @param code Meta's code, null when there is none
 * @param words Meta's words without numbers of people, ids and tokens; null for none
 */
record GraphError(Integer code, String words) {

	/**
	 * Reads an error object.
	 * @param error the object, or whatever stands in its place
	 * @return the error, with neither code nor words if it is none
	 */
	static GraphError of(JsonNode error) {
		String message = Json.words(error.path("message"), ProviderWords.MAX_WORDS);
		String title = Json.words(error.path("title"), ProviderWords.MAX_WORDS);
		String details = Json.words(error.path("error_data").path("details"), ProviderWords.MAX_WORDS);
		String words = (message != null) ? message : title;
		if (details != null && !details.equals(words)) {
			words = (words != null) ? words + ": " + details : details;
		}
		return new GraphError(code(error.path("code")), (words != null) ? ProviderWords.redacted(words) : null);
	}

	/**
	 * What the code says to do. Source: Meta, "Error codes" of the Cloud API.
	 * @return the verdict, null for a code that is not known here
	 */
	Verdict verdict() {
		if (this.code == null) {
			return null;
		}
		return switch (this.code) {
			case 1, 2, 131000, 131016, 131053 -> Verdict.TRANSIENT;
			case 4, 80007, 130429, 133016 -> Verdict.SLOW_DOWN;
			case 131056 -> Verdict.CONTACT_SLOW_DOWN;
			case 131048 -> Verdict.PAUSE_BULK;
			case 131049 -> Verdict.NEXT_DAY;
			case 131047 -> Verdict.NEEDS_TEMPLATE;
			case 131050 -> Verdict.SUPPRESSED;
			case 131026, 131030, 131051, 131062 -> Verdict.FAILED;
			case 10, 190, 368, 131031, 131042, 133010 -> Verdict.STOP_CHANNEL;
			default -> ofRange(this.code);
		};
	}

	private static Verdict ofRange(int code) {
		if (code >= 200 && code <= 299) {
			return Verdict.STOP_CHANNEL;
		}
		return (code >= 132000 && code <= 132999) ? Verdict.FAILED : null;
	}

	SendOutcome outcome(Verdict verdict, String fallback) {
		return SendOutcome.of(verdict, this.code, (this.words != null) ? this.words : fallback);
	}

	private static Integer code(JsonNode node) {
		String code = Json.text(node);
		try {
			return (code != null) ? Integer.valueOf(code) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
