package hub.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import hub.http.HttpProblem.FieldError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the contract lets through to a route.
 */
class OperationTest {

	private final Contract contract = new Contract();

	private Map<String, Object> parameters(String operation, String... given) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < given.length; i += 2) {
			values.put(given[i], given[i + 1]);
		}
		return this.contract.operation(operation).read((in, name) -> values.get(name), null, new byte[0]).parameters();
	}

	private Map<String, Object> body(String operation, String type, String body) {
		return this.contract.operation(operation)
			.read((in, name) -> "1", type, body.getBytes(StandardCharsets.UTF_8))
			.body();
	}

	private HttpProblem refusal(String operation, String body) {
		return catchThrowableOfType(HttpProblem.class, () -> body(operation, "application/json", body));
	}

	@ParameterizedTest(name = "limit={0} → {1}")
	@CsvSource({ "1,1", "50,50", "200,200", "201,200", "9223372036854775807,200", "' 7 ',7", "'',50", ",50" })
	@DisplayName("A limit over 200 counts as 200, and is 50 if there is none")
	void clamps(String limit, long taken) {
		assertThat(parameters("listings-list", "limit", limit)).containsEntry("limit", taken);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1.5", "many", "1e2", "9223372036854775808", "0x10" })
	@DisplayName("O9: a limit that is no number from 1 on is refused with its name")
	void refusesLimits(String limit) {
		HttpProblem problem = catchThrowableOfType(HttpProblem.class,
				() -> parameters("listings-list", "limit", limit));
		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem.errors()).extracting(FieldError::field).containsExactly("limit");
	}

	@Test
	@DisplayName("A route gets the parameters that the contract declares, each of its type, and no other")
	void types() {
		Map<String, Object> parameters = parameters("listings-list", "bedrooms", "2", "max_price", "3000000.50", "q",
				"sea view", "admin", "true");
		assertThat(parameters).containsOnlyKeys("limit", "bedrooms", "max_price", "q").containsEntry("bedrooms", 2L);
		assertThat(parameters.get("max_price")).hasToString("3000000.50");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json; charset=utf-8", "APPLICATION/JSON",
			"application/merge-patch+json" })
	@DisplayName("A body is JSON by any of its names")
	void takesJson(String type) {
		assertThat(body("chat-mark-read", type, "{\"seq\":3}")).containsEntry("seq", 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "*/*", "application/*", "json", "/" })
	@DisplayName("O9: a body that says to be something else is 415")
	void refusesOthers(String type) {
		HttpProblem problem = catchThrowableOfType(HttpProblem.class,
				() -> body("chat-mark-read", type, "{\"seq\":3}"));
		assertThat(problem.status()).isEqualTo(415);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "{", "{\"seq\":3", "{\"seq\":3}}", "{\"seq\":3} x", "{'seq':3}", "{\"seq\":NaN}" })
	@DisplayName("O9: what is no JSON is 400, not 422")
	void refusesNoJson(String body) {
		assertThat(refusal("chat-mark-read", body).status()).isEqualTo(400);
	}

	@Test
	@DisplayName("O9: a body as deep as a well is refused as any that can't be read")
	void refusesDepth() {
		assertThat(refusal("chat-mark-read", "{\"seq\":" + "[".repeat(100_000)).status()).isEqualTo(400);
	}

	@ParameterizedTest(name = "{1} → {2}")
	@CsvSource(delimiter = '|', textBlock = """
			chat-mark-read     | {}                                            | seq
			chat-mark-read     | {"seq":"3"}                                   | seq
			chat-mark-read     | {"seq":-1}                                    | seq
			chat-mark-read     | {"seq":null}                                  | seq
			chat-mark-read     | 3                                             | body
			chat-mark-read     | null                                          | body
			chat-write-message | {"text":""}                                   | text
			chat-write-message | {"text":"a\\u0000b"}                          | text
			booking-book       | {"property_id":" ","slot_id":1}               | property_id
			booking-book       | {"property_id":1.5,"slot_id":1}               | property_id
			booking-book       | {"property_id":1}                             | slot_id
			linking-verify-web-code | {"email":"a@b.co","otp_code":"١٢٣٤٥٦"}   | otp_code
			linking-verify-web-code | {"email":"a@b.co","otp_code":"123456\\n"}  | otp_code
			linking-request-web-code | {"email":"a@b.co","phone_number":"+2348030000001\\n"}  | phone_number
			""")
	@DisplayName("O9: what is JSON and not valid is 422 with the field that is wrong")
	void namesFields(String operation, String body, String field) {
		HttpProblem problem = refusal(operation, body);
		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem.errors()).extracting(FieldError::field).contains(field);
		assertThat(problem.document().get("detail")).isInstanceOf(String.class);
	}

	@Test
	@DisplayName("Several mistakes are told all at once")
	void tellsAll() {
		assertThat(refusal("linking-request-web-code", "{\"email\":\"a\",\"phone_number\":\"b\"}").errors())
			.extracting(FieldError::field, FieldError::message)
			.containsExactlyInAnyOrder(tuple("email", "must be a mail address such as ada@example.com"),
					tuple("phone_number", "must be a phone number with its country such as +2348030000001"));
	}

	@Test
	@DisplayName("No caller has to read a regular expression: each form in the contract has words")
	void saysForms() throws IOException {
		JsonNode contract = new YAMLMapper().readTree(getClass().getResourceAsStream("/openapi.yaml"));
		assertThat(contract.findParents("pattern")).filteredOn((schema) -> schema.has("type"))
			.hasSizeGreaterThan(3)
			.allSatisfy((schema) -> assertThat(schema.at("/x-mistake/pattern").asText()).isNotEmpty());
	}

	@Test
	@DisplayName("Ids are taken as texts and as numbers, and are texts from there on")
	void ids() {
		assertThat(body("booking-book", "application/json",
				"{\"property_id\":7,\"slot_id\":\"8\",\"check_id\":12345678901234567890}"))
			.isEqualTo(Map.of("property_id", "7", "slot_id", "8", "check_id", "12345678901234567890"));
	}

	@Test
	@DisplayName("Null for what may be left out is as good as leaving it out")
	void nulls() {
		assertThat(body("chat-open-thread", "application/json", "{\"listing_id\":null}")).isEmpty();
		assertThat(body("chat-write-message", "application/json", "{\"text\":\"a\",\"client_id\":null}"))
			.isEqualTo(Map.of("text", "a"));
	}

	@Test
	@DisplayName("A text counts 4,096 characters, however many bytes they have")
	void counts() {
		assertThat(body("chat-write-message", "application/json", "{\"text\":\"" + "é".repeat(4096) + "\"}"))
			.containsKey("text");
		assertThat(refusal("chat-write-message", "{\"text\":\"" + "é".repeat(4097) + "\"}").errors()).hasSize(1);
	}

	@Test
	@DisplayName("Where no body is needed none need be sent, nor named a type")
	void optionalBody() {
		assertThat(body("chat-open-thread", null, "")).isEmpty();
		assertThat(body("chat-open-thread", "text/plain", "")).isEmpty();
		assertThat(body("linking-refresh-token", "text/plain", "anything")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sade@example.com", "a.b+c_d'e@sub.example.co.uk", "1@2.example" })
	@DisplayName("W5: an address is taken as on WhatsApp")
	void emails(String email) {
		assertThat(body("linking-request-web-code", "application/json", "{\"email\":\"" + email + "\"}"))
			.containsEntry("email", email);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sade", "@example.com", "sade@", "sade@example", "a b@example.com", "sade@example.com\\n",
			"sade@exa_mple.com", "a@b.co, c@d.co" })
	@DisplayName("W5: and refused as on WhatsApp")
	void noEmails(String email) {
		assertThat(refusal("linking-request-web-code", "{\"email\":\"" + email + "\"}").errors()).hasSize(1);
	}

	@Test
	@DisplayName("O9: an operation needs a token unless the contract says otherwise")
	void security() {
		List<String> open = this.contract.operations().stream().filter(Operation::isOpen).map(Operation::id).toList();
		assertThat(open).containsExactlyInAnyOrder("linking-request-web-code", "linking-verify-web-code", "media-show",
				"admin-tell-health", "admin-show-contract", "intake-shake-hands");
		assertThat(this.contract.operation("admin-tell-status").needsToken()).isFalse();
		assertThat(this.contract.operation("admin-tell-status").isOpen()).isFalse();
		assertThat(this.contract.operation("chat-mark-read").needsToken()).isTrue();
	}

}
