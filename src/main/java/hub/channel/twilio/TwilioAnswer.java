package hub.channel.twilio;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import hub.channel.SendOutcome;
import hub.channel.SendOutcome.Verdict;
import hub.channel.UnansweredRequest;

/**
 * Says what Twilio's answer to a request for sending means. A reason never holds a token,
 * an id or a person's number.
 */
public final class TwilioAnswer {

	/**
	 * Reads a successful answer.
	 * @param sid the message's SID, null for none
	 * @return accepted; without a SID in doubt
	 */
	public SendOutcome of(String sid) {
		return Twilio.isSid(sid) ? SendOutcome.accepted(sid)
				: SendOutcome.of(Verdict.IN_DOUBT, null, "The provider's answer has no message id");
	}

	/**
	 * Reads a refusal.
	 * @param status the HTTP status
	 * @param code Twilio's code, null for none
	 * @param words Twilio's words, null for none
	 * @return what to do. A known code rules, whatever the status; else the status: 429
	 * slows down, 5xx, 408 and redirections are passing faults, 401 and 403 stop the
	 * channel, any other 4xx is final
	 */
	public SendOutcome of(int status, Integer code, String words) {
		TwilioError error = TwilioError.of(code, words);
		Verdict known = error.verdict();
		return error.outcome((known != null) ? known : verdict(status), "The provider answered HTTP " + status);
	}

	/**
	 * Reads what the SDK, or whoever called it, threw.
	 * @param failure the failure, whatever is wrapped around it
	 * @return what to do: of an answer, what it means; of a request without one, a
	 * passing fault if it can't have left, else in doubt
	 */
	public SendOutcome of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = (cause.getCause() != cause) ? cause.getCause() : null) {
			if (cause instanceof ApiException refusal && refusal.getStatusCode() != null) {
				return of(refusal.getStatusCode(), refusal.getCode(), refusal.getMessage());
			}
			if (cause instanceof ApiConnectionException && cause.getCause() != null) {
				return UnansweredRequest.outcome(cause.getCause());
			}
		}
		return UnansweredRequest.outcome(failure);
	}

	private static Verdict verdict(int status) {
		return switch (status) {
			case 401, 403 -> Verdict.STOP_CHANNEL;
			case 408 -> Verdict.TRANSIENT;
			case 429 -> Verdict.SLOW_DOWN;
			default -> (status >= 400 && status <= 499) ? Verdict.FAILED : Verdict.TRANSIENT;
		};
	}

}
