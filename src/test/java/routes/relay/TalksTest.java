package routes.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.chat.Threads;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.queue.ReceivedItem;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.turn.Outbox;
import hub.turn.Quotes;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.admin.Sweeper;

import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

class TalksTest {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private TestDatabase store;

	private Database database;

	private Talks talks;

	private long ada;

	private long femi;

	@BeforeEach
	void open() {
		this.store = TestDatabase.create();
		this.database = new Database(this.store.pool("hub", 4));
		this.talks = new Talks(this.database);
		this.ada = contact("+2348030000011");
		this.femi = contact("+2348030000012");
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	private long contact(String phone) {
		return this.store.sql()
			.sql("insert into contact (phone, created_at) values (:phone, now()) returning id")
			.param("phone", phone)
			.query(Long.class)
			.single();
	}

	private long thread() {
		return this.store.sql()
			.sql("""
					insert into thread (user_id, listing_id, title, visitor_name, language, created_at, updated_at)
					values ('1', '2', 'A home', 'Sade Bello', 'en', now(), now()) returning id""")
			.query(Long.class)
			.single();
	}

	private Talk begin(long thread, long agent, Instant at) {
		return begin(thread, null, agent, at);
	}

	private Talk begin(Long thread, Long seeker, long agent, Instant at) {
		Talk talk = new Talk(this.talks.reserve(), thread, seeker, "fr", "2", "Cosy flat", "Sade Bello", "11",
				"Ada Obi", "en", agent, null, Talk.newToken(), null, true, false);
		this.database.inTransaction(() -> {
			this.talks.begin(this.database, talk, at);
			return null;
		});
		return talk;
	}

	private static List<Long> ids(List<Talk> talks) {
		return talks.stream().map(Talk::id).toList();
	}

	@Test
	@DisplayName("C8: a thread has one talk at a time, an agent as many as there are visitors")
	void oneInEachThread() {
		long thread = thread();
		Talk first = begin(thread, this.ada, NOW);
		Talk second = begin(thread, this.femi, NOW.plusSeconds(1));
		Talk other = begin(thread(), this.femi, NOW.plusSeconds(2));
		assertThat(this.talks.ofThread(thread, NOW).orElseThrow().id()).isEqualTo(second.id());
		assertThat(this.talks.ofAgent(this.ada, NOW)).isEmpty();
		assertThat(ids(this.talks.ofAgent(this.femi, NOW))).containsExactly(other.id(), second.id());
		assertThat(this.talks.speak(this.database, first, true, NOW)).isZero();
		assertThatThrownBy(() -> this.store.sql()
			.sql("update relay_talk set ended_at = null where id = :id")
			.param("id", first.id())
			.update()).isInstanceOf(DuplicateKeyException.class);
	}

	@Test
	@DisplayName("W8: a seeker has one talk by phone at a time, which is the agent's like any other")
	void oneByPhone() {
		long sade = contact("+2348030000001");
		begin(null, sade, this.ada, NOW);
		Talk second = begin(null, sade, this.femi, NOW.plusSeconds(1));
		Talk found = this.talks.ofSeeker(sade, NOW).orElseThrow();
		assertThat(found.id()).isEqualTo(second.id());
		assertThat(found.isByPhone()).isTrue();
		assertThat(found.visitorLanguage()).isEqualTo("fr");
		assertThat(this.talks.ofAgent(this.ada, NOW)).isEmpty();
		assertThat(ids(this.talks.ofAgent(this.femi, NOW))).containsExactly(second.id());
		assertThat(this.talks.ofSeeker(this.femi, NOW)).isEmpty();
		assertThat(this.talks.ofSeeker(sade, NOW.plus(Duration.ofHours(25)))).isEmpty();
		assertThat(this.talks.end(this.database, found, NOW)).isOne();
		assertThat(this.talks.ofSeeker(sade, NOW)).isEmpty();
	}

	@Test
	@DisplayName("C8: a talk lives on with each word, dies after 24 hours of silence, and is ended once")
	void livesAndDies() {
		Talk talk = begin(thread(), this.ada, NOW);
		assertThat(this.talks.ofAgent(this.ada, NOW).get(0).visitorWaits()).isTrue();
		assertThat(this.talks.speak(this.database, talk, false, NOW.plus(Duration.ofHours(23)))).isOne();
		assertThat(this.talks.ofAgent(this.ada, NOW.plus(Duration.ofHours(46))).get(0).visitorWaits()).isFalse();
		assertThat(this.talks.ofAgent(this.ada, NOW.plus(Duration.ofHours(47)))).isEmpty();
		assertThat(this.talks.ofThread(talk.threadId(), NOW.plus(Duration.ofHours(47)))).isEmpty();
		assertThat(this.talks.end(this.database, talk, NOW)).isOne();
		assertThat(this.talks.end(this.database, talk, NOW)).isZero();
	}

	@Test
	@DisplayName("C8, O9: a talk is found by its token and by a quote for its own agent alone, also when it is over")
	void isTheAgents() {
		Talk talk = begin(thread(), this.ada, NOW);
		said("out", "wamid.1", talk.correlationId());
		assertThat(this.talks.named(this.ada, talk.token())).isPresent();
		assertThat(this.talks.named(this.femi, talk.token())).isEmpty();
		assertThat(this.talks.named(this.ada, "check")).isEmpty();
		assertThat(this.talks.quoted(this.ada, "whatsapp", "wamid.1").orElseThrow().ended()).isFalse();
		assertThat(this.talks.quoted(this.ada, "twilio", "wamid.1")).isEmpty();
		assertThat(this.talks.quoted(this.femi, "whatsapp", "wamid.1")).isEmpty();
		this.store.sql()
			.sql("update message set other_provider_ids = '{wamid.0}' where provider_id = 'wamid.1'")
			.update();
		assertThat(this.talks.quoted(this.ada, "whatsapp", "wamid.0")).as("a copy of it").isPresent();
		this.talks.end(this.database, talk, NOW);
		assertThat(this.talks.quoted(this.ada, "whatsapp", "wamid.1").orElseThrow().ended()).isTrue();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "visitor, VISITOR", "agent, VISITOR", "hub, ELSEWHERE", "nobody, WHICH" })
	@DisplayName("C8: an agent's words go to the visitor whom they quote, and what quotes a message that nobody knows is asked about, because another visitor's talk may be meant")
	void aimOfQuote(String quoted, Aim.Way way) {
		Talk talk = begin(thread(), this.ada, NOW);
		this.talks.speak(this.database, talk, true, NOW);
		said("out", "visitor", talk.correlationId());
		said("out", "hub", "greeting");
		said("in", "agent", "earlier");
		Turn turn = turn(quoted);
		AgentSide side = new AgentSide(this.talks, new PendingWords(this.database, new ObjectMapper()), null, null,
				null, null, null, new Quotes(this.database));
		assertThat(side.aim(turn).way()).isEqualTo(way);
	}

