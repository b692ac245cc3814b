package routes.intake;

import hub.http.HttpProblem;

import org.springframework.stereotype.Component;

/**
 * What Twilio's webhooks accept. No signature of Twilio's can be checked yet, so nothing
 * is accepted.
 */
@Component("twilioWebhook")
public class TwilioWebhook {

	/**
	 * Refuses a request.
	 * @throws HttpProblem 403 always
	 */
	public void refuse() {
		throw new HttpProblem(403, "forbidden", "The signature is missing or does not fit the request");
	}

}
