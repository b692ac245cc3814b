package hub.channel.twilio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.CallbackData;
import hub.channel.Json;
import hub.channel.NumberedOptions;
import hub.channel.Text;
import hub.channel.WebLink;
import hub.message.Location;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Template;

/**
 * Writes requests for {@code POST …/Messages.json}, so that nothing is refused for its
 * shape: what is too long is cut between visible characters and ends with an ellipsis,
 * what would be empty gets a value. Source of the limits: Twilio, "Message resource" and
 * the reference page of each Content type. Safe for use by many threads.
 * <p>
 * One message is one request:
 * <ul>
 * <li>a place goes as one, its name and address as the words that Twilio requires;
 * <li>options are buttons or a list if there is a Content template for as many of them
 * ({@link ContentTemplates}) and no picture; else they are numbered lines of the text,
 * which a bare number answers. There are at most 10;
 * <li>a picture has the words as its caption. Words too long for a caption go as text,
 * with the picture's address as the last line, and so do words that come with anything
 * but a photo, for WhatsApp shows none under it;
 * <li>header and footer are paragraphs of the text.
 * </ul>
 */
public final class TwilioRenderer implements NumberedOptions {

	static final int MAX_TEXT = 1600;

	static final int MAX_CAPTION = 1024;

	static final int MAX_CONTENT_BODY = 1024;

	static final int MAX_LINE = 60;

	static final int MAX_OPTIONS = 10;

	static final int MAX_BUTTONS = 3;

	static final int MAX_BUTTON_TITLE = 20;

	static final int MAX_ROW_TITLE = 24;

	static final int MAX_LABEL = 20;

	static final int MAX_TOKEN = 200;

	static final int MAX_NUMBERED_TITLE = 60;

	static final int MAX_NUMBERED_LINES = 900;

	private static final String LIST_LABEL = "Options";

	private static final String PARAGRAPH = "\n\n";

	/**
	 * Has Twilio repeat a report that we could not take; by itself it repeats only what
	 * did not connect. Source: Twilio, "Webhooks connection overrides".
	 */
	public static final String REPEATED = "#rc=2&rp=ct,rt,5xx";

	private final String from;

	private final String callback;

	private final ContentTemplates contents;

	private final UnaryOperator<String> invitation;

	/**
	 * A renderer of what one number says.
	 * @param from our number, with or without its prefix
	 * @param callback where reports go, without a query
	 * @param contents the Content templates that there are
	 * @param invitation the words under numbered options, by language
	 */
	public TwilioRenderer(String from, String callback, ContentTemplates contents, UnaryOperator<String> invitation) {
		this.from = Twilio.address(from);
		this.callback = callback;
		this.contents = contents;
		this.invitation = invitation;
	}

	/**
	 * Renders a message for inside the service window.
	 * @param message the message
	 * @param address the recipient: a number in any form of Twilio's or Meta's, or a
	 * business-scoped user id
	 * @param callbackData what its reports carry back, as {@link CallbackData} writes it
	 * @return the request
	 * @throws IllegalArgumentException if there is no address
	 */
	public TwilioRequest render(OutboundMessage message, String address, String callbackData) {
		Draft draft = new Draft(recipient(address), callbackData);
		if (isOnEarth(message.location())) {
			return draft.place(message);
		}
		List<Option> options = options(message);
		return content(message, options).map((sid) -> draft.content(sid, variables(message, options)))
			.orElseGet(() -> draft.words(message, options, picture(message)));
	}

