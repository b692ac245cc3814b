package sandbox.twilio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import sandbox.graph.Template;
import sandbox.graph.Templates;
import sandbox.twilio.Content.Action;

import org.springframework.stereotype.Component;

/**
 * The Content templates of the sandbox's account: the approved ones are those of
 * {@code sandbox/templates.yaml}, each translation with a SID of its own; those with
 * buttons or a list for any words may go inside the service window only.
 */
@Component
public class Contents {

	private static final String ANY_LANGUAGE = "";

	private final Map<String, Content> bySid = new LinkedHashMap<>();

	Contents() {
		for (Template template : Templates.all()) {
			List<Action> actions = new ArrayList<>();
			for (String title : template.buttons()) {
				actions.add(new Action(title, "{{" + (template.parameters() + actions.size() + 1) + "}}"));
			}
			add(new Content(sid(template.name(), template.language()), template.name(), "template", template.body(),
					template.footer(), null, actions));
		}
		for (int n = 1; n <= 10; n++) {
			int first = (n <= 3) ? 2 : 3;
			List<Action> actions = new ArrayList<>();
			for (int i = 0; i < n; i++) {
				actions.add(new Action("{{" + (first + 2 * i) + "}}", "{{" + (first + 2 * i + 1) + "}}"));
			}
			add((n <= 3) ? new Content(sid("quick_replies_" + n, ANY_LANGUAGE), null, "button", "{{1}}", null, null,
					actions)
					: new Content(sid("list_" + n, ANY_LANGUAGE), null, "list", "{{1}}", null, "{{2}}", actions));
		}
	}

	private void add(Content content) {
		this.bySid.put(content.sid(), content);
	}

	Optional<Content> find(String sid) {
		return Optional.ofNullable(this.bySid.get(sid));
	}

	/**
	 * What tells the hub of the approved templates.
	 * @return a SID for each {@code TWILIO_CONTENT_<NAME>_<LANGUAGE>}
	 */
	public static Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		Templates.all()
			.forEach((template) -> settings.put(
					"TWILIO_CONTENT_" + (template.name() + "_" + template.language()).toUpperCase(Locale.ROOT),
					sid(template.name(), template.language())));
		return settings;
	}

	/**
	 * What tells the hub of the templates with buttons and lists, too. Without them its
	 * options are numbered lines.
	 * @return a SID for each {@code TWILIO_CONTENT_QUICK_REPLIES_n} and
	 * {@code TWILIO_CONTENT_LIST_n}
	 */
	public static Map<String, String> buttonSettings() {
		Map<String, String> settings = new LinkedHashMap<>();
		for (int n = 1; n <= 10; n++) {
			String name = (n <= 3) ? "quick_replies_" + n : "list_" + n;
			settings.put("TWILIO_CONTENT_" + name.toUpperCase(Locale.ROOT), sid(name, ANY_LANGUAGE));
		}
		return settings;
	}

	private static String sid(String name, String language) {
		try {
			byte[] hash = MessageDigest.getInstance("MD5")
				.digest((name + "/" + language).getBytes(StandardCharsets.UTF_8));
			return "HX" + HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
