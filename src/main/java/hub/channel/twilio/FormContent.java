package hub.channel.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.message.Location;
import hub.message.Media;

/**
 * What a person said, apart from who and when. Source: Twilio, "Twilio's request to your
 * incoming message webhook URL", with WhatsApp's own parameters.
 *
 * @param kind what it is
 * @param text the words, clean, at most 4,096 characters; never null
 * @param choice the chosen option's token, null for none
 * @param media what came with it
 * @param location the place, null for none
 */
record FormContent(Kind kind, String text, String choice, List<Media> media, Location location) {

	private static final int MOST_MEDIA = 10;

	private static final int MAX_NAME = 256;

	/**
	 * Reads a message's form.
	 * @param form its parameters
	 * @return its content; what is not known is {@link Kind#UNSUPPORTED}
	 */
	static FormContent of(Map<String, String> form) {
		String body = words(form.get("Body"));
		String type = form.getOrDefault("MessageType", "").strip().toLowerCase(Locale.ROOT);
		if (!Text.isBlank(form.get("ButtonPayload"))) {
			return choice(form.get("ButtonPayload"), form.get("ButtonText"), body);
		}
		if (!Text.isBlank(form.get("ListId"))) {
			return choice(form.get("ListId"), form.get("ListTitle"), body);
		}
		if (!Text.isBlank(form.get("InteractiveData"))) {
			return new FormContent(Kind.FORM, body, null, List.of(), null);
		}
		Location location = location(form);
		if (location != null) {
			return new FormContent(Kind.LOCATION, body, null, List.of(), location);
		}
		if (type.equals("reaction")) {
			return new FormContent(Kind.REACTION, body, null, List.of(), null);
		}
		List<Media> media = media(form, type, body);
		if (!media.isEmpty()) {
			Kind kind = isCard(media.get(0).contentType()) ? Kind.CONTACTS : kind(media.get(0).type());
			return new FormContent(kind, body, null, media, null);
		}
		if (!body.isEmpty()) {
			return new FormContent(Kind.TEXT, body, null, List.of(), null);
		}
		return new FormContent(kind(type), "", null, List.of(), null);
	}

	private static FormContent choice(String token, String title, String body) {
		String words = words(title);
		return new FormContent(Kind.CHOICE, words.isEmpty() ? body : words, Text.clean(token).strip(), List.of(), null);
	}

	private static Location location(Map<String, String> form) {
		Double latitude = degrees(form.get("Latitude"), 90);
		Double longitude = degrees(form.get("Longitude"), 180);
		return (latitude != null && longitude != null)
				? new Location(latitude, longitude, name(form.get("Label")), name(form.get("Address"))) : null;
	}

	private static Double degrees(String text, int most) {
		try {
			double degrees = (text != null) ? Double.parseDouble(text.strip()) : Double.NaN;
			return (Math.abs(degrees) <= most) ? degrees : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static List<Media> media(Map<String, String> form, String type, String caption) {
		List<Media> media = new ArrayList<>();
		for (int n = 0; n < MOST_MEDIA && !Text.isBlank(form.get("MediaUrl" + n)); n++) {
			String contentType = name(form.get("MediaContentType" + n));
			media.add(new Media(mediaType(type, contentType), null, form.get("MediaUrl" + n).strip(), contentType,
					caption.isEmpty() ? null : caption, null));
		}
		return media;
	}

	/** The message's own type where Twilio tells it, else the file's. */
	private static String mediaType(String type, String contentType) {
		if (List.of("image", "video", "audio", "document", "sticker").contains(type)) {
			return type;
		}
		String claimed = (contentType != null) ? contentType.toLowerCase(Locale.ROOT) : "";
		return Stream.of("image", "video", "audio")
			.filter((known) -> claimed.startsWith(known + "/"))
			.findFirst()
			.orElse("document");
	}

	private static boolean isCard(String contentType) {
		return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("vcard");
	}

	private static Kind kind(String type) {
		return switch (type) {
			case "image" -> Kind.IMAGE;
			case "video" -> Kind.VIDEO;
			case "audio" -> Kind.AUDIO;
			case "document" -> Kind.DOCUMENT;
			case "sticker" -> Kind.STICKER;
			case "contacts" -> Kind.CONTACTS;
			case "order" -> Kind.ORDER;
			default -> Kind.UNSUPPORTED;
		};
	}

	private static String words(String text) {
		String words = Text.cut(Text.clean(text), InboundMessage.MAX_TEXT);
		return Text.isBlank(words) ? "" : words;
	}

	private static String name(String text) {
		String name = Text.cut(Text.clean(text), MAX_NAME);
		return Text.isBlank(name) ? null : name;
	}

}
