package sandbox.graph;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.springframework.stereotype.Component;

/**
 * Reads a request to send a message as strictly as Meta does: required fields, types,
 * lengths, unique titles and ids, unknown fields. Lengths count UTF-16 units, the
 * narrowest way to count, so that what passes here passes everywhere.
 */
@Component
class SendReader {

	private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

	private static final Pattern NOT_DIGITS = Pattern.compile("[+\\s()\\-.]");

	private static final Set<String> TYPES = Set.of("text", "interactive", "image", "video", "audio", "document",
			"sticker", "location", "template", "reaction", "contacts");

	private final Templates templates;

	SendReader(Templates templates) {
		this.templates = templates;
	}

	/**
	 * Reads one request.
	 * @param root its body
	 * @return what to show on the phone
	 * @throws GraphException what Meta would answer
	 */
	SendRequest read(JsonNode root) {
		if (!root.isObject()) {
			throw GraphException.parameter("The parameter messaging_product is required.");
		}
		product(root);
		String type = root.hasNonNull("type") ? textual(root, "type", "type") : "text";
		if (!TYPES.contains(type)) {
			throw GraphException.parameter("Param type must be one of {%s} - got \"%s\".",
					String.join(", ", TYPES.stream().sorted().map(String::toUpperCase).toList()), type);
		}
		known(root, null, "messaging_product", "recipient_type", "to", "recipient", "type", "context",
				"biz_opaque_callback_data", type);
		if (root.hasNonNull("recipient_type") && !"individual".equals(root.get("recipient_type").asText())) {
			throw GraphException.parameter("Param recipient_type must be one of {INDIVIDUAL} - got \"%s\".",
					root.get("recipient_type").asText());
		}
		String callbackData = null;
		if (root.has("biz_opaque_callback_data")) {
			callbackData = textual(root, "biz_opaque_callback_data", "biz_opaque_callback_data");
			parameterLength(callbackData, 512, "biz_opaque_callback_data");
		}
		String to = null;
		String userId = null;
		String input;
		if (root.hasNonNull("to")) { // Meta: with both, the number wins
			input = textual(root, "to", "to");
			to = NOT_DIGITS.matcher(input).replaceAll("");
			if (!to.matches("[1-9]\\d{6,14}")) {
				throw GraphException.value("Invalid phone number in parameter 'to'");
			}
		}
		else if (root.hasNonNull("recipient")) {
			input = textual(root, "recipient", "recipient");
			userId = input;
			if (!USER_ID.matcher(input).matches()) {
				throw GraphException.value("Invalid business-scoped user ID in parameter 'recipient'");
			}
		}
		else {
			throw GraphException.parameter("The parameter to is required.");
		}
		Map<String, Object> details = new LinkedHashMap<>();
		if (root.has("context")) {
			JsonNode context = object(root, "context", "context");
			known(context, "context", "message_id");
			details.put("reply_to", required(context, "message_id", "context['message_id']"));
		}
		if (!root.has(type)) {
			throw GraphException.parameter("The parameter %s is required.", type);
		}
		Shape shape = switch (type) {
			case "text" -> text(object(root, type, type));
			case "interactive" -> interactive(object(root, type, type));
			case "location" -> location(object(root, type, type));
			case "reaction" -> reaction(object(root, type, type));
			case "template" -> template(object(root, type, type));
			case "contacts" -> contacts(root.get(type));
			default -> media(type, object(root, type, type));
		};
		details.putAll(shape.details());
		return new SendRequest(to, userId, input, shape.type(), shape.text(), shape.header(), shape.footer(),
				shape.options(), shape.media(), shape.template(), shape.category(), details, callbackData);
	}

	/**
	 * Whether a request marks a message as read instead of sending one.
	 * @param root its body
	 * @return true if it has a status
	 */
	static boolean isReadReceipt(JsonNode root) {
		return root.has("status");
	}

