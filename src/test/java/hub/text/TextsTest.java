package hub.text;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.NoSuchMessageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TextsTest {

	private final Texts texts = TestTexts.texts();

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(nullValues = "-", textBlock = """
			en,    English
			fr,    Français
			fr-CI, Français
			de,    English
			'',    English
			x y,   English
			""")
	@DisplayName("E6: a language without a bundle gets English, whatever the machine's own language is")
	void fallsBack(String language, String expected) {
		assertThat(this.texts.say(language, "language.name")).isEqualTo(expected);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "{0}", "{1}", "it's", "''", "*bold*", "{0,choice,0#no}", "${body}", "%s", "" })
	@DisplayName("E6: values are shown as they are, never interpreted")
	void showsValues(String value) {
		assertThat(this.texts.say("en", "link.moved", value)).isEqualTo(
				"🔁 This number belongs to the account " + value + " from now on, and no longer to the former one.");
	}

	@Test
	@DisplayName("E6: numbers follow the language")
	void choosesNumbers() {
		assertThat(this.texts.say("en", "link.code-wrong", 1)).contains("1 try left");
		assertThat(this.texts.say("en", "link.code-wrong", 4)).contains("4 tries left");
		assertThat(this.texts.say("fr", "link.code-wrong", 4)).contains("4 essais");
	}

	@Test
	@DisplayName("E6: a text without values keeps its typographic apostrophe and its line breaks")
	void keepsPunctuation() {
		assertThat(this.texts.say("fr", "misunderstood")).isEqualTo("🤔 Je n’ai pas compris.");
		assertThat(this.texts.say("en", "link.hint")).contains(":\n/link");
	}

	@Test
	@DisplayName("E6: a key that there is none of fails loudly, or says so where it may")
	void namesUnknownKeys() {
		assertThatExceptionOfType(NoSuchMessageException.class).isThrownBy(() -> this.texts.say("fr", "no.such-key"))
			.withMessageContaining("no.such-key");
		assertThat(this.texts.sayIfAny("fr", "no.such-key")).isNull();
		assertThat(this.texts.sayIfAny("fr", "action.help.title")).isEqualTo("Aide");
	}

	@ParameterizedTest(name = "{0}, {1}, {2} → {3}")
	@CsvSource(nullValues = "-", textBlock = """
			fr,    en,    en, fr
			fr-CI, en,    en, fr
			fr_FR, en,    en, fr
			FR,    -,     en, fr
			-,     fr,    en, fr
			de,    fr,    en, fr
			'',    fr,    en, fr
			-,     -,     fr, fr
			-,     -,     -,  en
			de,    it,    -,  en
			x y,   ??,    fr, fr
			""")
	@DisplayName("E6: the first wish that there is a bundle for wins: the contact's, the account's, the hub's")
	void picksLanguage(String contact, String account, String hub, String expected) {
		assertThat(Texts.language(contact, account, hub)).isEqualTo(expected);
	}

	@Test
	@DisplayName("E6: no wish at all is English")
	void needsNoWish() {
		assertThat(Texts.language()).isEqualTo("en");
	}

}
