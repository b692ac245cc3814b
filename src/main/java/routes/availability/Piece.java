package routes.availability;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text that may belong to an amount or a day: a token, or several that are
 * one phrase.
 *
 * @param figure what the phrase means, null for a token that is none
 * @param value what more is to be known of the phrase, null for nothing
 * @param token its first token
 * @param from the index of its first token
 * @param to the index after its last token
 * @param end where it ends in the folded text
 */
record Piece(Figure figure, String value, Token token, int from, int to, int end) {

	/**
	 * Finds the phrases in a text.
	 * @param tokens the text's tokens
	 * @param lexicon the phrases
	 * @return the pieces, in order, without gaps
	 */
	static List<Piece> of(List<Token> tokens, Lexicon<Figure> lexicon) {
		List<Piece> pieces = new ArrayList<>();
		int at = 0;
		while (at < tokens.size()) {
			Lexicon.Entry<Figure> entry = lexicon.find(tokens, at);
			int to = at + ((entry != null) ? entry.length() : 1);
			pieces.add(new Piece((entry != null) ? entry.meaning() : null, (entry != null) ? entry.value() : null,
					tokens.get(at), at, to, tokens.get(to - 1).end()));
			at = to;
		}
		return pieces;
	}

	/**
	 * Whether it is a phrase with a certain meaning.
	 * @param figures the meanings
	 * @return true for any of them
	 */
	boolean is(Figure... figures) {
		for (Figure candidate : figures) {
			if (candidate == this.figure) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether it is a number in digits.
	 * @return true if so
	 */
	boolean isNumber() {
		return this.token.kind() == Token.Kind.NUMBER;
	}

	/**
	 * Whether it is a whole number in digits without grouping.
	 * @param least the least it may be
	 * @param most the most it may be
	 * @return true if so
	 */
	boolean isWhole(int least, int most) {
		if (!isNumber() || this.token.text().length() > 4 || !this.token.text().chars().allMatch(Character::isDigit)) {
			return false;
		}
		int number = Integer.parseInt(this.token.text());
		return number >= least && number <= most;
	}

	/**
	 * The whole number that {@link #isWhole} has found.
	 * @return the number
	 */
	int whole() {
		return Integer.parseInt(this.token.text());
	}

	boolean touches(Piece next) {
		return this.end == next.token.start();
	}

}
