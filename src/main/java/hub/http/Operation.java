package hub.http;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import hub.contact.Role;
import hub.http.HttpProblem.FieldError;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * One operation of the contract: who may call it, and what a request of it may hold.
 */
public final class Operation {

	/** JSON Schema, with what an OpenAPI document has besides. */
	private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
		.keyword(new NonValidationKeyword("components"))
		.keyword(new NonValidationKeyword("example"))
		.build();

	private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.builder()
		.defaultMetaSchemaIri(DIALECT.getIri())
		.metaSchema(DIALECT)
		.build();

	private static final SchemaValidatorsConfig RULES = SchemaValidatorsConfig.builder()
		// What people read in place of a regular expression
		.errorMessageKeyword("x-mistake")
		.locale(Locale.ENGLISH)
		.regularExpressionFactory(Operation::pattern)
		.build();

	private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
			DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

	/** The most digits of an id that is a number. */
	private static final int LONGEST_ID = 100;

	/** What the store keeps in no text. */
	private static final String NUL = "\u0000";

	private final String id;

	private final String path;

	private final String method;

	private final List<JsonNode> security = new ArrayList<>();

	private final List<Parameter> parameters = new ArrayList<>();

	private final JsonSchema body;

	private final boolean bodyRequired;

	private final Set<String> required = new HashSet<>();

	private final List<String> ids = new ArrayList<>();

	/**
	 * Reads an operation.
	 * @param document the contract
	 * @param path the operation's path
	 * @param method its HTTP method
	 * @param node what the contract says of it
	 */
	Operation(ObjectNode document, String path, String method, JsonNode node) {
		this.id = node.path("operationId").asText();
		this.path = path;
		this.method = method;
		(node.has("security") ? node.get("security") : document.path("security")).forEach(this.security::add);
		for (JsonNode parameter : node.path("parameters")) {
			this.parameters.add(new Parameter(document, resolve(document, parameter)));
		}
		this.parameters.sort(Comparator.comparing((parameter) -> !parameter.in.equals("path")));
		JsonNode content = resolve(document, node.path("requestBody"));
		JsonNode schema = content.path("content").path(MediaType.APPLICATION_JSON_VALUE).path("schema");
		this.body = schema.isMissingNode() ? null : schema(document, schema);
		this.bodyRequired = content.path("required").asBoolean();
		schema.path("required").forEach((name) -> this.required.add(name.asText()));
		schema.path("properties").fields().forEachRemaining((property) -> {
			JsonNode type = resolve(document, property.getValue()).path("type");
			if (type.toString().contains("\"string\"") && type.toString().contains("\"integer\"")) {
				this.ids.add(property.getKey());
			}
		});
	}

	private static JsonNode resolve(ObjectNode document, JsonNode node) {
		return node.has("$ref") ? resolve(document, document.at(node.get("$ref").asText().substring(1))) : node;
	}

	/**
	 * To JSON Schema a {@code $} is the very end; to Java also what is before a last line
	 * end.
	 */
	private static RegularExpression pattern(String expression) {
		boolean anchored = expression.endsWith("$") && !expression.endsWith("\\$");
		Pattern pattern = Pattern
			.compile(anchored ? expression.substring(0, expression.length() - 1) + "\\z" : expression);
		return (value) -> pattern.matcher(value).find();
	}

	/** A schema of its own, with the components that it refers to. */
	private static JsonSchema schema(ObjectNode document, JsonNode schema) {
		ObjectNode whole = schema.deepCopy();
		whole.set("components", document.path("components"));
		return SCHEMAS.getSchema(whole, RULES);
	}

	public String id() {
		return this.id;
	}

	public String path() {
		return this.path;
	}

	public String method() {
		return this.method;
	}

	/**
	 * Whether it never needs a token, and does not look at one.
	 * @return true if the contract says that it has no security
	 */
	public boolean isOpen() {
		return this.security.isEmpty();
	}

	/**
	 * Whether it is refused without a token.
	 * @return false if it is open, or answers more to those who have one
	 */
	public boolean needsToken() {
		return !isOpen() && this.security.stream().allMatch((scheme) -> scheme.has("bearer"));
	}

