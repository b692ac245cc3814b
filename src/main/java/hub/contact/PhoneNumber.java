package hub.contact;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;

/**
 * A phone number in its one canonical form, whatever variant of it a provider, the
 * platform or a person wrote.
 * <p>
 * The form is a key: it finds the person. Messages are sent to the provider's own form of
 * the number. Its text form is masked, so that it can't get into a log whole by accident.
 *
 * @param e164 {@code +} and 7 to 15 digits
 */
public record PhoneNumber(String e164) {

	private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

	private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

	// One message names its sender several times, and reading a number takes longer than
	// all else about it.
	private static final Cache<String, Optional<PhoneNumber>> CANONICAL = Caffeine.newBuilder()
		.maximumSize(20_000)
		.build();

	private static final int LONGEST_INPUT = 40;

	private static final int SHOWN_DIGITS = 2;

	public PhoneNumber {
		if (e164 == null || !E164.matcher(e164).matches()) {
			throw new IllegalArgumentException("A phone number has + and 7 to 15 digits");
		}
	}

	/**
	 * Reads a number with its country code, with or without a plus sign (WhatsApp's
	 * {@code wa_id} has none); spaces, hyphens, dots, slashes and parentheses don't
	 * count. Numbers that look like E.164 are accepted even if no country has assigned
	 * them.
	 * @param text the number as written; null is no number
	 * @return the canonical number, empty if this is none
	 */
	public static Optional<PhoneNumber> of(String text) {
		String digits = digits(text);
		if (digits == null || digits.length() < 7 || digits.length() > 17 || digits.charAt(0) == '0') {
			return Optional.empty();
		}
		return CANONICAL.get(digits, PhoneNumber::canonical);
	}

	/**
	 * The form for logs and operators.
	 * @return the country code and the last two digits, such as {@code +234…01}
	 */
	public String masked() {
		return this.e164.substring(0, 1 + countryCodeLength(this.e164)) + "…"
				+ this.e164.substring(this.e164.length() - SHOWN_DIGITS);
	}

	/**
	 * Masks whatever identifies a person to a provider: a number in any form, or a
	 * provider's id of the person.
	 * @param address the number or id, null for none
	 * @return a form for logs; empty for null
	 */
	public static String mask(String address) {
		if (address == null) {
			return "";
		}
		return of(address).map(PhoneNumber::masked).orElseGet(() -> maskId(address));
	}

	@Override
	public String toString() {
		return masked();
	}

	private static String maskId(String id) {
		return (id.length() < 8) ? "…" : id.substring(0, 3) + "…" + id.substring(id.length() - SHOWN_DIGITS);
	}

	private static Optional<PhoneNumber> canonical(String digits) {
		String e164 = variant(standard("+" + digits));
		return E164.matcher(e164).matches() ? Optional.of(new PhoneNumber(e164)) : Optional.empty();
	}

	private static String digits(String text) {
		if (text == null || text.length() > LONGEST_INPUT) {
			return null;
		}
		StringBuilder digits = new StringBuilder(text.length());
		boolean plus = false;
		for (int at = 0; at < text.length(); at++) {
			char letter = text.charAt(at);
			if (letter >= '0' && letter <= '9') {
				digits.append(letter);
			}
			else if (letter == '+' && !plus && digits.isEmpty()) {
				plus = true;
			}
			else if (" -./()\u00A0".indexOf(letter) < 0) {
				return null;
			}
		}
		return digits.toString();
	}

	/**
	 * Takes out what belongs to dialling and not to the number, such as a trunk zero
	 * after the country code or Argentina's 15; a number that would not be valid then
	 * stays as it is.
	 */
	private static String standard(String number) {
		try {
			Phonenumber.PhoneNumber parsed = NUMBERS.parse(number, null);
			return NUMBERS.isValidNumber(parsed) ? NUMBERS.format(parsed, PhoneNumberFormat.E164) : number;
		}
		catch (NumberParseException ex) {
			return number;
		}
	}

	/**
	 * One form for the variants that a provider may give of one mobile number.
	 */
	private static String variant(String e164) {
		int length = e164.length();
		// Brazil: mobiles got a 9 in front of their 8 digits, which begin with 6 to 9.
		// Landlines begin with 2 to 5 and have no ninth digit.
		if (e164.startsWith("+55") && length == 13 && e164.charAt(5) >= '6') {
			return e164.substring(0, 5) + "9" + e164.substring(5);
		}
		// Mexico: until 2019 mobiles were called with a 1 after the country code.
		if (e164.startsWith("+521") && length == 14) {
			return "+52" + e164.substring(4);
		}
		// Argentina: mobiles are called with a 9 after the country code from abroad.
		// The hub writes to mobiles, so a number of 10 digits without it is one.
		if (e164.startsWith("+54") && length == 13 && e164.charAt(3) != '9') {
			return "+549" + e164.substring(3);
		}
		return e164;
	}

	private static int countryCodeLength(String e164) {
		Set<Integer> codes = NUMBERS.getSupportedCallingCodes();
		for (int length = 1; length <= 3; length++) {
			if (codes.contains(Integer.valueOf(e164.substring(1, 1 + length)))) {
				return length;
			}
		}
		return 1;
	}

}
