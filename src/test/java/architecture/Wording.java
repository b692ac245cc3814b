package architecture;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The message bundles and menus, as they are written. Each check lists mistakes, a line
 * each.
 */
final class Wording {

	/** Meta: title of a list row. */
	private static final int ROW_TITLE = 24;

	/** Meta: description of a list row. */
	private static final int ROW_DESCRIPTION = 72;

	/** Meta: title of a reply button; up to 3 options are buttons. */
	private static final int BUTTON_TITLE = 20;

	private static final int BUTTONS = 3;

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)");

	private static final Pattern KEY = Pattern.compile("[a-z_]+(\\.[a-z_-]+)*");

	private final Map<String, String> sources;

	private final Map<String, Map<String, String>> bundles = new TreeMap<>();

	/**
	 * Reads bundles.
	 * @param sources the files' texts, by language; the first holds for all others
	 */
	Wording(Map<String, String> sources) {
		this.sources = sources;
		sources.forEach((language, text) -> {
			Properties properties = new Properties();
			try {
				properties.load(new StringReader(text));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			Map<String, String> bundle = new TreeMap<>();
			properties.forEach((key, value) -> bundle.put((String) key, (String) value));
			this.bundles.put(language, bundle);
		});
	}

	Set<String> keys() {
		return this.bundles.get(first()).keySet();
	}

	private String first() {
		return this.sources.keySet().iterator().next();
	}

	/** All languages say the same things, with the same values. */
	List<String> agreement() {
		List<String> mistakes = new ArrayList<>();
		this.bundles.forEach((language, bundle) -> {
			Set<String> missing = new TreeSet<>(keys());
			missing.removeAll(bundle.keySet());
			missing.forEach((key) -> mistakes.add(language + " lacks " + key));
			bundle.forEach((key, text) -> {
				String model = this.bundles.get(first()).get(key);
				if (model == null) {
					mistakes.add(language + " alone has " + key);
				}
				else if (!values(text).equals(values(model))) {
					mistakes.add(language + ": " + key + " has the values " + values(text) + ", not " + values(model));
				}
			});
		});
		return mistakes;
	}

	private static Set<String> values(String text) {
		return PLACEHOLDER.matcher(text)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Every text can be formatted and sent. */
	List<String> spelling() {
		List<String> mistakes = new ArrayList<>();
		this.sources.forEach((language, source) -> {
			Set<String> seen = new LinkedHashSet<>();
			source.lines().filter((line) -> line.matches("\\w[^=]*=.*")).forEach((line) -> {
				String key = line.substring(0, line.indexOf('='));
				if (!seen.add(key)) {
					mistakes.add(language + ": " + key + " is there twice");
				}
			});
		});
		this.bundles.forEach((language, bundle) -> bundle.forEach((key, text) -> {
			String where = language + ": " + key;
			if (!KEY.matcher(key).matches()) {
				mistakes.add(where + " is no key");
			}
			if (text.contains("'")) {
				mistakes.add(where + " has a straight apostrophe");
			}
			if (text.isBlank() || !text.equals(text.strip())) {
				mistakes.add(where + " is blank or has blanks at its edges");
			}
			try {
				new MessageFormat(text, Locale.ROOT);
			}
			catch (IllegalArgumentException ex) {
				mistakes.add(where + " can't be formatted");
			}
		}));
		return mistakes;
	}

	/** What a menu offers has a title of its own, and fits Meta's rows and buttons. */
	List<String> menus(Map<String, List<String>> menus) {
		List<String> mistakes = new ArrayList<>();
		this.bundles.forEach((language, bundle) -> {
			menus.forEach((menu, items) -> {
				Set<String> titles = new LinkedHashSet<>();
				for (String item : items) {
					String title = bundle.get("action." + item + ".title");
					if (title == null) {
						mistakes.add(language + ": " + item + " has no title");
					}
					else if (!titles.add(title)) {
						mistakes.add(language + ": the menu " + menu + " has two items '" + title + "'");
					}
					else if (items.size() <= BUTTONS && title.length() > BUTTON_TITLE) {
						mistakes.add(language + ": '" + title + "' is too long for a button of the menu " + menu);
					}
				}
			});
			bundle.forEach((key, text) -> {
				if (key.matches("action\\.\\w+\\.title") && text.length() > ROW_TITLE) {
					mistakes.add(language + ": " + key + " has " + text.length() + " characters");
				}
				if (key.matches("action\\.\\w+\\.description") && text.length() > ROW_DESCRIPTION) {
					mistakes.add(language + ": " + key + " has " + text.length() + " characters");
				}
			});
		});
		return mistakes;
	}

	/**
	 * Every text that is said is there, and every text that is there is said.
	 * @param code all words in quotes in code
	 * @param made keys that code puts together and must find
	 * @param perhaps keys that code puts together and may find, as patterns
	 */
	List<String> use(Collection<String> code, Collection<String> made, String... perhaps) {
		List<String> mistakes = new ArrayList<>();
		Set<String> families = keys().stream().map((key) -> key.split("\\.")[0]).collect(Collectors.toSet());
		Set<String> said = new TreeSet<>(made);
		code.stream()
			.filter((words) -> words.matches("[a-z_]+(\\.[a-z_-]+)+") && families.contains(words.split("\\.")[0]))
			.forEach(said::add);
		said.stream().filter((key) -> !keys().contains(key)).forEach((key) -> mistakes.add("There is no text " + key));
		keys().stream()
			.filter((key) -> !said.contains(key) && !code.contains(key)
					&& Arrays.stream(perhaps).noneMatch((pattern) -> key.matches(pattern)))
			.forEach((key) -> mistakes.add("Nobody says " + key));
		return mistakes;
	}

}