	/**
	 * Whether somebody of a role may call it.
	 * @param role what the caller may do
	 * @return false if the contract names other roles
	 */
	public boolean allows(Role role) {
		return this.security.stream()
			.map((scheme) -> scheme.path("bearer"))
			.anyMatch((roles) -> roles.isEmpty() || StreamSupport.stream(roles.spliterator(), false)
				.anyMatch((one) -> one.asText().equals(role.key())));
	}

	/**
	 * Reads a request.
	 * @param values the value of a parameter by where it stands ({@code path},
	 * {@code query}, {@code header}) and by its name, null for none
	 * @param contentType the body's, null for none
	 * @param content the body, empty for none
	 * @return what the contract promises to the route, and nothing else
	 * @throws HttpProblem 400 if the body is no JSON, 415 if it says to be something
	 * else, 422 if anything is not as the contract says
	 */
	Request read(BinaryOperator<String> values, String contentType, byte[] content) {
		List<FieldError> errors = new ArrayList<>();
		Map<String, Object> given = new LinkedHashMap<>();
		for (Parameter parameter : this.parameters) {
			Object value = parameter.read(values.apply(parameter.in, parameter.name), errors);
			if (parameter.in.equals("path") && !errors.isEmpty()) {
				// What can't be anybody's id is nobody's
				throw HttpProblem.ofStatus(404);
			}
			if (value != null) {
				given.put(parameter.name, value);
			}
		}
		Map<String, Object> fields = (this.body != null) ? body(contentType, content, errors) : Map.of();
		if (!errors.isEmpty()) {
			throw HttpProblem.invalid(errors);
		}
		return new Request(given, fields);
	}

	private Map<String, Object> body(String contentType, byte[] content, List<FieldError> errors) {
		if (content.length == 0 && !this.bodyRequired) {
			return Map.of();
		}
		if ((content.length > 0 || contentType != null) && !isJson(contentType)) {
			throw HttpProblem.ofStatus(415);
		}
		JsonNode body;
		try {
			body = JSON.readTree(content);
		}
		catch (IOException ex) {
			throw new HttpProblem(400, "invalid", "The body is no JSON");
		}
		if (body.isMissingNode()) {
			throw new HttpProblem(400, "invalid", "A body is required");
		}
		dropNulls(body);
		check(this.body, body, "body", errors);
		if (errors.isEmpty()) {
			numbers(body, "", errors);
		}
		if (!errors.isEmpty()) {
			return Map.of();
		}
		for (String name : this.ids) {
			if (body.path(name).isNumber()) {
				((ObjectNode) body).put(name, body.get(name).decimalValue().toBigInteger().toString());
			}
		}
		@SuppressWarnings("unchecked")
		Map<String, Object> fields = JSON.convertValue(body, LinkedHashMap.class);
		return fields;
	}

	/**
	 * Numbers have 64 bits, and ids as many digits as letters: written out,
	 * {@code 1e999999999} would need more memory than there is.
	 */
	private void numbers(JsonNode value, String path, List<FieldError> errors) {
		if (value.isNumber()) {
			BigDecimal number = value.decimalValue();
			boolean fits = this.ids.contains(path) ? (long) number.precision() - number.scale() <= LONGEST_ID
					: value.canConvertToLong();
			if (!fits) {
				errors.add(new FieldError(path, "is too large a number"));
			}
		}
		value.fields()
			.forEachRemaining((field) -> numbers(field.getValue(),
					path.isEmpty() ? field.getKey() : path + "." + field.getKey(), errors));
		if (value.isArray()) {
			value.forEach((item) -> numbers(item, path, errors));
		}
	}

	/** Many clients write null for what they leave out. */
	private void dropNulls(JsonNode body) {
		if (body instanceof ObjectNode object) {
			List<String> nulls = new ArrayList<>();
			object.fields().forEachRemaining((field) -> {
				if (field.getValue().isNull() && !this.required.contains(field.getKey())) {
					nulls.add(field.getKey());
				}
			});
			object.remove(nulls);
		}
	}

