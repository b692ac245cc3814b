package journeys;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.queue.InboundBatch;
import hub.queue.InboundQueue;
import hub.queue.OutboundQueue;
import hub.queue.OutboundQueue.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Broadcasts from end to end: made over the API, read on the phones.
 */
class BroadcastIT {

	private static final String ADMIN = "admin@example.com";

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	private Sandbox.Answer make(String body) {
		return this.sandbox.as(ADMIN, "POST", "/api/v1/admin/broadcast", body);
	}

	private JsonNode made(String body) {
		Sandbox.Answer made = make(body);
		assertThat(made.status()).as("%s", made.body()).isEqualTo(202);
		return made.body();
	}

	private JsonNode shown(JsonNode made) {
		return this.sandbox.as(ADMIN, "GET", "/api/v1/admin/broadcasts/" + made.get("broadcast_id").asText(), null)
			.body();
	}

	private JsonNode done(JsonNode made) {
		return await().atMost(Duration.ofSeconds(20))
			.until(() -> shown(made), (broadcast) -> broadcast.get("state").asText().equals("done"));
	}

	/** So many seekers whom no phone belongs to. */
	private void crowd(int count) {
		this.sandbox.sql("""
				with linked as (
				insert into hub.account (user_id, email, role, name, updated_at)
				select 'crowd-' || n, n || '@example.com', 'seeker', 'Crowd', now() from generate_series(1, :count) n
				returning user_id, email
				), known as (
				insert into hub.contact (phone, account_id, linked_at, created_at)
				select '+23481' || (30000000 + split_part(email, '@', 1)::int), user_id, now(), now() from linked
				returning id, phone
				)
				insert into hub.identity (channel, address, contact_id, send_to, last_inbound_at)
				select 'whatsapp', phone, id, substr(phone, 2), now() from known""").param("count", count).update();
	}

