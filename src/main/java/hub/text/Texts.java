package hub.text;

import java.util.List;
import java.util.Locale;

import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.stereotype.Component;

/**
 * What the hub says, from the message bundles. The bundles hold all wording; code and
 * routes hold keys.
 */
@Component
public class Texts {

	/** The languages that there is a bundle for, the first being the fall-back. */
	public static final List<String> LANGUAGES = List.of("en", "fr");

	private final MessageSource bundles;

	public Texts(MessageSource bundles) {
		this.bundles = bundles;
	}

	/**
	 * A text in a language.
	 * @param language such as {@code fr}; one without a bundle gets English
	 * @param key the text's key
	 * @param values what is put into {@code {0}}, {@code {1}}, …; shown as it is, never
	 * interpreted
	 * @return the text
	 * @throws NoSuchMessageException if there is no such key
	 */
	public String say(String language, String key, Object... values) {
		return this.bundles.getMessage(key, values, Locale.forLanguageTag(language));
	}

	/**
	 * A text that may be absent.
	 * @param language such as {@code fr}
	 * @param key the text's key
	 * @return the text, null if there is none
	 */
	public String sayIfAny(String language, String key) {
		return this.bundles.getMessage(key, null, null, Locale.forLanguageTag(language));
	}

	/**
	 * The best language that there is a bundle for.
	 * @param wishes languages in order of preference, such as {@code fr-CI}; nulls are
	 * skipped
	 * @return one of {@link #LANGUAGES}
	 */
	public static String language(String... wishes) {
		for (String wish : wishes) {
			if (wish != null) {
				String language = Locale.forLanguageTag(wish.replace('_', '-')).getLanguage();
				if (LANGUAGES.contains(language)) {
					return language;
				}
			}
		}
		return LANGUAGES.get(0);
	}

}
