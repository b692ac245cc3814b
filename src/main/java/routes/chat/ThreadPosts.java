package routes.chat;

import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.chat.ThreadMessage;

import org.springframework.stereotype.Component;

/**
 * Makes messages of threads out of what engineers' own routes have at hand.
 */
@Component("threadPosts")
public class ThreadPosts {

	private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {
	};

	private final ObjectMapper json;

	public ThreadPosts(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * A message that the hub says.
	 * @param threadId the thread, a number or text
	 * @param text the words
	 * @param metadata facts for programs: a Map, or a JSON object; null for none
	 * @return the message
	 * @throws IllegalArgumentException if there is no thread, no text, or metadata that
	 * can't be read
	 */
	public ThreadMessage compose(Object threadId, String text, Object metadata) {
		if (threadId == null || !threadId.toString().matches("\\d{1,18}")) {
			throw new IllegalArgumentException("The header threadId names the thread");
		}
		if (text == null || text.isBlank()) {
			throw new IllegalArgumentException("The body is the text");
		}
		return ThreadMessage.assistant(Long.parseLong(threadId.toString()), text).withMetadata(facts(metadata));
	}

	private Map<String, Object> facts(Object metadata) {
		if (metadata == null || metadata instanceof Map<?, ?>) {
			return this.json.convertValue(metadata, FACTS);
		}
		try {
			return this.json.readValue(Objects.toString(metadata), FACTS);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("The header metadata is a map or a JSON object", ex);
		}
	}

}
