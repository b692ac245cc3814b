package sandbox.phone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import sandbox.control.Problem;
import sandbox.graph.GraphMedia;
import sandbox.phone.Phones.Phone;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;
import sandbox.twilio.TwilioForms;
import sandbox.twilio.TwilioMessages;
import sandbox.webhook.Payloads;
import sandbox.webhook.WebhookSender;

import org.springframework.stereotype.Component;

/**
 * A person sends something from a phone: it appears there, and the provider's webhook
 * goes to the hub.
 */
@Component
class PersonSends {

	/** What a message can be; exactly one of them. */
	private static final List<String> KINDS = List.of("text", "choice", "image", "video", "audio", "document",
			"sticker", "location", "contact", "reaction", "unsupported");

	private static final List<String> MEDIA = List.of("image", "video", "audio", "document", "sticker");

	private static final List<String> FIELDS = List.of("channel", "caption", "reply_to", "name", "user_id");

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final Phones phones;

	private final GraphMedia media;

	private final Payloads payloads;

	private final WebhookSender webhooks;

	private final TwilioForms forms;

	PersonSends(SandboxDatabase database, SandboxClock clock, Phones phones, GraphMedia media, Payloads payloads,
			WebhookSender webhooks, TwilioForms forms) {
		this.database = database;
		this.clock = clock;
		this.phones = phones;
		this.media = media;
		this.payloads = payloads;
		this.webhooks = webhooks;
		this.forms = forms;
	}

	/**
	 * Sends.
	 * @param address the phone
	 * @param body the message, see {@code POST /sandbox/api/phones/{e164}/messages}
	 * @return its id
	 * @throws Problem with 422 if there is nothing to send or it can't be
	 */
	String send(String address, JsonNode body) {
		String kind = kind(body);
		String userId = text(body, "user_id");
		if (userId != null && !Phones.isUserId(userId)) {
			throw Problem.invalid("user_id must look like NG.4711: two capital letters, a dot, letters and digits");
		}
		if (userId != null && this.phones.byUserId(userId).filter((other) -> !other.address().equals(address))
			.isPresent()) {
			throw Problem.invalid("user_id %s belongs to another phone", userId);
		}
		String repliedTo = text(body, "reply_to");
		Optional<PhoneMessage> quoted = (repliedTo != null) ? this.phones.message(address, repliedTo) : Optional.empty();
		if (repliedTo != null && quoted.isEmpty()) {
			throw Problem.invalid("reply_to: this phone has no message with the id %s", repliedTo);
		}
		String channel = channel(address, kind, body, quoted.orElse(null));
		boolean twilio = channel.equals("twilio");
		if (twilio && kind.equals("reaction")) {
			throw Problem.invalid("Twilio does not deliver reactions");
		}
		Draft draft = draft(address, kind, body, quoted.orElse(null));
		Instant now = this.clock.instant();
		String id = twilio ? TwilioMessages.sid(draft.media().isEmpty() ? "SM" : "MM") : Payloads.messageId();
		Long n = this.database.inTransaction(() -> {
			Phone phone = this.phones.meet(address, text(body, "name"), userId);
			Map<String, Object> details = new LinkedHashMap<>(draft.details());
			if (draft.repliedTo() != null) {
				details.put("reply_to", draft.repliedTo());
			}
			if (twilio) {
				long number = this.phones.add(phone, new PhoneMessage(0, "in", "twilio", id,
						draft.type().equals("text") ? "text" : kind, draft.text(), null, null, List.of(), draft.media(), null, "sent", now, details));
				this.forms.deliver(phone, id, now, draft.said(kind), draft.summary());
				return number;
			}
			long number = this.phones.add(phone, new PhoneMessage(0, "in", "whatsapp", id, kind, draft.text(), null,
					null, List.of(), draft.media(), null, "sent", now, details));
			this.webhooks.enqueue("message", phone.address(),
					this.payloads.message(phone, id, now, draft.type(), draft.content(), draft.repliedTo(),
							draft.ours()),
					phone.label() + ": " + draft.summary(),
					Map.of("phone", phone.address(), "id", id, "status", "delivered"), Duration.ZERO);
			return number;
		});
		this.phones.announce(address, n);
		this.webhooks.wake();
		return id;
	}

