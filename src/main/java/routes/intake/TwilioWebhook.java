package routes.intake;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

import com.twilio.security.RequestValidator;
import hub.channel.MalformedDeliveryException;
import hub.channel.twilio.TwilioRenderer;
import hub.channel.twilio.WebhookForm;
import hub.channel.twilio.WebhookReader;
import hub.config.HubProperties;
import hub.http.HttpProblem;
import hub.queue.InboundBatch;

import org.springframework.stereotype.Component;

/**
 * What Twilio's webhooks accept, and what they refuse.
 */
@Component("twilioWebhook")
public class TwilioWebhook {

	private final HubProperties properties;

	private final Clock clock;

	private final TwilioReconciliation reconciliation;

	private final RequestValidator validator;

	private final WebhookReader reader;

	public TwilioWebhook(HubProperties properties, Clock clock, TwilioReconciliation reconciliation) {
		this.properties = properties;
		this.clock = clock;
		this.reconciliation = reconciliation;
		HubProperties.Twilio twilio = properties.twilio();
		this.validator = twilio.configured() ? new RequestValidator(twilio.authToken()) : null;
		this.reader = new WebhookReader(twilio.whatsappNumber(), clock);
	}

	/**
	 * A request that Twilio has signed.
	 *
	 * @param query the parameters of the address
	 * @param form the parameters of the body
	 */
	public record SignedForm(Map<String, String> query, Map<String, String> form) {
	}

	/**
	 * Lets a request pass if Twilio has signed exactly this form for the address as it
	 * was called.
	 * @param body the body as it came
	 * @param header {@code X-Twilio-Signature}, null if it was absent
	 * @param calledAs path and query as they were called
	 * @return its parameters
	 * @throws HttpProblem 403 for anything else
	 */
	public SignedForm verify(byte[] body, String header, String calledAs) {
		SignedForm signed = read((body != null) ? new String(body, StandardCharsets.UTF_8) : "", calledAs);
		String address = this.properties.publicUrl(calledAs);
		// A fragment is never called; whether it is signed Twilio does not say.
		boolean genuine = this.validator != null && header != null
				&& (this.validator.validate(address, signed.form(), header)
						|| this.validator.validate(address + TwilioRenderer.REPEATED, signed.form(), header));
		if (!genuine) {
			// It may be Twilio's all the same: with another address, or an older token.
			this.reconciliation.suspectGap();
			throw forbidden();
		}
		return signed;
	}

	private static SignedForm read(String body, String calledAs) {
		try {
			int question = calledAs.indexOf('?');
			return new SignedForm(WebhookForm.parse((question < 0) ? "" : calledAs.substring(question + 1)),
					WebhookForm.parse(body));
		}
		catch (MalformedDeliveryException ex) {
			// Twilio has not signed it: what it signs can be decoded.
			throw forbidden();
		}
	}

	private static HttpProblem forbidden() {
		return new HttpProblem(403, "forbidden", "The signature is missing or does not fit the request");
	}

	/**
	 * Reads a message.
	 * @param signed the verified request
	 * @return the message; with its reason if it can't be used
	 */
	public InboundBatch message(SignedForm signed) {
		return this.reader.message(signed.form(), this.clock.instant()).at(this.clock.instant());
	}

	/**
	 * Reads a report.
	 * @param signed the verified request
	 * @return the report; with its reason if it can't be used
	 */
	public InboundBatch status(SignedForm signed) {
		return this.reader.status(signed.query(), signed.form()).at(this.clock.instant());
	}

}
