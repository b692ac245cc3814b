package journeys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Bodies as Meta delivers them.
 */
final class Deliveries {

	private static final ObjectMapper JSON = new ObjectMapper();

	private Deliveries() {
	}

	/** A message opens the service window from when it was sent. */
	private static String now() {
		return Long.toString(Instant.now().getEpochSecond());
	}

	static byte[] text(String from, String id, String text) {
		return of(List.of(textItem(from, id, text)), "messages");
	}

	static String textItem(String from, String id, String text) {
		ObjectNode item = JSON.createObjectNode()
			.put("from", from)
			.put("id", id)
			.put("timestamp", now())
			.put("type", "text");
		item.putObject("text").put("body", text);
		return item.toString();
	}

	static byte[] choice(String from, String id, String token) {
		ObjectNode item = JSON.createObjectNode()
			.put("from", from)
			.put("id", id)
			.put("timestamp", now())
			.put("type", "interactive");
		item.putObject("interactive")
			.put("type", "button_reply")
			.putObject("button_reply")
			.put("id", token)
			.put("title", "x");
		return of(List.of(item.toString()), "messages");
	}

	static byte[] message(String from, String id, String type, String content) {
		try {
			ObjectNode item = JSON.createObjectNode()
				.put("from", from)
				.put("id", id)
				.put("timestamp", now())
				.put("type", type);
			item.set(type, JSON.readTree(content));
			return of(List.of(item.toString()), "messages");
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	static byte[] hidden(String userId, String id, String text) {
		return of(List.of("{\"from_user_id\":\"%s\",\"id\":\"%s\",\"timestamp\":\"%s\",\"type\":\"text\","
			.formatted(userId, id, now()) + "\"text\":{\"body\":\"" + text + "\"}}"), "messages");
	}

	static byte[] revealed(String userId, String phone, String id, String text) {
		return of(
				List.of("{\"from\":\"%s\",\"from_user_id\":\"%s\",\"id\":\"%s\",\"timestamp\":\"%s\",\"type\":\"text\","
					.formatted(phone, userId, id, now()) + "\"text\":{\"body\":\"" + text + "\"}}"),
				"messages");
	}

	static byte[] failed(String to, String id, String callbackData, int code) {
		ObjectNode status = JSON.createObjectNode()
			.put("id", id)
			.put("status", "failed")
			.put("timestamp", now())
			.put("recipient_id", to);
		if (callbackData != null) {
			status.put("biz_opaque_callback_data", callbackData);
		}
		status.putArray("errors").addObject().put("code", code).put("title", "Refused");
		return of(List.of(status.toString()), "statuses");
	}

	static byte[] of(List<String> items, String kind) {
		return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\","
				+ "\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"1\","
				+ "\"phone_number_id\":\"1\"},\"" + kind + "\":[" + String.join(",", items) + "]}}]}]}")
			.getBytes(StandardCharsets.UTF_8);
	}

}
