package hub.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The HTTP interface as {@code openapi.yaml} promises it. Routes are bound by it, and
 * what comes in is checked against it, so that the two can't drift.
 */
@Component
public class Contract {

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

	private final ObjectNode document;

	private final Map<String, Operation> operations = new LinkedHashMap<>();

	public Contract() {
		this("openapi.yaml");
	}

	/**
	 * Reads a contract.
	 * @param file an OpenAPI 3.1 document in YAML on the class path
	 */
	Contract(String file) {
		try {
			this.document = (ObjectNode) new YAMLMapper().readTree(new ClassPathResource(file).getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.document.path("paths").fields().forEachRemaining((path) -> {
			for (Iterator<Map.Entry<String, JsonNode>> parts = path.getValue().fields(); parts.hasNext();) {
				Map.Entry<String, JsonNode> part = parts.next();
				if (METHODS.contains(part.getKey())) {
					add(new Operation(this.document, path.getKey(), part.getKey().toUpperCase(Locale.ROOT),
							part.getValue()));
				}
			}
		});
	}

	private void add(Operation operation) {
		if (operation.id().isEmpty() || this.operations.put(operation.id(), operation) != null) {
			throw new IllegalStateException(
					operation.method() + " " + operation.path() + " has no operationId of its own");
		}
	}

	/**
	 * The whole document.
	 * @return OpenAPI 3.1
	 */
	public JsonNode document() {
		return this.document;
	}

	/**
	 * All that it promises.
	 * @return in the document's order
	 */
	public List<Operation> operations() {
		return List.copyOf(this.operations.values());
	}

	/**
	 * One operation.
	 * @param id the operation's, which is its route's
	 * @return the operation
	 * @throws IllegalArgumentException if there is none
	 */
	public Operation operation(String id) {
		Operation operation = this.operations.get(id);
		if (operation == null) {
			throw new IllegalArgumentException("The contract has no operation " + id);
		}
		return operation;
	}

}
