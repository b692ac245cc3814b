package hub.channel.whatsapp;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.Json;
import hub.channel.Text;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.message.Location;
import hub.message.Media;

/**
 * What a person said, apart from who and when. Source: Meta, "messages webhook
 * reference", one page a type.
 *
 * @param kind what it is
 * @param text the words, clean, at most 4,096 characters; never null
 * @param choice the chosen option's token, null for none
 * @param about the provider's id of the message that a reaction belongs to, null for none
 * @param media what came with it
 * @param location the place, null for none
 */
record MessageContent(Kind kind, String text, String choice, String about, List<Media> media, Location location) {

	private static final int MAX_NAME = 256;

	/**
	 * Reads an item of {@code messages[]}.
	 * @param item the item
	 * @return its content; a type that is not known is {@link Kind#UNSUPPORTED}
	 * @throws UnusableItemException when it is not shaped as its type says
	 */
	static MessageContent of(JsonNode item) {
		if (!item.path("type").isTextual()) {
			throw new UnusableItemException("The message has no type");
		}
		String type = item.path("type").textValue();
		return switch (type) {
			case "text" -> words(Kind.TEXT, required(object(item, type), "text", "body"));
			case "interactive" -> interactive(object(item, type));
			case "button" -> quickReply(object(item, type));
			case "image" -> media(Kind.IMAGE, type, object(item, type));
			case "video" -> media(Kind.VIDEO, type, object(item, type));
			case "audio" -> media(Kind.AUDIO, type, object(item, type));
			case "document" -> media(Kind.DOCUMENT, type, object(item, type));
			case "sticker" -> media(Kind.STICKER, type, object(item, type));
			case "location" -> location(object(item, type));
			case "contacts" -> contacts(item.path("contacts"));
			case "reaction" -> reaction(object(item, type));
			case "order" -> words(Kind.ORDER, object(item, type).path("text"));
			case "system" -> words(Kind.SYSTEM, object(item, type).path("body"));
			default -> words(Kind.UNSUPPORTED, null);
		};
	}

	private static MessageContent interactive(JsonNode interactive) {
		for (String kind : List.of("button_reply", "list_reply")) {
			if (interactive.has(kind)) {
				JsonNode reply = interactive.path(kind);
				return choice(required(reply, kind, "id"), reply.path("title"));
			}
		}
		if (interactive.has("nfm_reply")) {
			return words(Kind.FORM, interactive.path("nfm_reply").path("body"));
		}
		return words(Kind.UNSUPPORTED, null);
	}

	private static MessageContent quickReply(JsonNode button) {
		String token = Json.text(button.path("payload"));
		if (Text.isBlank(token)) {
			return words(Kind.TEXT, required(button, "button", "text"));
		}
		return choice(button.path("payload"), button.path("text"));
	}

	private static MessageContent choice(JsonNode token, JsonNode title) {
		return new MessageContent(Kind.CHOICE, text(title), Text.clean(Json.text(token)), null, List.of(), null);
	}

	private static MessageContent media(Kind kind, String type, JsonNode media) {
		String id = Json.id(media.path("id"));
		String caption = Json.words(media.path("caption"), InboundMessage.MAX_TEXT);
		List<Media> attached = (id != null) ? List.of(new Media(type, id, null,
				Json.words(media.path("mime_type"), MAX_NAME), caption, Json.words(media.path("filename"), MAX_NAME)))
				: List.of();
		return new MessageContent(kind, (caption != null) ? caption : "", null, null, attached, null);
	}

	private static MessageContent location(JsonNode place) {
		Location location = new Location(degrees(place.path("latitude"), 90), degrees(place.path("longitude"), 180),
				Json.words(place.path("name"), InboundMessage.MAX_TEXT),
				Json.words(place.path("address"), InboundMessage.MAX_TEXT));
		return new MessageContent(Kind.LOCATION, "", null, null, List.of(), location);
	}

	private static double degrees(JsonNode node, int most) {
		double degrees = node.isNumber() ? node.doubleValue() : Double.NaN;
		if (!(Math.abs(degrees) <= most)) {
			throw new UnusableItemException("The location is nowhere on earth");
		}
		return degrees;
	}

	private static MessageContent contacts(JsonNode cards) {
		if (!cards.isArray()) {
			throw new UnusableItemException("The contacts are no list");
		}
		List<String> names = new ArrayList<>();
		for (JsonNode card : cards) {
			String name = Json.words(card.path("name").path("formatted_name"), MAX_NAME);
			if (name != null) {
				names.add(name);
			}
		}
		return new MessageContent(Kind.CONTACTS, Text.cut(String.join(", ", names), InboundMessage.MAX_TEXT), null,
				null, List.of(), null);
	}

	private static MessageContent reaction(JsonNode reaction) {
		return new MessageContent(Kind.REACTION, text(reaction.path("emoji")), null,
				Json.id(reaction.path("message_id")), List.of(), null);
	}

	private static MessageContent words(Kind kind, JsonNode words) {
		return new MessageContent(kind, text(words), null, null, List.of(), null);
	}

	private static String text(JsonNode node) {
		String words = Json.words(node, InboundMessage.MAX_TEXT);
		return (words != null) ? words : "";
	}

	private static JsonNode object(JsonNode item, String type) {
		if (!item.path(type).isObject()) {
			throw new UnusableItemException("The message of type " + type + " carries none");
		}
		return item.path(type);
	}

	private static JsonNode required(JsonNode parent, String parentName, String name) {
		if (!parent.path(name).isTextual()) {
			throw new UnusableItemException("The message's " + parentName + "." + name + " is no text");
		}
		return parent.path(name);
	}

}
