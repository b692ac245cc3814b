package hub.platform;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/**
 * A moment as the platform writes it: ISO 8601, and UTC where it names no offset.
 */
public final class PlatformTime extends StdDeserializer<Instant> {

	private static final long serialVersionUID = 1L;

	PlatformTime() {
		super(Instant.class);
	}

	/**
	 * Reads a moment.
	 * @param text such as {@code 2026-11-21T10:00:00+01:00} or
	 * {@code 2026-11-21T09:00:00}
	 * @return the moment
	 * @throws DateTimeParseException if it is none
	 */
	public static Instant parse(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
		}
	}

	@Override
	public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
		String text = parser.getValueAsString();
		try {
			return parse(text);
		}
		catch (DateTimeParseException ex) {
			return (Instant) context.handleWeirdStringValue(Instant.class, text, "is no moment");
		}
	}

}
