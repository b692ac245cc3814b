package hub.channel.whatsapp;

import java.time.Clock;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.FailedSend;
import hub.channel.IdentityChange;
import hub.channel.InboundReader;
import hub.channel.Json;
import hub.channel.SendOutcome.Verdict;
import hub.channel.StatusUpdate;
import hub.contact.PhoneNumber;
import hub.message.InboundMessage;

/**
 * Reads the bodies of items that {@link DeliveryReader} made. Safe for use by many
 * threads.
 */
public final class MessageReader implements InboundReader {

	private static final String STATUS_BODY = "{\"status\":";

	private static final int MAX_NAME = 256;

	private final Clock clock;

	/**
	 * A reader.
	 * @param clock tells the time of messages that don't
	 */
	public MessageReader(Clock clock) {
		this.clock = clock;
	}

	@Override
	public String channel() {
		return WhatsApp.CHANNEL;
	}

	/**
	 * Whether an item is a failed send of ours rather than a person's message.
	 * @param body the item's body
	 * @return true if {@link #readFailedSend} is to read it
	 */
	public boolean isFailedSend(String body) {
		return body.startsWith(STATUS_BODY);
	}

	/**
	 * Reads a person's message. Types that the hub does not know are
	 * {@link hub.message.Kind#UNSUPPORTED}.
	 * @param body the item's body
	 * @return the message; its time is never null
	 * @throws IllegalArgumentException if this is the body of nothing that a person sent,
	 * or of an item that can't be used; its message quotes nothing of the body
	 */
	@Override
	public InboundMessage read(String body) {
		JsonNode root = parse(body);
		JsonNode item = required(root, "item");
		JsonNode contact = root.get("contact");
		Person sender = Person.sender(item, contact);
		if (!sender.isKnown()) {
			throw new IllegalArgumentException("The message's sender is neither a phone number nor a user id");
		}
		MessageContent content = content(item);
		String quoted = (content.about() != null) ? content.about() : Json.id(item.path("context").path("id"));
		return new InboundMessage(WhatsApp.CHANNEL, number(root), sender.phone(), sender.userId(), sender.address(),
				Json.words(root.path("contact").path("profile").path("name"), MAX_NAME), Json.id(item.path("id")),
				Json.time(item.path("timestamp"), this.clock), content.kind(), content.text(), content.choice(), quoted,
				content.media(), content.location());
	}

	@Override
	public FailedSend readFailedSend(String body) {
		JsonNode root = parse(body);
		JsonNode status = required(root, "status");
		StatusUpdate update = DeliveryReader.update(status, this.clock);
		if (update.state() == null || update.providerId() == null) {
			throw new IllegalArgumentException("The status is that of no message");
		}
		Person recipient = Person.recipient(status, root.get("contact"));
		GraphError error = GraphError.of(status.path("errors").path(0));
		Verdict verdict = error.verdict();
		return new FailedSend(update.messageId(), update.installation(), update.providerId(), recipient.phone(),
				recipient.userId(), update.at(),
				error.outcome((verdict != null) ? verdict : Verdict.FAILED, "The provider gave no reason"));
	}

	/**
	 * Reads what a message of the kind {@link hub.message.Kind#SYSTEM} says of its
	 * sender's identity. Source: Meta, "System messages webhook reference".
	 * @param body the item's body
	 * @return the change, empty if the message tells of none
	 * @throws IllegalArgumentException if this is the body of nothing that a person sent
	 */
	@Override
	public Optional<IdentityChange> readIdentityChange(String body) {
		JsonNode item = required(parse(body), "item");
		JsonNode system = item.path("system");
		String phone = phone(system.path("wa_id"));
		String userId = userId(system.path("user_id"));
		if (phone == null && userId == null) {
			return Optional.empty();
		}
		String previousUserId = userId(system.path("previous_user_id"));
		return Optional.of(new IdentityChange(phone(item.path("from")),
				(previousUserId != null) ? previousUserId : userId(item.path("from_user_id")), phone, userId));
	}

	private static JsonNode parse(String body) {
		try {
			return Json.read(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("The item's body is no JSON");
		}
	}

	private static JsonNode required(JsonNode root, String name) {
		if (!root.path(name).isObject()) {
			throw new IllegalArgumentException("The item's body has no " + name);
		}
		return root.path(name);
	}

	private static MessageContent content(JsonNode item) {
		try {
			return MessageContent.of(item);
		}
		catch (UnusableItemException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private static String number(JsonNode root) {
		String number = Json.id(root.path("metadata").path("phone_number_id"));
		return (number != null) ? number : "";
	}

	private static String phone(JsonNode node) {
		return PhoneNumber.of(Json.text(node)).map(PhoneNumber::e164).orElse(null);
	}

	private static String userId(JsonNode node) {
		String id = Json.text(node);
		return WhatsApp.isUserId(id) ? id : null;
	}

}
