package sandbox.twilio;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sandbox.phone.Phones.Phone;
import sandbox.store.SandboxDatabase;
import sandbox.webhook.WebhookSender;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What people send, as Twilio logs it and delivers it to the hub's webhook ("Twilio's
 * request to your incoming message webhook URL").
 */
@Component
public class TwilioForms {

	private final SandboxDatabase database;

	private final TwilioMessages messages;

	private final WebhookSender webhooks;

	private final String account;

	private final String number;

	private final String base;

	private final ObjectMapper json = new ObjectMapper();

	TwilioForms(SandboxDatabase database, TwilioMessages messages, WebhookSender webhooks,
			@Value("${hub.twilio.account-sid}") String account, @Value("${hub.twilio.whatsapp-number}") String number,
			@Value("${hub.twilio.base-url}") String base) {
		this.database = database;
		this.messages = messages;
		this.webhooks = webhooks;
		this.account = account;
		this.number = number;
		this.base = base;
	}

	/**
	 * Something that a person says.
	 *
	 * @param kind as the phones' interface calls it
	 * @param text the words, null for none
	 * @param type Meta's type of it
	 * @param content the fields of that type
	 * @param repliedTo the id of the message it answers to, null for none
	 */
	public record Said(String kind, String text, String type, Map<String, Object> content, String repliedTo) {
	}

	/**
	 * Logs a message and notes its webhook; the caller wakes the sender after the commit.
	 * @param phone from where
	 * @param sid the message's SID
	 * @param at when
	 * @param said what
	 * @param summary the same in a few words
	 */
	public void deliver(Phone phone, String sid, Instant at, Said said, String summary) {
		String from = "whatsapp:" + (phone.hidden() ? phone.userId() : phone.address());
		Map<String, String> content = new LinkedHashMap<>();
		ArrayNode media = this.json.createArrayNode();
		say(said, sid, content, media);
		Map<String, String> form = new LinkedHashMap<>();
		form.put("SmsMessageSid", sid);
		form.put("NumMedia", Integer.toString(media.size()));
		form.put("ProfileName", phone.label());
		form.put("MessageType", said.type().equals("contacts") ? "document" : said.type());
		form.put("SmsSid", sid);
		if (!phone.hidden()) {
			form.put("WaId", phone.digits());
		}
		form.put("ExternalUserId", phone.userId());
		form.put("SmsStatus", "received");
		form.put("Body", "");
		form.putAll(content);
		form.put("To", this.number);
		form.put("NumSegments", "1");
		form.put("ReferralNumMedia", "0");
		form.put("MessageSid", sid);
		form.put("AccountSid", this.account);
		form.put("From", from);
		form.put("ApiVersion", "2010-04-01");
		if (said.repliedTo() != null) {
			form.put("OriginalRepliedMessageSid", said.repliedTo());
			form.put("OriginalRepliedMessageSender", this.number);
		}
		this.messages.add(new TwilioMessages.Logged(sid, "inbound", from, this.number, form.get("Body"), media,
				"received", null, at), null);
		this.webhooks.enqueueForm("message", phone.address(), null, form, phone.label() + ": " + summary,
				Map.of("phone", phone.address(), "id", sid, "status", "delivered"), Duration.ZERO);
	}

	private void say(Said said, String sid, Map<String, String> form, ArrayNode media) {
		JsonNode content = this.json.valueToTree(said.content());
		switch (said.type()) {
			case "text" -> form.put("Body", said.text());
			case "button" -> button(form, content.at("/button/text"), content.at("/button/payload"));
			case "interactive" -> {
				JsonNode row = content.at("/interactive/list_reply");
				if (row.isMissingNode()) {
					button(form, content.at("/interactive/button_reply/title"),
							content.at("/interactive/button_reply/id"));
				}
				else {
					form.put("Body", row.get("title").asText());
					form.put("ListTitle", row.get("title").asText());
					form.put("ListId", row.get("id").asText());
				}
			}
			case "location" -> {
				JsonNode place = content.get("location");
				form.put("Latitude", place.get("latitude").asText());
				form.put("Longitude", place.get("longitude").asText());
				if (place.has("name")) {
					form.put("Label", place.get("name").asText());
				}
				if (place.has("address")) {
					form.put("Address", place.get("address").asText());
				}
			}
			case "contacts" -> {
				JsonNode card = content.at("/contacts/0");
				attach(form, media, sid, "text/vcard",
						"BEGIN:VCARD\nVERSION:3.0\nFN:%s\nTEL:%s\nEND:VCARD".formatted(
								card.at("/name/formatted_name").asText(), card.at("/phones/0/phone").asText()));
			}
			case "unsupported" -> {
				// nothing that Twilio could tell of it
			}
			default -> {
				JsonNode asset = content.get(said.type());
				form.put("Body", asset.path("caption").asText(""));
				String source = this.database.sql("select source from media where id = :id")
					.param("id", asset.get("id").asText())
					.query(String.class)
					.single();
				attach(form, media, sid, asset.get("mime_type").asText(), source);
			}
		}
	}

	private static void button(Map<String, String> form, JsonNode title, JsonNode token) {
		form.put("Body", title.asText());
		form.put("ButtonText", title.asText());
		form.put("ButtonPayload", token.asText());
	}

	private void attach(Map<String, String> form, ArrayNode media, String sid, String contentType, String source) {
		ObjectNode one = media.addObject();
		one.put("sid", TwilioMessages.sid("ME")).put("content_type", contentType).put("source", source);
		form.put("MediaContentType0", contentType);
		form.put("MediaUrl0", this.base + "/2010-04-01/Accounts/" + this.account + "/Messages/" + sid + "/Media/"
				+ one.get("sid").asText());
	}

}
