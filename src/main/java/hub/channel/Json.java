package hub.channel;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON as channels read and write it: they read whatever is well-formed, of any type, and
 * write ASCII, so that no character set, database or log can spoil it.
 */
public final class Json {

	/** Deeper than any use, shallow enough for memory. */
	private static final int DEEPEST = 100_000;

	private static final int LONGEST_NUMBER = 100_000;

	private static final int LONGEST_NAME = 4 * 1024 * 1024;

	private static final int LONGEST_ID = 512;

	private static final long YEAR_10000 = 253_402_300_800L;

	private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

	// The default limits would refuse a whole delivery for one odd item in it.
	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(DEEPEST)
				.maxNumberLength(LONGEST_NUMBER)
				.maxNameLength(LONGEST_NAME)
				.build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(2 * DEEPEST).build())
			.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
			.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

	private Json() {
	}

	/**
	 * A new object.
	 * @return an object without fields
	 */
	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/**
	 * Reads one document.
	 * @param raw the bytes
	 * @return the root; a missing node for no bytes
	 * @throws JsonProcessingException when this is no JSON
	 */
	public static JsonNode read(byte[] raw) throws JsonProcessingException {
		try {
			return READER.readTree(raw);
		}
		catch (JsonProcessingException ex) {
			throw ex;
		}
		catch (IOException ex) {
			// Bytes that are no text in the encoding that they seem to be in.
			throw new UnreadableException(ex);
		}
	}

	/**
	 * Reads one document.
	 * @param json the document
	 * @return the root; a missing node for an empty text
	 * @throws JsonProcessingException when this is no JSON
	 */
	public static JsonNode read(String json) throws JsonProcessingException {
		return READER.readTree(json);
	}

	/**
	 * Writes a document.
	 * @param node the root
	 * @return the document in ASCII
	 */
	public static String write(JsonNode node) {
		StringWriter json = new StringWriter(512);
		// A tree writes itself by recursion, and a deep one would exhaust the stack.
		try (JsonGenerator generator = MAPPER.createGenerator(json); JsonParser tokens = MAPPER.treeAsTokens(node)) {
			tokens.nextToken();
			generator.copyCurrentStructure(tokens);
		}
		catch (IOException ex) {
			throw new IllegalStateException("A tree could not be written as JSON", ex);
		}
		return json.toString();
	}

	/**
	 * A string, or a whole number where a string was meant.
	 * @param node any node, null for none
	 * @return its text, null for any other type
	 */
	public static String text(JsonNode node) {
		if (node == null) {
			return null;
		}
		return (node.isTextual() || node.isIntegralNumber()) ? node.asText() : null;
	}

	/**
	 * A provider's id that can be a key: printable ASCII of some reasonable length.
	 * @param node any node, null for none
	 * @return the id, null for none or one that can't be a key
	 */
	public static String id(JsonNode node) {
		String id = text(node);
		boolean usable = id != null && !id.isEmpty() && id.length() <= LONGEST_ID
				&& id.chars().allMatch((letter) -> letter > ' ' && letter < 0x7F);
		return usable ? id : null;
	}

	/**
	 * Words that can be stored and shown.
	 * @param node any node, null for none
	 * @param max the most UTF-16 units
	 * @return the clean words, null for none
	 */
	public static String words(JsonNode node, int max) {
		String text = (node != null && node.isTextual()) ? Text.cut(Text.clean(node.textValue()), max) : null;
		return Text.isBlank(text) ? null : text;
	}

	/**
	 * A time in seconds since 1970, as a string or a number.
	 * @param node any node, null for none
	 * @param clock tells the time to be taken when this is none
	 * @return the time
	 */
	public static Instant time(JsonNode node, Clock clock) {
		String seconds = text(node);
		if (seconds != null && DIGITS.matcher(seconds).matches()) {
			long value = Long.parseLong(seconds);
			if (value > 0 && value < YEAR_10000) {
				return Instant.ofEpochSecond(value);
			}
		}
		return clock.instant();
	}

	/** An input that breaks off or can't be decoded. */
	private static final class UnreadableException extends JsonProcessingException {

		UnreadableException(IOException cause) {
			super("The bytes can't be decoded", cause);
		}

	}

}
