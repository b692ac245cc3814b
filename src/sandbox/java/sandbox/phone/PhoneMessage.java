package sandbox.phone;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * A message on a phone, as its screen shows it. Every field is always there; what there
 * is none of is null or empty.
 *
 * @param n counts per phone from 1
 * @param direction {@code in}: the person sent it to the hub; {@code out}: it came from
 * the hub
 * @param channel {@code whatsapp} or {@code twilio}
 * @param id the provider's message id
 * @param type {@code text}, {@code button}, {@code list}, {@code cta_url}, {@code image},
 * {@code location}, {@code template}, {@code reaction}, {@code choice} …
 * @param text the words; of a reaction the emoji; null for none
 * @param header the line above, null for none
 * @param footer the line below, null for none
 * @param options what can be chosen: {@code id} (null for a link), {@code title},
 * {@code description}
 * @param media what came with it: {@code type}, {@code url}, {@code caption}
 * @param template the template's name, null if it is none
 * @param status {@code sent}, {@code delivered}, {@code read} or {@code failed}
 * @param at business time
 * @param details what some kinds have besides: {@code location}, {@code reply_to},
 * {@code options_label}, {@code choice}
 */
@JsonInclude(Include.ALWAYS)
public record PhoneMessage(long n, String direction, String channel, String id, String type, String text, String header,
		String footer, List<Map<String, Object>> options, List<Map<String, Object>> media, String template,
		String status, Instant at, @JsonAnyGetter Map<String, Object> details) {
}
