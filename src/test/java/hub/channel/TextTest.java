package hub.channel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextTest {

	private static final String[] ALPHABET = { "a", " ", "\n", "\u0000", "\u0007", "\uD83D", "\uDE00", "😀",
			"👨‍👩‍👧‍👦", "👍🏽", "🇳🇬", "🇫🇷", "é", "e\u0301", "n\u0303\u0323", "شكرا", "नमस्ते", "1️⃣", "\u200D",
			"\uFE0F", "한국어", "\r\n", "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F" };

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "👨‍👩‍👧‍👦", "👍🏽", "🇳🇬", "1️⃣", "e\u0301", "🏳️‍🌈", "👩🏿‍🚀", "😀", "각",
			"🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F" })
	@DisplayName("W7: what is seen as one character is kept or left out as one")
	void keepsCharactersWhole(String character) {
		String text = "ab" + character + character + "cd";
		for (int max = 0; max <= text.length(); max++) {
			String cut = Text.cut(text, max);
			assertThat(cut).hasSizeLessThanOrEqualTo(max)
				.isIn("", "a", "ab", "ab" + character, "ab" + character + character, "ab" + character + character + "c",
						text);
		}
	}

	@Test
	@DisplayName("W7: a run of flags is cut between two flags")
	void keepsFlagsWhole() {
		assertThat(Text.shorten("🇳🇬🇫🇷🇩🇪🇬🇭", 14)).isEqualTo("🇳🇬🇫🇷🇩🇪…");
	}

	@Test
	@DisplayName("W7: a shortened text says so and is as long as may be")
	void shortens() {
		assertThat(Text.shorten("twenty characters ok", 20)).isEqualTo("twenty characters ok");
		assertThat(Text.shorten("twenty-one characters", 20)).isEqualTo("twenty-one characte…");
		assertThat(Text.shorten("nineteen letters   and more", 18)).isEqualTo("nineteen letters…");
		assertThat(Text.shorten("a" + "\u0301".repeat(50), 20)).isEqualTo("…");
	}

	@Test
	@DisplayName("W15: what a database refuses is taken out, the rest is left as it is")
	void cleans() {
		assertThat(Text.clean(null)).isEmpty();
		assertThat(Text.clean("a\u0000b\u0007c\u007Fd\te\nf\r\ng")).isEqualTo("abcd\te\nf\r\ng");
		assertThat(Text.clean("\uD83Dx\uDE00😀\uD83D")).isEqualTo("\uFFFDx\uFFFD😀\uFFFD");
		String clean = "plain <b>text</b> & 'quotes' 👨‍👩‍👧‍👦";
		assertThat(Text.clean(clean)).isSameAs(clean);
	}

	@Test
	void makesOneLine() {
		assertThat(Text.oneLine("  a \n\n b\t\u00A0\u2028c\u0000 ")).isEqualTo("a b c");
		assertThat(Text.oneLine(null)).isEmpty();
	}

	@Test
	void knowsWhatNobodySees() {
		assertThat(List.of("", " ", "\n\u00A0\u3000", "\u200B\u200D\uFEFF", "\u0000")).allMatch(Text::isBlank);
		assertThat(List.of("a", " . ", "\u0301", "😀")).noneMatch(Text::isBlank);
	}

	@Test
	@DisplayName("W7: no random text exceeds a limit, is split inside a character or can't be stored")
	void holdsForRandomTexts() {
		Random random = new Random(7);
		for (int round = 0; round < 20_000; round++) {
			String clean = Text.clean(random(random, 40));
			assertThat(clean.chars().noneMatch((unit) -> unit == 0)).isTrue();
			assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(clean);
			int max = 1 + random.nextInt(60);
			String cut = Text.cut(clean, max);
			assertThat(cut.length()).isLessThanOrEqualTo(max);
			assertThat(boundaries(clean)).contains(cut.length());
			assertThat(Text.shorten(clean, max).length()).isLessThanOrEqualTo(max);
		}
	}

	@ParameterizedTest(name = "“{0}” → “{1}”")
	@CsvSource(delimiter = '|', textBlock = """
			Ada                  | Ada
			*Ada*                | Ada
			_Ada_ ~Obi~ `x`      | Ada Obi x
			ada_obi@example.com  | ada_obi@example.com
			'  Ada \t  Obi '     | Ada Obi
			Chukwuemeka Okonkwo  | Chukwuemeka Okonkwo
			Chukwuemeka Okonkwo the Second | Chukwuemeka Okonk…
			""")
	@DisplayName("W7: what people call themselves stands within our words and changes nothing about them")
	void isPlain(String value, String expected) {
		assertThat(Text.plain(value, expected.endsWith("…") ? expected.length() : 40)).isEqualTo(expected);
	}

	static String random(Random random, int parts) {
		StringBuilder text = new StringBuilder();
		for (int part = random.nextInt(parts); part > 0; part--) {
			text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
		}
		return text.toString();
	}

	private static List<Integer> boundaries(String text) {
		List<Integer> boundaries = new ArrayList<>(List.of(0));
		Matcher graphemes = Pattern.compile("\\X").matcher(text);
		while (graphemes.find()) {
			boundaries.add(graphemes.end());
		}
		return boundaries;
	}

}