	/**
	 * Renders a message's template, which may go outside the service window too. Its
	 * values are single lines, which together are no longer than a body may be.
	 * @param message a message with a template
	 * @param address the recipient, as in {@link #render}
	 * @param callbackData as in {@link #render}
	 * @return the request; empty if no Content template is configured for it
	 * @throws IllegalArgumentException if there is no address or no template's name
	 */
	public Optional<TwilioRequest> renderTemplate(OutboundMessage message, String address, String callbackData) {
		Template template = message.template();
		if (template == null || Text.isBlank(template.name())) {
			throw new IllegalArgumentException("The message has no template");
		}
		Draft draft = new Draft(recipient(address), callbackData);
		int room = Math.max(1, MAX_CONTENT_BODY / Math.max(1, template.parameters().size()));
		List<String> values = new ArrayList<>();
		template.parameters().forEach((value) -> values.add(Text.shorten(orElse(Text.oneLine(value), "-"), room)));
		template.payloads().stream().limit(MAX_OPTIONS).forEach((token) -> values.add(token(token)));
		return this.contents.find(template.name(), message.language()).map((sid) -> draft.content(sid, values));
	}

	@Override
	public String channel() {
		return Twilio.CHANNEL;
	}

	@Override
	public List<Option> numbered(OutboundMessage message) {
		List<Option> options = isOnEarth(message.location()) ? List.of() : options(message);
		return (content(message, options).isPresent()) ? List.of() : options;
	}

	private Optional<String> content(OutboundMessage message, List<Option> options) {
		return (options.isEmpty() || picture(message) != null) ? Optional.empty()
				: this.contents.find(contentName(options.size()), message.language());
	}

	private static List<Option> options(OutboundMessage message) {
		Map<String, Option> byId = new LinkedHashMap<>();
		message.options().forEach((option) -> byId.putIfAbsent(id(option), option));
		return byId.values().stream().limit(MAX_OPTIONS).toList();
	}

	private static String recipient(String address) {
		String recipient = Text.oneLine(address);
		if (Twilio.bare(recipient).isEmpty()) {
			throw new IllegalArgumentException("A message has a recipient");
		}
		return Twilio.address(recipient);
	}

	private static String contentName(int options) {
		return (options <= MAX_BUTTONS) ? "quick_replies_" + options : "list_" + options;
	}

	private static List<String> variables(OutboundMessage message, List<Option> options) {
		boolean list = options.size() > MAX_BUTTONS;
		List<String> values = new ArrayList<>();
		values.add(visible(paragraphs(message, "", MAX_CONTENT_BODY)));
		if (list) {
			values.add(Text.shorten(orElse(Text.oneLine(message.optionsLabel()), LIST_LABEL), MAX_LABEL));
		}
		Titles titles = new Titles(list ? MAX_ROW_TITLE : MAX_BUTTON_TITLE);
		for (Option option : options) {
			values.add(titles.unique(option.title()));
			values.add(id(option));
		}
		return values;
	}

	/**
	 * Header, words, what stands below them, and footer as paragraphs of one text; only
	 * the words give way.
	 */
	private static String paragraphs(OutboundMessage message, String below, int max) {
		String header = line(message.header());
		String above = Text.isBlank(header) ? "" : bold(header);
		String footer = orElse(line(message.footer()), "");
		int room = max - room(above) - room(below) - room(footer);
		String body = Text.shorten(orElse(Text.clean(message.text()).strip(), ""), Math.max(1, room));
		return Stream.of(above, body, below, footer)
			.filter((paragraph) -> !paragraph.isEmpty())
			.collect(Collectors.joining(PARAGRAPH));
	}

	private String numbered(OutboundMessage message, List<Option> options) {
		if (options.isEmpty()) {
			return "";
		}
		String lines = lines(options, true);
		if (lines.length() > MAX_NUMBERED_LINES) {
			lines = lines(options, false);
		}
		String invitation = Text.oneLine(this.invitation.apply(message.language()));
		return invitation.isEmpty() ? lines : lines + PARAGRAPH + invitation;
	}

	private static String lines(List<Option> options, boolean described) {
		return IntStream.range(0, options.size()).mapToObj((n) -> {
			Option option = options.get(n);
			String title = orElse(Text.shorten(Text.oneLine(option.title()), MAX_NUMBERED_TITLE), id(option));
			String description = described ? Text.oneLine(option.description()) : "";
			return (n + 1) + ". " + title + (Text.isBlank(description) ? "" : " – " + description);
		}).collect(Collectors.joining("\n"));
	}

