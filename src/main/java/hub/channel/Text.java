package hub.channel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that is safe to store and to send: without what a database or a provider refuses,
 * and cut between what people see as characters, never inside one.
 * <p>
 * Lengths are UTF-16 units. Providers don't say how they count; no other way of counting
 * characters counts more of them, so what fits here fits there.
 */
public final class Text {

	/** Stands at the end of what was shortened. */
	public static final String ELLIPSIS = "…";

	// java.text.BreakIterator splits joined emoji and flags on JDK 17; \X does not.
	private static final Pattern GRAPHEME = Pattern.compile("\\X");

	private static final Pattern FORMATTING = Pattern.compile("[*~`]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

	private static final char REPLACEMENT = '\uFFFD';

	private Text() {
	}

	/**
	 * Removes control characters other than tab and line ends (PostgreSQL's text refuses
	 * NUL, providers refuse others) and replaces halves of surrogate pairs.
	 * @param text any text, null for none
	 * @return the same text, storable as UTF-8; empty for null
	 */
	public static String clean(String text) {
		if (text == null) {
			return "";
		}
		int first = firstUnclean(text);
		if (first < 0) {
			return text;
		}
		StringBuilder clean = new StringBuilder(text.length()).append(text, 0, first);
		for (int at = first; at < text.length(); at++) {
			char unit = text.charAt(at);
			if (isPairAt(text, at)) {
				clean.append(unit).append(text.charAt(++at));
			}
			else if (Character.isSurrogate(unit)) {
				clean.append(REPLACEMENT);
			}
			else if (!isRefused(unit)) {
				clean.append(unit);
			}
		}
		return clean.toString();
	}

	/**
	 * Cleans a text and makes one line of it: runs of white space become one space, none
	 * stands at the ends.
	 * @param text any text, null for none
	 * @return the line, perhaps empty
	 */
	public static String oneLine(String text) {
		String clean = clean(text);
		StringBuilder line = new StringBuilder(clean.length());
		for (int at = 0; at < clean.length(); at++) {
			char unit = clean.charAt(at);
			if (!isSpace(unit)) {
				line.append(unit);
			}
			else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
				line.append(' ');
			}
		}
		if (!line.isEmpty() && line.charAt(line.length() - 1) == ' ') {
			line.setLength(line.length() - 1);
		}
		return line.toString();
	}

	/**
	 * What a person or the platform calls something, fit to stand within our words: one
	 * line, not too long, and without marks that a channel would take for formatting. An
	 * underscore within a word is none.
	 * @param value any text, null for none
	 * @param max the most UTF-16 units, 1 or more
	 * @return the value, perhaps empty
	 */
	public static String plain(String value, int max) {
		return shorten(oneLine(FORMATTING.matcher(clean(value)).replaceAll("")), max);
	}

	/**
	 * Whether a reader would see nothing: only spaces and characters without a shape.
	 * @param text any text, null for none
	 * @return true for null, empty and invisible texts
	 */
	public static boolean isBlank(String text) {
		return text == null || text.codePoints().allMatch(Text::isInvisible);
	}

	/**
	 * The longest beginning that fits and ends between two visible characters (extended
	 * grapheme clusters).
	 * @param text a clean text
	 * @param max the most UTF-16 units, 0 or more
	 * @return the text or its beginning; empty when not even its first character fits
	 */
	public static String cut(String text, int max) {
		if (text.length() <= max) {
			return text;
		}
		Matcher graphemes = GRAPHEME.matcher(text);
		int end = 0;
		while (graphemes.find() && graphemes.end() <= max) {
			end = graphemes.end();
		}
		return text.substring(0, end);
	}

	/**
	 * Like {@link #cut}, and a text that was cut says so by an ellipsis.
	 * @param text a clean text
	 * @param max the most UTF-16 units with the ellipsis, 1 or more
	 * @return the text, or its beginning with an ellipsis
	 */
	public static String shorten(String text, int max) {
		if (text.length() <= max) {
			return text;
		}
		return cut(text, max - ELLIPSIS.length()).stripTrailing() + ELLIPSIS;
	}

	private static int firstUnclean(String text) {
		for (int at = 0; at < text.length(); at++) {
			char unit = text.charAt(at);
			if (isPairAt(text, at)) {
				at++;
			}
			else if (isRefused(unit) || Character.isSurrogate(unit)) {
				return at;
			}
		}
		return -1;
	}

	private static boolean isPairAt(String text, int at) {
		return Character.isHighSurrogate(text.charAt(at)) && at + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(at + 1));
	}

	private static boolean isRefused(char unit) {
		return (unit < ' ' && unit != '\t' && unit != '\n' && unit != '\r') || unit == 0x7F;
	}

	private static boolean isSpace(char unit) {
		return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
	}

	private static boolean isInvisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.CONTROL,
					Character.FORMAT ->
				true;
			default -> false;
		};
	}

}