	private static boolean isJson(String contentType) {
		try {
			MediaType type = MediaType.parseMediaType((contentType != null) ? contentType : "");
			return type.isCompatibleWith(MediaType.APPLICATION_JSON) && type.isConcrete()
					|| type.getSubtype().endsWith("+json");
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static void check(JsonSchema schema, JsonNode value, String name, List<FieldError> errors) {
		Set<ValidationMessage> mistakes = schema.validate(value);
		for (ValidationMessage mistake : mistakes) {
			String field = field(mistake.getInstanceLocation(), mistake.getProperty());
			FieldError error = new FieldError(field.isEmpty() ? name : field, words(mistake));
			if (!errors.contains(error)) {
				errors.add(error);
			}
		}
		if (mistakes.isEmpty()) {
			nul(value, "", name, errors);
		}
	}

	private static String field(JsonNodePath location, String property) {
		StringBuilder field = new StringBuilder();
		for (int at = 0; at < location.getNameCount(); at++) {
			field.append(field.isEmpty() ? "" : ".").append(location.getElement(at));
		}
		if (property != null) {
			field.append(field.isEmpty() ? "" : ".").append(property);
		}
		return field.toString();
	}

	private static String words(ValidationMessage mistake) {
		return mistake.getType().equals("required") ? "is required" : mistake.getError();
	}

	private static void nul(JsonNode value, String path, String name, List<FieldError> errors) {
		if (value.isTextual() && value.textValue().contains(NUL)) {
			errors.add(new FieldError(path.isEmpty() ? name : path, "has a character that no text has"));
		}
		value.fields().forEachRemaining((field) -> {
			String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
			nul(field.getValue(), below, name, errors);
		});
		if (value.isArray()) {
			value.forEach((item) -> nul(item, path, name, errors));
		}
	}

	@Override
	public String toString() {
		return this.id;
	}

	/**
	 * A request as the contract knows it.
	 *
	 * @param parameters by name, each of the type that the contract gives it (text, long,
	 * BigDecimal, Boolean); the default for one that was not given, none without one
	 * @param body the fields of the JSON body, empty without one; ids are texts
	 */
	record Request(Map<String, Object> parameters, Map<String, Object> body) {
	}

	/** A parameter in the path, the query or the header. */
	private static final class Parameter {

		private final String name;

		private final String in;

		private final boolean required;

		private final String type;

		private final JsonNode standard;

		private final long clamp;

		private final JsonSchema schema;

		private Parameter(ObjectNode document, JsonNode node) {
			this.name = node.path("name").asText();
			this.in = node.path("in").asText();
			this.required = node.path("required").asBoolean();
			this.schema = schema(document, node.path("schema"));
			JsonNode resolved = resolve(document, node.path("schema"));
			this.type = resolved.path("type").asText();
			this.standard = resolved.path("default");
			this.clamp = node.path("x-clamp").asLong(Long.MAX_VALUE);
		}

		private Object read(String given, List<FieldError> errors) {
			if (given == null || (given.isEmpty() && this.in.equals("query"))) {
				if (this.required) {
					errors.add(new FieldError(this.name, "is required"));
				}
				return this.standard.isMissingNode() ? null : value(this.standard);
			}
			JsonNode typed = typed(given);
			if (typed == null) {
				errors.add(new FieldError(this.name, this.type.equals("boolean") ? "must be true or false"
						: this.type.equals("integer") ? "must be a whole number" : "must be a number"));
				return null;
			}
			check(this.schema, typed, this.name, errors);
			return value(typed);
		}

		private JsonNode typed(String given) {
			JsonNodeFactory nodes = JsonNodeFactory.instance;
			try {
				return switch (this.type) {
					case "integer" -> nodes.numberNode(Long.parseLong(given.strip()));
					case "number" -> number(given.strip());
					case "boolean" -> given.matches("true|false") ? nodes.booleanNode(given.equals("true")) : null;
					default -> nodes.textNode(given);
				};
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}

		/** A number with an exponent could be of any length once it is written out. */
		private static DecimalNode number(String given) {
			if (!given.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
				throw new NumberFormatException();
			}
			return DecimalNode.valueOf(new BigDecimal(given));
		}

		private Object value(JsonNode typed) {
			return switch (this.type) {
				case "integer" -> Math.min(typed.longValue(), this.clamp);
				case "number" -> typed.decimalValue();
				case "boolean" -> typed.booleanValue();
				default -> typed.textValue();
			};
		}

	}

}
