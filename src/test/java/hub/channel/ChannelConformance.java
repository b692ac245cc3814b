package hub.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hub.message.OutboundMessage;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every channel has to prove: for each case of its tables under
 * {@code src/test/resources/conformance/<channel>/}, what comes in becomes exactly the
 * expected neutral records, what goes out exactly the expected request, and an answer the
 * expected outcome. A case that isn't there isn't promised.
 * <ul>
 * <li>{@code inbound.json}: {@code promise, name, given, items, statuses}
 * <li>{@code outbound.json}: {@code promise, name, message, to, message_id, template,
 * request}
 * <li>{@code answers.json}: {@code promise, name, status, body, outcome}
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChannelConformance {

	protected static final JsonMapper JSON = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	private final String channel;

	protected ChannelConformance(String channel) {
		this.channel = channel;
	}

	/**
	 * Takes a delivery in.
	 * @param given the delivery as the table writes it
	 * @return an object of {@code items} (each an item of the inbox, without its body,
	 * and with what the channel reads from it) and {@code statuses}
	 */
	protected abstract JsonNode receive(JsonNode given);

	/**
	 * Renders a message.
	 * @param message the message
	 * @param to the recipient's address
	 * @param messageId our id of it
	 * @param template whether it goes as a template
	 * @return the request
	 */
	protected abstract JsonNode render(OutboundMessage message, String to, long messageId, boolean template);

	/**
	 * Reads an answer.
	 * @param status the HTTP status
	 * @param body the body
	 * @return what it means
	 */
	protected abstract SendOutcome answer(int status, String body);

	@ParameterizedTest(name = "{0}")
	@MethodSource("inbound")
	void takesIn(JsonNode row) {
		JsonNode received = receive(row.path("given"));
		assertThat(received.path("items").toPrettyString()).isEqualTo(row.path("items").toPrettyString());
		assertThat(received.path("statuses").toPrettyString()).isEqualTo(row.path("statuses").toPrettyString());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("outbound")
	void renders(JsonNode row) throws IOException {
		OutboundMessage message = JSON.treeToValue(row.path("message"), OutboundMessage.class);
		JsonNode request = render(message, row.path("to").textValue(), row.path("message_id").longValue(),
				row.path("template").booleanValue());
		assertThat(request.toPrettyString()).isEqualTo(row.path("request").toPrettyString());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("answers")
	void understands(JsonNode row) {
		JsonNode body = row.path("body");
		SendOutcome outcome = answer(row.path("status").intValue(),
				body.isTextual() ? body.textValue() : body.isMissingNode() ? null : body.toString());
		JsonNode expected = row.path("outcome");
		assertThat(JSON.<JsonNode>valueToTree(outcome)).isEqualTo(expected);
	}

	private Stream<Named<JsonNode>> inbound() {
		return rows("inbound.json");
	}

	private Stream<Named<JsonNode>> outbound() {
		return rows("outbound.json");
	}

	private Stream<Named<JsonNode>> answers() {
		return rows("answers.json");
	}

	private Stream<Named<JsonNode>> rows(String table) {
		String path = "/conformance/" + this.channel + "/" + table;
		try (InputStream file = ChannelConformance.class.getResourceAsStream(path)) {
			List<Named<JsonNode>> rows = new ArrayList<>();
			JSON.readTree(file)
				.forEach((row) -> rows
					.add(Named.of(row.path("promise").textValue() + ": " + row.path("name").textValue(), row)));
			assertThat(rows).as(path).isNotEmpty();
			return rows.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
