package hub.channel.whatsapp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.Json;
import hub.channel.Text;
import hub.channel.WebLink;
import hub.message.Location;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Template;

/**
 * Writes the bodies of {@code POST /{version}/{phone_id}/messages}, in ASCII, so that
 * nothing is refused for its shape: what is too long is cut between visible characters
 * and ends with an ellipsis, what would be empty is left out or gets a value, what must
 * be unique is made so. Source of the limits: Meta, the reference page of each message
 * type. Safe for use by many threads.
 * <p>
 * One message is one request:
 * <ul>
 * <li>a place goes as a location message, alone;
 * <li>up to 3 options are buttons; a picture, else the header, stands above the body;
 * <li>more options are a list, of the first 10. A list can't show a picture: its address
 * is the body's last line if there is room, for the choice matters more;
 * <li>a picture without options has the words as its caption. Words too long for a
 * caption go as text, with the picture's address as the last line;
 * <li>in what has neither header nor footer these are paragraphs of the text.
 * </ul>
 */
public final class GraphRenderer {

	static final int MAX_TEXT = 4096;

	static final int MAX_BODY = 1024;

	static final int MAX_CAPTION = 1024;

	static final int MAX_LINE = 60;

	static final int MAX_BUTTONS = 3;

	static final int MAX_BUTTON_TITLE = 20;

	static final int MAX_BUTTON_ID = 256;

	static final int MAX_ROWS = 10;

	static final int MAX_ROW_TITLE = 24;

	static final int MAX_ROW_ID = 200;

	static final int MAX_ROW_DESCRIPTION = 72;

	static final int MAX_PLACE = 1000;

	static final int MAX_QUICK_REPLIES = 10;

	private static final String LIST_LABEL = "Options";

	private static final String LIST_SIGN = "☰";

	private static final String PARAGRAPH = "\n\n";

	private static final Set<String> PICTURES = Set.of("image", "video", "document");

	/**
	 * Renders a message for inside the service window.
	 * @param message the message
	 * @param address the recipient: a number in the provider's own form or in E.164, or a
	 * business-scoped user id
	 * @param callbackData what the message's reports carry back
	 * @return the request's body
	 * @throws IllegalArgumentException if there is no address
	 */
	public String render(OutboundMessage message, String address, String callbackData) {
		ObjectNode request = request(message, address, callbackData);
		Media picture = usable(message.picture());
		List<Option> options = distinct(message.options());
		if (isOnEarth(message.location())) {
			place(request, message.location());
		}
		else if (options.size() > MAX_BUTTONS) {
			list(request, message, picture, options);
		}
		else if (!options.isEmpty()) {
			buttons(request, message, picture, options);
		}
		else if (picture != null && paragraphs(message, null, Integer.MAX_VALUE).length() <= MAX_CAPTION) {
			request.put("type", picture.type());
			ObjectNode media = media(picture);
			String caption = paragraphs(message, null, MAX_CAPTION);
			request.set(picture.type(), Text.isBlank(caption) ? media : media.put("caption", caption));
		}
		else {
			request.put("type", "text");
			request.putObject("text")
				.put("preview_url", false)
				.put("body", visible(paragraphs(message, picture, MAX_TEXT)));
		}
		return Json.write(request);
	}

	/**
	 * Renders a message's template, which may go outside the service window too. Its
	 * values are single lines, which together are no longer than a body may be.
	 * @param message a message with a template
	 * @param address the recipient, as in {@link #render}
	 * @param callbackData what the message's reports carry back
	 * @return the request's body
	 * @throws IllegalArgumentException if there is no address or no template's name
	 */
	public String renderTemplate(OutboundMessage message, String address, String callbackData) {
		Template template = message.template();
		if (template == null || Text.isBlank(template.name())) {
			throw new IllegalArgumentException("The message has no template");
		}
		ObjectNode request = request(message, address, callbackData).put("type", "template");
		ObjectNode rendered = request.putObject("template").put("name", Text.oneLine(template.name()));
		rendered.putObject("language").put("code", language(message.language()));
		ArrayNode components = Json.object().putArray("components");
		if (!template.parameters().isEmpty()) {
			ArrayNode parameters = components.addObject().put("type", "body").putArray("parameters");
			int room = Math.max(1, MAX_BODY / template.parameters().size());
			template.parameters()
				.forEach((value) -> parameters.addObject()
					.put("type", "text")
					.put("text", Text.shorten(orElse(Text.oneLine(value), "-"), room)));
		}
		int index = 0;
		for (String payload : template.payloads().stream().limit(MAX_QUICK_REPLIES).toList()) {
			ObjectNode button = components.addObject()
				.put("type", "button")
				.put("sub_type", "quick_reply")
				.put("index", String.valueOf(index++));
			button.putArray("parameters")
				.addObject()
				.put("type", "payload")
				.put("payload", token(Text.oneLine(payload), MAX_BUTTON_ID));
		}
		if (!components.isEmpty()) {
			rendered.set("components", components);
		}
		return Json.write(request);
	}

