package hub.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.http.HttpProblem;
import hub.message.InboundMessage;

import org.springframework.stereotype.Component;

/**
 * The frames of the chat's sockets, as JSON.
 */
@Component
public class Frames {

	/** The longest id that a client may give a message, in UTF-16 units. */
	private static final int LONGEST_CLIENT_ID = 100;

	/** The longest id of an action, in UTF-16 units. */
	private static final int LONGEST_ACTION = 200;

	private static final String NO_EXTRAS = "\"metadata\":{},\"cards\":[],\"actions\":[],\"media\":[]";

	static final String PONG = "{\"type\":\"pong\"}";

	private final ObjectMapper json;

	public Frames(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * The frame of a message.
	 * @param message the message
	 * @return JSON
	 */
	String chatMessage(PostedMessage message) {
		StringBuilder frame = new StringBuilder(200 + message.text().length()
				+ ((message.extras() != null) ? message.extras().length() : NO_EXTRAS.length()));
		frame.append("{\"type\":\"chat_message\",\"event\":\"").append(message.event().key());
		frame.append("\",\"thread_id\":\"").append(message.threadId());
		frame.append("\",\"seq\":").append(message.seq());
		appendClientId(frame, message);
		frame.append(",\"payload\":{");
		appendPayload(frame, message);
		return frame.append("}}").toString();
	}

	/**
	 * A message as lists show it: the payload of its frame, and what the frame says
	 * beside it.
	 * @param message the message
	 * @return JSON
	 */
	String item(PostedMessage message) {
		StringBuilder item = new StringBuilder("{");
		appendPayload(item, message);
		item.append(",\"seq\":").append(message.seq());
		item.append(",\"event\":\"").append(message.event().key());
		return item.append("\"}").toString();
	}

	private static void appendPayload(StringBuilder frame, PostedMessage message) {
		frame.append("\"id\":\"").append(message.threadId()).append('-').append(message.seq()).append('"');
		appendClientId(frame, message);
		frame.append(",\"text\":");
		quote(frame, message.text());
		frame.append(",\"sent_at\":\"").append(message.at()).append("\",");
		String extras = message.extras();
		// An object of our own writing: its members become the payload's.
		frame.append((extras != null) ? extras.substring(1, extras.length() - 1) : NO_EXTRAS);
	}

	private static void appendClientId(StringBuilder frame, PostedMessage message) {
		if (message.clientId() != null) {
			frame.append(",\"client_id\":");
			quote(frame, message.clientId());
		}
	}

	private static void quote(StringBuilder frame, String text) {
		frame.append('"');
		JsonStringEncoder.getInstance().quoteAsString(text, frame);
		frame.append('"');
	}

	/**
	 * The frame of a refusal.
	 * @param problem why something was refused
	 * @param clientId which message it was, null for none
	 * @return JSON
	 */
	String error(HttpProblem problem, String clientId) {
		ObjectNode payload = this.json.createObjectNode();
		payload.put("code", problem.code());
		payload.put("detail", problem.getMessage());
		if (clientId != null) {
			payload.put("client_id", clientId);
		}
		return this.json.createObjectNode().put("type", "error").set("payload", payload).toString();
	}

	/**
	 * Reads what a client sent over a socket as JSON.
	 * @param text the frame
	 * @return an object
	 * @throws HttpProblem if it is none
	 */
	JsonNode parse(String text) {
		JsonNode frame;
		try {
			frame = this.json.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw invalid("That is no JSON");
		}
		if (frame == null || !frame.isObject()) {
			throw invalid("A frame is a JSON object");
		}
		return frame;
	}

	/**
	 * What the client calls what it sent, so that a refusal can name it.
	 * @param frame the frame
	 * @return at most 100 characters, null for nothing
	 * @throws HttpProblem if that can't be kept
	 */
	static String clientId(JsonNode frame) {
		JsonNode id = frame.path("client_id");
		if (id.isMissingNode() || id.isNull()) {
			return null;
		}
		if (!id.isValueNode() || storable(id).isEmpty() || id.asText().length() > LONGEST_CLIENT_ID) {
			throw invalid("A client_id is a string of 100 characters at most");
		}
		return storable(id);
	}

	/**
	 * Reads what a client wants.
	 * @param frame the frame
	 * @return what it asks for, says or chooses
	 * @throws HttpProblem if it is nothing that clients may send
	 */
	static Incoming read(JsonNode frame) {
		return switch (frame.path("type").asText()) {
			case "ping" -> new Incoming(true, null, null, null);
			case "user_message" -> words(frame.path("text"), clientId(frame));
			case "action" -> choice(frame.path("id"), clientId(frame));
			default -> throw invalid("The type of a frame is user_message, action or ping");
		};
	}

	private static Incoming words(JsonNode text, String clientId) {
		if (!text.isTextual() || storable(text).isBlank()) {
			throw invalid("A message has a text");
		}
		if (text.asText().length() > InboundMessage.MAX_TEXT) {
			throw invalid("A text may have 4,096 characters at most");
		}
		return new Incoming(false, clientId, text.asText(), null);
	}

	private static Incoming choice(JsonNode id, String clientId) {
		if (!id.isValueNode() || storable(id).isBlank() || id.asText().length() > LONGEST_ACTION) {
			throw invalid("An action has an id of 200 characters at most");
		}
		return new Incoming(false, clientId, null, storable(id));
	}

	/** PostgreSQL's text takes any character but this one. */
	private static String storable(JsonNode value) {
		return value.asText().replace("\u0000", "");
	}

	private static HttpProblem invalid(String detail) {
		return new HttpProblem(422, "invalid", detail);
	}

	/**
	 * What a client sent.
	 *
	 * @param ping whether it only asks for a sign of life
	 * @param clientId what the client calls it, null for nothing
	 * @param text the words, null for none
	 * @param action what was chosen, null for nothing
	 */
	record Incoming(boolean ping, String clientId, String text, String action) {
	}

}
