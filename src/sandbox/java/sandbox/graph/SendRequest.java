package sandbox.graph;

import java.util.List;
import java.util.Map;

/**
 * A send that Meta would accept, as it will look on the phone.
 *
 * @param to the recipient's digits, null when it is named by user id
 * @param userId the recipient's business-scoped user id, null when it is named by number
 * @param input the recipient as the request named it
 * @param type Meta's type of the message; of an interactive one {@code button},
 * {@code list} or {@code cta_url}
 * @param text the body or caption, null for none
 * @param header the line above, null for none
 * @param footer the line below, null for none
 * @param options what can be chosen: {@code id}, {@code title}, {@code description}
 * @param media pictures and files: {@code type}, {@code url}, {@code caption}
 * @param template the template's name, null if it is none
 * @param category of the template, else {@code service}
 * @param details what else the phone shows
 * @param callbackData comes back with every status, null for none
 */
record SendRequest(String to, String userId, String input, String type, String text, String header, String footer,
		List<Map<String, Object>> options, List<Map<String, Object>> media, String template, String category,
		Map<String, Object> details, String callbackData) {
}