	/**
	 * Marks a person's message as read and shows that an answer is being written, for 25
	 * seconds at most. Source: Meta, "Typing indicators".
	 * @param providerId the provider's id of the person's message
	 * @return the request's body
	 */
	public String readReceipt(String providerId) {
		ObjectNode request = Json.object()
			.put("messaging_product", "whatsapp")
			.put("status", "read")
			.put("message_id", providerId);
		request.putObject("typing_indicator").put("type", "text");
		return Json.write(request);
	}

	private static ObjectNode request(OutboundMessage message, String address, String callbackData) {
		String recipient = Text.oneLine(address);
		if (recipient.isEmpty()) {
			throw new IllegalArgumentException("A message has a recipient");
		}
		ObjectNode request = Json.object().put("messaging_product", "whatsapp").put("recipient_type", "individual");
		// A user id in `to` is accepted, taken for a number, and never arrives.
		request.put(WhatsApp.isUserId(recipient) ? "recipient" : "to", recipient);
		request.put("biz_opaque_callback_data", callbackData);
		if (!Text.isBlank(message.quoted())) {
			request.putObject("context").put("message_id", Text.oneLine(message.quoted()));
		}
		return request;
	}

	private static void place(ObjectNode request, Location location) {
		request.put("type", "location");
		ObjectNode place = request.putObject("location")
			.put("latitude", location.latitude())
			.put("longitude", location.longitude());
		String name = Text.shorten(Text.oneLine(location.name()), MAX_PLACE);
		String address = Text.shorten(Text.oneLine(location.address()), MAX_PLACE);
		// An address without a name is not shown.
		putUnlessBlank(place, "name", orElse(name, address));
		putUnlessBlank(place, "address", address);
	}

	private static void buttons(ObjectNode request, OutboundMessage message, Media picture, List<Option> options) {
		ObjectNode interactive = interactive(request, "button", message, picture, null);
		ArrayNode buttons = interactive.putObject("action").putArray("buttons");
		Titles titles = new Titles();
		for (Option option : options) {
			ObjectNode button = buttons.addObject().put("type", "reply");
			button.putObject("reply")
				.put("id", id(option, MAX_BUTTON_ID))
				.put("title", titles.unique(option.title(), MAX_BUTTON_TITLE));
		}
	}

	private static void list(ObjectNode request, OutboundMessage message, Media picture, List<Option> options) {
		ObjectNode interactive = interactive(request, "list", message, null, picture);
		ObjectNode action = interactive.putObject("action");
		ArrayNode rows = Json.object().putArray("rows");
		Titles titles = new Titles();
		for (Option option : options) {
			String title = titles.unique(option.title(), MAX_ROW_TITLE);
			ObjectNode row = rows.addObject().put("id", id(option, MAX_ROW_ID)).put("title", title);
			// A title that had to be cut still stands whole below.
			boolean cut = Text.oneLine(option.title()).length() > MAX_ROW_TITLE;
			String description = orElse(Text.oneLine(option.description()), cut ? Text.oneLine(option.title()) : "");
			putUnlessBlank(row, "description", Text.shorten(description, MAX_ROW_DESCRIPTION));
		}
		action.put("button", titles.label(message.optionsLabel()));
		// One section needs no title.
		action.putArray("sections").addObject().set("rows", rows);
	}

	private static ObjectNode interactive(ObjectNode request, String type, OutboundMessage message, Media above,
			Media linked) {
		request.put("type", "interactive");
		ObjectNode interactive = request.putObject("interactive").put("type", type);
		String header = line(message.header());
		String footer = line(message.footer());
		String body = Text.clean(message.text()).strip();
		if (Text.isBlank(body)) {
			// The body alone is required: the header becomes it, else the footer.
			body = orElse(header, footer);
			footer = Text.isBlank(header) ? "" : footer;
			header = "";
		}
		if (above != null) {
			ObjectNode node = interactive.putObject("header").put("type", above.type());
			node.set(above.type(), media(above));
		}
		else if (!Text.isBlank(header)) {
			interactive.putObject("header").put("type", "text").put("text", header);
		}
		interactive.putObject("body").put("text", Text.shorten(visible(withLink(body, linked, MAX_BODY)), MAX_BODY));
		if (!Text.isBlank(footer)) {
			interactive.putObject("footer").put("text", footer);
		}
		return interactive;
	}

