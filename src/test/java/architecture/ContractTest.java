package architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import hub.http.Contract;
import hub.http.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract and the routes are two sides of one thing.
 */
class ContractTest {

	private final Contract contract = new Contract();

	private final Map<String, JsonNode> routes = RouteFile.all()
		.stream()
		.flatMap((file) -> file.routes().stream())
		.filter((route) -> route.has("id"))
		.collect(Collectors.toMap((route) -> route.path("id").asText(), Function.identity()));

	private static String from(JsonNode route) {
		return route.path("from").path("uri").asText();
	}

	@Test
	@DisplayName("E7: every operation of the contract has the route of its id, called by it or listening on its path")
	void operationsHaveRoutes() {
		assertThat(this.contract.operations()).hasSizeGreaterThan(20);
		for (Operation operation : this.contract.operations()) {
			JsonNode route = this.routes.get(operation.id());
			assertThat(route).as("the route of %s", operation.id()).isNotNull();
			assertThat(from(route)).as(operation.id())
				.isIn("direct:" + operation.id(), "platform-http:" + operation.path());
			if (from(route).startsWith("platform-http:")) {
				assertThat(methods(route)).as(operation.id()).contains(operation.method());
			}
			assertThat(route.path("routeConfigurationId").asText()).as(operation.id()).isEqualTo("policy-http");
		}
	}

	@Test
	@DisplayName("E7: every path that a route listens on is in the contract, with each of its methods")
	void routesArePromised() {
		Set<String> promised = this.contract.operations()
			.stream()
			.map((operation) -> operation.method() + " " + operation.path())
			.collect(Collectors.toSet());
		Set<String> served = new TreeSet<>();
		this.routes.values()
			.stream()
			.filter((route) -> from(route).startsWith("platform-http:"))
			.forEach((route) -> methods(route)
				.forEach((method) -> served.add(method + " " + from(route).replace("platform-http:", ""))));
		assertThat(served).hasSizeGreaterThan(3).isSubsetOf(promised);
	}

	private static List<String> methods(JsonNode route) {
		return Arrays.asList(route.path("from").path("parameters").path("httpMethodRestrict").asText().split(","));
	}

	@Test
	@DisplayName("E7: every operation says what it is for, whom it refuses, and how each answer looks")
	void isComplete() {
		JsonNode document = this.contract.document();
		for (Operation operation : this.contract.operations()) {
			JsonNode node = document.path("paths").path(operation.path()).path(operation.method().toLowerCase());
			assertThat(node.path("summary").asText()).as(operation.id()).isNotBlank();
			assertThat(node.path("tags")).as(operation.id()).hasSize(1);
			Set<String> answers = new TreeSet<>();
			node.path("responses").fieldNames().forEachRemaining(answers::add);
			assertThat(answers).as(operation.id()).anyMatch((status) -> status.startsWith("2"));
			if (operation.needsToken() && operation.path().startsWith("/api/v1/")
					&& !operation.id().startsWith("intake")) {
				assertThat(answers).as(operation.id()).contains("401");
			}
			if (node.path("requestBody").path("content").has("application/json")
					&& !operation.id().startsWith("intake")) {
				assertThat(answers).as(operation.id()).contains("400", "415", "422");
			}
		}
	}

	@Test
	@DisplayName("E7: every reference in the contract leads somewhere, and nothing is defined in vain")
	void refersToWhatIsThere() {
		JsonNode document = this.contract.document();
		Set<String> used = new TreeSet<>();
		RouteFile.walk(document, (name, node) -> {
			if (name.equals("$ref")) {
				used.add(node.asText());
			}
		});
		assertThat(used).hasSizeGreaterThan(20)
			.allSatisfy((reference) -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
		Stream.of("schemas", "responses", "parameters")
			.forEach((kind) -> document.path("components")
				.path(kind)
				.fieldNames()
				.forEachRemaining((name) -> assertThat(used).contains("#/components/" + kind + "/" + name)));
		assertThat(document.path("info").path("title").asText()).isEqualTo("Inspakta Hub");
		assertThat(document.path("components").path("securitySchemes")).hasSize(3);
	}

}
