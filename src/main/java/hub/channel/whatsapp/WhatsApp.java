package hub.channel.whatsapp;

import java.util.regex.Pattern;

/**
 * What all parts of this channel share.
 */
public final class WhatsApp {

	/** The channel's name, as stored. */
	public static final String CHANNEL = "whatsapp";

	// Meta, "Business-scoped user IDs": a country's two letters, a dot, up to 128
	// letters and digits; ENT stands between in an id that several portfolios share.
	private static final Pattern USER_ID = Pattern.compile("[A-Za-z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

	private WhatsApp() {
	}

	/**
	 * Whether this is a business-scoped user id rather than a phone number.
	 * @param address a sender's or a recipient's address, null for none
	 * @return true for {@code US.13491208655302741918} and the like
	 */
	public static boolean isUserId(String address) {
		return address != null && USER_ID.matcher(address).matches();
	}

}
