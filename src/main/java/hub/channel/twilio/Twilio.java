package hub.channel.twilio;

import java.util.Locale;
import java.util.regex.Pattern;

import hub.contact.PhoneNumber;

/**
 * What all parts of this channel share.
 */
public final class Twilio {

	/** The channel's name, as stored. */
	public static final String CHANNEL = "twilio";

	/** What addresses on WhatsApp begin with. */
	private static final String PREFIX = "whatsapp:";

	// A message: SM and MM by its kind; longer than any that was seen, for those to come.
	private static final Pattern SID = Pattern.compile("[A-Za-z]{2}[A-Za-z0-9]{8,62}");

	private static final Pattern USER_ID = Pattern.compile("[A-Za-z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

	private static final Pattern DIGITS = Pattern.compile("[1-9]\\d{6,14}");

	private Twilio() {
	}

	/**
	 * Takes the channel's prefix off an address.
	 * @param address such as {@code whatsapp:+2348030000001}, null for none
	 * @return such as {@code +2348030000001}; empty for none
	 */
	public static String bare(String address) {
		String text = (address != null) ? address.strip() : "";
		return text.toLowerCase(Locale.ROOT).startsWith(PREFIX) ? text.substring(PREFIX.length()).strip() : text;
	}

	/**
	 * An address as Twilio takes it.
	 * @param address a number in E.164, with or without its plus sign, or a user id; with
	 * or without the prefix
	 * @return such as {@code whatsapp:+2348030000001}
	 */
	public static String address(String address) {
		String bare = bare(address);
		return PREFIX + (DIGITS.matcher(bare).matches() ? "+" + bare : bare);
	}

	/**
	 * The canonical number of an address.
	 * @param address with or without the prefix, null for none
	 * @return E.164, null if it is no number
	 */
	static String phone(String address) {
		return PhoneNumber.of(bare(address)).map(PhoneNumber::e164).orElse(null);
	}

	/**
	 * Whether this is a business-scoped user id rather than a phone number.
	 * @param address without the prefix, null for none
	 * @return true for {@code US.13491208655302741918} and the like
	 */
	static boolean isUserId(String address) {
		return address != null && USER_ID.matcher(address).matches();
	}

	/**
	 * Whether this can be the id of a message.
	 * @param sid an id, null for none
	 * @return true for {@code SM…}, {@code MM…} and the like
	 */
	static boolean isSid(String sid) {
		return sid != null && SID.matcher(sid).matches();
	}

}