	/** A choice goes where it was offered, an answer where its question came from. */
	private String channel(String address, String kind, JsonNode body, PhoneMessage quoted) {
		String channel = text(body, "channel");
		if (channel != null && !channel.equals("whatsapp") && !channel.equals("twilio")) {
			throw Problem.invalid("channel must be whatsapp or twilio");
		}
		if (kind.equals("choice")) {
			return this.phones.offering(address, words(body, "choice", 256))
				.map(PhoneMessage::channel)
				.orElse((channel != null) ? channel : "whatsapp");
		}
		return (channel != null) ? channel : (quoted != null) ? quoted.channel() : "whatsapp";
	}

	private Draft draft(String address, String kind, JsonNode body, PhoneMessage quoted) {
		String repliedTo = (quoted != null) ? quoted.id() : null;
		boolean ours = quoted != null && quoted.direction().equals("out");
		Draft draft = switch (kind) {
			case "text" -> {
				String text = words(body, "text", 4096);
				yield new Draft("text", Map.of("text", Map.of("body", text)), text, List.of(), Map.of());
			}
			case "choice" -> {
				yield choice(address, words(body, "choice", 256));
			}
			case "location" -> location(body.get("location"));
			case "contact" -> contact(body.get("contact"));
			case "reaction" -> {
				if (repliedTo == null) {
					throw Problem.invalid("A reaction needs reply_to: the id of the message it is on");
				}
				String emoji = body.get("reaction").asText();
				yield new Draft("reaction", Map.of("reaction", Map.of("message_id", repliedTo, "emoji", emoji)), emoji,
						List.of(), Map.of("reply_to", repliedTo));
			}
			case "unsupported" -> new Draft("unsupported",
					Map.of("errors",
							List.of(Map.of("code", 131051, "title", "Message type unknown", "message",
									"Message type unknown", "error_data",
									Map.of("details", "Message type is currently not supported.")))),
					null, List.of(), Map.of());
			default -> media(kind, body);
		};
		if (draft.repliedTo() != null || repliedTo == null || kind.equals("reaction")) {
			return draft;
		}
		return draft.answering(repliedTo, ours);
	}

	private Draft choice(String address, String option) {
		PhoneMessage offer = this.phones.offering(address, option)
			.orElseThrow(() -> Problem.invalid("This phone got no message with an option '%s'", option));
		Map<String, Object> chosen = offer.options()
			.stream()
			.filter((candidate) -> option.equals(candidate.get("id")))
			.findFirst()
			.orElseThrow();
		if (offer.channel().equals("twilio") && !List.of("button", "list", "template").contains(offer.type())) {
			// a numbered line: its number is typed
			return new Draft("text", Map.of("text", Map.of("body", option)), option, List.of(),
					Map.of("choice", option));
		}
		String title = (String) chosen.get("title");
		Map<String, Object> reply = new LinkedHashMap<>();
		reply.put("id", option);
		reply.put("title", title);
		Draft draft = switch (offer.type()) {
			case "template" -> new Draft("button", Map.of("button", Map.of("payload", option, "text", title)), title,
					List.of(), Map.of("choice", option));
			case "list" -> {
				if (chosen.get("description") != null) {
					reply.put("description", chosen.get("description"));
				}
				yield new Draft("interactive",
						Map.of("interactive", Map.of("type", "list_reply", "list_reply", reply)), title, List.of(),
						Map.of("choice", option));
			}
			default -> new Draft("interactive",
					Map.of("interactive", Map.of("type", "button_reply", "button_reply", reply)), title, List.of(),
					Map.of("choice", option));
		};
		return draft.answering(offer.id(), true);
	}

	private Draft media(String kind, JsonNode body) {
		String source = words(body, kind, 2048);
		boolean own = kind.equals("image") && GraphMedia.hasImage(source);
		if (!own && !PhoneController.absolute(source)) {
			throw Problem.invalid(kind.equals("image")
					? "image must be an http address, or the name of a picture that GET /sandbox/api/images lists"
					: "%s must be an http address".formatted(kind));
		}
		String contentType = switch (kind) {
			case "audio" -> "audio/ogg; codecs=opus";
			case "sticker" -> "image/webp";
			case "video" -> "video/mp4";
			default -> null;
		};
		GraphMedia.Media uploaded = this.media.upload(source, contentType);
		Map<String, Object> content = new LinkedHashMap<>();
		String caption = text(body, "caption");
		if (caption != null && !kind.equals("audio") && !kind.equals("sticker")) {
			content.put("caption", caption);
		}
		content.put("mime_type", uploaded.contentType());
		content.put("sha256", java.util.Base64.getEncoder().encodeToString(uploaded.id().getBytes()));
		content.put("id", uploaded.id());
		if (kind.equals("audio")) {
			content.put("voice", true);
		}
		if (kind.equals("document")) {
			content.put("filename", source.substring(source.lastIndexOf('/') + 1));
		}
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("type", kind);
		shown.put("url", own ? "/sandbox/images/" + source : source);
		shown.put("caption", caption);
		return new Draft(kind, Map.of(kind, content), caption, List.of(shown), Map.of());
	}

