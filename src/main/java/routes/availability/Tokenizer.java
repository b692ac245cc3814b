package routes.availability;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a text apart into words, figures, emoji and signs, all folded: case, accents,
 * full-width and styled letters, skin tones and invisible characters make no difference.
 */
final class Tokenizer {

	private static final Pattern IGNORED = Pattern.compile("[\\p{M}\\p{Cf}\\x{1F3FB}-\\x{1F3FF}]");

	private static final Pattern APOSTROPHE = Pattern.compile("[\u2018\u2019\u201B\u02BC\u00B4`]");

	// Folding would make the word "no" of it.
	private static final Pattern NUMBER_SIGN = Pattern.compile("\u2116");

	/** Figures in the order in which they are tried. */
	private static final List<Shape> SHAPES = List.of(
			new Shape(Token.Kind.DATE, "\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}(?![\\d]|[-/.]\\d)"),
			new Shape(Token.Kind.DATE, "\\d{1,2}([-/.])\\d{1,2}\\1(?:\\d{4}|\\d{2})(?![\\d]|[-/.]\\d)"),
			new Shape(Token.Kind.PHONE, "(?:\\+|00?|234)\\d?(?:[ .()-]{0,2}\\d){8,14}(?!\\d)"),
			new Shape(Token.Kind.PHONE, "\\d{10,}"),
			new Shape(Token.Kind.TIME, "\\d{1,2}[:h]\\d{2}(?!\\d)(?: ?[ap]\\.?m\\b\\.?)?"),
			new Shape(Token.Kind.TIME, "\\d{1,2}(?:\\.\\d{2})?(?: ?[ap]\\.?m\\b| ?h\\b| ?o'?clock\\b)"),
			new Shape(Token.Kind.NUMBER, "\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d{1,2}(?!\\d))?"),
			new Shape(Token.Kind.NUMBER, "\\d{1,3}(?:\\.\\d{3})+(?![\\d])"),
			new Shape(Token.Kind.NUMBER, "\\d{1,3}(?: \\d{3})+(?!\\d)(?<= \\d{3} \\d{3}|000)"),
			new Shape(Token.Kind.NUMBER, "\\d+[.,]\\d{1,3}(?!\\d)"), new Shape(Token.Kind.NUMBER, "\\d+"));

	private Tokenizer() {
	}

	/**
	 * Takes a text apart.
	 * @param text any text
	 * @return its pieces, in order
	 */
	static List<Token> tokens(String text) {
		String folded = fold(text);
		List<Token> tokens = new ArrayList<>();
		int at = 0;
		while (at < folded.length()) {
			int end = next(folded, at, tokens);
			at = end;
		}
		return tokens;
	}

	/**
	 * Folds a text so that words that look alike are alike.
	 * @param text any text
	 * @return lower case, without accents
	 */
	static String fold(String text) {
		String plain = NUMBER_SIGN.matcher(APOSTROPHE.matcher(text).replaceAll("'")).replaceAll("nr ");
		String letters = IGNORED.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
		String cased = letters.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
		return IGNORED.matcher(Normalizer.normalize(cased, Normalizer.Form.NFKD)).replaceAll("");
	}

	private static int next(String text, int at, List<Token> tokens) {
		int point = text.codePointAt(at);
		int end = at + Character.charCount(point);
		if (Character.isLetter(point)) {
			return word(text, at, tokens);
		}
		if (isDigit(point) || (point == '+' && end < text.length() && isDigit(text.charAt(end)))) {
			return figure(text, at, tokens);
		}
		if (point == '\n') {
			tokens.add(new Token(Token.Kind.SIGN, "\n", at, end));
		}
		else if (isPictograph(point)) {
			tokens.add(new Token(Token.Kind.EMOJI, text.substring(at, end), at, end));
		}
		else if (!Character.isWhitespace(point) && !Character.isSpaceChar(point) && !Character.isISOControl(point)
				&& !isInnerHyphen(text, at)) {
			tokens.add(new Token(Token.Kind.SIGN, text.substring(at, end), at, end));
		}
		return end;
	}

	/** An apostrophe inside a word is dropped: "it's" and "its" are written alike. */
	private static int word(String text, int start, List<Token> tokens) {
		StringBuilder word = new StringBuilder();
		int at = start;
		while (at < text.length()) {
			int point = text.codePointAt(at);
			if (Character.isLetter(point)) {
				word.appendCodePoint(point);
			}
			else if (point != '\'' || at + 1 == text.length() || !Character.isLetter(text.codePointAt(at + 1))) {
				break;
			}
			at += Character.charCount(point);
		}
		tokens.add(new Token(Token.Kind.WORD, word.toString(), start, at));
		return at;
	}

	private static int figure(String text, int start, List<Token> tokens) {
		for (Shape shape : SHAPES) {
			Matcher matcher = shape.pattern().matcher(text).region(start, text.length());
			matcher.useTransparentBounds(true);
			if (matcher.lookingAt()) {
				tokens.add(new Token(shape.kind(), matcher.group(), start, matcher.end()));
				return matcher.end();
			}
		}
		tokens.add(new Token(Token.Kind.SIGN, text.substring(start, start + 1), start, start + 1));
		return start + 1;
	}

	private static boolean isDigit(int point) {
		return point >= '0' && point <= '9';
	}

	private static boolean isPictograph(int point) {
		return Character.getType(point) == Character.OTHER_SYMBOL || (point >= 0x1F000 && point <= 0x1FAFF);
	}

	/** A hyphen between letters parts words: "after-tomorrow" is two. */
	private static boolean isInnerHyphen(String text, int at) {
		return text.charAt(at) == '-' && at > 0 && at + 1 < text.length()
				&& Character.isLetter(text.codePointAt(at + 1)) && Character.isLetter(text.codePointBefore(at));
	}

	private record Shape(Token.Kind kind, Pattern pattern) {

		private Shape(Token.Kind kind, String pattern) {
			this(kind, Pattern.compile(pattern));
		}

	}

}