	/**
	 * Header, body and footer as paragraphs of one text; only the body gives way.
	 */
	private static String paragraphs(OutboundMessage message, Media linked, int max) {
		String header = line(message.header());
		String above = Text.isBlank(header) ? "" : bold(header);
		String below = orElse(line(message.footer()), "");
		int room = max - room(above) - room(below);
		String body = orElse(Text.clean(message.text()).strip(), "");
		return Stream.of(above, Text.shorten(withLink(body, linked, room), room), below)
			.filter((paragraph) -> !paragraph.isEmpty())
			.collect(Collectors.joining(PARAGRAPH));
	}

	private static int room(String paragraph) {
		return paragraph.isEmpty() ? 0 : paragraph.length() + PARAGRAPH.length();
	}

	private static String bold(String header) {
		return header.contains("*") ? header : "*" + header + "*";
	}

	private static String withLink(String body, Media linked, int max) {
		if (linked == null || linked.url() == null) {
			return body;
		}
		String whole = body.isEmpty() ? WebLink.of(linked.url()) : body + PARAGRAPH + WebLink.of(linked.url());
		return (whole.length() <= max) ? whole : body;
	}

	private static String line(String text) {
		return Text.shorten(Text.oneLine(text), MAX_LINE);
	}

	private static String visible(String text) {
		return orElse(text, Text.ELLIPSIS);
	}

	private static String orElse(String text, String other) {
		return Text.isBlank(text) ? other : text;
	}

	private static void putUnlessBlank(ObjectNode node, String name, String value) {
		if (!Text.isBlank(value)) {
			node.put(name, value);
		}
	}

	/**
	 * The options that can be shown: the first of each id, ten at most.
	 */
	private static List<Option> distinct(List<Option> options) {
		Map<String, Option> byId = new LinkedHashMap<>();
		options.forEach((option) -> byId.putIfAbsent(id(option, MAX_ROW_ID), option));
		return byId.values().stream().limit(MAX_ROWS).toList();
	}

	private static String id(Option option, int max) {
		return token(orElse(Text.oneLine(option.id()), Text.oneLine(option.title())), max);
	}

	private static String token(String wanted, int max) {
		return orElse(Text.cut(wanted, max).strip(), "-");
	}

	private static ObjectNode media(Media picture) {
		ObjectNode media = Json.object();
		if (picture.id() != null) {
			media.put("id", picture.id());
		}
		else {
			media.put("link", WebLink.of(picture.url()));
		}
		if ("document".equals(picture.type())) {
			putUnlessBlank(media, "filename", Text.shorten(Text.oneLine(picture.fileName()), MAX_LINE));
		}
		return media;
	}

	private static Media usable(Media picture) {
		if (picture == null || !PICTURES.contains(picture.type())) {
			return null;
		}
		return (!Text.isBlank(picture.id()) || WebLink.of(picture.url()) != null) ? picture : null;
	}

	private static boolean isOnEarth(Location location) {
		return location != null && Math.abs(location.latitude()) <= 90 && Math.abs(location.longitude()) <= 180;
	}

	private static String language(String language) {
		return Text.isBlank(language) ? "en" : Text.oneLine(language).replace('-', '_');
	}

	/** The titles of one message: none empty, no two alike. */
	private static final class Titles {

		private final Set<String> taken = new HashSet<>();

		String unique(String wanted, int max) {
			String title = orElse(Text.oneLine(wanted), String.valueOf(this.taken.size() + 1));
			String unique = Text.shorten(title, max);
			for (int n = 2; !take(unique); n++) {
				String suffix = " " + n;
				unique = Text.shorten(title, max - suffix.length()) + suffix;
			}
			return unique;
		}

		/**
		 * The label that opens a list; it must differ from the rows' titles too.
		 */
		String label(String wanted) {
			String label = orElse(Text.oneLine(wanted), LIST_LABEL);
			String cut = Text.shorten(label, MAX_BUTTON_TITLE);
			return take(cut) ? cut : unique(LIST_SIGN + " " + label, MAX_BUTTON_TITLE);
		}

		private boolean take(String title) {
			return this.taken.add(title.toLowerCase(Locale.ROOT));
		}

	}

}
