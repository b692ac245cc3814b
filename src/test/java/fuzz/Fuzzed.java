package fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fuzzer's bytes stand for, in a form in which they can be read and written by
 * hand.
 */
public final class Fuzzed {

	/** Nothing that comes from outside may keep a thread for longer. */
	private static final Duration LONGEST = Duration.ofSeconds(1);

	private static final Pattern UNIT = Pattern.compile("%u([0-9A-Fa-f]{4})");

	private Fuzzed() {
	}

	/**
	 * A text.
	 * @param input UTF-8, in which {@code %u} and four hexadecimal digits are a UTF-16
	 * unit, half a surrogate pair too
	 * @return the text
	 */
	public static String text(byte[] input) {
		return UNIT.matcher(new String(input, StandardCharsets.UTF_8))
			.replaceAll((unit) -> Matcher.quoteReplacement(unit(unit.group(1))));
	}

	private static String unit(String hex) {
		return String.valueOf((char) Integer.parseInt(hex, 16));
	}

	/**
	 * A text that may be as long as its reader takes them.
	 * @param input as for {@link #text(byte[])}; what stands between {@code %(} and
	 * {@code %)} is repeated until the text is as long. One alone reaches to the end, or
	 * from the beginning
	 * @param longest the most UTF-16 units that are taken
	 * @return the text, not longer
	 */
	public static String text(byte[] input, int longest) {
		String text = text(input);
		int from = text.indexOf("%(");
		int to = text.indexOf("%)", Math.max(0, from));
		String before = (from < 0) ? "" : text.substring(0, from);
		String piece = text.substring((from < 0) ? 0 : from + 2, (to < 0) ? text.length() : to);
		String after = (to < 0) ? "" : text.substring(to + 2);
		return (from < 0 && to < 0) ? text.substring(0, Math.min(text.length(), longest))
				: repeated(before, piece, after, longest);
	}

	private static String repeated(String before, String piece, String after, int longest) {
		int times = Math.max(1, (longest - before.length() - after.length()) / Math.max(1, piece.length()));
		String text = before + piece.repeat(times) + after;
		return text.substring(0, Math.min(text.length(), longest));
	}

	/**
	 * The lines of a text.
	 * @param text a text
	 * @param count how many are wanted
	 * @return as many: the last has all that is left, those that are not there are empty
	 */
	public static List<String> lines(String text, int count) {
		String[] lines = text.split("\n", count);
		return Arrays.stream(Arrays.copyOf(lines, count)).map((line) -> (line != null) ? line : "").toList();
	}

	/**
	 * Does something that must take less than a second.
	 * @param <T> what comes of it
	 * @param work what is done; if it takes too long, once more, because a machine may
	 * have been busy
	 * @return what came of it
	 */
	public static <T> T promptly(Supplier<T> work) {
		Duration taken = Duration.ZERO;
		for (int attempt = 0; attempt < 2; attempt++) {
			long start = System.nanoTime();
			T result = work.get();
			taken = Duration.ofNanos(System.nanoTime() - start);
			if (taken.compareTo(LONGEST) < 0) {
				return result;
			}
		}
		throw new AssertionError("It took " + taken.toMillis() + " ms");
	}

}