	/**
	 * Reads a read receipt.
	 * @param root the body
	 * @return the id of the message that was read, and whether to show a typing indicator
	 * @throws GraphException what Meta would answer
	 */
	static ReadReceipt readReceipt(JsonNode root) {
		product(root);
		known(root, null, "messaging_product", "status", "message_id", "typing_indicator");
		if (!"read".equals(textual(root, "status", "status"))) {
			throw GraphException.parameter("Param status must be one of {READ} - got \"%s\".",
					root.get("status").asText());
		}
		String id = required(root, "message_id", "message_id");
		boolean typing = root.has("typing_indicator");
		if (typing) {
			JsonNode indicator = object(root, "typing_indicator", "typing_indicator");
			known(indicator, "typing_indicator", "type");
			if (!"text".equals(required(indicator, "type", "typing_indicator['type']"))) {
				throw GraphException.parameter("Param typing_indicator['type'] must be one of {TEXT}.");
			}
		}
		return new ReadReceipt(id, typing);
	}

	/**
	 * Somebody's message was read.
	 *
	 * @param messageId its id
	 * @param typing whether an answer is being written
	 */
	record ReadReceipt(String messageId, boolean typing) {
	}

	private static void product(JsonNode root) {
		if (!"whatsapp".equals(root.path("messaging_product").asText(null))) {
			throw root.has("messaging_product") ? GraphException.parameter(
					"Param messaging_product must be one of {WHATSAPP} - got \"%s\".",
					root.get("messaging_product").asText())
					: GraphException.parameter("The parameter messaging_product is required.");
		}
	}

	private Shape text(JsonNode node) {
		known(node, "text", "body", "preview_url");
		String body = required(node, "body", "text['body']");
		parameterLength(body, 4096, "text['body']");
		if (node.has("preview_url") && !node.get("preview_url").isBoolean()) {
			throw GraphException.parameter("Param text['preview_url'] must be a boolean.");
		}
		return Shape.of("text", body);
	}

	private Shape interactive(JsonNode node) {
		known(node, "interactive", "type", "header", "body", "footer", "action");
		String type = required(node, "type", "interactive['type']");
		if (!Set.of("button", "list", "cta_url").contains(type)) {
			throw GraphException.parameter("Param interactive['type'] must be one of {BUTTON, LIST, CTA_URL} - got \"%s\".",
					type);
		}
		JsonNode body = object(node, "body", "interactive['body']");
		known(body, "interactive['body']", "text");
		String text = required(body, "text", "interactive['body']['text']");
		length(text, 1024, "Body text");
		String footer = null;
		if (node.has("footer")) {
			JsonNode line = object(node, "footer", "interactive['footer']");
			known(line, "interactive['footer']", "text");
			footer = required(line, "text", "interactive['footer']['text']");
			length(footer, 60, "Footer text");
		}
		String header = null;
		List<Map<String, Object>> media = new ArrayList<>();
		if (node.has("header")) {
			JsonNode line = object(node, "header", "interactive['header']");
			String kind = required(line, "type", "interactive['header']['type']");
			if (!Set.of("text", "image", "video", "document").contains(kind)) {
				throw GraphException.value("Header type %s is not supported", kind);
			}
			known(line, "interactive['header']", "type", kind);
			if (kind.equals("text")) {
				header = required(line, "text", "interactive['header']['text']");
				length(header, 60, "Header text");
			}
			else if (type.equals("list")) {
				throw GraphException.value("Header of a list message must be of type text");
			}
			else {
				media.add(asset(kind, object(line, kind, "interactive['header']['" + kind + "']"),
						"interactive['header']['" + kind + "']"));
			}
		}
		JsonNode action = object(node, "action", "interactive['action']");
		Map<String, Object> details = new LinkedHashMap<>();
		List<Map<String, Object>> options = switch (type) {
			case "button" -> buttons(action);
			case "list" -> rows(action, details);
			default -> link(action);
		};
		return new Shape(type, text, header, footer, options, media, null, "service", details);
	}

