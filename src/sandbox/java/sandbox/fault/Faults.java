package sandbox.fault;

/**
 * How the stand-ins are to misbehave.
 *
 * @param whatsapp Meta's Graph API and its webhooks
 * @param twilio Twilio's API and its webhooks
 * @param inspector the platform's API
 * @param mail the SMTP server
 */
public record Faults(Provider whatsapp, Provider twilio, Platform inspector, Mail mail) {

	/** Everything behaves. */
	public static final Faults NONE = new Faults(Provider.NONE, Provider.NONE, Platform.NONE, Mail.NONE);

	/**
	 * A WhatsApp provider.
	 *
	 * @param duplicate the share of webhooks that are delivered twice, 0 to 1
	 * @param reorder the share of webhooks that others overtake, 0 to 1
	 * @param delayMs how long each answer and each webhook is held back, 0 to 60,000 ms
	 * @param errorRate the share of requests that are refused, 0 to 1
	 * @param errorCode what they are refused with: a code of the provider's
	 * @param timeoutRate the share of sends that are never answered, 0 to 1; every other
	 * one of them was accepted
	 */
	public record Provider(double duplicate, double reorder, long delayMs, double errorRate, int errorCode,
			double timeoutRate) {

		static final Provider NONE = new Provider(0, 0, 0, 0, 0, 0);

	}

	/**
	 * The platform.
	 *
	 * @param down every request is answered with 503
	 * @param delayMs how long each answer is held back, 0 to 60,000 ms
	 * @param errorRate the share of requests that fail with 500, 0 to 1
	 */
	public record Platform(boolean down, long delayMs, double errorRate) {

		static final Platform NONE = new Platform(false, 0, 0);

	}

	/**
	 * Mail.
	 *
	 * @param down the SMTP port is closed
	 */
	public record Mail(boolean down) {

		static final Mail NONE = new Mail(false);

	}

}
