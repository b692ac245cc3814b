package journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

	private String slot(String property) {
		return this.sandbox.as(SADE, "GET", "/api/v1/properties/" + property + "/inspection-slots?limit=1", null)
			.body()
			.at("/items/0/id")
			.asText();
	}

	private Sandbox.Answer book(String key, String body) {
		return this.sandbox.call("POST", "/api/v1/inspections", body, "Authorization",
				"Bearer " + this.sandbox.token(SADE), "Content-Type", "application/json", "Idempotency-Key", key);
	}

	@Test
	@DisplayName("C6: a free slot is booked, and the next one who wants it is told that it is gone")
	void books() {
		String slot = slot("1");
		Visitor sade = new Visitor(this.sandbox, SADE);
		String check = sade.asks("1");
		String body = "{\"property_id\":1,\"slot_id\":" + slot + ",\"check_id\":" + check + "}";
		for (String other : List.of("\"c1\"", "999999")) {
			isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections",
					body.replace("_id\":" + check + "}", "_id\":" + other + "}")), 422, "invalid");
		}
		Sandbox.Answer booked = this.sandbox.as(SADE, "POST", "/api/v1/inspections", body);
		assertThat(booked.status()).as("%s", booked.body()).isEqualTo(201);
		assertThat(booked.body().get("success").asBoolean()).isTrue();
		JsonNode inspection = booked.body().get("inspection");
		assertThat(inspection.get("id")).isEqualTo(booked.body().get("booking_id"));
		assertThat(inspection.get("status").asText()).isEqualTo("scheduled");
		assertThat(inspection.get("agent_contact").asText()).isEqualTo("+2348030000011");
		assertThat(slot("1")).isNotEqualTo(slot);
		isProblem(this.sandbox.as("tunde@example.com", "POST", "/api/v1/inspections", body), 409, "conflict");
		JsonNode mine = this.sandbox.as(SADE, "GET", "/api/v1/inspections/1", null).body();
		assertThat(mine.get("items")).hasSize(1);
		assertThat(this.sandbox
			.count("select count(*) from hub.booking where check_id = '" + check + "' and source = 'api'"))
			.isEqualTo(1);
		assertThat(sade.messages()).filteredOn((said) -> said.at("/metadata/source").asText().equals("booking"))
			.extracting((said) -> said.get("text").asText())
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains(booked.body().get("booking_id").asText(), "+2348030000011");
	}

	@Test
	@DisplayName("C6: the time of a slot will do, with an offset or in UTC")
	void booksByTime() {
		JsonNode slots = this.sandbox.as(SADE, "GET", "/api/v1/properties/2/inspection-slots?limit=2", null).body();
		String first = slots.at("/items/0/datetime").asText();
		String second = OffsetDateTime.parse(slots.at("/items/1/datetime").asText())
			.withOffsetSameInstant(ZoneOffset.UTC)
			.toLocalDateTime()
			.toString();
		for (String time : List.of(first, second)) {
			Sandbox.Answer booked = this.sandbox.as(SADE, "POST", "/api/v1/inspections",
					"{\"property_id\":\"2\",\"scheduled_datetime\":\"" + time + "\"}");
			assertThat(booked.status()).as("%s", booked.body()).isEqualTo(201);
		}
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections",
				"{\"property_id\":\"2\",\"scheduled_datetime\":\"" + first + "\"}"), 409, "conflict");
	}

	@Test
	@DisplayName("C6: what can't be booked is refused with the field that is wrong")
	void refusesBookings() {
		for (String[] wrong : new String[][] { { "{}", "property_id" }, { "{\"property_id\":1}", "slot_id" },
				{ "{\"property_id\":true,\"slot_id\":1}", "property_id" },
				{ "{\"property_id\":1,\"scheduled_datetime\":\"tomorrow\"}", "scheduled_datetime" },
				{ "{\"property_id\":1,\"scheduled_datetime\":\"2020-01-01T10:00:00Z\"}", "scheduled_datetime" },
				{ "{\"property_id\":1,\"scheduled_datetime\":\"+99999-01-01T10:00:00Z\"}", "scheduled_datetime" },
				{ "[]", "body" } }) {
			Sandbox.Answer answer = this.sandbox.as(SADE, "POST", "/api/v1/inspections", wrong[0]);
			isProblem(answer, 422, "invalid");
			assertThat(answer.body().get("errors").findValuesAsText("field")).as(wrong[0]).contains(wrong[1]);
		}
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections", "{\"property_id\":999,\"slot_id\":1}"), 404,
				"not_found");
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections", "{\"property_id\":1,\"slot_id\":999999}"), 409,
				"conflict");
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections",
				"{\"property_id\":1,\"slot_id\":" + slot("1") + ",\"seeker_id\":2}"), 403, "forbidden");
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections", "{\"property_id\":"), 400, "invalid");
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections", ""), 400, "invalid");
		isProblem(
				this.sandbox.call("POST", "/api/v1/inspections", "property_id=1", "Authorization",
						"Bearer " + this.sandbox.token(SADE), "Content-Type", "application/x-www-form-urlencoded"),
				415, "unsupported_media_type");
		assertThat(this.sandbox.count("select count(*) from sandbox.inspection")).isZero();
	}

	@Test
	@DisplayName("C6: an administrator books for others and sees everybody's inspections, others only their own")
	void administrates() {
		Sandbox.Answer booked = this.sandbox.as(ADMIN, "POST", "/api/v1/inspections",
				"{\"property_id\":\"1\",\"slot_id\":\"" + slot("1") + "\",\"seeker_id\":\"2\"}");
		assertThat(booked.body().at("/inspection/seeker_id").asText()).isEqualTo("2");
		assertThat(this.sandbox.as(ADMIN, "GET", "/api/v1/inspections/2", null).body().get("items")).hasSize(1);
		assertThat(this.sandbox.as("tunde@example.com", "GET", "/api/v1/inspections/2/", null).body().get("items"))
			.hasSize(1);
		assertThat(this.sandbox.as("ada@example.com", "GET", "/api/v1/inspections/11", null).body().get("items"))
			.hasSize(1);
		assertThat(this.sandbox.as("chidi@example.com", "GET", "/api/v1/inspections/21", null).body().get("items"))
			.hasSize(1);
		assertThat(this.sandbox.as(ADMIN, "GET", "/api/v1/inspections/99", null).body().get("items")).isEmpty();
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/inspections/2", null), 403, "forbidden");
		isProblem(this.sandbox.as(SADE, "GET", "/api/v1/inspections/777", null), 403, "forbidden");
		isProblem(this.sandbox.as(ADMIN, "GET", "/api/v1/inspections/777", null), 404, "not_found");
	}

	@RepeatedTest(3)
	@DisplayName("W3: the same key books once, at the same moment, and after a crash between the platform's answer and ours")
	void booksOnce() throws Exception {
		String body = "{\"property_id\":\"3\",\"slot_id\":\"" + slot("3") + "\"}";
		ExecutorService callers = Executors.newFixedThreadPool(8);
		try {
			List<Future<Sandbox.Answer>> answers = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				answers.add(callers.submit(() -> book("key-1", body)));
			}
			Set<String> bookings = new HashSet<>();
			for (Future<Sandbox.Answer> answer : answers) {
				assertThat(answer.get().status()).as("%s", answer.get().body()).isEqualTo(201);
				bookings.add(answer.get().body().get("booking_id").asText());
			}
			assertThat(bookings).hasSize(1);
		}
		finally {
			callers.shutdownNow();
		}
		// As if the hub had died before it could keep the answer
		this.sandbox.sql("update hub.booking_request set answer = null").update();
		this.sandbox.sql("delete from hub.booking").update();
		assertThat(book("key-1", body).status()).isEqualTo(201);
		assertThat(this.sandbox.count("select count(*) from sandbox.inspection")).isEqualTo(1);
		assertThat(this.sandbox.count("select count(*) from hub.booking")).isEqualTo(1);
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		assertThat(book("key-1", body).status()).as("what is known needs no platform").isEqualTo(201);
		isProblem(book("key-1", body.replace("\"3\"", "\"4\"")), 422, "invalid");
		isProblem(book("key-2", body), 503, "inspector_api_error");
	}

	private Sandbox.Answer auth(String call, String body) {
		return this.sandbox.call("POST", "/api/v1/auth/" + call, body);
	}

	@Test
	@DisplayName("C1: a mailed code is traded for a token, which opens the API and can be renewed; the code is good once")
	void signsIn() {
		Sandbox.Answer asked = auth("initiate-linking", "{\"email\":\"Sade@Example.com\"}");
		assertThat(asked.status()).as("%s", asked.body()).isEqualTo(202);
		assertThat(asked.body().get("expires_in").asInt()).isEqualTo(300);
		JsonNode mail = this.sandbox.mail(SADE, (any) -> true);
		assertThat(mail.get("text").asText()).contains("sign in").doesNotContain("WhatsApp");
		String code = Phone.code(mail);
		String verify = "{\"email\":\"sade@example.com\",\"otp_code\":\"" + code + "\"}";
		Sandbox.Answer verified = auth("verify-otp", verify);
		assertThat(verified.status()).as("%s", verified.body()).isEqualTo(200);
		assertThat(verified.body().get("user_role").asText()).isEqualTo("seeker");
		assertThat(verified.body().get("token_type").asText()).isEqualTo("bearer");
		assertThat(verified.body().get("expires_in").asInt()).isEqualTo(1800);
		String token = verified.body().get("access_token").asText();
		isProblem(auth("verify-otp", verify), 400, "invalid_code");
		Sandbox.Answer mine = this.sandbox.call("GET", "/api/v1/inspections/1", null, "Authorization",
				"Bearer " + token);
		assertThat(mine.status()).isEqualTo(200);
		Sandbox.Answer renewed = this.sandbox.call("POST", "/api/v1/auth/refresh", null, "Authorization",
				"Bearer " + token);
		assertThat(renewed.status()).as("%s", renewed.body()).isEqualTo(200);
		assertThat(this.sandbox
			.call("GET", "/api/v1/inspections/1", null, "Authorization",
					"Bearer " + renewed.body().get("access_token").asText())
			.status()).isEqualTo(200);
		isProblem(auth("refresh", null), 401, "unauthorized");
	}

	@Test
	@DisplayName("C1: who asks learns nothing about which addresses have an account")
	void hidesAccounts() {
		Sandbox.Answer known = auth("initiate-linking", "{\"email\":\"sade@example.com\"}");
		Sandbox.Answer unknown = auth("initiate-linking", "{\"email\":\"nobody@example.com\"}");
		assertThat(unknown.status()).isEqualTo(known.status());
		assertThat(unknown.body()).isEqualTo(known.body());
		this.sandbox.mail(SADE, (any) -> true);
		assertThat(this.sandbox.mails("nobody@example.com")).isEmpty();
		Sandbox.Answer wrong = auth("verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":\"000000\"}");
		for (String email : List.of("nobody@example.com", "never-asked@example.com")) {
			Sandbox.Answer other = auth("verify-otp", "{\"email\":\"" + email + "\",\"otp_code\":\"000000\"}");
			isProblem(other, 400, "invalid_code");
			assertThat(other.body()).isEqualTo(wrong.body());
		}
	}

	@Test
	@DisplayName("C1: a code is void after 5 wrong tries and expires after 5 minutes")
	void voidsCodes() {
		auth("initiate-linking", "{\"email\":\"sade@example.com\"}");
		String code = Phone.code(this.sandbox.mail(SADE, (any) -> true));
		String wrong = code.equals("123456") ? "654321" : "123456";
		for (int i = 0; i < 5; i++) {
			isProblem(auth("verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":\"" + wrong + "\"}"), 400,
					"invalid_code");
		}
		isProblem(auth("verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":\"" + code + "\"}"), 400,
				"invalid_code");
		auth("initiate-linking", "{\"email\":\"sade@example.com\"}");
		await().until(() -> this.sandbox.mails(SADE).size() == 2);
		String second = Phone.code(this.sandbox.mails(SADE).get(1));
		this.sandbox.advance("PT5M1S");
		isProblem(auth("verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":\"" + second + "\"}"), 400,
				"invalid_code");
	}

	@Test
	@DisplayName("O8: 3 codes an hour for an address, on the web and on WhatsApp together; 429 says when to try again")
	void limitsCodes() {
		this.sandbox.sade().writes("/link sade@example.com").reads();
		for (int i = 0; i < 2; i++) {
			assertThat(auth("initiate-linking", "{\"email\":\"sade@example.com\"}").status()).isEqualTo(202);
		}
		Sandbox.Answer over = auth("initiate-linking", "{\"email\":\"sade@example.com\"}");
		isProblem(over, 429, "rate_limited");
		assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(3500, 3600);
		this.sandbox.advance("PT1H1S");
		assertThat(auth("initiate-linking", "{\"email\":\"sade@example.com\"}").status()).isEqualTo(202);
	}

	@Test
	@DisplayName("C1: what is no address, number or code is 422 with the field; while the platform is down it is 503")
	void refusesAuth() {
		for (String[] wrong : new String[][] { { "initiate-linking", "{}", "email" },
				{ "initiate-linking", "{\"email\":\"sade\"}", "email" },
				{ "initiate-linking", "{\"email\":\"sade@example.com\",\"phone_number\":\"0803\"}", "phone_number" },
				{ "initiate-linking", "{\"email\":\"sade@example.com\",\"phone_number\":\"+1\"}", "phone_number" },
				{ "verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":\"12345\"}", "otp_code" },
				{ "verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":123456}", "otp_code" },
				{ "verify-otp", "{\"otp_code\":\"123456\"}", "email" } }) {
			Sandbox.Answer answer = auth(wrong[0], wrong[1]);
			isProblem(answer, 422, "invalid");
			assertThat(answer.body().get("errors").findValuesAsText("field")).as(wrong[1]).contains(wrong[2]);
		}
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		isProblem(auth("initiate-linking", "{\"email\":\"sade@example.com\"}"), 503, "inspector_api_error");
	}

	@Test
	@DisplayName("C1: a code proves a mailbox and no number: that is linked when the same code comes from it on WhatsApp")
	void linksNumberByCode() {
		auth("initiate-linking", "{\"email\":\"sade@example.com\",\"phone_number\":\"2348030000001\"}");
		JsonNode mail = this.sandbox.mail(SADE, (any) -> true);
		assertThat(mail.get("text").asText()).contains("WhatsApp").doesNotContain("2348030000001");
		String code = Phone.code(mail);
		assertThat(auth("verify-otp", "{\"phone_number\":\"+2348030000001\",\"otp_code\":\"" + code + "\"}").status())
			.isEqualTo(200);
		assertThat(this.sandbox.count("select count(*) from hub.contact where account_id is not null")).isZero();
		assertThat(this.sandbox.sade().writes(code).reads()).contains("Welcome, Sade");
		assertThat(this.sandbox.sade().writes(code).gets((message) -> message.get("text").asText().contains("used")))
			.isNotNull();
	}

	@Test
	@DisplayName("C1: or when the number says yes to the hub's question; a no leaves it as it is, and a stranger is not asked")
	void linksNumberByConfirmation() {
		auth("initiate-linking", "{\"email\":\"sade@example.com\",\"phone_number\":\"+2348030000001\"}");
		String code = Phone.code(this.sandbox.mail(SADE, (any) -> true));
		Phone sade = this.sandbox.sade();
		assertThat(sade.writes("is anybody there?").reads()).as("the mailbox is not proved yet").contains("/link");
		auth("verify-otp", "{\"email\":\"sade@example.com\",\"otp_code\":\"" + code + "\"}");
		sade.writes("cancel").gets();
		JsonNode question = sade.writes("and now?").gets();
		assertThat(question.get("text").asText()).contains("s…@example.com").doesNotContain("sade@");
		String yes = Phone.options(question).get(0);
		Phone stranger = this.sandbox.phone("+2348037777777");
		this.sandbox.deliver(Deliveries.choice("2348037777777", "wamid.forged", yes));
		assertThat(stranger.reads()).contains("no longer open");
		assertThat(sade.taps(yes).reads()).contains("Welcome, Sade");
		assertThat(sade.taps(yes).reads()).contains("no longer open");
	}

	@Test
	@DisplayName("O9: pages of allowed origins may call the API, others may not")
	void cors() {
		String own = this.sandbox.address();
		Sandbox.Answer allowed = this.sandbox.call("OPTIONS", "/api/v1/inspections", null, "Origin",
				"https://partner.example.com", "Access-Control-Request-Method", "POST",
				"Access-Control-Request-Headers", "authorization, idempotency-key");
		assertThat(allowed.status()).isEqualTo(200);
		assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://partner.example.com");
		isProblem(this.sandbox.call("OPTIONS", "/api/v1/inspections", null, "Origin", "https://evil.example.com",
				"Access-Control-Request-Method", "POST"), 403, "forbidden");
		isProblem(this.sandbox.call("GET", "/api/v1/status", null, "Origin", "https://evil.example.com"), 403,
				"forbidden");
		assertThat(this.sandbox.call("GET", "/api/v1/status", null, "Origin", own).status()).isEqualTo(200);
		assertThat(this.sandbox.call("GET", "/api/v1/status", null).header("Content-Security-Policy"))
			.contains("frame-ancestors 'none'");
		assertThat(this.sandbox.call("GET", "/openapi.json", null).header("Content-Security-Policy"))
			.contains("frame-ancestors 'self'")
			.contains("https://partner.example.com");
	}

	@Test
	@DisplayName("O9: a body may have 3 MiB at most")
	void size() {
		isProblem(this.sandbox.as(SADE, "POST", "/api/v1/inspections", "x".repeat(3 * 1024 * 1024 + 1)), 413,
				"too_large");
	}

	@Test
	@DisplayName("O9: a path that is none is refused with a problem document, not with a page of the server's")
	void malformedPaths() {
		for (String path : new String[] { "/api/v1/properties/1%00", "/api/v1/properties/%zz", "/api/v1/%2e%2e/x",
				"/api/v1/properties/a%2Fb", "/api/v1/properties/..;/x" }) {
			String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(answer).as(path)
				.matches("(?s)HTTP/1\\.1 (400|401|403|404).*")
				.containsIgnoringCase("content-type: application/problem+json")
				.contains("\"code\":")
				.doesNotContain("Tomcat", "Exception");
		}
	}

	private String raw(String request) {
		URI address = URI.create(this.sandbox.address());
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	@DisplayName("O9: a body is UTF-8, whatever the request says of it, and a text has no NUL in it")
	void readsBytes() {
		String thread = this.sandbox.as(SADE, "POST", "/api/v1/threads", "{}").body().get("thread_id").asText();
		String messages = "/api/v1/threads/" + thread + "/messages";
		Sandbox.Answer said = this.sandbox.call("POST", messages, "{\"text\":\"✓é🏠\"}", "Authorization",
				"Bearer " + this.sandbox.token(SADE), "Content-Type", "application/json; charset=ISO-8859-1");
		assertThat(said.status()).as("%s", said.body()).isLessThan(300);
		assertThat(this.sandbox.count("select count(*) from hub.thread_message where text = '✓é🏠'")).isEqualTo(1);
		isProblem(this.sandbox.as(SADE, "POST", messages, "{\"text\":\"\\u0000\"}"), 422, "invalid");
	}

}
