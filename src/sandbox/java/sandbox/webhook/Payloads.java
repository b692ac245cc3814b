package sandbox.webhook;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sandbox.phone.Phones.Phone;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The bodies of Meta's webhooks (Cloud API, webhook reference "messages").
 */
@Component
public class Payloads {

	/** Our business number, as Meta shows it. */
	public static final String BUSINESS_NUMBER = "2348000000000";

	private static final String BUSINESS_ACCOUNT = "100000000000001";

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String phoneId;

	public Payloads(@Value("${hub.whatsapp.phone-id}") String phoneId) {
		this.phoneId = phoneId;
	}

	/**
	 * A new message id in Meta's form.
	 * @return {@code wamid.…}
	 */
	public static String messageId() {
		byte[] bytes = new byte[30];
		RANDOM.nextBytes(bytes);
		return "wamid.HBgN" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * A person sent something.
	 * @param phone from where
	 * @param id the message's id
	 * @param at when
	 * @param type Meta's type
	 * @param content the fields of that type, such as {@code text: {body}}
	 * @param repliedTo the id of the message it answers to, null for none
	 * @param ours whether that message is the hub's
	 * @return the body
	 */
	public Map<String, Object> message(Phone phone, String id, Instant at, String type, Map<String, Object> content,
			String repliedTo, boolean ours) {
		Map<String, Object> contact = new LinkedHashMap<>();
		contact.put("profile", Map.of("name", phone.label()));
		Map<String, Object> message = new LinkedHashMap<>();
		if (repliedTo != null) {
			Map<String, Object> context = new LinkedHashMap<>();
			if (ours || phone.hidden()) {
				context.put("from", BUSINESS_NUMBER);
			}
			else {
				context.put("from", phone.digits());
			}
			context.put("id", repliedTo);
			message.put("context", context);
		}
		if (!phone.hidden()) {
			contact.put("wa_id", phone.digits());
			message.put("from", phone.digits());
		}
		contact.put("user_id", phone.userId());
		message.put("from_user_id", phone.userId());
		message.put("id", id);
		message.put("timestamp", Long.toString(at.getEpochSecond()));
		message.put("type", type);
		message.putAll(content);
		Map<String, Object> value = value();
		value.put("contacts", List.of(contact));
		value.put("messages", List.of(message));
		return envelope(value);
	}

	/**
	 * Something became of a message of the hub's.
	 * @param phone where it went
	 * @param id the message's id
	 * @param status {@code sent}, {@code delivered}, {@code read} or {@code failed}
	 * @param at when
	 * @param callbackData what the send carried, null for nothing
	 * @param category {@code service}, {@code utility} …
	 * @param error for a failure {@code code}, {@code title}, {@code message},
	 * {@code error_data}; else null
	 * @return the body
	 */
	public Map<String, Object> status(Phone phone, String id, String status, Instant at, String callbackData,
			String category, Map<String, Object> error) {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("id", id);
		entry.put("status", status);
		entry.put("timestamp", Long.toString(at.getEpochSecond()));
		if (!phone.hidden()) {
			entry.put("recipient_id", phone.digits());
		}
		entry.put("recipient_user_id", phone.userId());
		if (callbackData != null) {
			entry.put("biz_opaque_callback_data", callbackData);
		}
		if (error != null) {
			entry.put("errors", List.of(error));
		}
		else {
			entry.put("pricing",
					Map.of("billable", !category.equals("service"), "pricing_model", "PMP", "category", category,
							"type", category.equals("service") ? "free_customer_service" : "regular"));
		}
		Map<String, Object> value = value();
		value.put("statuses", List.of(entry));
		return envelope(value);
	}

	private Map<String, Object> value() {
		Map<String, Object> value = new LinkedHashMap<>();
		value.put("messaging_product", "whatsapp");
		value.put("metadata", Map.of("display_phone_number", BUSINESS_NUMBER, "phone_number_id", this.phoneId));
		return value;
	}

	private static Map<String, Object> envelope(Map<String, Object> value) {
		return Map.of("object", "whatsapp_business_account", "entry", List.of(
				Map.of("id", BUSINESS_ACCOUNT, "changes", List.of(Map.of("value", value, "field", "messages")))));
	}

}
