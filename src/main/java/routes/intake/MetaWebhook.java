package routes.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;

import hub.channel.whatsapp.DeliveryReader;
import hub.channel.MalformedDeliveryException;
import hub.channel.whatsapp.WebhookSignature;
import hub.config.HubProperties;
import hub.http.HttpProblem;
import hub.queue.InboundBatch;

import org.springframework.stereotype.Component;

/**
 * What Meta's webhook accepts, and what it refuses.
 */
@Component("metaWebhook")
public class MetaWebhook {

	private final HubProperties.Whatsapp settings;

	private final WebhookSignature signature;

	private final DeliveryReader reader;

	private final Clock clock;

	public MetaWebhook(HubProperties properties, Clock clock) {
		this.settings = properties.whatsapp();
		this.clock = clock;
		boolean configured = this.settings.configured();
		this.signature = configured ? new WebhookSignature(this.settings.appSecret()) : null;
		this.reader = configured ? new DeliveryReader(this.settings.phoneId(), clock) : null;
	}

	/**
	 * Lets a delivery pass if Meta has signed exactly these bytes.
	 * @param body the body as it came
	 * @param header {@code X-Hub-Signature-256}, null if it was absent
	 * @return the same body
	 * @throws HttpProblem 403 for anything else
	 */
	public byte[] verify(byte[] body, String header) {
		byte[] bytes = (body != null) ? body : new byte[0];
		if (this.signature == null || !this.signature.matches(bytes, header)) {
			throw new HttpProblem(403, "forbidden", "The signature is missing or does not fit the body");
		}
		return bytes;
	}

	/**
	 * Splits a delivery into what it carries.
	 * @param body the verified body
	 * @return all of its items and reports; what can't be used is among them with its
	 * reason
	 * @throws HttpProblem 400 if it is no delivery of a WhatsApp business account
	 */
	public InboundBatch split(byte[] body) {
		try {
			return this.reader.read(body).at(this.clock.instant());
		}
		catch (MalformedDeliveryException ex) {
			throw new HttpProblem(400, "invalid", ex.getMessage());
		}
	}

	/**
	 * Answers Meta's verification of the address.
	 * @param mode {@code hub.mode}
	 * @param token {@code hub.verify_token}
	 * @param challenge {@code hub.challenge}
	 * @return the challenge
	 * @throws HttpProblem 400 if a parameter is missing, 403 if mode or token are wrong
	 */
	public String shakeHands(String mode, String token, String challenge) {
		if (mode == null || token == null || challenge == null) {
			throw new HttpProblem(400, "invalid", "hub.mode, hub.verify_token and hub.challenge are required");
		}
		boolean known = this.settings.configured() && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
				this.settings.verifyToken().getBytes(StandardCharsets.UTF_8));
		if (!known || !mode.equals("subscribe")) {
			throw new HttpProblem(403, "forbidden", "The verification token is not ours");
		}
		return challenge;
	}

}
