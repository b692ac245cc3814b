package sandbox.graph;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message template that "Meta has approved".
 *
 * @param name its name
 * @param language the language of this translation, such as {@code en}
 * @param category {@code UTILITY}, {@code MARKETING} or {@code AUTHENTICATION}
 * @param header a line above, null for none
 * @param body the text with placeholders <code>{{1}}</code>, <code>{{2}}</code> …
 * @param footer a line below, null for none
 * @param buttons the titles of its quick replies, in order; empty for none
 */
public record Template(String name, String language, String category, String header, String body, String footer,
		List<String> buttons) {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\d+)}}");

	public Template {
		buttons = (buttons != null) ? List.copyOf(buttons) : List.of();
	}

	/**
	 * How many parameters the body takes.
	 * @return the highest placeholder
	 */
	public int parameters() {
		return PLACEHOLDER.matcher(this.body)
			.results()
			.mapToInt((match) -> Integer.parseInt(match.group(1)))
			.max()
			.orElse(0);
	}

	/**
	 * The body as it arrives on the phone.
	 * @param values one for each placeholder
	 * @return the text
	 */
	String fill(List<String> values) {
		return PLACEHOLDER.matcher(this.body)
			.replaceAll((match) -> Matcher.quoteReplacement(values.get(Integer.parseInt(match.group(1)) - 1)));
	}

}