	private static boolean isOnEarth(Location location) {
		return location != null && Math.abs(location.latitude()) <= 90 && Math.abs(location.longitude()) <= 180;
	}

	private static String picture(OutboundMessage message) {
		Media picture = message.picture();
		boolean usable = picture != null && List.of("image", "video", "document").contains(picture.type());
		return usable ? WebLink.of(picture.url()) : null;
	}

	private static int room(String paragraph) {
		return paragraph.isEmpty() ? 0 : paragraph.length() + PARAGRAPH.length();
	}

	private static String bold(String header) {
		return header.contains("*") ? header : "*" + header + "*";
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

	private static String id(Option option) {
		return token(orElse(Text.oneLine(option.id()), option.title()));
	}

	private static String token(String wanted) {
		return orElse(Text.cut(Text.oneLine(wanted), MAX_TOKEN).strip(), "-");
	}

	private static String json(List<String> variables) {
		ObjectNode object = Json.object();
		for (int n = 0; n < variables.size(); n++) {
			object.put(String.valueOf(n + 1), variables.get(n));
		}
		return Json.write(object);
	}

	/** A request in the making. */
	private final class Draft {

		private final String to;

		private final String callback;

		private Draft(String to, String callbackData) {
			this.to = to;
			this.callback = TwilioRenderer.this.callback + "?" + WebhookReader.OWN_ID + "=" + callbackData + REPEATED;
		}

		private TwilioRequest place(OutboundMessage message) {
			Location location = message.location();
			String name = Text.oneLine(location.name());
			String address = Text.oneLine(location.address());
			String label = Text.shorten(orElse(name, address), MAX_LINE).replace('|', ' ');
			String words = Stream.of(name, address)
				.filter((line) -> !Text.isBlank(line))
				.distinct()
				.collect(Collectors.joining("\n"));
			String body = Text.shorten(visible(orElse(words, Text.clean(message.text()).strip())), MAX_TEXT);
			String action = String.format(Locale.ROOT, "geo:%s,%s", location.latitude(), location.longitude());
			return request(body, null, Text.isBlank(label) ? action : action + "|" + label, null, null);
		}

		private TwilioRequest content(String sid, List<String> variables) {
			return request(null, null, null, sid, variables.isEmpty() ? null : json(variables));
		}

		private TwilioRequest words(OutboundMessage message, List<Option> options, String picture) {
			String below = numbered(message, options);
			String words = paragraphs(message, below, MAX_TEXT);
			if (picture == null) {
				return request(visible(words), null, null, null, null);
			}
			boolean photo = message.picture().type().equals("image");
			String caption = paragraphs(message, below, Integer.MAX_VALUE / 2);
			if (Text.isBlank(caption) || (photo && caption.length() <= MAX_CAPTION)) {
				return request(Text.isBlank(caption) ? null : caption, picture, null, null, null);
			}
			String linked = below.isEmpty() ? picture : below + PARAGRAPH + picture;
			boolean fits = linked.length() + 4 * MAX_LINE <= MAX_TEXT;
			return request(fits ? paragraphs(message, linked, MAX_TEXT) : words, null, null, null, null);
		}

		private TwilioRequest request(String body, String mediaUrl, String action, String contentSid,
				String variables) {
			return new TwilioRequest(this.to, TwilioRenderer.this.from, body, mediaUrl, action, contentSid, variables,
					this.callback);
		}

	}

	/** The titles of one message: none empty, no two alike. */
	private static final class Titles {

		private final Map<String, String> taken = new LinkedHashMap<>();

		private final int max;

		private Titles(int max) {
			this.max = max;
		}

		private String unique(String wanted) {
			String title = orElse(Text.oneLine(wanted), String.valueOf(this.taken.size() + 1));
			String unique = Text.shorten(title, this.max);
			for (int n = 2; this.taken.putIfAbsent(unique.toLowerCase(Locale.ROOT), unique) != null; n++) {
				String suffix = " " + n;
				unique = Text.shorten(title, this.max - suffix.length()) + suffix;
			}
			return unique;
		}

	}

}
