package hub.channel.whatsapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.ChannelConformance;
import hub.channel.SendOutcome;
import hub.message.OutboundMessage;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of Meta's channel. In {@code inbound.json}, {@code given} is a whole
 * delivery ({@code entry}) or the value of its one change; a hash as an event key is
 * written {@code sha256}.
 */
class WhatsAppConformanceTest extends ChannelConformance {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

	private final DeliveryReader deliveries = new DeliveryReader("106540352242922", CLOCK);

	private final MessageReader messages = new MessageReader(CLOCK);

	private final GraphRenderer renderer = new GraphRenderer();

	private final GraphAnswer answers = new GraphAnswer();

	WhatsAppConformanceTest() {
		super(WhatsApp.CHANNEL);
	}

	@Override
	protected JsonNode receive(JsonNode given) {
		InboundBatch batch = this.deliveries.read(delivery(given));
		ObjectNode received = JSON.createObjectNode();
		ArrayNode items = received.putArray("items");
		batch.items().forEach((item) -> items.add(read(item)));
		received.set("statuses", JSON.valueToTree(batch.statuses()));
		return received;
	}

	private JsonNode read(InboundItem item) {
		assertThat(item.body()).as("ASCII").matches("\\A\\p{ASCII}*\\z");
		ObjectNode row = JSON.valueToTree(item);
		row.remove("body");
		row.put("event_key", item.eventKey().replaceFirst("^sha256:[0-9a-f]{64}$", "sha256"));
		if (item.deadReason() != null) {
			return row;
		}
		if (this.messages.isFailedSend(item.body())) {
			return row.set("failed_send", JSON.valueToTree(this.messages.readFailedSend(item.body())));
		}
		row.set("message", JSON.valueToTree(this.messages.read(item.body())));
		this.messages.readIdentityChange(item.body())
			.ifPresent((change) -> row.set("identity_change", JSON.valueToTree(change)));
		return row;
	}

	private static byte[] delivery(JsonNode given) {
		ObjectNode root = JSON.createObjectNode().put("object", "whatsapp_business_account");
		if (given.has("entry")) {
			root.setAll((ObjectNode) given);
		}
		else {
			ObjectNode entry = root.putArray("entry").addObject().put("id", "102290129340398");
			entry.putArray("changes").addObject().put("field", "messages").set("value", given);
		}
		try {
			return JSON.writeValueAsBytes(root);
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected JsonNode render(OutboundMessage message, String to, long messageId, boolean template) {
		String request = template ? this.renderer.renderTemplate(message, to, String.valueOf(messageId))
				: this.renderer.render(message, to, String.valueOf(messageId));
		try {
			return JSON.readTree(request);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected SendOutcome answer(int status, String body) {
		return this.answers.of(status, body);
	}

}