	private static Draft location(JsonNode node) {
		if (!node.isObject() || !node.path("latitude").isNumber() || !node.path("longitude").isNumber()
				|| Math.abs(node.path("latitude").doubleValue()) > 90
				|| Math.abs(node.path("longitude").doubleValue()) > 180) {
			throw Problem.invalid(
					"location must be {latitude, longitude, name?, address?} with degrees from -90 to 90 and -180 to 180");
		}
		Map<String, Object> place = new LinkedHashMap<>();
		place.put("latitude", node.get("latitude").doubleValue());
		place.put("longitude", node.get("longitude").doubleValue());
		for (String field : List.of("name", "address")) {
			if (node.hasNonNull(field)) {
				place.put(field, node.get(field).asText());
			}
		}
		return new Draft("location", Map.of("location", place), (String) place.get("name"), List.of(),
				Map.of("location", place));
	}

	private static Draft contact(JsonNode node) {
		String name = node.path("name").asText("");
		String phone = node.path("phone").asText("");
		if (name.isBlank() || phone.isBlank()) {
			throw Problem.invalid("contact must be {name, phone}");
		}
		return new Draft("contacts",
				Map.of("contacts",
						List.of(Map.of("name", Map.of("formatted_name", name, "first_name", name), "phones",
								List.of(Map.of("phone", phone, "type", "CELL"))))),
				name + " " + phone, List.of(), Map.of());
	}

	private static String kind(JsonNode body) {
		if (!body.isObject()) {
			throw Problem.invalid("The body must be a JSON object with one of %s", String.join(", ", KINDS));
		}
		List<String> kinds = new ArrayList<>();
		for (Iterator<String> fields = body.fieldNames(); fields.hasNext();) {
			String field = fields.next();
			if (body.get(field).isNull()) {
				continue;
			}
			if (KINDS.contains(field)) {
				kinds.add(field);
			}
			else if (!FIELDS.contains(field)) {
				throw Problem.invalid("Unknown field '%s'; there are %s and %s", field, String.join(", ", KINDS),
						String.join(", ", FIELDS));
			}
		}
		if (kinds.size() != 1) {
			throw Problem.invalid("Exactly one of %s is needed", String.join(", ", KINDS));
		}
		return kinds.get(0);
	}

	private static String words(JsonNode body, String field, int most) {
		String value = text(body, field);
		if (value == null || value.isEmpty() || value.length() > most) {
			throw Problem.invalid("%s must be a text of 1 to %d characters", field, most);
		}
		return value;
	}

	private static String text(JsonNode body, String field) {
		JsonNode value = body.get(field);
		if (value == null || value.isNull()) {
			return null;
		}
		if (!value.isTextual()) {
			throw Problem.invalid("%s must be a text", field);
		}
		return value.textValue();
	}

	/**
	 * A message about to be sent.
	 *
	 * @param type Meta's type
	 * @param content the fields of that type
	 * @param text what the phone shows
	 * @param media what the phone shows
	 * @param details what else the phone shows
	 * @param repliedTo the id of the message it answers to, null for none
	 * @param ours whether that one is the hub's
	 */
	private record Draft(String type, Map<String, Object> content, String text, List<Map<String, Object>> media,
			Map<String, Object> details, String repliedTo, boolean ours) {

		private Draft(String type, Map<String, Object> content, String text, List<Map<String, Object>> media,
				Map<String, Object> details) {
			this(type, content, text, media, details, null, false);
		}

		private Draft answering(String id, boolean ours) {
			return new Draft(this.type, this.content, this.text, this.media, this.details, id, ours);
		}

		/**
		 * The same in Twilio's terms.
		 */
		private TwilioForms.Said said(String kind) {
			return new TwilioForms.Said(kind, this.text, this.type, this.content, this.repliedTo);
		}

		private String summary() {
			String words = (this.text != null) ? this.text.replaceAll("\\s+", " ") : "";
			String cut = (words.codePointCount(0, words.length()) > 60)
					? words.substring(0, words.offsetByCodePoints(0, 60)) + "…" : words;
			return this.type.equals("text") ? cut : (this.type + " " + cut).strip();
		}

	}

}
