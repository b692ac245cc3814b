package routes.availability;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import hub.chat.ThreadMessage;
import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static routes.availability.Instance.ADA;
import static routes.availability.Instance.FEMI;
import static routes.availability.Instance.JSON;
import static routes.availability.Instance.SADE;
import static routes.availability.Instance.STRANGER;
import static routes.availability.Instance.TUNDE;

/**
 * The life of a check, through the area's own routes, on the real database.
 */
class CheckLifeTest {

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

	private static void refused(Exchange answer, int status) {
		HttpProblem problem = ObjectHelper.getException(HttpProblem.class,
				answer.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
		assertThat(problem).isNotNull();
		assertThat(problem.status()).isEqualTo(status);
	}

	@Test
	@DisplayName("C5, A1: asking writes the check, tells the visitor and asks the agent, naming listing, visitor and check, with YES and NO and a template with the same")
	void asks() {
		Exchange answer = this.hub.requests(SADE, Map.of("listing_id", "2"));
		JsonAnswer accepted = answer.getMessage().getBody(JsonAnswer.class);
		assertThat(accepted.status()).isEqualTo(202);
		JsonNode body = JSON.valueToTree(accepted.body());
		assertThat(body.get("ok").asBoolean()).isTrue();
		assertThat(body.get("listing_id").asText()).isEqualTo("2");
		assertThat(body.get("check_id").isTextual() && body.get("thread_id").isTextual()).isTrue();
		assertThat(body.get("message").asText()).contains("Yaba flat");
		assertThat(body.get("provider_message_id").isNull() && body.get("twilio_sid").isNull()).isTrue();
		String check = body.get("check_id").asText();

		JsonNode question = this.hub.lastSentTo(ADA);
		assertThat(question.get("text").asText()).contains("Yaba flat", "Sade Bello", check);
		assertThat(question.get("options").findValuesAsText("title")).containsExactly("YES", "NO");
		assertThat(question.get("options").findValuesAsText("id"))
			.allMatch((id) -> id.matches("check:[\\w-]{22}:(yes|no)"));
		assertThat(question.at("/template/name").asText()).isEqualTo("availability_check");
		assertThat(question.at("/template/parameters")).extracting(JsonNode::asText)
			.containsExactly("Ada", "Sade Bello", "Yaba flat", check);
		assertThat(question.at("/template/payloads")).extracting(JsonNode::asText)
			.containsExactlyElementsOf(question.get("options").findValuesAsText("id"));

		assertThat(this.hub.reads(SADE)).hasSize(2).last().isEqualTo("→ asked");
		JsonNode facts = this.hub.lastFacts(SADE).get("metadata");
		assertThat(facts.get("source").asText()).isEqualTo("availability");
		assertThat(facts.get("check_id").asText()).isEqualTo(check);
		assertThat(facts.get("state").asText()).isEqualTo("asked");
		assertThat(facts.get("availability").isNull()).isTrue();
		assertThat(this.hub.lastFacts(SADE).toString()).doesNotContain(ADA.substring(1));
	}

	@Test
	@DisplayName("C5: a second check of the same listing while one is open returns the open one, and nobody is asked twice")
	void returnsOpenCheck() {
		long first = this.hub.asks(SADE, "2");
		assertThat(this.hub.asks(SADE, "2")).isEqualTo(first);
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
		assertThat(this.hub.asks(TUNDE, "2")).as("somebody else's is another one").isNotEqualTo(first);
		this.hub.taps(ADA, this.hub.button(ADA, "yes"));
	}

	@Test
	@DisplayName("C5: 404 for an unknown listing or thread, 403 for somebody else's thread, 422 without a usable number, and nothing is left behind")
	void refuses() {
		refused(this.hub.requests(SADE, Map.of("listing_id", "999")), 404);
		refused(this.hub.requests(SADE, Map.of("listing_id", "3")), 422);
		this.hub.agent("11", "Ada Obi", null);
		refused(this.hub.requests(SADE, Map.of("listing_id", "2")), 422);
		this.hub.agent("11", "Ada Obi", "no number");
		refused(this.hub.requests(SADE, Map.of("listing_id", "2")), 422);
		assertThat(this.hub.threads.mostRecent(SADE.id())).isEmpty();
		this.hub.agent("11", "Ada Obi", ADA);
		refused(this.hub.requests(SADE, Map.of("listing_id", "2", "thread_id", "999")), 404);
		long thread = this.hub.threads.open(TUNDE, null).id();
		refused(this.hub.requests(SADE, Map.of("listing_id", "2", "thread_id", Long.toString(thread))), 403);
		assertThat(this.store.sql().sql("select count(*) from availability_check").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("C5: the answer goes to the thread that is named, else to the most recent one")
	void choosesThread() {
		long older = this.hub.threads.open(SADE, null).id();
		this.clock.advance(Duration.ofMinutes(1));
		long newer = this.hub.threads.open(SADE, null).id();
		Exchange named = this.hub.requests(SADE, Map.of("listing_id", "2", "thread_id", Long.toString(older)));
		assertThat(JSON.valueToTree(named.getMessage().getBody(JsonAnswer.class).body()).get("thread_id").asLong())
			.isEqualTo(older);
		this.clock.advance(Duration.ofMinutes(1));
		this.hub.threads.say(ThreadMessage.assistant(newer, "Hello"));
		Exchange recent = this.hub.requests(SADE, Map.of("listing_id", "1"));
		assertThat(JSON.valueToTree(recent.getMessage().getBody(JsonAnswer.class).body()).get("thread_id").asLong())
			.isEqualTo(newer);
	}

	@Test
	@DisplayName("O8: 5 checks an hour per user; the sixth says when the next one may be asked for")
	void fiveAnHour() {
		for (int n = 0; n < 5; n++) {
			this.hub.listing("10" + n, "House " + n, "11");
			this.hub.asks(SADE, "10" + n);
		}
		Exchange sixth = this.hub.requests(SADE, Map.of("listing_id", "2"));
		refused(sixth, 429);
		assertThat(this.hub.asks(SADE, "100")).as("an open one is no new one").isPositive();
		this.hub.asks(TUNDE, "2");
		this.clock.advance(Duration.ofMinutes(61));
		assertThat(this.hub.asks(SADE, "2")).isPositive();
	}

	@Test
	@DisplayName("A1, A4: a tap on YES closes the check, the visitor reads it with the way to book, and the agent is thanked")
	void yes() {
		long check = this.hub.asks(SADE, "2");
		this.clock.advance(Duration.ofMinutes(5));
		this.hub.taps(ADA, this.hub.button(ADA, "yes"));
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.reads(SADE)).hasSize(4).endsWith("✅ “Yaba flat” is available.", "→ available");
		JsonNode said = this.hub.lastFacts(SADE);
		assertThat(said.at("/metadata/availability").asBoolean()).isTrue();
		assertThat(said.at("/actions/0/id").asText()).isEqualTo("book:2");
		assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("Thank you", "Sade Bello", "Yaba flat");
		assertThat(this.hub.changes(check)).containsExactly("asked: The visitor asks", "available: The agent says yes");
		JsonNode shown = JSON.valueToTree(new CheckRequestsProbe(this.hub).show(SADE, check));
		assertThat(shown.get("state").asText()).isEqualTo("available");
		assertThat(shown.get("available").asBoolean()).isTrue();
		assertThat(shown.get("answered_at").isNull()).isFalse();
	}

	@Test
	@DisplayName("A1: a tap on NO closes the check as unavailable")
	void no() {
		long check = this.hub.asks(SADE, "2");
		this.hub.taps(ADA, this.hub.button(ADA, "no"));
		assertThat(this.hub.state(check)).isEqualTo(CheckState.UNAVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/availability").asBoolean(true)).isFalse();
		assertThat(this.hub.reads(SADE)).endsWith("❌ “Yaba flat” is not available.", "→ unavailable");
	}

	@Test
	@DisplayName("A6: a forged token, and one that comes from another number, do nothing and are answered")
	void forged() {
		long check = this.hub.asks(SADE, "2");
		String yes = this.hub.button(ADA, "yes");
		int told = this.hub.reads(SADE).size();
		for (String token : List.of("check:AAAAAAAAAAAAAAAAAAAAAA:yes", "check:" + check + ":yes", "check:yes",
				yes.replace(":yes", ":maybe"))) {
			this.hub.taps(ADA, token);
			assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("no longer works");
		}
		this.hub.taps(STRANGER, yes);
		assertThat(this.hub.lastSentTo(STRANGER).get("text").asText()).contains("no longer works");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.ASKED);
		assertThat(this.hub.reads(SADE)).hasSize(told);
	}

	@Test
	@DisplayName("A6: a repeated tap, another choice after it, and an answer after another agent's change nothing and are acknowledged")
	void repeated() {
		long check = this.hub.asks(SADE, "1");
		String yes = this.hub.button(ADA, "yes");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H");
		String other = this.hub.button(FEMI, "no");
		this.hub.taps(ADA, yes);
		List<String> told = this.hub.reads(SADE);
		assertThat(this.hub.state(check)).as("who was asked first may still answer").isEqualTo(CheckState.AVAILABLE);
		this.hub.taps(ADA, yes);
		assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("already");
		this.hub.taps(ADA, yes.replace(":yes", ":no"));
		assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("already");
		this.hub.taps(FEMI, other);
		assertThat(this.hub.lastSentTo(FEMI).get("text").asText()).contains("answer meanwhile");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.reads(SADE)).isEqualTo(told);
	}

	@Test
	@DisplayName("A5: no answer: a reminder after 2 hours, once; the next agent 2 hours later; expiry 24 hours after the first question; the visitor is told each time")
	void silence() {
		long check = this.hub.asks(SADE, "1");
		this.hub.ticksAfter("PT1H59M59S");
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
		this.hub.ticksAfter("PT1S");
		assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("still waits", "Sade Bello", "Lagoon flat");
		assertThat(this.hub.lastSentTo(ADA).at("/template/name").asText()).isEqualTo("availability_reminder");
		assertThat(this.hub.reads(SADE)).hasSize(4).last().isEqualTo("→ reminded");
		this.hub.ticksAfter("PT1H59M59S");
		assertThat(this.hub.sentTo(ADA)).as("one reminder").hasSize(2);
		assertThat(this.hub.sentTo(FEMI)).isEmpty();
		this.hub.ticksAfter("PT1S");
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		assertThat(this.hub.reads(SADE)).hasSize(6).last().isEqualTo("→ asked");
		this.hub.ticksAfter("PT2H");
		assertThat(this.hub.lastSentTo(FEMI).get("text").asText()).contains("still waits");
		this.hub.ticksAfter("PT17H59M59S");
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		assertThat(this.hub.sentTo(FEMI)).hasSize(2);
		assertThat(this.hub.state(check)).isEqualTo(CheckState.REMINDED);
		this.hub.ticksAfter("PT1S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.EXPIRED);
		List<String> read = this.hub.reads(SADE);
		assertThat(read).last().isEqualTo("→ expired");
		assertThat(read.get(read.size() - 2)).contains("not confirmed (expired)", "24 hours",
				"treat it as unavailable");
		assertThat(this.hub.lastFacts(SADE).at("/metadata/availability").isNull()).isTrue();
		this.hub.ticksAfter("PT48H");
		assertThat(this.hub.reads(SADE)).as("nothing more").isEqualTo(read);
		assertThat(this.hub.changes(check)).containsExactly("asked: The visitor asks",
				"reminded: No answer for a while", "asked: No answer to the reminder",
				"reminded: No answer for a while", "expired: No answer in time");
	}

	@Test
	@DisplayName("A5: a hub that was down for a day expires the check and does not remind of it")
	void wasDown() {
		long check = this.hub.asks(SADE, "1");
		this.hub.ticksAfter("PT30H");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.EXPIRED);
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("A6: a tap after the check has expired is acknowledged and changes nothing")
	void lateTap() {
		long check = this.hub.asks(SADE, "2");
		String yes = this.hub.button(ADA, "yes");
		this.hub.ticksAfter("PT25H");
		this.hub.taps(ADA, yes);
		assertThat(this.hub.state(check)).isEqualTo(CheckState.EXPIRED);
		assertThat(this.hub.lastSentTo(ADA).get("text").asText()).contains("Thank you", "closed by now");
	}

	@Test
	@DisplayName("A5: round robin: each check of a listing begins with another of its agents, and those who sent STOP are skipped")
	void roundRobin() {
		this.hub.asks(SADE, "1");
		assertThat(this.hub.sentTo(ADA)).hasSize(1);
		this.hub.asks(TUNDE, "1");
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		this.hub.taps(ADA, this.hub.button(ADA, "no"));
		this.store.sql()
			.sql("update contact set opted_out_at = now() where phone = :phone")
			.param("phone", ADA)
			.update();
		this.hub.asks(SADE, "1");
		assertThat(this.hub.sentTo(FEMI)).as("Ada's turn, but she sent STOP").hasSize(2);
		this.hub.listing("1", "Lagoon flat", "11");
		refused(this.hub.requests(SADE, Map.of("listing_id", "1", "thread_id", "999")), 404);
	}

	@Test
	@DisplayName("A5: an agent who sends STOP meanwhile is not asked as the next one")
	void stopsMeanwhile() {
		long check = this.hub.asks(SADE, "1");
		this.hub.writes(FEMI, "hello");
		this.store.sql()
			.sql("update contact set opted_out_at = now() where phone = :phone")
			.param("phone", FEMI)
			.update();
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H");
		assertThat(this.hub.sentTo(FEMI)).isEmpty();
		assertThat(this.hub.state(check)).isEqualTo(CheckState.REMINDED);
		this.hub.ticksAfter("PT20H");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.EXPIRED);
	}

	@Test
	@DisplayName("A5: a question that the provider refuses for good goes to the next agent at once; refused for all of them the check fails, the visitor is told and an administrator alerted")
	void refusedByProvider() {
		long check = this.hub.asks(SADE, "1");
		this.hub.refuses(ADA, "131026 Message undeliverable");
		this.hub.tick();
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		assertThat(this.hub.reads(SADE)).hasSize(4).last().isEqualTo("→ asked");
		verify(this.hub.incidents, never()).report(any(), any());
		this.hub.refuses(FEMI, "131026 Message undeliverable");
		this.hub.tick();
		assertThat(this.hub.state(check)).isEqualTo(CheckState.FAILED);
		assertThat(this.hub.reads(SADE)).hasSize(6).last().isEqualTo("→ failed");
		assertThat(this.hub.lastFacts(SADE).at("/metadata/availability").isNull()).isTrue();
		verify(this.hub.incidents).report(any(), contains("131026"));
		this.hub.ticksAfter("PT48H");
		assertThat(this.hub.reads(SADE)).hasSize(6);
	}

	@Test
	@DisplayName("A5: a reminder that is refused does not end a check whose question has arrived")
	void refusedReminder() {
		long check = this.hub.asks(SADE, "2");
		this.hub.accepts(ADA);
		this.hub.ticksAfter("PT2H");
		this.hub.refuses(ADA, "131049 not delivered");
		this.hub.tick();
		assertThat(this.hub.state(check)).isEqualTo(CheckState.REMINDED);
	}

	@Test
	@DisplayName("A5: a refusal that comes after the next agent was asked does not ask a third time")
	void lateRefusal() {
		this.hub.asks(SADE, "1");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H");
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		this.store.sql().sql("""
				update message set state = 9 where correlation_id =
				(select 'ask-' || id from availability_ask where position = 0)""").update();
		long question = this.store.sql().sql("select id from message where state = 9").query(Long.class).single();
		this.hub.refusals.failed(this.hub.database, question, "131026 late");
		this.hub.tick();
		assertThat(this.hub.sentTo(FEMI)).hasSize(1);
		assertThat(this.store.sql().sql("select count(*) from availability_refusal").query(Long.class).single())
			.isZero();
	}

}
