package hub.channel.twilio;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.FailedSend;
import hub.channel.IdentityChange;
import hub.channel.InboundReader;
import hub.channel.Json;
import hub.channel.MessageState;
import hub.channel.SendOutcome.Verdict;
import hub.channel.StatusUpdate;
import hub.channel.Text;
import hub.message.InboundMessage;

/**
 * Reads the bodies of items that {@link WebhookReader} made. Safe for use by many
 * threads.
 */
public final class TwilioMessageReader implements InboundReader {

	private static final int MAX_NAME = 256;

	private final Clock clock;

	/**
	 * A reader.
	 * @param clock tells the time of messages, whose webhooks don't
	 */
	public TwilioMessageReader(Clock clock) {
		this.clock = clock;
	}

	@Override
	public String channel() {
		return Twilio.CHANNEL;
	}

	/**
	 * Reads a person's message. Kinds that the hub does not know are
	 * {@link hub.message.Kind#UNSUPPORTED}.
	 * @param body the item's body
	 * @return the message; its time is never null
	 * @throws IllegalArgumentException if this is the body of nothing that a person sent,
	 * or of an item that can't be used; its message quotes nothing of the body
	 */
	@Override
	public InboundMessage read(String body) {
		JsonNode root = parse(body);
		Map<String, String> form = form(root, "form");
		WebhookReader.Sender sender = WebhookReader.Sender.of(form);
		if (!sender.isKnown()) {
			throw new IllegalArgumentException("The message's sender is neither a phone number nor a user id");
		}
		FormContent content = FormContent.of(form);
		return new InboundMessage(Twilio.CHANNEL, Twilio.bare(form.get("To")), sender.phone(), sender.userId(),
				sender.address(), name(form.get("ProfileName")), form.get("MessageSid"), sentAt(root), content.kind(),
				content.text(), content.choice(), quoted(form), content.media(), content.location());
	}

	@Override
	public FailedSend readFailedSend(String body) {
		JsonNode root = parse(body);
		Map<String, String> form = form(root, "status");
		if (WebhookReader.state(form) != MessageState.FAILED) {
			throw new IllegalArgumentException("The status is that of no failed message");
		}
		StatusUpdate update = WebhookReader.update(form, Json.text(root.get(WebhookReader.OWN_ID)), this.clock);
		WebhookReader.Recipient recipient = WebhookReader.Recipient.of(form);
		TwilioError error = TwilioError.of(form);
		Verdict verdict = error.verdict();
		return new FailedSend(update.messageId(), update.installation(), update.providerId(), recipient.phone(),
				recipient.userId(), update.at(),
				error.outcome((verdict != null) ? verdict : Verdict.FAILED, "The provider gave no reason"));
	}

	/**
	 * Twilio tells of no changed numbers.
	 * @param body the item's body
	 * @return always empty
	 */
	@Override
	public Optional<IdentityChange> readIdentityChange(String body) {
		return Optional.empty();
	}

	private static JsonNode parse(String body) {
		try {
			return Json.read(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("The item's body is no JSON");
		}
	}

	private static Map<String, String> form(JsonNode root, String name) {
		if (!root.path(name).isObject()) {
			throw new IllegalArgumentException("The item's body has no " + name);
		}
		Map<String, String> form = new HashMap<>();
		root.path(name).fields().forEachRemaining((field) -> form.put(field.getKey(), field.getValue().asText()));
		return form;
	}

	private Instant sentAt(JsonNode root) {
		try {
			return Instant.parse(root.path("sent_at").asText());
		}
		catch (DateTimeParseException ex) {
			return this.clock.instant();
		}
	}

	private static String quoted(Map<String, String> form) {
		String sid = form.get("OriginalRepliedMessageSid");
		return Twilio.isSid(sid) ? sid : null;
	}

	private static String name(String name) {
		String clean = Text.cut(Text.clean(name), MAX_NAME);
		return Text.isBlank(clean) ? null : clean;
	}

}
