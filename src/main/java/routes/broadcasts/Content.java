package routes.broadcasts;

import java.util.List;

/**
 * What a broadcast says: words, an approved template, or both.
 *
 * @param text goes inside the service window; null for none
 * @param template the name of what goes outside of it, and inside too if there is no
 * text; null for none
 * @param templateLanguage the template's language, null for each recipient's
 * @param parameters the values of the template's placeholders, in order
 */
record Content(String text, String template, String templateLanguage, List<String> parameters) {

	Content {
		parameters = (parameters != null) ? List.copyOf(parameters) : List.of();
	}

}
