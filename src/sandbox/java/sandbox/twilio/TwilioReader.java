package sandbox.twilio;

import java.net.URI;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * Reads a request to create a message as strictly as Twilio does; what Twilio does not
 * know it ignores. Lengths count UTF-16 units, the narrowest way to count, so that what
 * passes here passes everywhere.
 */
@Component
class TwilioReader {

	private static final Pattern ADDRESS = Pattern
		.compile("whatsapp:(\\+[1-9]\\d{6,14}|[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128})");

	private static final Pattern PLACE = Pattern
		.compile("geo:(-?\\d{1,2}(?:\\.\\d+)?(?:E-?\\d+)?),(-?\\d{1,3}(?:\\.\\d+)?(?:E-?\\d+)?)(?:\\|(.*))?");

	private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\d{1,2})\\. (.+)$");

	private final Contents contents;

	private final String number;

	private final ObjectMapper json = new ObjectMapper();

	TwilioReader(Contents contents, @Value("${hub.twilio.whatsapp-number}") String number) {
		this.contents = contents;
		this.number = number.startsWith("whatsapp:") ? number : "whatsapp:" + number;
	}

	/**
	 * Reads one request.
	 * @param form its parameters
	 * @return what to show on the phone
	 * @throws TwilioException what Twilio would answer
	 */
	TwilioSend read(MultiValueMap<String, String> form) {
		String to = address(form);
		String callback = form.getFirst("StatusCallback");
		if (callback != null && !isWeb(callback)) {
			throw TwilioErrors.of(21609);
		}
		if (form.getFirst("ContentSid") != null) {
			return content(to, form, callback);
		}
		String body = form.getFirst("Body");
		List<String> media = form.getOrDefault("MediaUrl", List.of());
		if ((body == null || body.isBlank()) && media.isEmpty()) {
			throw TwilioErrors.of(21619);
		}
		if (body != null && body.length() > 1600) {
			throw TwilioErrors.of(21617);
		}
		if (media.size() > 1) {
			throw TwilioErrors.of(21623);
		}
		if (!media.stream().allMatch(TwilioReader::isWeb)) {
			throw TwilioErrors.of(21620);
		}
		String place = form.getFirst("PersistentAction");
		if (place != null) {
			return place(to, body, place, callback);
		}
		if (media.isEmpty()) {
			return new TwilioSend(to, "text", body, null, numbered(body), List.of(), null, true, Map.of(), callback);
		}
		Map<String, Object> asset = new LinkedHashMap<>();
		asset.put("type", type(media.get(0)));
		asset.put("url", media.get(0));
		asset.put("caption", body);
		return new TwilioSend(to, type(media.get(0)), body, null, numbered(body), List.of(asset), null, true, Map.of(),
				callback);
	}

	private String address(MultiValueMap<String, String> form) {
		String to = form.getFirst("To");
		String from = form.getFirst("From");
		if (to == null || to.isBlank()) {
			throw TwilioErrors.of(21604);
		}
		if (from == null || from.isBlank()) {
			throw TwilioErrors.of(21603);
		}
		if (to.startsWith("whatsapp:") != from.startsWith("whatsapp:")) {
			throw TwilioErrors.of(21910);
		}
		if (!from.equals(this.number)) {
			throw TwilioErrors.of(63007);
		}
		if (!ADDRESS.matcher(to).matches()) {
			throw TwilioErrors.of(21211, to);
		}
		return to;
	}

	private TwilioSend content(String to, MultiValueMap<String, String> form, String callback) {
		Content content = this.contents.find(form.getFirst("ContentSid")).orElseThrow(() -> TwilioErrors.of(21655));
		Map<Integer, String> values = variables(form.getFirst("ContentVariables"));
		for (Integer needed : content.variables()) {
			String value = values.get(needed);
			if (value == null || value.isBlank()) {
				throw TwilioErrors.of(21656, "variable " + needed + " has no value");
			}
			if (content.isApproved() && value.matches("(?s).*([\\n\\r\\t]| {5}).*")) {
				throw TwilioErrors.of(21656, "variable " + needed + " has line ends, tabs or more than 4 blanks");
			}
		}
		String text = content.fillBody(values);
		length(text, 1024, "body");
		String label = content.fillLabel(values);
		List<Map<String, Object>> options = content.options(values);
		boolean list = content.type().equals("list");
		for (Map<String, Object> option : options) {
			length((String) option.get("title"), list ? 24 : 20, "title");
			length((String) option.get("id"), 200, "id");
		}
		long titles = options.stream().map((option) -> option.get("title")).distinct().count();
		if (titles < options.size()) {
			throw TwilioErrors.of(21656, "titles must be unique");
		}
		Map<String, Object> details = new LinkedHashMap<>();
		if (label != null) {
			length(label, 20, "label");
			details.put("options_label", label);
		}
		return new TwilioSend(to, content.type(), text, content.footer(), options, List.of(), content.name(),
				!content.isApproved(), details, callback);
	}

	private Map<Integer, String> variables(String variables) {
		Map<Integer, String> values = new LinkedHashMap<>();
		if (variables == null) {
			return values;
		}
		try {
			JsonNode root = this.json.readTree(variables);
			if (!root.isObject()) {
				throw TwilioErrors.of(21656);
			}
			root.fields().forEachRemaining((field) -> {
				if (!field.getKey().matches("\\d{1,3}") || !field.getValue().isTextual()) {
					throw TwilioErrors.of(21656, "variable " + field.getKey());
				}
				values.put(Integer.valueOf(field.getKey()), field.getValue().textValue());
			});
			return values;
		}
		catch (JsonProcessingException ex) {
			throw TwilioErrors.of(21656);
		}
	}

	private static TwilioSend place(String to, String body, String place, String callback) {
		Matcher action = PLACE.matcher(place);
		if (body == null || !action.matches() || Math.abs(Double.parseDouble(action.group(1))) > 90
				|| Math.abs(Double.parseDouble(action.group(2))) > 180) {
			throw TwilioErrors.of(63021, "PersistentAction");
		}
		Map<String, Object> location = new LinkedHashMap<>();
		location.put("latitude", Double.valueOf(action.group(1)));
		location.put("longitude", Double.valueOf(action.group(2)));
		if (action.group(3) != null) {
			location.put("name", action.group(3));
		}
		return new TwilioSend(to, "location", body, null, List.of(), List.of(), null, true,
				Map.of("location", location), callback);
	}

	/**
	 * Numbered lines can be chosen on the phone like options: tapping one types its
	 * number.
	 */
	private static List<Map<String, Object>> numbered(String body) {
		List<Map<String, Object>> options = new ArrayList<>();
		Matcher lines = NUMBERED.matcher((body != null) ? body : "");
		while (lines.find()) {
			if (lines.group(1).equals(String.valueOf(options.size() + 1))) {
				Map<String, Object> option = new LinkedHashMap<>();
				option.put("id", lines.group(1));
				option.put("title", lines.group(2));
				option.put("description", null);
				options.add(option);
			}
		}
		return options;
	}

	private static String type(String url) {
		String guess = URLConnection.guessContentTypeFromName(url.replaceFirst("[?#].*", ""));
		if (guess == null || guess.startsWith("image/")) {
			return "image";
		}
		return guess.startsWith("video/") ? "video" : guess.startsWith("audio/") ? "audio" : "document";
	}

	private static void length(String value, int most, String what) {
		if (value.isBlank() || value.length() > most) {
			throw TwilioErrors.of(21656, what + " must have 1 to " + most + " characters");
		}
	}

	private static boolean isWeb(String value) {
		try {
			URI uri = URI.create(value);
			return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
