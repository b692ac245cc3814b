package hub.channel.twilio;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import hub.config.ContentSettings;

/**
 * The Content templates of the account: what may be sent in place of words. Their SIDs
 * are settings, {@code TWILIO_CONTENT_<NAME>} for any language or
 * {@code TWILIO_CONTENT_<NAME>_<LANGUAGE>} for one.
 * <ul>
 * <li>NAME is the name of a template that the hub sends outside the service window, such
 * as {@code INSPECTION_REMINDER}. Its variables are the words' placeholders in order,
 * then the ids of its quick replies in order.
 * <li>NAME is {@code QUICK_REPLIES_n}, n from 1 to 3: a message with n buttons. Its
 * variables are the words, then title and id of each button.
 * <li>NAME is {@code LIST_n}, n from 1 to 10: a message with a list of n rows. Its
 * variables are the words, the list's label, then title and id of each row.
 * </ul>
 */
public final class ContentTemplates {

	private final Map<String, String> sids = new TreeMap<>();

	/**
	 * The templates of some settings.
	 * @param sids by name as the settings have it, without the prefix; an empty one is
	 * none
	 */
	public ContentTemplates(Map<String, String> sids) {
		sids.forEach((name, sid) -> {
			if (!sid.isBlank()) {
				this.sids.put(name.toUpperCase(Locale.ROOT), sid.strip());
			}
		});
	}

	/**
	 * Finds a template.
	 * @param name such as {@code inspection_reminder}
	 * @param language such as {@code fr}, null for none
	 * @return the SID of the one in this language, else of the one for any
	 */
	public Optional<String> find(String name, String language) {
		String key = key(name);
		String inLanguage = (language != null) ? this.sids.get(key + "_" + key(language)) : null;
		return Optional.ofNullable((inLanguage != null) ? inLanguage : this.sids.get(key));
	}

	/**
	 * The setting that would name a template.
	 * @param name such as {@code inspection_reminder}
	 * @return such as {@code TWILIO_CONTENT_INSPECTION_REMINDER}
	 */
	public static String setting(String name) {
		return ContentSettings.PREFIX + key(name);
	}

	private static String key(String name) {
		return name.strip().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
	}

}
