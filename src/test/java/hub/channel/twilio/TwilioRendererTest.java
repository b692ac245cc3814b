package hub.channel.twilio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.Text;
import hub.message.Location;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Template;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TwilioRendererTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String[] ALPHABET = { "a", "b", " ", "\n", "\t", "*", "\u0000", "\uD83D", "\uDE00", "😀",
			"👨‍👩‍👧‍👦", "👍🏽", "🇳🇬", "e\u0301", "شكرا", "नमस्ते", "1️⃣", "\u200D", "\uFE0F", "\u202E", "\u200B",
			"word ", "<b>", "\"", "\\", "1. ", "|" };

	private final TwilioRenderer plain = renderer(Map.of());

	private final TwilioRenderer rich = renderer(contents());

	static TwilioRenderer renderer(Map<String, String> contents) {
		return new TwilioRenderer("whatsapp:+14155238886", "https://hub.example.com/status",
				new ContentTemplates(contents), (language) -> "Reply with a number.");
	}

	static Map<String, String> contents() {
		Map<String, String> contents = new TreeMap<>();
		contents.put("NOTICE", "HX" + "0".repeat(32));
		IntStream.rangeClosed(1, 10)
			.forEach((n) -> contents.put(((n <= 3) ? "QUICK_REPLIES_" : "LIST_") + n, "HX" + "1".repeat(32)));
		return contents;
	}

	@Test
	@DisplayName("W7: nothing of random messages can be refused for its shape")
	void holdsEveryLimit() throws IOException {
		Random random = new Random(7);
		Set<String> shapes = new HashSet<>();
		for (int round = 0; round < 10_000; round++) {
			OutboundMessage message = random(random);
			TwilioRenderer renderer = random.nextBoolean() ? this.plain : this.rich;
			TwilioRequest request = renderer.render(message, "+2348030000001", "42");
			shapes.add(shape(request));
			assertAcceptable(request, message, renderer, round);
			renderer.renderTemplate(message, "US.1", "42")
				.ifPresent((template) -> assertThat(variables(template).values()).allSatisfy((value) -> {
					assertThat(value).hasSizeBetween(1, 1024).doesNotContain("\n", "\t", "     ");
					assertThat(Text.clean(value)).isEqualTo(value);
				}));
		}
		assertThat(shapes).containsExactlyInAnyOrder("text", "media", "place", "content");
	}

	private static String shape(TwilioRequest request) {
		if (request.contentSid() != null) {
			return "content";
		}
		return (request.persistentAction() != null) ? "place" : (request.mediaUrl() != null) ? "media" : "text";
	}

	static void assertAcceptable(TwilioRequest request, OutboundMessage message, TwilioRenderer renderer, int round) {
		List<Option> numbered = renderer.numbered(message);
		if (request.contentSid() != null) {
			assertThat(request.body()).isNull();
			assertThat(numbered).as("buttons have no numbers").isEmpty();
			Map<Integer, String> values = variables(request);
			assertThat(values.values()).as("round %d", round).noneMatch(Text::isBlank);
			assertThat(values.get(1)).hasSizeLessThanOrEqualTo(1024);
			boolean list = values.size() > 7;
			List<String> titles = new ArrayList<>();
			for (int n = list ? 3 : 2; n < values.size(); n += 2) {
				titles.add(values.get(n).toLowerCase());
				assertThat(values.get(n)).hasSizeLessThanOrEqualTo(list ? 24 : 20);
				assertThat(values.get(n + 1)).hasSizeLessThanOrEqualTo(200);
			}
			assertThat(titles).doesNotHaveDuplicates().isNotEmpty();
			return;
		}
		if (request.mediaUrl() == null) {
			assertThat(Text.isBlank(request.body())).as("round %d", round).isFalse();
		}
		if (request.body() != null) {
			assertThat(request.body()).as("round %d", round).hasSizeLessThanOrEqualTo(1600);
			assertThat(Text.clean(request.body())).isEqualTo(request.body());
			for (int n = 1; n <= numbered.size(); n++) {
				assertThat(request.body()).as("round %d", round).contains(n + ". ");
			}
			assertThat(numbered).hasSizeLessThanOrEqualTo(10);
		}
	}

	static Map<Integer, String> variables(TwilioRequest request) {
		Map<Integer, String> values = new TreeMap<>();
		if (request.contentVariables() != null) {
			assertThat(request.contentVariables()).matches("\\A[\\x20-\\x7E]*\\z");
			read(request.contentVariables()).fields()
				.forEachRemaining((field) -> values.put(Integer.valueOf(field.getKey()), field.getValue().textValue()));
		}
		return values;
	}

	private static JsonNode read(String json) {
		try {
			return JSON.readTree(json);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(json, ex);
		}
	}

	@Test
	@DisplayName("W7: every option keeps its line and its number, however long the words are")
	void keepsEveryOption() {
		List<Option> options = IntStream.range(0, 10)
			.mapToObj((n) -> new Option("o" + n, "x".repeat(300), "y".repeat(300)))
			.toList();
		OutboundMessage message = new OutboundMessage("z".repeat(5000), "h".repeat(300), "f".repeat(300), null, options,
				null, null, null, null, null, null, null);
		String body = this.plain.render(message, "+2348030000001", "42").body();
		assertThat(body).hasSize(1600).contains("\n1. ", "\n10. ", "Reply with a number.").contains("z…");
		assertThat(this.plain.numbered(message)).isEqualTo(options);
	}

	@Test
	void needsARecipientAndATemplate() {
		OutboundMessage message = OutboundMessage.text("x");
		assertThatThrownBy(() -> this.plain.render(message, null, "1")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> this.plain.render(message, "whatsapp:", "1"))
			.isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> this.plain.renderTemplate(message, "+2348030000001", "1"))
			.isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	@DisplayName("O6: a request shows neither words nor numbers in a log")
	void keepsSecrets() {
		assertThat(this.plain.render(OutboundMessage.text("hush"), "+2348030000001", "1").toString())
			.doesNotContain("hush")
			.doesNotContain("234");
	}

	private static OutboundMessage random(Random random) {
		Supplier<String> words = () -> words(random, random.nextInt(10) == 0 ? 3000 : 60);
		List<Option> options = new ArrayList<>();
		for (int n = random.nextInt(14) - 3; n > 0; n--) {
			options.add(new Option(words.get(), words.get(), random.nextBoolean() ? words.get() : null));
		}
		Media picture = (random.nextInt(3) > 0) ? null : new Media(
				List.of("image", "video", "document", "audio").get(random.nextInt(4)), null,
				List.of("https://example.com/a.jpg", "no address", "http://exämple.com/ä").get(random.nextInt(3)), null,
				null, null);
		Location location = (random.nextInt(6) > 0) ? null
				: new Location(random.nextInt(240) - 120, random.nextInt(400) - 200, words.get(), words.get());
		Template template = new Template("notice", List.of(words.get(), words.get()), List.of(words.get()));
		return new OutboundMessage(words.get(), random.nextBoolean() ? words.get() : null,
				random.nextBoolean() ? words.get() : null, picture, options, random.nextBoolean() ? words.get() : null,
				location, null, template, "en", null, null);
	}

	private static String words(Random random, int most) {
		StringBuilder words = new StringBuilder();
		for (int n = random.nextInt(most); n > 0; n--) {
			words.append(ALPHABET[random.nextInt(ALPHABET.length)]);
		}
		return words.toString();
	}

}