	/** Messages of broadcasts in the outbox. */
	private long count(String condition) {
		return this.sandbox.count("select count(*) from hub.outbox where priority = 2 and " + condition);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/v1/admin/broadcast", "GET, /api/v1/admin/broadcasts", "GET, /api/v1/admin/broadcasts/1",
			"POST, /api/v1/admin/broadcasts/1/stop" })
	@DisplayName("O4, O9: broadcasts are for administrators")
	void administratorsOnly(String method, String path) {
		String body = method.equals("POST") ? "{\"audience\":{},\"text\":\"Hello\"}" : null;
		assertThat(this.sandbox.call(method, path, body).status()).isEqualTo(401);
		assertThat(this.sandbox.as("ada@example.com", method, path, body).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
			{"text":"Hello"}                                                     | audience
			{"audience":{}}                                                      | text
			{"audience":{},"text":""}                                            | text
			{"audience":{},"text":"  "}                                          | text
			{"audience":{},"text":7}                                             | text
			{"audience":{"roles":"seeker"},"text":"Hello"}                       | audience.roles
			{"audience":{"role":"tenant"},"text":"Hello"}                        | audience.role
			{"audience":{"language":"xx"},"text":"Hello"}                        | audience.language
			{"audience":{"area":" "},"text":"Hello"}                             | audience.area
			{"audience":{"role":"inspector","area":"Yaba"},"text":"Hello"}       | audience.area
			{"audience":"seekers","text":"Hello"}                                | audience
			{"audience":{},"text":"Hello","dryrun":true}                         | dryrun
			{"audience":{},"template":{}}                                        | template.name
			{"audience":{},"template":{"name":"Über"}}                           | template.name
			{"audience":{},"template":{"name":"a","parameters":"x"}}             | template.parameters
			{"audience":{},"template":{"name":"a","params":["x"]}}               | template.params
			""")
	@DisplayName("O4, O9: what is not understood is refused with the field's name, and nothing is said")
	void refused(String body, String field) {
		Sandbox.Answer answer = make(body);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.body().get("errors").findValuesAsText("field")).contains(field);
		assertThat(this.sandbox.count("select count(*) from hub.broadcast")).isZero();
	}

	@Test
	@DisplayName("O4: who misspells a part of the audience reads which there are")
	void misspelt() {
		assertThat(make("{\"audience\":{\"roles\":\"seeker\"},\"text\":\"Hello\"}").body().get("detail").asText())
			.isEqualTo("audience.roles is not role, language or area");
	}

	@Test
	@DisplayName("O4: previewed, sent to a role in a language, shown and listed; whoever sent STOP gets nothing; asked again under its key it is the same")
	void audience() {
		Phone tunde = this.sandbox.tunde().links("tunde@example.com");
		Phone sade = this.sandbox.sade().links("sade@example.com");
		Phone ada = this.sandbox.ada().links("ada@example.com");
		JsonNode all = make("{\"audience\":{},\"text\":\"Hello\",\"dry_run\":true}").body();
		assertThat(all.toString()).isEqualTo(
				"{\"recipients\":3,\"skipped\":0,\"by_channel\":{\"whatsapp\":3},\"by_language\":{\"en\":2,\"fr\":1}}");
		int adas = ada.fromHub().size();
		String body = "{\"audience\":{\"role\":\"seeker\",\"language\":\"fr\",\"area\":null},\"text\":\"Bonjour *Tunde*\"}";
		String[] headers = { "Authorization", "Bearer " + this.sandbox.token(ADMIN), "Content-Type", "application/json",
				"Idempotency-Key", "spring" };
		Sandbox.Answer made = this.sandbox.call("POST", "/api/v1/admin/broadcast", body, headers);
		assertThat(made.status()).isEqualTo(202);
		assertThat(made.body().get("recipients").asInt()).isEqualTo(1);
		assertThat(tunde.reads()).isEqualTo("Bonjour *Tunde*");
		assertThat(this.sandbox.call("POST", "/api/v1/admin/broadcast", body, headers).body()).isEqualTo(made.body());
		JsonNode done = done(made.body());
		assertThat(done.get("sent").asInt()).isEqualTo(1);
		assertThat(done.get("by").asText()).isNotBlank();
		sade.writes("STOP").reads();
		JsonNode second = made("{\"audience\":{},\"text\":\"To all of you\"}");
		assertThat(second.get("recipients").asInt()).isEqualTo(2);
		assertThat(tunde.reads()).isEqualTo("To all of you");
		assertThat(ada.gets((message) -> message.get("text").asText().equals("To all of you"))).isNotNull();
		await().untilAsserted(() -> assertThat(shown(second).get("delivered").asInt()).isEqualTo(2));
		assertThat(ada.fromHub()).hasSize(adas + 1);
		assertThat(sade.fromHub()).noneMatch((message) -> message.get("text").asText().startsWith("To all"));
		JsonNode list = this.sandbox.as(ADMIN, "GET", "/api/v1/admin/broadcasts?limit=1", null).body();
		assertThat(list.at("/items/0/text").asText()).isEqualTo("To all of you");
		assertThat(list.has("next_cursor")).isTrue();
	}

	@Test
	@DisplayName("O4: an area is that of the seekers' preferences, and of the agents' listings on the platform")
	void area() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		this.sandbox.tunde().links("tunde@example.com");
		Phone ada = this.sandbox.ada().links("ada@example.com");
		this.sandbox.sql(
				"insert into hub.preference (user_id, area, changed_at) select user_id, 'Yaba', now() from hub.account "
						+ "where email = 'sade@example.com'")
			.update();
		assertThat(made("{\"audience\":{\"area\":\"yaba\"},\"text\":\"Dear Yaba\"}").get("recipients").asInt())
			.isEqualTo(2);
		assertThat(sade.gets((message) -> message.get("text").asText().equals("Dear Yaba"))).isNotNull();
		assertThat(ada.gets((message) -> message.get("text").asText().equals("Dear Yaba"))).isNotNull();
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		assertThat(make("{\"audience\":{\"area\":\"Lekki\"},\"text\":\"Dear Lekki\"}").status()).isEqualTo(503);
		assertThat(made("{\"audience\":{\"role\":\"seeker\",\"area\":\"Lekki\"},\"text\":\"Dear Lekki\"}")
			.get("recipients")
			.asInt()).isZero();
	}

	@Test
	@DisplayName("O4, W14: outside the service window words reach nobody and a template does, in the person's language; inside it goes as a template too")
	void template() {
		Phone tunde = this.sandbox.tunde().links("tunde@example.com");
		this.sandbox.advance("PT25H");
		Phone sade = this.sandbox.sade().links("sade@example.com");
		JsonNode words = make("{\"audience\":{},\"text\":\"Hello\",\"dry_run\":true}").body();
		assertThat(List.of(words.get("recipients").asInt(), words.get("skipped").asInt())).containsExactly(1, 1);
		JsonNode made = made(
				"{\"audience\":{},\"template\":{\"name\":\"announcement\",\"parameters\":[\"we are open.\"]}}");
		assertThat(made.get("recipients").asInt()).isEqualTo(2);
		assertThat(tunde.reads()).startsWith("Des nouvelles d'Inspakta : we are open.");
		assertThat(
				sade.gets((message) -> message.path("template").asText("").equals("announcement")).get("text").asText())
			.startsWith("News from Inspakta: we are open.");
		assertThat(done(made).get("failed").asInt()).isZero();
	}

	@Test
	@DisplayName("O4: what the provider accepts and fails later has failed, not been sent")
	void failsLater() {
		this.sandbox.sade().links("sade@example.com");
		JsonNode made = made("{\"audience\":{},\"text\":\"Hello\"}");
		done(made);
		long id = this.sandbox.count("select message_id from hub.broadcast_recipient");
		this.sandbox.bean(InboundQueue.class)
			.store(new InboundBatch(List.of(), List.of(new StatusUpdate("whatsapp", id, null, MessageState.FAILED,
					this.sandbox.now(), 131026, "Not deliverable"))));
		await().untilAsserted(() -> {
			JsonNode shown = shown(made);
			assertThat(List.of(shown.get("sent").asInt(), shown.get("failed").asInt())).containsExactly(0, 1);
		});
	}

	@Test
	@DisplayName("O4: a second's worth is queued and no more, a menu is answered meanwhile, stop takes effect at once, and nobody gets it twice")
	void pacedAndStopped() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		crowd(1000);
		this.sandbox.bean(OutboundQueue.class)
			.pause("whatsapp", new Pause(Duration.ZERO, Duration.ofHours(1), "the test holds it"));
		JsonNode made = made("{\"audience\":{\"language\":\"en\"},\"text\":\"Hello\"}");
		assertThat(made.get("recipients").asInt()).isEqualTo(1001);
		await().until(() -> count("state = 0") == 80);
		sade.writes("menu");
		sade.gets((message) -> Phone.options(message).contains("seeker_browse"));
		assertThat(count("state = 0")).isEqualTo(80);
		this.sandbox.sql("update hub.sender set bulk_paused_until = default").update();
		await().atMost(Duration.ofSeconds(20)).until(() -> count("state = 1") > 80);
		JsonNode stopped = this.sandbox
			.as(ADMIN, "POST", "/api/v1/admin/broadcasts/" + made.get("broadcast_id").asText() + "/stop", null)
			.body();
		assertThat(stopped.get("state").asText()).isEqualTo("stopped");
		assertThat(stopped.get("waiting").asInt()).isPositive();
		assertThat(count("state = 0")).isZero();
		await().until(() -> this.sandbox.count("select count(*) from hub.broadcast where ended_at is null") == 0);
		JsonNode ended = shown(made);
		int sent = ended.get("sent").asInt();
		// what had its turn when it was stopped, and was not on its way yet
		int refused = ended.get("failed").asInt();
		assertThat(ended.get("waiting").asInt()).isEqualTo(1001 - sent - refused);
		assertThat(count("state = 1")).isEqualTo(sent);
		assertThat(count("state = 2 and error like '%taken back%'")).isEqualTo(refused);
		assertThat(this.sandbox.count("select count(distinct lane_key) from hub.outbox where priority = 2"))
			.isEqualTo(sent + refused);
	}

}
