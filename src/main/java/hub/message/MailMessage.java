package hub.message;

import java.util.Map;

/**
 * A mail that is to be written and sent. Its words are the bundles'
 * {@code mail.<type>.subject} and {@code mail.<type>.body}.
 *
 * @param type which mail, such as {@code link-code}
 * @param to the address
 * @param language the language of its words
 * @param values what the words need; never a secret, because it waits in the outbox
 */
public record MailMessage(String type, String to, String language, Map<String, String> values) {

	public MailMessage {
		values = Map.copyOf(values);
	}

}
