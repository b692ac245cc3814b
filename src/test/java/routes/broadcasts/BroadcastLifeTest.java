package routes.broadcasts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import hub.platform.Page;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static routes.broadcasts.Instance.PORTION;
import static routes.broadcasts.Instance.phone;

/**
 * Whom a broadcast goes to, how it is fed to the outbox, how it ends, and what it counts.
 */
class BroadcastLifeTest {

	private static final String ALL = "{\"audience\":{},\"text\":\"Hello\"}";

	private final MovableClock clock = new MovableClock();

	private TestDatabase store;

	private Instance hub;

	@BeforeEach
	void open() throws Exception {
		this.store = TestDatabase.create();
		this.hub = new Instance(this.store, "hub", this.clock);
	}

	@AfterEach
	void close() {
		this.hub.close();
		this.store.close();
	}

	private static void expect(JsonNode broadcast, String state, int sent, int failed, int leftOut, int waiting) {
		assertThat(broadcast.get("state").asText()).isEqualTo(state);
		assertThat(List.of(broadcast.get("sent").asInt(), broadcast.get("failed").asInt(),
				broadcast.get("left_out").asInt(), broadcast.get("waiting").asInt()))
			.as("sent, failed, left out, waiting")
			.containsExactly(sent, failed, leftOut, waiting);
	}

	private long queued() {
		return this.hub.count("select count(*) from outbox where state = 0 and priority = 2");
	}

