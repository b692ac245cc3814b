package hub.security;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a log line what must not stand in one: secrets, and whole phone numbers
 * and mail addresses. What is left of a number or an address is enough to recognise it
 * by.
 */
public final class LogMask {

	private static final int SHORTEST_NUMBER = 7;

	/**
	 * Numbers in E.164 or in a provider's form. Longer and shorter runs of digits are
	 * ids.
	 */
	private static final Pattern PHONE = Pattern
		.compile("(?<![\\w.-])(\\+\\d{" + SHORTEST_NUMBER + ",15}|\\d{10,15})(?![\\w])");

	private static final Pattern EMAIL = Pattern.compile("[\\w.+%-]{1,64}(?=(?:@|%40)[\\w-]+\\.[\\w-])");

	/** Fits also where nothing follows, so that a row of these words is read once. */
	private static final Pattern BEARER = Pattern
		.compile("(?i)\\b(bearer|basic)(?:\\s+(?:bearer|basic)(?![\\w.~+/=-]))*+(\\s+[\\w.~+/=-]{6,})?");

	/** What may hold one is looked through once, however often it begins like one. */
	private static final Pattern TOKEN = Pattern
		.compile("(?<![\\w-])(?=([\\w-]*?)\\beyJ)[\\w-]++\\.[\\w-]++(?:\\.[\\w-]++)?");

	private static final Pattern SIGNATURE = Pattern.compile("(?i)\\bsha(1|256)=[0-9a-f]{8,}");

	private static final Pattern PASSWORD = Pattern.compile("(?<=://)[^/\\s:@]*:[^/\\s@]+(?=@)");

	private static final String NAMES = "(?:access_token|verify_token|token|secret|password|passwd|api_?key|authorization|otp_code|code_hash)";

	private static final String IS = "\"?\\s*[=:]\\s*\"?";

	/**
	 * The value of a name may be a name with its value, or credentials with their scheme.
	 */
	private static final Pattern NAMED = Pattern.compile("(?i)\\b(" + NAMES + IS + ")(?:[^\\w\\s\"&,;)}\\]]*+(?:"
			+ NAMES + IS + "|(?:bearer|basic)\\s+))*+[^\\s\"&,;)}\\]]*");

	private LogMask() {
	}

	/**
	 * Masks a text.
	 * @param text what was to be logged, null for nothing
	 * @return the same without secrets, whole numbers and whole addresses
	 */
	public static String mask(String text) {
		if (text == null || text.isEmpty()) {
			return text;
		}
		// Most lines hold nothing of the kind, and each pattern costs more than a look
		String masked = text;
		if (text.indexOf('@') >= 0 || text.contains("%40")) {
			masked = PASSWORD.matcher(masked).replaceAll("***");
			masked = EMAIL.matcher(masked).replaceAll((found) -> first(found) + "***");
		}
		boolean assigns = text.indexOf('=') >= 0;
		if (assigns || text.indexOf(':') >= 0) {
			masked = NAMED.matcher(masked).replaceAll("$1***");
		}
		masked = BEARER.matcher(masked).replaceAll(LogMask::credentials);
		if (text.contains("eyJ")) {
			masked = TOKEN.matcher(masked).replaceAll("$1***");
		}
		if (assigns) {
			masked = SIGNATURE.matcher(masked).replaceAll("sha$1=***");
		}
		return hasNumber(masked) ? PHONE.matcher(masked).replaceAll(LogMask::phone) : masked;
	}

	private static boolean hasNumber(String text) {
		int digits = 0;
		for (int n = 0; n < text.length() && digits < SHORTEST_NUMBER; n++) {
			char c = text.charAt(n);
			digits = (c >= '0' && c <= '9') ? digits + 1 : 0;
		}
		return digits == SHORTEST_NUMBER;
	}

	private static String first(MatchResult found) {
		return Matcher.quoteReplacement(found.group().substring(0, 1));
	}

	private static String credentials(MatchResult found) {
		return Matcher.quoteReplacement((found.group(2) != null) ? found.group(1) + " ***" : found.group());
	}

	private static String phone(MatchResult found) {
		String number = found.group();
		int shown = number.startsWith("+") ? 4 : 3;
		return number.substring(0, shown) + "***" + number.substring(number.length() - 2);
	}

}
