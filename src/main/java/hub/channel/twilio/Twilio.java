package hub.channel.twilio;

/**
 * What all parts of this channel share.
 */
public final class Twilio {

	/** The channel's name, as stored. */
	public static final String CHANNEL = "twilio";

	private Twilio() {
	}

}