	private static List<Map<String, Object>> buttons(JsonNode action) {
		known(action, "interactive['action']", "buttons");
		JsonNode buttons = array(action, "buttons", "interactive['action']['buttons']");
		if (buttons.isEmpty() || buttons.size() > 3) {
			throw GraphException.value("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
		}
		List<Map<String, Object>> options = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		Set<String> titles = new HashSet<>();
		for (JsonNode button : buttons) {
			known(button, "interactive['action']['buttons']", "type", "reply");
			if (!"reply".equals(required(button, "type", "interactive['action']['buttons'][]['type']"))) {
				throw GraphException.value("Button type must be reply");
			}
			JsonNode reply = object(button, "reply", "interactive['action']['buttons'][]['reply']");
			known(reply, "interactive['action']['buttons'][]['reply']", "id", "title");
			String id = required(reply, "id", "interactive['action']['buttons'][]['reply']['id']");
			String title = required(reply, "title", "interactive['action']['buttons'][]['reply']['title']");
			length(id, 256, "Button id");
			length(title, 20, "Button title");
			unique(ids, id, "Button id");
			unique(titles, title, "Button title");
			options.add(option(id, title, null));
		}
		return options;
	}

	private static List<Map<String, Object>> rows(JsonNode action, Map<String, Object> details) {
		known(action, "interactive['action']", "button", "sections");
		String label = required(action, "button", "interactive['action']['button']");
		length(label, 20, "Button label");
		details.put("options_label", label);
		JsonNode sections = array(action, "sections", "interactive['action']['sections']");
		if (sections.isEmpty() || sections.size() > 10) {
			throw GraphException.value("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10");
		}
		List<Map<String, Object>> options = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		Set<String> titles = new HashSet<>();
		Set<String> sectionTitles = new HashSet<>();
		for (JsonNode section : sections) {
			known(section, "interactive['action']['sections']", "title", "rows");
			String sectionTitle = null;
			if (section.has("title")) {
				sectionTitle = required(section, "title", "interactive['action']['sections'][]['title']");
				length(sectionTitle, 24, "Section title");
				unique(sectionTitles, sectionTitle, "Section title");
			}
			else if (sections.size() > 1) {
				throw GraphException.missing("Section title is required when there is more than one section");
			}
			JsonNode rows = array(section, "rows", "interactive['action']['sections'][]['rows']");
			if (rows.isEmpty()) {
				throw GraphException.value("Section rows can not be empty");
			}
			for (JsonNode row : rows) {
				known(row, "interactive['action']['sections'][]['rows']", "id", "title", "description");
				String id = required(row, "id", "interactive['action']['sections'][]['rows'][]['id']");
				String title = required(row, "title", "interactive['action']['sections'][]['rows'][]['title']");
				length(id, 200, "Row id");
				length(title, 24, "Row title");
				unique(ids, id, "Row id");
				unique(titles, title, "Row title");
				String description = null;
				if (row.has("description")) {
					description = required(row, "description",
							"interactive['action']['sections'][]['rows'][]['description']");
					length(description, 72, "Row description");
				}
				Map<String, Object> option = option(id, title, description);
				if (sectionTitle != null) {
					option.put("section", sectionTitle);
				}
				options.add(option);
			}
		}
		if (options.size() > 10) {
			throw GraphException.value("Total row count exceed max allowed count: 10");
		}
		return options;
	}

	private static List<Map<String, Object>> link(JsonNode action) {
		known(action, "interactive['action']", "name", "parameters");
		if (!"cta_url".equals(required(action, "name", "interactive['action']['name']"))) {
			throw GraphException.value("Action name must be cta_url");
		}
		JsonNode parameters = object(action, "parameters", "interactive['action']['parameters']");
		known(parameters, "interactive['action']['parameters']", "display_text", "url");
		String label = required(parameters, "display_text", "interactive['action']['parameters']['display_text']");
		length(label, 20, "Display text");
		String url = required(parameters, "url", "interactive['action']['parameters']['url']");
		web(url, "url");
		Map<String, Object> option = option(null, label, null);
		option.put("url", url);
		return List.of(option);
	}

	private Shape location(JsonNode node) {
		known(node, "location", "latitude", "longitude", "name", "address");
		Map<String, Object> place = new LinkedHashMap<>();
		place.put("latitude", degrees(node, "latitude", 90));
		place.put("longitude", degrees(node, "longitude", 180));
		for (String field : List.of("name", "address")) {
			if (node.has(field)) {
				String value = required(node, field, "location['" + field + "']");
				length(value, 1000, "Location " + field);
				place.put(field, value);
			}
		}
		return new Shape("location", (String) place.get("name"), null, null, List.of(), List.of(), null, "service",
				Map.of("location", place));
	}

	private static double degrees(JsonNode node, String field, int most) {
		JsonNode value = node.get(field);
		if (value == null || value.isNull()) {
			throw GraphException.parameter("The parameter location['%s'] is required.", field);
		}
		double degrees;
		try {
			degrees = value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
		}
		catch (NumberFormatException ex) {
			throw GraphException.parameter("Param location['%s'] must be a number.", field);
		}
		if (!(Math.abs(degrees) <= most)) {
			throw GraphException.value("Location %s must be between -%d and %d", field, most, most);
		}
		return degrees;
	}

	private Shape reaction(JsonNode node) {
		known(node, "reaction", "message_id", "emoji");
		String id = required(node, "message_id", "reaction['message_id']");
		if (!node.has("emoji")) {
			throw GraphException.parameter("The parameter reaction['emoji'] is required.");
		}
		String emoji = textual(node, "emoji", "reaction['emoji']"); // empty: taken back
		return new Shape("reaction", emoji, null, null, List.of(), List.of(), null, "service", Map.of("reply_to", id));
	}

	private Shape contacts(JsonNode cards) {
		if (!cards.isArray() || cards.isEmpty()) {
			throw GraphException.parameter("Param contacts must be a non-empty array.");
		}
		List<String> names = new ArrayList<>();
		for (JsonNode card : cards) {
			known(card, "contacts", "addresses", "birthday", "emails", "name", "org", "phones", "urls");
			JsonNode name = object(card, "name", "contacts[]['name']");
			names.add(required(name, "formatted_name", "contacts[]['name']['formatted_name']"));
			if (name.size() < 2) {
				throw GraphException.missing("At least one more name field is required besides formatted_name");
			}
		}
		return Shape.of("contacts", String.join(", ", names));
	}

	private Shape media(String type, JsonNode node) {
		Map<String, Object> asset = asset(type, node, type);
		return new Shape(type, (String) asset.get("caption"), null, null, List.of(), List.of(asset), null, "service",
				Map.of());
	}

	private static Map<String, Object> asset(String type, JsonNode node, String path) {
		boolean header = path.startsWith("interactive");
		Set<String> fields = new HashSet<>(Set.of("id", "link"));
		if (!header && !Set.of("audio", "sticker").contains(type)) {
			fields.add("caption");
		}
		if (type.equals("document")) {
			fields.add("filename");
		}
		known(node, path, fields.toArray(String[]::new));
		if (node.has("id") == node.has("link")) {
			throw GraphException.missing("Exactly one of %s['id'] and %s['link'] is required", path, path);
		}
		Map<String, Object> asset = new LinkedHashMap<>();
		asset.put("type", type);
		if (node.has("link")) {
			String link = required(node, "link", path + "['link']");
			web(link, "link");
			asset.put("url", link);
		}
		else {
			asset.put("id", required(node, "id", path + "['id']"));
		}
		if (node.has("caption")) {
			String caption = required(node, "caption", path + "['caption']");
			parameterLength(caption, 1024, path + "['caption']");
			asset.put("caption", caption);
		}
		if (node.has("filename")) {
			asset.put("filename", required(node, "filename", path + "['filename']"));
		}
		return asset;
	}

	private Shape template(JsonNode node) {
		known(node, "template", "name", "language", "components");
		String name = required(node, "name", "template['name']");
		JsonNode language = object(node, "language", "template['language']");
		known(language, "template['language']", "code", "policy");
		String code = required(language, "code", "template['language']['code']");
		if (language.has("policy") && !"deterministic".equals(language.get("policy").asText())) {
			throw GraphException.parameter("Param template['language']['policy'] must be one of {DETERMINISTIC}.");
		}
		Template template = this.templates.find(name, code);
		List<String> values = new ArrayList<>();
		Map<Integer, String> payloads = new TreeMap<>();
		Set<String> seen = new HashSet<>();
		if (node.has("components")) {
			for (JsonNode component : array(node, "components", "template['components']")) {
				component(component, template, values, payloads, seen);
			}
		}
		if (values.size() != template.parameters()) {
			throw GraphException.coded(132000,
					"body: number of localizable_params (%d) does not match the expected number of params (%d)",
					values.size(), template.parameters());
		}
		String text = template.fill(values);
		if (text.length() > 1024) {
			throw GraphException.coded(132005, "Translated text of the body is too long: %d, Max length: 1024",
					text.length());
		}
		List<Map<String, Object>> options = new ArrayList<>();
		for (int i = 0; i < template.buttons().size(); i++) {
			String title = template.buttons().get(i);
			options.add(option(payloads.getOrDefault(i, title), title, null));
		}
		return new Shape("template", text, template.header(), template.footer(), options, List.of(), name,
				template.category().toLowerCase(Locale.ROOT), Map.of("language", code, "parameters", values));
	}

	private static void component(JsonNode component, Template template, List<String> values,
			Map<Integer, String> payloads, Set<String> seen) {
		String path = "template['components']";
		known(component, path, "type", "sub_type", "index", "parameters");
		String type = required(component, "type", path + "[]['type']");
		JsonNode parameters = component.has("parameters")
				? array(component, "parameters", path + "[]['parameters']") : JsonNodeFactory.instance.arrayNode();
		switch (type.toLowerCase(Locale.ROOT)) {
			case "body" -> {
				once(seen, "body");
				for (JsonNode parameter : parameters) {
					known(parameter, path + "[]['parameters']", "type", "text");
					if (!"text".equals(required(parameter, "type", path + "[]['parameters'][]['type']"))) {
						throw GraphException.coded(132012, "body: parameter format does not match, expected TEXT");
					}
					String text = required(parameter, "text", path + "[]['parameters'][]['text']");
					if (text.matches("(?s).*([\\n\\r\\t]| {5}).*")) {
						throw GraphException.coded(132018,
								"Param text cannot have new-line/tab characters or more than 4 consecutive spaces");
					}
					values.add(text);
				}
			}
			case "header" -> {
				once(seen, "header");
				if (!parameters.isEmpty()) {
					throw GraphException.coded(132000,
							"header: number of localizable_params (%d) does not match the expected number of params (0)",
							parameters.size());
				}
			}
			case "button" -> {
				if (!"quick_reply".equalsIgnoreCase(required(component, "sub_type", path + "[]['sub_type']"))) {
					throw GraphException.coded(132012, "button: the template has only quick replies");
				}
				String index = component.path("index").asText("");
				if (!index.matches("\\d") || Integer.parseInt(index) >= template.buttons().size()) {
					throw GraphException.coded(132018, "button: index %s does not exist in the template", index);
				}
				once(seen, "button " + index);
				if (parameters.size() != 1) {
					throw GraphException.coded(132000,
							"button: number of params (%d) does not match the expected number of params (1)",
							parameters.size());
				}
				JsonNode parameter = parameters.get(0);
				known(parameter, path + "[]['parameters']", "type", "payload");
				if (!"payload".equals(required(parameter, "type", path + "[]['parameters'][]['type']"))) {
					throw GraphException.coded(132012, "button: parameter format does not match, expected PAYLOAD");
				}
				String payload = required(parameter, "payload", path + "[]['parameters'][]['payload']");
				length(payload, 128, "Button payload");
				payloads.put(Integer.parseInt(index), payload);
			}
			default -> throw GraphException.parameter(
					"Param template['components'][]['type'] must be one of {HEADER, BODY, BUTTON} - got \"%s\".", type);
		}
	}

	private static void once(Set<String> seen, String what) {
		if (!seen.add(what)) {
			throw GraphException.value("Component %s is given more than once", what);
		}
	}

	private static Map<String, Object> option(String id, String title, String description) {
		Map<String, Object> option = new LinkedHashMap<>();
		option.put("id", id);
		option.put("title", title);
		option.put("description", description);
		return option;
	}

	private static void known(JsonNode node, String path, String... names) {
		if (!node.isObject()) {
			throw GraphException.parameter("Param %s must be a JSON object.", path);
		}
		Set<String> known = Set.of(names);
		for (Iterator<String> fields = node.fieldNames(); fields.hasNext();) {
			String field = fields.next();
			if (!known.contains(field)) {
				throw (path != null) ? GraphException.parameter("Unexpected key \"%s\" on param \"%s\".", field, path)
						: GraphException.parameter("Unexpected key \"%s\".", field);
			}
		}
	}

	private static JsonNode object(JsonNode parent, String field, String path) {
		JsonNode node = parent.get(field);
		if (node == null || node.isNull()) {
			throw GraphException.parameter("The parameter %s is required.", path);
		}
		if (!node.isObject()) {
			throw GraphException.parameter("Param %s must be a JSON object.", path);
		}
		return node;
	}

	private static JsonNode array(JsonNode parent, String field, String path) {
		JsonNode node = parent.get(field);
		if (node == null || node.isNull()) {
			throw GraphException.parameter("The parameter %s is required.", path);
		}
		if (!node.isArray()) {
			throw GraphException.parameter("Param %s must be an array.", path);
		}
		return node;
	}

	private static String textual(JsonNode parent, String field, String path) {
		JsonNode node = parent.get(field);
		if (node == null || !node.isTextual()) {
			throw GraphException.parameter("Param %s must be a string.", path);
		}
		return node.textValue();
	}

	private static String required(JsonNode parent, String field, String path) {
		JsonNode node = parent.get(field);
		if (node == null || node.isNull()) {
			throw GraphException.parameter("The parameter %s is required.", path);
		}
		String value = textual(parent, field, path);
		if (value.isBlank()) {
			throw GraphException.parameter("The parameter %s is required.", path);
		}
		return value;
	}

	private static void parameterLength(String value, int most, String path) {
		if (value.length() > most) {
			throw GraphException.parameter("Param %s must be at most %d characters long.", path, most);
		}
	}

	private static void length(String value, int most, String what) {
		if (value.length() > most) {
			throw GraphException.value("%s length invalid. Min length: 1, Max length: %d", what, most);
		}
	}

	private static void unique(Set<String> seen, String value, String what) {
		if (!seen.add(value)) {
			throw GraphException.value("%ss must be unique: '%s' is given twice", what, value);
		}
	}

	private static void web(String value, String what) {
		try {
			URI uri = URI.create(value);
			if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// the same answer as for an address of another kind
		}
		throw GraphException.value("Parameter '%s' is not a valid URI", what);
	}

	private record Shape(String type, String text, String header, String footer, List<Map<String, Object>> options,
			List<Map<String, Object>> media, String template, String category, Map<String, Object> details) {

		static Shape of(String type, String text) {
			return new Shape(type, text, null, null, List.of(), List.of(), null, "service", Map.of());
		}

	}

}
