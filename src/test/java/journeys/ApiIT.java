package journeys;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API as its callers see it: over the wire, on the whole sandbox.
 */
class ApiIT {

	private static final String SADE = "sade@example.com";

	private static final String ADMIN = "admin@example.com";

	private Sandbox sandbox;

	@BeforeEach
	void reset() {
		this.sandbox = Sandbox.reset();
	}

	private static void isProblem(Sandbox.Answer answer, int status, String code) {
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		JsonNode problem = answer.body();
		assertThat(problem.path("status").asInt()).isEqualTo(status);
		assertThat(problem.path("code").asText()).isEqualTo(code);
		assertThat(problem.path("type").asText()).isNotEmpty();
		assertThat(problem.path("title").asText()).isNotEmpty();
		assertThat(problem.path("detail").isTextual()).isTrue();
		if (status == 503 || status == 429) {
			assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
		}
	}

	@Test
	@DisplayName("O2: the status is for anybody, its details for administrators")
	void status() {
		JsonNode anybody = this.sandbox.call("GET", "/api/v1/status", null).body();
		assertThat(anybody.get("status").asText()).isEqualTo("UP");
		assertThat(anybody.get("version").asText()).isNotEmpty();
		assertThat(anybody).hasSize(2);
		assertThat(this.sandbox.as(SADE, "GET", "/api/v1/status/", null).body()).hasSize(2);
		JsonNode admin = this.sandbox.as(ADMIN, "GET", "/api/v1/status", null).body();
		assertThat(admin.at("/dependencies/database").asText()).isEqualTo("UP");
		assertThat(admin.at("/channels/whatsapp").asText()).isEqualTo("configured");
		assertThat(admin.get("uptime_seconds").isIntegralNumber()).isTrue();
	}

	@Test
	@DisplayName("E7: the contract is there for anybody")
	void contract() {
		Sandbox.Answer answer = this.sandbox.call("GET", "/openapi.json", null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().at("/info/title").asText()).isEqualTo("Inspakta Hub");
		assertThat(answer.body().at("/components/securitySchemes")).hasSize(3);
	}

	@Test
	@DisplayName("O9: without a token, and with a bad one, the API answers 401")
	void needsToken() {
		isProblem(this.sandbox.call("GET", "/api/v1/properties", null), 401, "unauthorized");
		isProblem(this.sandbox.call("GET", "/api/v1/properties", null, "Authorization", "Bearer x.y.z"), 401,
				"unauthorized");
		assertThat(this.sandbox.call("GET", "/api/v1/properties", null).header("WWW-Authenticate")).isEqualTo("Bearer");
	}

	@Test
	@DisplayName("O9: what is not there is 404, what a path does not take 405, each a problem document")
	void unknown() {
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/nothing", null), 404, "not_found");
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/properties/1/nothing", null), 404, "not_found");
		Sandbox.Answer wrong = this.sandbox.as(SADE, "DELETE", "/api/v1/properties", null);
		isProblem(wrong, 405, "method_not_allowed");
		assertThat(wrong.header("Allow")).contains("GET");
	}

}
