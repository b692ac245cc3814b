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

	@Test
	@DisplayName("C2: properties are cards, page by page, filtered, and only those that are available")
	void properties() {
		JsonNode first = this.sandbox.as(SADE, "GET", "/api/v1/properties?limit=5", null).body();
		assertThat(first.get("items")).hasSize(5);
		JsonNode card = first.at("/items/0");
		assertThat(card.get("id").isTextual()).isTrue();
		assertThat(card.get("price").asText()).isEqualTo("₦4,500,000 / year");
		assertThat(card.get("image_url")).isEqualTo(card.get("imageUrl"));
		assertThat(card.at("/metadata/rent_type").asText()).isEqualTo("apartment");
		assertThat(card.toString()).doesNotContain("+23480");
		String cursor = first.get("next_cursor").asText();
		JsonNode second = this.sandbox.as(SADE, "GET", "/api/v1/properties?limit=200&cursor=" + cursor, null).body();
		assertThat(second.get("items").size()).isGreaterThan(10);
		assertThat(second.has("next_cursor")).isFalse();
		assertThat(second.get("items")).noneMatch((other) -> other.get("id").equals(card.get("id")));
		JsonNode filtered = this.sandbox
			.as(SADE, "GET", "/api/v1/properties?area=yaba&bedrooms=2&max_price=3000000.50&limit=1000", null)
			.body();
		assertThat(filtered.get("items")).isNotEmpty()
			.allSatisfy((one) -> assertThat(one.get("area").asText()).isEqualTo("Yaba"));
	}

	@Test
	@DisplayName("C2: one property, its free slots in its own time zone; an unknown one is 404")
	void property() {
		assertThat(this.sandbox.as(SADE, "GET", "/api/v1/properties/1", null).body().get("id").asText()).isEqualTo("1");
		JsonNode slots = this.sandbox.as(SADE, "GET", "/api/v1/properties/1/inspection-slots/?limit=2", null).body();
		assertThat(slots.get("items")).hasSize(2);
		assertThat(slots.at("/items/0/datetime").asText()).endsWith("+01:00");
		JsonNode more = this.sandbox
			.as(SADE, "GET",
					"/api/v1/properties/1/inspection-slots?limit=200&cursor=" + slots.get("next_cursor").asText(), null)
			.body();
		assertThat(more.at("/items/0/datetime").asText()).isGreaterThan(slots.at("/items/1/datetime").asText());
		for (String unknown : new String[] { "999", "abc", "...", "%C3%A9", "a".repeat(101) }) {
			isProblem(this.sandbox.as(SADE, "GET", "/api/v1/properties/" + unknown, null), 404, "not_found");
		}
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/properties/999/inspection-slots", null), 404, "not_found");
	}

	@Test
	@DisplayName("O9: parameters that are not valid are 422 with the field and what is wrong with it")
	void invalidParameters() {
		Sandbox.Answer answer = this.sandbox.as(SADE, "GET",
				"/api/v1/properties?limit=0&min_price=cheap&bedrooms=-1&max_price=1e999", null);
		isProblem(answer, 422, "invalid");
		assertThat(answer.body().get("errors").findValuesAsText("field")).containsExactlyInAnyOrder("limit",
				"min_price", "bedrooms", "max_price");
		assertThat(answer.body().get("errors").findValuesAsText("message"))
			.allSatisfy((message) -> assertThat(message).isNotBlank());
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/properties?cursor=mine", null), 422, "invalid");
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/properties/1/inspection-slots?cursor=mine", null), 422,
				"invalid");
	}

	@Test
	@DisplayName("W17: while the platform is down the API says so with 503, and never with an empty list")
	void platformDown() {
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		for (String path : new String[] { "/properties", "/properties/1", "/properties/1/inspection-slots" }) {
			isProblem(this.sandbox.as(SADE, "GET", "/api/v1" + path, null), 503, "inspector_api_error");
		}
	}

}
