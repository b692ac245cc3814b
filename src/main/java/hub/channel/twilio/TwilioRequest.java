package hub.channel.twilio;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request to {@code POST /2010-04-01/Accounts/{sid}/Messages.json}. What is null is not
 * sent.
 *
 * @param to the recipient, such as {@code whatsapp:+2348030000001}
 * @param from our number, likewise
 * @param body the words
 * @param mediaUrl what travels with them, an address that Twilio can fetch
 * @param persistentAction a place, such as {@code geo:6.5,3.3|Yaba}
 * @param contentSid the Content template that is sent in place of words
 * @param contentVariables its variables, a JSON object
 * @param statusCallback where reports go, an address that names our id of the message
 */
public record TwilioRequest(String to, String from, String body, String mediaUrl, String persistentAction,
		String contentSid, String contentVariables, String statusCallback) {

	public TwilioRequest {
		Objects.requireNonNull(to, "A message has a recipient");
		Objects.requireNonNull(from, "A message has a sender");
	}

	/**
	 * The form that is sent.
	 * @return Twilio's names and the values that there are
	 */
	public Map<String, String> form() {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("To", this.to);
		form.put("From", this.from);
		form.put("Body", this.body);
		form.put("MediaUrl", this.mediaUrl);
		form.put("PersistentAction", this.persistentAction);
		form.put("ContentSid", this.contentSid);
		form.put("ContentVariables", this.contentVariables);
		form.put("StatusCallback", this.statusCallback);
		form.values().removeIf(Objects::isNull);
		return form;
	}

	/**
	 * What can be logged.
	 * @return no words and no number
	 */
	@Override
	public String toString() {
		return "TwilioRequest" + form().keySet();
	}

}
