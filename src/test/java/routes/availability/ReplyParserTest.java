package routes.availability;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.availability.AgentReply.Answer;
import routes.availability.AgentReply.Price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * The tables are {@code replies/*.yaml}: a phrase that is not there is not promised.
 */
class ReplyParserTest {

	private static final ZonedDateTime AT = ZonedDateTime.of(2026, 11, 18, 10, 0, 0, 0, ZoneId.of("Africa/Lagos"));

	private static final ReplyParser PARSER = new ReplyParser();

	@DisplayName("A2: an agent's own words are understood, or asked back about")
	@ParameterizedTest(name = "{0}")
	@MethodSource("phrases")
	void understands(Phrase phrase) {
		AgentReply reply = PARSER.parse(phrase.text(), AT);
		assertThat(reply.answer()).as("%s", reply.why()).isEqualTo(phrase.answer());
		assertThat(reply.availableFrom()).isEqualTo(phrase.from());
		if (reply.answer() == Answer.YES || reply.answer() == Answer.NO) {
			assertThat(reply.why()).isNotEmpty();
		}
	}

	@DisplayName("A3: the rent is picked out, and nothing else for it")
	@ParameterizedTest(name = "{0}")
	@MethodSource("prices")
	void picksOutRents(String text, String price) {
		assertThat(write(PARSER.parse(text, AT).price())).isEqualTo(price);
	}

	@DisplayName("A3: days are picked out, and nothing else for them")
	@ParameterizedTest(name = "{0}")
	@MethodSource("days")
	void picksOutDays(String text, List<LocalDate> days) {
		assertThat(PARSER.parse(text, AT).dates()).isEqualTo(days);
	}

	@Test
	@DisplayName("A2: the tables are as large as promised")
	void tableIsLarge() {
		assertThat(phrases()).hasSizeGreaterThan(400);
		assertThat(phrases().map(Phrase::text)).doesNotHaveDuplicates();
		for (Answer answer : Answer.values()) {
			assertThat(phrases().filter((phrase) -> phrase.answer() == answer)).hasSizeGreaterThan(25);
		}
	}

	@Test
	@DisplayName("A3: a reply's day is the agent's day, not the hub's")
	void countsInTheAgentsZone() {
		ZonedDateTime midnight = ZonedDateTime.of(2026, 11, 18, 23, 30, 0, 0, ZoneId.of("UTC"));
		assertThat(PARSER.parse("tomorrow", midnight).dates()).containsExactly(LocalDate.of(2026, 11, 19));
		assertThat(PARSER.parse("tomorrow", midnight.withZoneSameInstant(ZoneId.of("Africa/Lagos"))).dates())
			.containsExactly(LocalDate.of(2026, 11, 20));
	}

	@Test
	@DisplayName("A2: case, accents and white space around make no difference")
	void foldsWhatMakesNoDifference() {
		assertThat(phrases()).allSatisfy((phrase) -> {
			AgentReply reply = PARSER.parse(phrase.text(), AT);
			String text = phrase.text();
			for (String variant : List.of(text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT),
					Normalizer.normalize(text, Normalizer.Form.NFD), Normalizer.normalize(text, Normalizer.Form.NFC),
					"  \n\t\u00A0" + text + "\u2003 \n", accented(text), text.replace('\'', '\u2019'))) {
				assertThat(PARSER.parse(variant, AT)).as(variant).isEqualTo(reply);
			}
		});
	}

	private static String accented(String text) {
		StringBuilder accented = new StringBuilder();
		text.chars().forEach((unit) -> {
			accented.append((char) unit);
			if (unit < 128 && Character.isLetter(unit)) {
				accented.append('\u0301');
			}
		});
		return accented.toString();
	}

	@Test
	@DisplayName("A2: no text is too strange to be read")
	void readsAnything() {
		Random random = new Random(42);
		List<String> words = phrases().flatMap((phrase) -> Stream.of(phrase.text().split(" "))).distinct().toList();
		for (int round = 0; round < 3000; round++) {
			StringBuilder text = new StringBuilder();
			int length = random.nextInt(60);
			while (text.length() < length) {
				switch (random.nextInt(4)) {
					case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
					case 1 -> text.append((char) random.nextInt(0x2100));
					case 2 -> text.append(random.nextInt(3000)).append("./-, kmn%".charAt(random.nextInt(9)));
					default -> text.append(words.get(random.nextInt(words.size()))).append(' ');
				}
			}
			AgentReply reply = PARSER.parse(text.toString(), AT);
			assertThat(reply.answer()).isNotNull();
			if (reply.price() != null) {
				assertThat(reply.price().amount()).isPositive();
			}
			if (reply.availableFrom() != null) {
				assertThat(reply.availableFrom()).isAfterOrEqualTo(AT.toLocalDate());
			}
		}
	}

	@Test
	@DisplayName("A2: a long text is read in no time, whatever it repeats")
	void readsLongTexts() {
		List<String> repeated = new ArrayList<>(List.of("a", "no ", "yes.", "available ", "not ", "0", "1 ", "1,",
				"1.5m ", "from ", "1/2/", "if ", "taken\n", "next ", "from 1 Dec ", "0 1 ", "+", "👍🏿", "I'll ", "?",
				"'", "e dey ", "i meant ", "hold on\n", "1.5m to ", "rent 1m ", "x1m ", "five "));
		phrases().filter((phrase) -> !phrase.text().isBlank())
			.limit(200)
			.forEach((phrase) -> repeated.add(phrase.text() + " "));
		assertTimeout(Duration.ofSeconds(30), () -> repeated.forEach((part) -> {
			String text = part.repeat(4096 / part.length() + 1).substring(0, 4096);
			assertThat(PARSER.parse(text, AT)).isNotNull();
		}));
	}

	static Stream<Phrase> phrases() {
		List<Phrase> phrases = new ArrayList<>();
		read("answers").forEach((group) -> group.forEach((entry) -> phrases.add(Phrase.of(entry))));
		return phrases.stream();
	}

	static Stream<Object[]> prices() {
		return stream(read("figures").get("prices"))
			.map((entry) -> new Object[] { entry.get("text").asText(), entry.get("price").asText() });
	}

	static Stream<Object[]> days() {
		return stream(read("figures").get("days")).map((entry) -> new Object[] { entry.get("text").asText(),
				stream(entry.get("days")).map((day) -> LocalDate.parse(day.asText())).toList() });
	}

	private static Stream<JsonNode> stream(JsonNode list) {
		List<JsonNode> entries = new ArrayList<>();
		list.forEach(entries::add);
		return entries.stream();
	}

	private static JsonNode read(String table) {
		try (InputStream in = ReplyParserTest.class.getResourceAsStream("/replies/" + table + ".yaml")) {
			return new YAMLMapper().readTree(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String write(Price price) {
		if (price == null) {
			return "-";
		}
		String amount = price.amount().toPlainString()
				+ ((price.upTo() != null) ? " to " + price.upTo().toPlainString() : "");
		return amount + ((price.currency() != null) ? " " + price.currency() : "")
				+ ((price.period() != null) ? " " + price.period() : "");
	}

	record Phrase(Answer answer, String text, LocalDate from) {

		private static Phrase of(JsonNode entry) {
			String from = entry.path("from").asText(null);
			for (Answer answer : Answer.values()) {
				JsonNode text = entry.get(answer.name().toLowerCase(Locale.ROOT));
				if (text != null) {
					return new Phrase(answer, text.asText(), (from != null) ? LocalDate.parse(from) : null);
				}
			}
			throw new IllegalArgumentException("No answer: " + entry);
		}

		@Override
		public String toString() {
			return this.text.replace('\n', '⏎') + " → " + this.answer.name().toLowerCase(Locale.ROOT);
		}

	}

}
