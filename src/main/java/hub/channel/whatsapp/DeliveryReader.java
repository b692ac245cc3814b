package hub.channel.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.CallbackData;
import hub.channel.Json;
import hub.channel.MalformedDeliveryException;
import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;

/**
 * Takes Meta's webhook requests apart: up to 1,000 items over many entries and changes,
 * each of which stands on its own. What can't be used becomes an item with its reason, so
 * that nothing is lost in silence. Safe for use by many threads.
 * <p>
 * The body of a message's item is {@code {"item":…,"contact":…,"metadata":…}}, that of a
 * failed send {@code {"status":…,"contact":…,"metadata":…}}, always in ASCII; contact and
 * metadata are there if the delivery had them. {@link MessageReader} reads both.
 * <p>
 * A message's event key is its id, else a hash of it; what can't be used is keyed by its
 * hash alone, so that a broken item can't take the place of a good one that claims the
 * same id. Items with the same id in one request are all returned: the inbox keeps one.
 */
public final class DeliveryReader {

	private final String phoneId;

	private final Clock clock;

	/**
	 * A reader of the deliveries to one number.
	 * @param phoneId our phone number's id; what is delivered to another one can't be
	 * used. Null or blank: every number is ours
	 * @param clock tells the time of reports that don't
	 */
	public DeliveryReader(String phoneId, Clock clock) {
		this.phoneId = (phoneId != null && !phoneId.isBlank()) ? phoneId.strip() : null;
		this.clock = clock;
	}

	/**
	 * Reads a request whose signature has been verified.
	 * @param raw the request's bytes
	 * @return all that it carries, in its order
	 * @throws MalformedDeliveryException if it is no JSON object, or not one of
	 * WhatsApp's
	 */
	public InboundBatch read(byte[] raw) {
		JsonNode root = parse(raw);
		if (!root.isObject()) {
			throw new MalformedDeliveryException("The delivery is no JSON object");
		}
		if (!"whatsapp_business_account".equals(root.path("object").textValue())) {
			throw new MalformedDeliveryException("The delivery is not one of whatsapp_business_account");
		}
		Parts parts = new Parts();
		if (!root.path("entry").isArray()) {
			parts.addDead("", root, "The delivery has no list of entries");
		}
		else {
			root.path("entry").forEach((entry) -> readEntry(entry, parts));
		}
		return new InboundBatch(parts.items, parts.statuses);
	}

	private static JsonNode parse(byte[] raw) {
		try {
			return Json.read(raw);
		}
		catch (JsonProcessingException ex) {
			// Its message may quote the body.
			throw new MalformedDeliveryException((ex.getLocation() != null)
					? "The delivery is no JSON from byte " + ex.getLocation().getByteOffset() + " on"
					: "The delivery is no JSON");
		}
	}

	private void readEntry(JsonNode entry, Parts parts) {
		if (!entry.path("changes").isArray()) {
			parts.addDead("", entry, "The entry has no list of changes");
			return;
		}
		for (JsonNode change : entry.path("changes")) {
			readChange(entry, change, parts);
		}
	}

	private void readChange(JsonNode entry, JsonNode change, Parts parts) {
		JsonNode value = change.path("value");
		JsonNode field = change.path("field");
		String number = number(value);
		if (!value.isObject()) {
			addDeadChange(entry, change, number, "The change has no value", parts);
			return;
		}
		if (!field.isMissingNode() && !"messages".equals(field.textValue())) {
			addDeadChange(entry, change, number, "The hub does not use changes of this kind: " + name(field), parts);
			return;
		}
		Scope scope = new Scope(number, value.path("metadata"), Contacts.of(value.path("contacts")), foreign(number));
		readList(value, "messages", number, parts, (item) -> readMessage(item, scope, parts));
		readList(value, "statuses", number, parts, (item) -> readStatus(item, scope, parts));
		if (isThere(value.path("errors"))) {
			addDeadChange(entry, value.path("errors"), number, "The provider reports errors of its own", parts);
		}
		else if (!isThere(value.path("messages")) && !isThere(value.path("statuses"))) {
			addDeadChange(entry, change, number, "The change has neither messages nor statuses", parts);
		}
	}

	private static void readList(JsonNode value, String name, String number, Parts parts, Consumer<JsonNode> reader) {
		JsonNode list = value.path(name);
		if (list.isArray()) {
			list.forEach(reader);
		}
		else if (isThere(list)) {
			parts.addDead(number, list, "The change's " + name + " are no list");
		}
	}

	private void readMessage(JsonNode item, Scope scope, Parts parts) {
		JsonNode contact = scope.contacts.of(Person.sender(item, null));
		Person sender = Person.sender(item, contact);
		String reason = (scope.foreign != null) ? scope.foreign : unusableMessage(item, sender);
		ObjectNode body = body("item", item, contact, scope.metadata);
		if (reason != null) {
			parts.addDead(scope.number, body, item, reason);
			return;
		}
		String id = Json.id(item.path("id"));
		parts.items.add(new InboundItem(WhatsApp.CHANNEL, scope.number, (id != null) ? id : hash(item), sender.key(),
				Json.write(body), null));
	}

	private static String unusableMessage(JsonNode item, Person sender) {
		if (!item.isObject()) {
			return "The message is no object";
		}
		if (isThere(item.path("group_id"))) {
			return "The message was said in a group";
		}
		if (!sender.isKnown()) {
			return "The message's sender is neither a phone number nor a user id";
		}
		try {
			MessageContent.of(item);
			return null;
		}
		catch (UnusableItemException ex) {
			return ex.getMessage();
		}
	}

