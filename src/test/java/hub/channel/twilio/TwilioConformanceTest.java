package hub.channel.twilio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.exception.ApiException;
import hub.channel.CallbackData;
import hub.channel.ChannelConformance;
import hub.channel.SendOutcome;
import hub.message.OutboundMessage;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of Twilio's channel. In {@code inbound.json}, {@code given} is a message's
 * {@code form}, or a report's {@code query} and {@code status}; a hash as an event key is
 * written {@code sha256}. In {@code outbound.json} the request is its form, empty where
 * there is none, and {@code message_id} is all that its callback carries. Content
 * templates are there for the reminder and, in French, for three and for four options.
 */
class TwilioConformanceTest extends ChannelConformance {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

	private static final String NUMBER = "whatsapp:+14155238886";

	private final WebhookReader webhooks = new WebhookReader(NUMBER, CLOCK);

	private final TwilioMessageReader messages = new TwilioMessageReader(CLOCK);

	private final TwilioRenderer renderer = new TwilioRenderer(NUMBER,
			"https://hub.example.com/api/webhooks/twilio/status",
			new ContentTemplates(Map.of("INSPECTION_REMINDER", "HX" + "1".repeat(32), "INSPECTION_REMINDER_FR",
					"HX" + "2".repeat(32), "QUICK_REPLIES_3_FR", "HX" + "3".repeat(32), "LIST_4_FR",
					"HX" + "4".repeat(32), "GENERAL_NOTICE", " ")),
			(language) -> "Reply with a number.");

	private final TwilioAnswer answers = new TwilioAnswer();

	TwilioConformanceTest() {
		super(Twilio.CHANNEL);
	}

	@Override
	protected JsonNode receive(JsonNode given) {
		InboundBatch batch = given.has("form") ? this.webhooks.message(form(given.get("form")), CLOCK.instant())
				: this.webhooks.status(form(given.get("query")), form(given.get("status")));
		ObjectNode received = JSON.createObjectNode();
		ArrayNode items = received.putArray("items");
		batch.items().forEach((item) -> items.add(read(item, given)));
		received.set("statuses", JSON.valueToTree(batch.statuses()));
		return received;
	}

	private JsonNode read(InboundItem item, JsonNode given) {
		assertThat(item.body()).as("ASCII").matches("\\A\\p{ASCII}*\\z");
		assertThat(parse(item.body()).path(given.has("form") ? "form" : "status")).as("everything that came is kept")
			.isEqualTo(given.path(given.has("form") ? "form" : "status"));
		ObjectNode row = JSON.valueToTree(item);
		row.remove("body");
		row.put("event_key", item.eventKey().replaceFirst("^sha256:[0-9a-f]{64}$", "sha256"));
		if (item.deadReason() != null) {
			return row;
		}
		if (!given.has("form")) {
			return row.set("failed_send", JSON.valueToTree(this.messages.readFailedSend(item.body())));
		}
		assertThat(this.messages.readIdentityChange(item.body())).isEmpty();
		return row.set("message", JSON.valueToTree(this.messages.read(item.body())));
	}

	private static Map<String, String> form(JsonNode fields) {
		Map<String, String> form = new LinkedHashMap<>();
		fields.fields().forEachRemaining((field) -> form.put(field.getKey(), field.getValue().asText()));
		return form;
	}

	@Override
	protected JsonNode render(OutboundMessage message, String to, long messageId, boolean template) {
		String carried = String.valueOf(messageId);
		return template
				? this.renderer.renderTemplate(message, to, carried)
					.<JsonNode>map((request) -> JSON.valueToTree(request.form()))
					.orElseGet(JSON::createObjectNode)
				: JSON.valueToTree(this.renderer.render(message, to, carried).form());
	}

	@Override
	protected SendOutcome answer(int status, String body) {
		if (status < 300) {
			return this.answers.of(parse(body).path("sid").textValue());
		}
		JsonNode error = (body != null && body.startsWith("{")) ? parse(body) : JSON.createObjectNode();
		Integer code = error.has("code") ? error.get("code").intValue() : null;
		ApiException refusal = new ApiException(error.path("message").asText(), code, null, status, null);
		return this.answers.of(new IllegalStateException("wrapped", refusal));
	}

	private static JsonNode parse(String json) {
		try {
			return JSON.readTree(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