	@Test
	@DisplayName("C8, A4: words that waited until their agent had said that they answer a check still quote what they quoted")
	void quoteIsKept() {
		PendingWords pending = new PendingWords(this.database, new ObjectMapper());
		AgentSide side = new AgentSide(this.talks, pending, null, null, null, null, null, null);
		for (String quoted : Arrays.asList(null, "wamid.unknown", null)) {
			Turn turn = turn(quoted);
			pending.keep(turn, side.words(turn));
			this.database.inTransaction(() -> {
				turn.write(this.database);
				return null;
			});
		}
		InboundMessage anew = side.saidAnew(turn(null)).message();
		assertThat(anew.text()).hasLineCount(3);
		assertThat(anew.quoted()).isEqualTo("wamid.unknown");
	}

	private Turn turn(String quoted) {
		InboundMessage message = new InboundMessage("whatsapp", "1", "+2348030000011", null, "2348030000011", "Ada",
				"wamid.in", NOW, Kind.TEXT, "There is room for two", null, quoted, List.of(), null);
		Contacts contacts = new Contacts(this.database, Clock.systemUTC(), TestSettings.properties());
		this.store.sql()
			.sql("insert into identity (channel, address, contact_id, send_to) values ('whatsapp', '+2348030000011', :ada, '2348030000011') on conflict do nothing")
			.param("ada", this.ada)
			.update();
		return new Turn(new ReceivedItem(1, "whatsapp", "1", message.providerId(), "+2348030000011", "{}", NOW, null),
				message, contacts.sender(message), "en", NOW, false,
				new TurnJournal(mock(Outbox.class), mock(Threads.class)));
	}

	private void said(String direction, String providerId, String correlationId) {
		this.store.sql()
			.sql("""
					insert into message (contact_id, direction, channel, kind, text, provider_id, correlation_id, state, at)
					values (:contact, :direction, 'whatsapp', 'text', 'Hello', :id, :correlation, 2, now())""")
			.param("contact", this.ada)
			.param("direction", direction)
			.param("id", providerId)
			.param("correlation", correlationId)
			.update();
	}

	@Test
	@DisplayName("Talks go after a month, words that nobody claimed after a week")
	void goes() {
		begin(thread(), this.ada, NOW);
		this.store.sql()
			.sql("insert into relay_words (contact_id, channel, text, at) values (:contact, 'whatsapp', 'x', :at)")
			.param("contact", this.ada)
			.param("at", Database.time(NOW))
			.update();
		new Sweeper(this.database, Clock.fixed(NOW.plus(Duration.ofDays(7)), ZoneOffset.UTC)).sweep();
		assertThat(count("relay_talk") + count("relay_words")).isEqualTo(2);
		new Sweeper(this.database, Clock.fixed(NOW.plus(Duration.ofDays(9)), ZoneOffset.UTC)).sweep();
		assertThat(count("relay_words")).isZero();
		new Sweeper(this.database, Clock.fixed(NOW.plus(Duration.ofDays(31)), ZoneOffset.UTC)).sweep();
		assertThat(count("relay_talk")).isZero();
	}

	private long count(String table) {
		return this.store.sql().sql("select count(*) from " + table).query(Long.class).single();
	}

}