	private void readStatus(JsonNode item, Scope scope, Parts parts) {
		JsonNode contact = scope.contacts.of(Person.recipient(item, null));
		ObjectNode body = body("status", item, contact, scope.metadata);
		String reason = (scope.foreign != null) ? scope.foreign : unusableStatus(item);
		if (reason != null) {
			parts.addDead(scope.number, body, item, reason);
			return;
		}
		StatusUpdate update = update(item, this.clock);
		parts.statuses.add(update);
		if (update.state() != MessageState.FAILED) {
			return;
		}
		Person recipient = Person.recipient(item, contact);
		if (!recipient.isKnown()) {
			parts.addDead(scope.number, body, item, "The failed message's recipient is unknown");
			return;
		}
		parts.items.add(new InboundItem(WhatsApp.CHANNEL, scope.number, "status:" + update.providerId() + ":failed",
				recipient.key(), Json.write(body), null));
	}

	private static String unusableStatus(JsonNode item) {
		if (!item.isObject()) {
			return "The status is no object";
		}
		if ("group".equals(item.path("recipient_type").textValue())) {
			return "The status is that of a message to a group";
		}
		if (Json.id(item.path("id")) == null) {
			return "The status belongs to no message";
		}
		return (state(item) == null) ? "The hub does not know this status" : null;
	}

	/**
	 * Reads a status that has an id and a known state.
	 */
	static StatusUpdate update(JsonNode item, Clock clock) {
		MessageState state = state(item);
		GraphError error = (state == MessageState.FAILED) ? GraphError.of(item.path("errors").path(0)) : null;
		Optional<CallbackData> carried = CallbackData.read(Json.text(item.path("biz_opaque_callback_data")));
		return new StatusUpdate(WhatsApp.CHANNEL, carried.map(CallbackData::messageId).orElse(null),
				carried.map(CallbackData::installation).orElse(null), Json.id(item.path("id")), state,
				Json.time(item.path("timestamp"), clock), (error != null) ? error.code() : null,
				(error != null) ? error.words() : null);
	}

	private static MessageState state(JsonNode item) {
		return switch (item.path("status").asText().toLowerCase(Locale.ROOT)) {
			case "sent" -> MessageState.SENT;
			case "delivered" -> MessageState.DELIVERED;
			case "read" -> MessageState.READ;
			case "played" -> MessageState.PLAYED;
			case "failed" -> MessageState.FAILED;
			default -> null;
		};
	}

	private String foreign(String number) {
		boolean ours = this.phoneId == null || number.isEmpty() || number.equals(this.phoneId);
		return ours ? null : "It was delivered to another phone number id: " + number;
	}

	private static String number(JsonNode value) {
		String number = Json.id(value.path("metadata").path("phone_number_id"));
		return (number != null) ? number : "";
	}

	private static String name(JsonNode field) {
		String name = Json.id(field);
		return (name != null) ? name : "one without a name";
	}

	private static boolean isThere(JsonNode node) {
		return !node.isMissingNode() && !node.isNull();
	}

	private static void addDeadChange(JsonNode entry, JsonNode change, String number, String reason, Parts parts) {
		ObjectNode body = Json.object();
		body.set("change", change);
		// The same may happen again: its account and time make it another event.
		if (isThere(entry.path("id"))) {
			body.set("account", entry.path("id"));
		}
		if (isThere(entry.path("time"))) {
			body.set("time", entry.path("time"));
		}
		parts.addDead(number, body, reason);
	}

	private static ObjectNode body(String name, JsonNode item, JsonNode contact, JsonNode metadata) {
		ObjectNode body = Json.object();
		body.set(name, item);
		if (contact != null) {
			body.set("contact", contact);
		}
		if (metadata.isObject()) {
			body.set("metadata", metadata);
		}
		return body;
	}

	private static String hash(JsonNode item) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(Json.write(item).getBytes(StandardCharsets.US_ASCII));
			return "sha256:" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java runtime has no SHA-256", ex);
		}
	}

	/**
	 * What surrounds the items of one change.
	 *
	 * @param number our number's id, empty when it does not say
	 * @param metadata as delivered, perhaps missing
	 * @param contacts the people of the change
	 * @param foreign why nothing of it is for us, null when it is
	 */
	private record Scope(String number, JsonNode metadata, Contacts contacts, String foreign) {
	}

	/**
	 * The people of one change, found by any form of their number or by their user id.
	 *
	 * @param known the entries of {@code contacts[]} by all that they are known by
	 */
	private record Contacts(Map<String, JsonNode> known) {

		static Contacts of(JsonNode contacts) {
			Map<String, JsonNode> known = new HashMap<>();
			for (JsonNode contact : contacts) {
				Person person = Person.contact(contact);
				known.putIfAbsent(person.phone(), contact);
				known.putIfAbsent(person.userId(), contact);
			}
			known.remove(null);
			return new Contacts(known);
		}

		JsonNode of(Person person) {
			JsonNode contact = this.known.get(person.userId());
			return (contact != null) ? contact : this.known.get(person.phone());
		}

	}

	/** What has been read so far. */
	private static final class Parts {

		private final List<InboundItem> items = new ArrayList<>();

		private final List<StatusUpdate> statuses = new ArrayList<>();

		void addDead(String number, JsonNode body, String reason) {
			addDead(number, body, body, reason);
		}

		void addDead(String number, JsonNode body, JsonNode item, String reason) {
			this.items.add(new InboundItem(WhatsApp.CHANNEL, number, hash(item), null, Json.write(body), reason));
		}

	}

}
