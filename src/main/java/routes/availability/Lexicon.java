package routes.availability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Phrases and what they mean. The longest phrase that begins at a place is the one.
 *
 * @param <M> what they may mean
 */
final class Lexicon<M extends Enum<M>> {

	private static final Pattern STRETCHED = Pattern.compile("(.)\\1{2,}");

	private static final Pattern DOUBLE_END = Pattern.compile("(.)\\1$");

	private final Node<M> root = new Node<>();

	private final Set<String> words = new HashSet<>();

	/**
	 * Adds phrases.
	 * @param pattern words, each of which may have alternatives and be left out:
	 * {@code i|we will just? check}; folded like a text
	 * @param meaning what they mean
	 * @param value what more is to be known of them, null for nothing
	 * @throws IllegalStateException if one of them means something else already
	 */
	void add(String pattern, M meaning, String value) {
		List<List<String>> phrases = List.of(List.of());
		for (String part : pattern.strip().split("\\s+")) {
			boolean optional = part.length() > 1 && part.endsWith("?");
			List<List<String>> longer = new ArrayList<>(optional ? phrases : List.of());
			for (String word : (optional ? part.substring(0, part.length() - 1) : part).split("\\|")) {
				// A word may fold into several tokens: "après-demain".
				List<String> folded = Tokenizer.tokens(word).stream().map(Token::text).toList();
				for (List<String> phrase : phrases) {
					List<String> extended = new ArrayList<>(phrase);
					extended.addAll(folded);
					longer.add(extended);
				}
			}
			phrases = longer;
		}
		phrases.forEach((phrase) -> add(phrase, meaning, value));
	}

	private void add(List<String> phrase, M meaning, String value) {
		Node<M> node = this.root;
		for (String word : phrase) {
			this.words.add(word);
			node = node.next.computeIfAbsent(word, (unknown) -> new Node<>());
		}
		Entry<M> entry = new Entry<>(meaning, value, String.join(" ", phrase), phrase.size());
		if (node.entry != null && (node.entry.meaning() != meaning)) {
			throw new IllegalStateException(
					"'" + entry.phrase() + "' means both " + node.entry.meaning().name() + " and " + meaning.name());
		}
		node.entry = entry;
	}

	/**
	 * Finds the longest phrase that begins at a token.
	 * @param tokens the text's tokens
	 * @param from where the phrase begins
	 * @return the phrase, null if none begins there
	 */
	Entry<M> find(List<Token> tokens, int from) {
		Node<M> node = this.root;
		Entry<M> found = null;
		for (int at = from; at < tokens.size(); at++) {
			node = node.next.get(known(tokens.get(at)));
			if (node == null) {
				break;
			}
			if (node.entry != null) {
				found = node.entry;
			}
		}
		return found;
	}

	/** People stretch words: "yesss", "noooo", "okk". */
	private String known(Token token) {
		String word = token.text();
		if (token.kind() != Token.Kind.WORD || this.words.contains(word)) {
			return word;
		}
		return Stream
			.of(STRETCHED.matcher(word).replaceAll("$1$1"), STRETCHED.matcher(word).replaceAll("$1"),
					DOUBLE_END.matcher(word).replaceAll("$1"))
			.filter(this.words::contains)
			.findFirst()
			.orElse(word);
	}

	/**
	 * A phrase.
	 *
	 * @param <M> what it may mean
	 * @param meaning what it means
	 * @param value what more is to be known of it, null for nothing
	 * @param phrase its words, folded
	 * @param length how many tokens it has
	 */
	record Entry<M>(M meaning, String value, String phrase, int length) {
	}

	private static final class Node<M extends Enum<M>> {

		private final Map<String, Node<M>> next = new HashMap<>();

		private Entry<M> entry;

	}

}
