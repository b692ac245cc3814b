package hub.channel.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.Json;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import hub.channel.UnansweredRequest;

/**
 * Says what Meta's answer to a request for sending means. A reason never holds a token,
 * an id or a person's number.
 */
public final class GraphAnswer {

	/**
	 * Reads an answer.
	 * @param status the HTTP status
	 * @param body the answer's body, null for none
	 * @return what to do. A known error code rules, whatever the status; else the status:
	 * 2xx without a message id is in doubt, 429 slows down, 5xx, 408 and redirections are
	 * passing faults, 401 stops the channel, any other 4xx is final
	 */
	public SendOutcome of(int status, String body) {
		JsonNode root = parse(body);
		GraphError error = GraphError.of(root.path("error"));
		String fallback = "The provider answered HTTP " + status;
		if (error.verdict() != null) {
			return error.outcome(error.verdict(), fallback);
		}
		if (status < 200 || status > 299) {
			return error.outcome(verdict(status), fallback);
		}
		String providerId = Json.id(root.path("messages").path(0).path("id"));
		return (providerId != null) ? SendOutcome.accepted(providerId)
				: error.outcome(Verdict.IN_DOUBT, fallback + " without a message id");
	}

	/**
	 * Reads the failure of a request that got no answer.
	 * @param failure what the HTTP client threw, or what wraps it
	 * @return a passing fault if the request can't have left, else in doubt
	 */
	public SendOutcome of(Throwable failure) {
		return UnansweredRequest.outcome(failure);
	}

	private static Verdict verdict(int status) {
		return switch (status) {
			case 401 -> Verdict.STOP_CHANNEL;
			case 408 -> Verdict.TRANSIENT;
			case 429 -> Verdict.SLOW_DOWN;
			default -> (status >= 400 && status <= 499) ? Verdict.FAILED : Verdict.TRANSIENT;
		};
	}

	private static JsonNode parse(String body) {
		try {
			return Json.read((body != null) ? body : "");
		}
		catch (JsonProcessingException ex) {
			// A proxy's page, or half an answer: it tells no more than nothing does.
			return Json.object();
		}
	}

}
