package architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import architecture.JavaSources.Literal;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import hub.contact.Role;
import hub.message.Kind;
import hub.text.Texts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.menu.MenuCatalog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything the hub says is in the bundles, in each language, and fits where it is
 * shown.
 */
class WordingTest {

	private static final Path RESOURCES = Path.of("src/main/resources");

	private static final ObjectMapper YAML = new YAMLMapper();

	private final Wording wording;

	private final MenuCatalog menus;

	WordingTest() throws IOException {
		Map<String, String> sources = new LinkedHashMap<>();
		for (String language : Texts.LANGUAGES) {
			String suffix = language.equals(Texts.LANGUAGES.get(0)) ? "" : "_" + language;
			sources.put(language, Files.readString(RESOURCES.resolve("messages" + suffix + ".properties")));
		}
		this.wording = new Wording(sources);
		this.menus = new MenuCatalog();
	}

	@Test
	@DisplayName("E6: there is a bundle for each language, and none that is forgotten")
	void hasBundles() throws IOException {
		assertThat(this.wording.keys()).hasSizeGreaterThan(80);
		try (Stream<Path> files = Files.list(RESOURCES)) {
			assertThat(files.filter((file) -> file.getFileName().toString().startsWith("messages")))
				.hasSameSizeAs(Texts.LANGUAGES);
		}
	}

	@Test
	@DisplayName("O4, E6: the contract lets a broadcast be for the readers of each language")
	void isKnownToTheContract() throws IOException {
		List<String> languages = new ArrayList<>();
		YAML.readTree(RESOURCES.resolve("openapi.yaml").toFile())
			.at("/components/schemas/Audience/properties/language/enum")
			.forEach((language) -> languages.add(language.textValue()));
		assertThat(languages).containsExactlyInAnyOrderElementsOf(
				Stream.concat(Texts.LANGUAGES.stream(), Stream.of((String) null)).toList());
	}

	@Test
	@DisplayName("E6: every language says the same things with the same values")
	void agrees() {
		assertThat(this.wording.agreement()).isEmpty();
	}

	@Test
	@DisplayName("E6: every text can be formatted: no straight apostrophe, no blank edge, no key twice")
	void isSpelt() {
		assertThat(this.wording.spelling()).isEmpty();
	}

	@Test
	@DisplayName("W6, W7: every item of a menu has a title of its own, within Meta's limits for rows and buttons")
	void fitsMenus() {
		assertThat(this.menus.menus()).hasSizeGreaterThan(5);
		assertThat(this.wording.menus(this.menus.menus())).isEmpty();
	}

	@Test
	@DisplayName("E6: every text that code or routes say is there, and no text is left over")
	void isUsed() throws IOException {
		List<String> code = new ArrayList<>(
				JavaSources.literals(JavaSources.below(JavaSources.MAIN)).stream().map(Literal::value).toList());
		// a mail's settings are no texts
		code.removeIf((words) -> words.startsWith("mail.smtp."));
		for (RouteFile file : RouteFile.all()) {
			RouteFile.walk(file.content(), (name, node) -> {
				Stream.of(node.asText().split("'")).forEach(code::add);
			});
		}
		List<String> made = new ArrayList<>(List.of("menu.guest.text", "help.guest"));
		for (Role role : Role.values()) {
			made.add("menu." + role.key() + ".text");
			made.add("welcome." + role.key());
			made.add("help." + role.key());
		}
		for (Kind kind : Kind.values()) {
			if (!List.of(Kind.TEXT, Kind.CHOICE, Kind.REACTION, Kind.SYSTEM).contains(kind)) {
				made.add("media." + kind.name().toLowerCase(Locale.ROOT));
			}
		}
		for (String mail : List.of("link-code", "link-moved", "incident", "recovery")) {
			assertThat(code).as("the kinds of mail").contains(mail);
			made.add("mail." + mail + ".subject");
			made.add("mail." + mail + ".body");
		}
		for (String event : List.of("booked", "cancelled", "rescheduled", "started", "completed", "no_show",
				"cannot_attend")) {
			made.add("notice.change." + event);
			for (String role : List.of("seeker", "agent", "inspector")) {
				made.add("notice." + event + "." + role);
			}
		}
		for (String status : List.of("available", "unavailable", "rented")) {
			made.add("own.status." + status);
		}
		for (String field : List.of("status", "price", "description")) {
			made.add("edit." + field);
			made.add("edit.ask." + field);
		}
		for (String problem : List.of("nothing", "no-day", "no-time", "unknown", "ambiguous-date", "ambiguous-day",
				"ambiguous-time", "bad-time", "bad-date", "mismatch", "night", "gap", "past", "too-far", "too-many")) {
			made.add("times.problem." + problem);
		}
		for (String event : List.of("started", "completed", "no_show", "cannot_attend")) {
			made.add("visit." + event);
		}
		for (String status : List.of("scheduled", "in_progress", "completed", "no_show", "cancelled")) {
			made.add("visit.is." + status);
			made.add("assigned.status." + status);
		}
		this.menus.menus().values().forEach((items) -> items.forEach((item) -> made.add("action." + item + ".title")));
		String actions = String.join("|", this.menus.actions().keySet());
		String menus = String.join("|", this.menus.menus().keySet());
		assertThat(this.wording.use(code, made, "action\\.(" + actions + ")\\.(title|description|words)",
				"menu\\.(" + menus + ")\\.text"))
			.isEmpty();
	}

