package hub.channel;

import java.util.regex.Pattern;

/**
 * What providers say of errors, in a form that is safe to log and to store.
 */
public final class ProviderWords {

	/** The most that is kept of them. */
	public static final int MAX_WORDS = 300;

	// Message ids hold the recipient's number in base 64, tokens are as long.
	private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_=|/+.-]{25,}");

	private static final Pattern NUMBER = Pattern.compile("\\+?\\d[\\d ().-]{5,}\\d");

	private ProviderWords() {
	}

	/**
	 * Takes numbers of people, ids and tokens out of a provider's words.
	 * @param words any words, null for none
	 * @return one line of at most {@value #MAX_WORDS} UTF-16 units; empty for none
	 */
	public static String redacted(String words) {
		String open = Text.oneLine(words);
		String safe = NUMBER.matcher(SECRET.matcher(open).replaceAll(Text.ELLIPSIS)).replaceAll(Text.ELLIPSIS);
		return Text.shorten(safe, MAX_WORDS);
	}

}
