package hub.channel.whatsapp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

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

class GraphRendererTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String[] ALPHABET = { "a", "b", " ", "\n", "\t", "*", "\u0000", "\uD83D", "\uDE00", "😀",
			"👨‍👩‍👧‍👦", "👍🏽", "🇳🇬", "e\u0301", "شكرا", "नमस्ते", "1️⃣", "\u200D", "\uFE0F", "\u202E", "\u200B",
			"word ", "<b>", "\"", "\\" };

	private final GraphRenderer renderer = new GraphRenderer();

	@Test
	@DisplayName("W7: nothing of random messages can be refused for its shape")
	void holdsEveryLimit() throws IOException {
		Random random = new Random(7);
		Set<String> types = new HashSet<>();
		for (int round = 0; round < 10_000; round++) {
			OutboundMessage message = random(random);
			String body = this.renderer.render(message, "2348030000001", String.valueOf(round + 1));
			assertThat(body).matches("\\A[\\x20-\\x7E]*\\z");
			JsonNode request = JSON.readTree(body);
			types.add(request.path("type").textValue() + request.path("interactive").path("type").asText());
			assertAcceptable(request, round);
			JsonNode template = JSON.readTree(this.renderer.renderTemplate(message, "US.1", String.valueOf(round + 1)))
				.path("template");
			template.path("components").forEach((component) -> component.path("parameters").forEach((parameter) -> {
				line(parameter.path(parameter.path("type").textValue()), 1024);
			}));
		}
		assertThat(types).containsExactlyInAnyOrder("text", "image", "location", "interactivebutton",
				"interactivelist");
	}

	@Test
	@DisplayName("W7: a character is not split where a limit falls into it")
	void splitsNoCharacter() throws IOException {
		String family = "👨‍👩‍👧‍👦";
		for (int before = 0; before <= 24; before++) {
			String title = "x".repeat(before) + family + family;
			OutboundMessage message = OutboundMessage.text("?").withOptions(List.of(new Option("a", title)), null);
			JsonNode button = JSON.readTree(this.renderer.render(message, "1234567", "1"))
				.path("interactive")
				.path("action")
				.path("buttons")
				.path(0)
				.path("reply");
			assertThat(button.path("title").textValue()).hasSizeLessThanOrEqualTo(20)
				.matches("x{0,20}(" + family + "){0,2}…?");
		}
	}

	@Test
	@DisplayName("W15: a read receipt and the sign of writing are one request")
	void marksAsRead() {
		assertThat(this.renderer.readReceipt("wamid.HBgN")).isEqualTo("{\"messaging_product\":\"whatsapp\","
				+ "\"status\":\"read\",\"message_id\":\"wamid.HBgN\",\"typing_indicator\":{\"type\":\"text\"}}");
	}

	@Test
	void needsARecipientAndATemplate() {
		OutboundMessage message = OutboundMessage.text("x");
		assertThatThrownBy(() -> this.renderer.render(message, null, "1")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> this.renderer.render(message, " ", "1")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> this.renderer.renderTemplate(message, "1234567", "1"))
			.isInstanceOf(IllegalArgumentException.class);
	}

	/** What Meta checks, as far as it says. */
	static void assertAcceptable(JsonNode request, int round) {
		assertThat(request.path("messaging_product").textValue()).isEqualTo("whatsapp");
		assertThat(request.path("recipient_type").textValue()).isEqualTo("individual");
		assertThat(request.path("biz_opaque_callback_data").textValue()).isEqualTo(String.valueOf(round + 1));
		if (request.has("context")) {
			line(request.path("context").path("message_id"), 512);
		}
		JsonNode content = request.path(request.path("type").textValue());
		assertThat(content.isObject()).isTrue();
		switch (request.path("type").textValue()) {
			case "text" -> text(content.path("body"), 4096);
			case "image" -> {
				assertThat(content.has("link") ^ content.has("id")).isTrue();
				if (content.has("caption")) {
					text(content.path("caption"), 1024);
				}
			}
			case "location" -> assertThat(content.path("latitude").doubleValue()).isBetween(-90.0, 90.0);
			default -> assertAcceptableInteractive(content);
		}
	}

	private static void assertAcceptableInteractive(JsonNode interactive) {
		boolean list = interactive.path("type").textValue().equals("list");
		text(interactive.path("body").path("text"), 1024);
		if (interactive.has("footer")) {
			line(interactive.path("footer").path("text"), 60);
		}
		if (interactive.path("header").has("text")) {
			line(interactive.path("header").path("text"), 60);
		}
		else if (interactive.has("header")) {
			assertThat(list).isFalse();
			assertThat(interactive.path("header").path("image").path("link").textValue()).startsWith("https://");
		}
		Set<String> titles = new HashSet<>();
		Set<String> ids = new HashSet<>();
		int count = 0;
		if (list) {
			assertThat(interactive.path("action").path("sections")).hasSize(1);
			titles.add(line(interactive.path("action").path("button"), 20));
			for (JsonNode row : interactive.path("action").path("sections").path(0).path("rows")) {
				titles.add(line(row.path("title"), 24));
				ids.add(line(row.path("id"), 200));
				if (row.has("description")) {
					line(row.path("description"), 72);
				}
				count++;
			}
			assertThat(count).isBetween(4, 10);
			assertThat(titles).hasSize(count + 1);
		}
		else {
			for (JsonNode button : interactive.path("action").path("buttons")) {
				assertThat(button.path("type").textValue()).isEqualTo("reply");
				titles.add(line(button.path("reply").path("title"), 20));
				ids.add(line(button.path("reply").path("id"), 256));
				count++;
			}
			assertThat(count).isBetween(1, 3);
			assertThat(titles).hasSize(count);
		}
		assertThat(ids).hasSize(count);
	}

	static String line(JsonNode node, int max) {
		text(node, max);
		assertThat(node.textValue()).doesNotContain("\n", "\t", "     ").isEqualTo(node.textValue().strip());
		return node.textValue().toLowerCase(Locale.ROOT);
	}

	private static void text(JsonNode node, int max) {
		String text = node.textValue();
		assertThat(Text.isBlank(text)).isFalse();
		assertThat(text).hasSizeLessThanOrEqualTo(max).isEqualTo(Text.clean(text));
	}

	private static OutboundMessage random(Random random) {
		List<Option> options = new ArrayList<>();
		for (int n = (random.nextInt(3) == 0) ? 0 : random.nextInt(14); n > 0; n--) {
			options.add(new Option(text(random, 80), text(random, 12), maybe(random, () -> text(random, 40))));
		}
		Media picture = maybe(random, () -> Media
			.image(random.nextInt(4) == 0 ? text(random, 5) : "https://img.example/" + random.nextInt(9)));
		Location place = (random.nextInt(8) == 0)
				? new Location(random.nextDouble() * 200 - 100, 3, text(random, 5), text(random, 5)) : null;
		Template template = new Template("t", List.of(text(random, 3000), text(random, 3)),
				List.of(text(random, 200), "check:1:no"));
		return new OutboundMessage(text(random, 3000), maybe(random, () -> text(random, 40)),
				maybe(random, () -> text(random, 40)), picture, options, maybe(random, () -> text(random, 12)), place,
				maybe(random, () -> "wamid.Q"), template, "en", null, null);
	}

	private static <T> T maybe(Random random, Supplier<T> value) {
		return random.nextBoolean() ? value.get() : null;
	}

	private static String text(Random random, int parts) {
		StringBuilder text = new StringBuilder();
		for (int part = random.nextInt(random.nextInt(3) == 0 ? parts : 4); part > 0; part--) {
			text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
		}
		return text.toString();
	}

}