	/**
	 * Seekers 1 (French), 2 and 3 (Yaba), 4 (nothing linked); agents 11 (Yaba) and 12
	 * (Yaba Hills); inspector 21.
	 */
	private void people() {
		this.hub.links("seeker", 1, 4);
		this.hub.links("agent", 11, 2);
		this.hub.links("inspector", 21, 1);
		this.hub.sql("update contact set account_id = null where account_id = '4'");
		this.hub.sql("update account set language = 'fr-CI' where user_id = '1'");
		this.hub.sql("update account set language = 'sw' where user_id = '21'");
		this.hub.sql("update contact set language = 'fr' where account_id = '12'");
		this.hub.sql("insert into preference (user_id, area, changed_at) values ('1', 'Lekki', now()), "
				+ "('2', 'Yaba', now()), ('3', 'yaba', now())");
		this.hub.lists("11", "Yaba");
		this.hub.lists("12", "Yaba Hills");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{}                                                | 1 2 3 11 12 21
			{"role":"seeker"}                                 | 1 2 3
			{"role":"agent"}                                  | 11 12
			{"role":"inspector","language":"en"}              | 21
			{"role":"inspector","language":"fr"}              | ~~
			{"language":"fr"}                                 | 1 12
			{"role":"seeker","language":"en"}                 | 2 3
			{"area":"YABA"}                                   | 2 3 11
			{"role":"agent","area":"Yaba Hills"}              | 12
			{"role":"seeker","area":"Lekki","language":"en"}  | ~~
			{"area":"Nowhere"}                                | ~~
			""")
	@DisplayName("O4: an audience is those linked people who are all that it says")
	void audiences(String audience, String people) {
		people();
		String asked = "{\"audience\":" + audience + ",\"text\":\"Hello\"";
		JsonNode preview = this.hub.makes(asked + ",\"dry_run\":true}");
		assertThat(preview.get("status").asInt()).isEqualTo(200);
		assertThat(this.hub.count("select count(*) from broadcast")).isZero();
		JsonNode made = this.hub.makes(asked + "}");
		assertThat(made.get("status").asInt()).isEqualTo(202);
		assertThat(made.get("recipients")).isEqualTo(preview.get("recipients"));
		assertThat(this.store.sql()
			.sql("select coalesce(string_agg(user_id, ' ' order by user_id::int), '') from broadcast_recipient")
			.query(String.class)
			.single()).isEqualTo(people);
		this.hub.runs();
		JsonNode shown = this.hub.shows(made);
		expect(shown, "done", made.get("recipients").asInt(), 0, 0, 0);
		assertThat(shown.get("audience").toString()).hasSameSizeAs(audience);
	}

	@Test
	@DisplayName("O4, W17: while the platform's list of an area goes in circles nothing is made")
	void endlessArea() {
		people();
		willReturn(new Page<>(List.of(), "x")).given(this.hub.platform).properties(any());
		assertThat(this.hub.makes("{\"audience\":{\"area\":\"Yaba\"},\"text\":\"Hello\"}").get("code").asText())
			.isEqualTo("inspector_api_error");
		assertThat(this.hub.count("select count(*) from broadcast")).isZero();
	}

	@Test
	@DisplayName("O4: a person with several numbers gets one, where they were last heard from; whoever sent STOP from one of them, or wants no more by a provider, gets none")
	void onePerPerson() {
		this.hub.links("seeker", 1, 4);
		this.hub.linksAlso(1, "twilio", "+2347000000001", this.clock.instant().plusSeconds(1));
		this.hub.linksAlso(2, "whatsapp", "+2347000000002", null);
		this.hub.linksAlso(3, "whatsapp", "+2347000000003", null);
		this.hub.sql("update contact set opted_out_at = now() where phone = '+2347000000003'");
		this.hub.sql("update identity set suppressed_at = now() where address = '" + phone(4) + "'");
		JsonNode preview = this.hub.makes("{\"audience\":{},\"text\":\"Hello\",\"dry_run\":true}");
		assertThat(preview.get("recipients").asInt()).isEqualTo(2);
		assertThat(preview.get("by_channel").toString()).isEqualTo("{\"twilio\":1,\"whatsapp\":1}");
		assertThat(preview.get("by_language").toString()).isEqualTo("{\"en\":2}");
		this.hub.makes(ALL);
		this.hub.runs();
		assertThat(this.hub.sentTo("twilio", "+2347000000001")).hasSize(1);
		assertThat(this.hub.sentTo("whatsapp", phone(2))).hasSize(1);
		assertThat(this.hub.count("select count(*) from outbox")).isEqualTo(2);
	}

	@Test
	@DisplayName("O4, W14: words alone skip those who have not written within 24 hours; with a template, or as a template, it goes to all")
	void serviceWindow() {
		this.hub.links("seeker", 1, 3);
		this.clock.advance(Duration.ofHours(24));
		this.hub.links("seeker", 4, 2);
		JsonNode preview = this.hub.makes("{\"audience\":{},\"text\":\"Hello\",\"dry_run\":true}");
		assertThat(preview.get("recipients").asInt()).isEqualTo(2);
		assertThat(preview.get("skipped").asInt()).isEqualTo(3);
		JsonNode words = this.hub.makes(ALL);
		assertThat(words.get("skipped").asInt()).isEqualTo(3);
		JsonNode both = this.hub.makes("{\"audience\":{},\"text\":\"Hello\",\"template\":{\"name\":\"news\"}}");
		JsonNode template = this.hub
			.makes("{\"audience\":{},\"template\":{\"name\":\"news\",\"language\":\"en\",\"parameters\":[\"a\"]}}");
		assertThat(both.get("recipients").asInt()).isEqualTo(5);
		assertThat(template.get("recipients").asInt()).isEqualTo(5);
		this.hub.runs();
		assertThat(this.hub.shows(words).get("skipped").asInt()).isEqualTo(3);
		assertThat(this.hub.sentTo("whatsapp", phone(1))).hasSize(2);
		List<JsonNode> bodies = this.hub.sentTo("whatsapp", phone(4));
		assertThat(bodies).extracting((body) -> body.at("/template/always").asText())
			.containsExactly("", "false", "true");
		assertThat(this.hub.shows(template).at("/template/parameters/0").asText()).isEqualTo("a");
	}

	@Test
	@DisplayName("O4: a second's worth stands in each channel's line and no more; what is held back or in doubt takes up no room")
	void paced() {
		this.hub.links("seeker", 1, 3 * PORTION);
		this.hub.linksAlso(1, "twilio", "+2347000000001", this.clock.instant().plusSeconds(1));
		JsonNode made = this.hub.makes(ALL);
		assertThat(queued()).as("nothing before the tick").isZero();
		this.hub.tick();
		assertThat(queued()).isEqualTo(PORTION + 1);
		this.hub.tick();
		assertThat(queued()).isEqualTo(PORTION + 1);
		this.hub.leave(31);
		expect(this.hub.shows(made), "sending", 31, 0, 0, 3 * PORTION - 31);
		this.hub.tick();
		assertThat(queued()).isIn((long) PORTION, PORTION + 1L);
		this.hub
			.sql("update outbox set state = 5, attempts = 1 where state = 0 and id % 2 = 0 and channel = 'whatsapp'");
		this.hub.sql(
				"update message set doubts = 1 where id in (select message_id from outbox where state = 0 and channel = 'whatsapp')");
		this.hub.tick();
		assertThat(this.hub.count("select count(*) from outbox where channel = 'whatsapp' and state in (0, 5)"))
			.as("a whole portion besides")
			.isEqualTo(2 * PORTION);
		this.hub.sql("update outbox set state = 0 where state = 5");
		this.hub.runs();
		expect(this.hub.shows(made), "done", 3 * PORTION, 0, 0, 0);
	}

	@Test
	@DisplayName("O4: broadcasts take turns, the older one first")
	void oneAfterTheOther() {
		this.hub.links("seeker", 1, PORTION);
		JsonNode first = this.hub.makes(ALL);
		JsonNode second = this.hub.makes("{\"audience\":{},\"text\":\"Later\"}");
		this.hub.tick();
		assertThat(queued()).isEqualTo(PORTION);
		this.hub.leave(PORTION);
		this.hub.tick();
		expect(this.hub.shows(first), "done", PORTION, 0, 0, 0);
		expect(this.hub.shows(second), "sending", 0, 0, 0, PORTION);
		assertThat(queued()).isEqualTo(PORTION);
	}

	@Test
	@DisplayName("O4, W13, W14: whoever sends STOP after it was made, is linked no more, or whose window closes, is left out; who joins the audience later too")
	void changesMeanwhile() {
		this.hub.links("seeker", 1, 4);
		JsonNode made = this.hub.makes(ALL);
		this.hub.links("seeker", 5, 1);
		this.hub.sql("update contact set opted_out_at = now() where account_id = '1'");
		this.hub.sql("update contact set account_id = null where account_id = '2'");
		this.hub.sql("update identity set last_inbound_at = last_inbound_at - interval '25 hours' where address = '"
				+ phone(3) + "'");
		this.hub.runs();
		expect(this.hub.shows(made), "done", 1, 0, 3, 0);
		assertThat(this.hub.sentTo("whatsapp", phone(4))).hasSize(1);
		assertThat(this.hub.count("select count(*) from outbox")).isEqualTo(1);
	}

	@Test
	@DisplayName("O4: stopped, it takes back what is queued and has not left; what a provider had refused is not tried again; nothing follows")
	void stops() {
		this.hub.links("seeker", 1, 2 * PORTION);
		JsonNode made = this.hub.makes(ALL);
		this.hub.tick();
		this.hub.leave(10);
		this.hub.sql(
				"update outbox set state = 3, attempts = 1 where id in (select id from outbox where state = 0 order by id limit 2)");
		this.hub.sql(
				"update outbox set attempts = 1 where id in (select id from outbox where state = 0 order by id limit 3)");
		this.hub.sql("update outbox set attempts = 1, state = 5, not_before = now() + interval '1 day' "
				+ "where id in (select id from outbox where state = 0 and attempts = 0 order by id limit 1)");
		JsonNode stopped = this.hub.stops(made);
		expect(stopped, "stopped", 10, 4, 0, 2 * PORTION - 14);
		assertThat(stopped.get("stopped_by").asText()).isEqualTo("99");
		assertThat(this.hub.count("select count(*) from outbox where state in (0, 5)")).isZero();
		assertThat(this.hub.count("select count(*) from message where state = 0")).as("what is being sent")
			.isEqualTo(2);
		// one arrives, the other is refused for now, and waits for its next try
		this.hub.sql("update outbox set state = 1 where id = (select min(id) from outbox where state = 3)");
		this.hub.sql("update message set state = 2 where id = (select min(id) from message where state = 0)");
		this.hub.sql("update outbox set state = 0 where state = 3");
		this.hub.tick();
		this.hub.tick();
		expect(this.hub.stops(made), "stopped", 11, 5, 0, 2 * PORTION - 16);
		assertThat(this.hub.count("select count(*) from outbox where state <> 1")).isZero();
		assertThat(this.hub.count("select count(*) from broadcast where ended_at is null")).isZero();
		assertThat(this.hub.count("select count(*) from message where state = 9 and error like '%stopped%'"))
			.isEqualTo(5);
		assertThat(this.hub.mayBeSent(made)).as("replayed, or said again").isZero();
		assertThat(this.hub.failsLate(1)).isFalse();
	}

	@Test
	@DisplayName("O4, W16: stopped when it is over, it takes back what has failed late and waits to be said again, and nothing follows; stopped again, nothing changes")
	void stopsRepeats() {
		this.hub.links("seeker", 1, 3);
		JsonNode made = this.hub.makes(ALL);
		JsonNode other = this.hub.makes(ALL);
		this.hub.runs();
		expect(this.hub.shows(made), "done", 3, 0, 0, 0);
		assertThat(this.hub.failsLate(1)).isTrue();
		assertThat(this.hub.mayBeSent(made)).isEqualTo(4);
		expect(this.hub.shows(made), "done", 2, 0, 0, 1);
		JsonNode stopped = this.hub.stops(made);
		expect(stopped, "stopped", 2, 1, 0, 0);
		assertThat(this.hub.count("select count(*) from outbox where state <> 1")).isZero();
		assertThat(this.hub.mayBeSent(made)).isZero();
		assertThat(this.hub.failsLate(2)).isFalse();
		assertThat(this.hub.mayBeSent(other)).as("another broadcast").isEqualTo(3);
		assertThat(this.hub.failsLate(4)).isTrue();
		this.clock.advance(Duration.ofMinutes(1));
		this.hub.tick();
		JsonNode ended = this.hub.stops(made);
		assertThat(ended.get("stopped_at")).isEqualTo(stopped.get("stopped_at"));
		assertThat(ended.get("ended_at").asDouble()).isGreaterThan(ended.get("stopped_at").asDouble());
	}

	@Test
	@DisplayName("O4: there is no broadcast of another id")
	void stopsNothing() {
		for (String id : List.of("4711", "x", "99999999999999999999")) {
			for (String operation : List.of("broadcasts-stop", "broadcasts-show")) {
				assertThat(this.hub.call(operation, Map.of("id", id), null).get("code").asText())
					.as(operation + " " + id)
					.isEqualTo("not_found");
			}
		}
	}

	@Test
	@DisplayName("O4, W16: sent and failed follow the messages: delivered, read, failed at once, failed later, and said once more")
	void counts() {
		this.hub.links("seeker", 1, 6);
		JsonNode made = this.hub.makes(ALL);
		this.hub.tick();
		this.hub.leave(5);
		this.hub.sql("update outbox set state = 2 where state = 0");
		this.hub.sql("update message set state = id + 1 where id between 1 and 3");
		this.hub.sql("update message set state = 9 where id in (4, 5, 6)");
		this.hub
			.sql("insert into message (contact_id, direction, channel, kind, text, correlation_id, state, at, repeats) "
					+ "select contact_id, direction, channel, kind, text, correlation_id, state, at, 4 from "
					+ "(values (9), (3)) as again (state), (select contact_id, direction, channel, kind, text, correlation_id, at from message where id = 4) m");
		this.hub.tick();
		JsonNode shown = this.hub.shows(made);
		expect(shown, "done", 4, 2, 0, 0);
		assertThat(shown.get("delivered").asInt()).isEqualTo(3);
		assertThat(shown.get("read").asInt()).isEqualTo(1);
	}

	@Test
	@DisplayName("O4: asked again under its key it is the same broadcast; another request may not use the key")
	void idempotent() {
		this.hub.links("seeker", 1, 2);
		JsonNode made = this.hub.makes("k", ALL);
		this.hub.links("seeker", 3, 2);
		assertThat(this.hub.makes("k", ALL)).isEqualTo(made);
		assertThat(this.hub.makes("k", "{\"audience\":{},\"text\":\"Other\"}").at("/errors/0/field").asText())
			.isEqualTo("Idempotency-Key");
		assertThat(this.hub.makes("other", ALL).get("broadcast_id")).isNotEqualTo(made.get("broadcast_id"));
		assertThat(this.hub.count("select count(*) from broadcast")).isEqualTo(2);
	}

	@Test
	@DisplayName("O4: broadcasts are listed page by page, the latest first, each as it stands")
	void lists() {
		this.hub.links("seeker", 1, 1);
		for (int n = 1; n <= 5; n++) {
			this.hub.makes("{\"audience\":{\"role\":\"seeker\"},\"text\":\"" + n + "\"}");
		}
		JsonNode first = this.hub.call("broadcasts-list", Map.of("limit", 3L), null);
		assertThat(texts(first)).containsExactly("5", "4", "3");
		JsonNode second = this.hub.call("broadcasts-list",
				Map.of("limit", 3L, "cursor", first.get("next_cursor").asText()), null);
		assertThat(texts(second)).containsExactly("2", "1");
		assertThat(second.has("next_cursor")).isFalse();
		assertThat(second.at("/items/1")).isEqualTo(this.hub.shows(second.at("/items/1")));
		assertThat(second.at("/items/1/by").asText()).isEqualTo("99");
		assertThat(this.hub.call("broadcasts-list", Map.of("limit", 3L, "cursor", "x"), null).get("code").asText())
			.isEqualTo("invalid");
	}

	private static List<String> texts(JsonNode page) {
		return StreamSupport.stream(page.get("items").spliterator(), false)
			.map((item) -> item.get("text").asText())
			.toList();
	}

}
