package sandbox.twilio;

import java.util.List;
import java.util.Map;

/**
 * A send that Twilio would accept, as it will look on the phone.
 *
 * @param to the recipient, such as {@code whatsapp:+2348030000001}
 * @param type {@code text}, {@code image}, {@code location}, {@code template} …
 * @param text the words, null for none
 * @param footer the line below, null for none
 * @param options what can be chosen: {@code id}, {@code title}, {@code description}
 * @param media pictures and files: {@code type}, {@code url}, {@code caption}
 * @param template the approved template's name, null if it is none
 * @param freeform whether it may go only inside the service window
 * @param details what else the phone shows
 * @param callback where reports go, null for nowhere
 */
record TwilioSend(String to, String type, String text, String footer, List<Map<String, Object>> options,
		List<Map<String, Object>> media, String template, boolean freeform, Map<String, Object> details,
		String callback) {
}