	// From here on: samples that are right but for one mistake.

	private static final String ENGLISH = """
			menu.open=Menu
			action.book.title=Book it
			action.book.description=Book an inspection
			action.help.title=Help
			link.moved=It’s the number of {0} since {1}
			""";

	private static final String FRENCH = """
			menu.open=Menu
			action.book.title=Réserver
			action.book.description=Réserver une visite
			action.help.title=Aide
			link.moved=Depuis {1}, c’est le numéro de {0}
			""";

	private static List<String> mistakes(String right, String wrong) {
		Map<String, String> sources = new LinkedHashMap<>();
		sources.put("en", ENGLISH);
		sources.put("fr", FRENCH.replace(right, wrong));
		Wording sample = new Wording(sources);
		List<String> mistakes = new ArrayList<>(sample.agreement());
		mistakes.addAll(sample.spelling());
		mistakes.addAll(sample.menus(Map.of("seeker", List.of("book", "help"))));
		return mistakes;
	}

	@Test
	@DisplayName("The sample is right as it is")
	void sampleIsRight() {
		assertThat(mistakes("nothing", "nothing")).isEmpty();
	}

	@ParameterizedTest(name = "{0} → {1}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					menu.open=         | menu.close=                                   | fr lacks menu.open
					menu.open=         | menu.close=                                   | fr alone has menu.close
					{1}                | hier                                          | fr: link.moved has the values [0], not [0, 1]
					c’est              | c'est                                         | fr: link.moved has a straight apostrophe
					{1}                | {1,chioce,0#x}                              | fr: link.moved can't be formatted
					=Menu              | =                                             | fr: menu.open is blank
					menu.open          | Menu.Open                                     | fr: Menu.Open is no key
					action.help.title  | action.book.title                             | fr: action.book.title is there twice
					action.help.title  | action.aide.title                             | fr: help has no title
					=Réserver           | =Réserver une visite !!                     | fr: 'Réserver une visite !!' is too long for a button of the menu seeker
					=Aide              | =Réserver                                     | fr: the menu seeker has two items 'Réserver'
					=Aide              | =Aide pour tout ce que je fais                | fr: action.help.title has 29 characters
					une visite         | une visite d’un logement avec un agent, une semaine à l’avance si possible | fr: action.book.description has
					""")
	@DisplayName("A mistake is found and named")
	void findsMistakes(String right, String wrong, String told) {
		assertThat(mistakes(right, wrong)).anySatisfy((mistake) -> assertThat(mistake).contains(told));
	}

	@Test
	@DisplayName("A text that nobody says, and one that is not there, are found")
	void findsUnused() {
		Wording sample = new Wording(Map.of("en", ENGLISH));
		assertThat(sample.use(List.of("link.moved", "link.gone", "www.example.com", "menu.open"),
				List.of("action.help.title", "action.call.title"), "action\\.help\\..*"))
			.containsExactlyInAnyOrder("There is no text link.gone", "There is no text action.call.title",
					"Nobody says action.book.title", "Nobody says action.book.description");
	}

}
