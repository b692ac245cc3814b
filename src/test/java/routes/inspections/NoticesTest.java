package routes.inspections;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.chat.ChatThread;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.contact.Role;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.queue.OutboundQueue;
import hub.queue.QueueSignals;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.text.Moments;
import hub.text.TestTexts;
import hub.turn.Outbox;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Who is told what has become of an inspection, and in which words.
 */
class NoticesTest {

	private static final String SADE = "+2348030000001";

	private static final String ADA = "+2348030000011";

	private static final String CHIDI = "+2348030000021";

	private static final Inspection INSPECTION = new Inspection("42", "7", "Lagoon *flat*", "12 Marina, Lagos",
			Instant.parse("2026-11-24T09:00:00Z"), "scheduled", "1", "11", "21", ADA, null);

	private static TestDatabase store;

	private static Database database;

	private static QueueSignals signals;

	private final ObjectMapper json = new ObjectMapper();

	private final Platform platform = mock(Platform.class);

	private final Threads threads = mock(Threads.class);

	private Notices notices;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		database = new Database(store.dataSource());
		signals = new QueueSignals(store.dataSource(), database);
	}

	@AfterAll
	static void close() {
		signals.destroy();
		store.close();
	}

	@BeforeEach
	void begin() {
		store.sql().sql("truncate contact, account, outbox, outbound_lane, message cascade").update();
		HubProperties properties = TestSettings.properties();
		Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
		Outbox outbox = new Outbox(new OutboundQueue(database, clock, properties, signals, List.of()), this.json);
		this.notices = new Notices(this.platform, new Contacts(database, clock, properties), outbox, this.threads,
				TestTexts.texts(), new Moments(properties), properties);
		given(this.platform.property("7"))
			.willReturn(Optional.of(new Property("7", "Lagoon flat", null, null, null, null, null, null, null, null,
					null, null, null, null, null, null, null, null, null, "Africa/Lagos", null, null, null)));
		user("1", "seeker", "Sade Bello", "fr");
		user("11", "agent", "Ada Obi", "en");
		user("21", "inspector", "Chidi Eze", "en");
		linked(SADE, "1", "fr");
		linked(CHIDI, "21", "en");
	}

	private void user(String id, String role, String name, String language) {
		given(this.platform.user(id))
			.willReturn(Optional.of(new PlatformUser(id, id + "@example.com", role, name, null, null, language)));
	}

	private void linked(String phone, String userId, String language) {
		store.sql()
			.sql("""
					with linked as (
						insert into account (user_id, email, role, name, language, updated_at)
						values (:user, 'a@example.com', 'seeker', 'A', :language, now()) returning user_id
					), known as (
						insert into contact (phone, account_id, linked_at, created_at)
						select :phone, user_id, now(), now() from linked returning id
					)
					insert into identity (channel, address, contact_id, send_to)
					select 'whatsapp', :phone, id, :phone from known""")
			.param("user", userId)
			.param("language", language)
			.param("phone", phone)
			.update();
	}

	private void tell(String event, String actor, String words) {
		Consumer<Database> letters = this.notices.pack(INSPECTION, event, actor, words);
		database.inTransaction(() -> {
			letters.accept(database);
			return null;
		});
	}

	private List<JsonNode> sentTo(String phone) {
		return store.sql()
			.sql("select body from outbox where lane_key = :lane order by id")
			.param("lane", "whatsapp:" + phone)
			.query((row, n) -> read(row.getString("body")))
			.list();
	}

	private JsonNode read(String body) {
		try {
			return this.json.readTree(body);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest(name = "{0} by {1}: {2}")
	@CsvSource(delimiter = '|',
			textBlock = """
					booked        | 1  | +2348030000011 | *New booking:* Sade Bello will see *Lagoon flat* on Tue 24 Nov, 10:00 WAT (booking 42). | booking_notice  | agent_inquiries,property_schedule:7
					booked        | 1  | +2348030000021 | *New inspection for you:* Lagoon flat, 12 Marina, Lagos, on Tue 24 Nov                  | booking_notice  | inspector_schedule
					booked        | 99 | +2348030000001 | Une visite de *Lagoon flat* est réservée pour vous : mar. 24 nov., 10:00 WAT            | booking_changed | seeker_bookings
					cancelled     | 1  | +2348030000011 | by Sade Bello on Tue 24 Nov, 10:00 WAT is cancelled (booking 42). The time is free again. | booking_changed | agent_inquiries,property_schedule:7
					rescheduled   | 1  | +2348030000011 | by Sade Bello has moved to Tue 24 Nov, 10:00 WAT                                        | booking_changed | agent_inquiries,property_schedule:7
					rescheduled   | 1  | +2348030000021 | has moved to Tue 24 Nov, 10:00 WAT                                                      | booking_changed | inspector_schedule
					started       | 21 | +2348030000001 | L’inspecteur est sur place                                                              | booking_changed | -
					started       | 21 | +2348030000011 | with Sade Bello has begun                                                               | booking_changed | agent_inquiries,property_schedule:7
					completed     | 21 | +2348030000011 | Notes: All is fine                                                                      | booking_changed | agent_inquiries,property_schedule:7
					completed     | 21 | +2348030000001 | Notes : All is fine                                                                     | booking_changed | -
					no_show       | 21 | +2348030000001 | ne vous a pas rencontré                                                                 | booking_changed | book:7,seeker_browse
					cannot_attend | 21 | +2348030000001 | Motif : All is fine                                                                     | booking_changed | book:7,seeker_browse
					cannot_attend | 21 | +2348030000011 | can’t come to *Lagoon flat*                                                             | booking_changed | agent_inquiries,property_schedule:7
					""")
	@DisplayName("W9, W10, W14: the others are told, in their language and with a way on, and outside the service window by a template; who did it is not")
	void tells(String event, String actor, String phone, String text, String template, String options) {
		tell(event, actor, (event.equals("completed") || event.equals("cannot_attend")) ? "All is fine" : null);
		List<JsonNode> sent = sentTo(phone);
		assertThat(sent).hasSize(1);
		JsonNode letter = sent.get(0);
		assertThat(letter.get("text").asText()).contains(text);
		assertThat(letter.at("/template/name").asText()).isEqualTo(template);
		assertThat(letter.at("/template/parameters").size()).isEqualTo(template.equals("booking_notice") ? 4 : 3);
		assertThat(letter.get("priority").asText()).as("STOP silences it").isEqualTo("REMINDER");
		assertThat(letter.get("options").findValuesAsText("id"))
			.containsExactly(options.equals("-") ? new String[0] : options.split(","));
		int told = actor.equals("99") ? 3 : 2;
		assertThat(store.sql().sql("select count(*) from outbox").query(Long.class).single()).isEqualTo(told);
	}

	@Test
	@DisplayName("W9: an agent who has linked a number is written there, else on the number that the platform has")
	void prefersLinkedNumbers() {
		linked("+2348030000077", "11", "en");
		store.sql().sql("update identity set last_inbound_at = now() where address = '+2348030000077'").update();
		tell("booked", "1", null);
		assertThat(sentTo("+2348030000077")).hasSize(1);
		assertThat(sentTo(ADA)).isEmpty();
	}

	@Test
	@DisplayName("W13: whoever sent STOP is not told, nor is a seeker or an inspector without a linked number")
	void silences() {
		store.sql().sql("update contact set opted_out_at = now() where phone = :phone").param("phone", SADE).update();
		store.sql().sql("update contact set account_id = null where phone = :phone").param("phone", CHIDI).update();
		tell("cancelled", "99", null);
		assertThat(sentTo(SADE)).isEmpty();
		assertThat(sentTo(CHIDI)).isEmpty();
		assertThat(sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("W10, C6: a seeker who can't be told on the phone is told in the web chat, where another time can be booked")
	void tellsInTheChat() {
		store.sql().sql("update contact set opted_out_at = now() where phone = :phone").param("phone", SADE).update();
		Instant then = Instant.parse("2026-11-20T12:00:00Z");
		given(this.threads.mostRecent("1"))
			.willReturn(Optional.of(new ChatThread(5, "1", "7", "Chat", "Sade", "en", 3, 3, then, null, then)));
		tell("cannot_attend", "21", "My car broke down");
		ArgumentCaptor<ThreadMessage> said = ArgumentCaptor.forClass(ThreadMessage.class);
		verify(this.threads).post(any(), said.capture());
		assertThat(said.getValue().threadId()).isEqualTo(5);
		assertThat(said.getValue().text()).contains("the inspector can’t come to *Lagoon flat*", "My car broke down");
		assertThat(said.getValue().actions()).extracting(Option::id).containsExactly("book:7");
		assertThat(said.getValue().metadata()).containsEntry("booking_id", "42").containsEntry("listing_id", "7");
		assertThat(sentTo(SADE)).isEmpty();
		assertThat(sentTo(ADA)).hasSize(1);
	}

	@Test
	@DisplayName("W17: what has happened is told, also while the platform can't be asked who and where that is")
	void withoutPlatform() {
		given(this.platform.property(anyString())).willThrow(new PlatformUnavailableException("away", null));
		given(this.platform.user(anyString())).willThrow(new PlatformUnavailableException("away", null));
		tell("booked", "1", null);
		assertThat(sentTo(ADA).get(0).get("text").asText())
			.contains("A seeker will see *Lagoon flat* on Tue 24 Nov, 09:00 UTC");
		assertThat(sentTo(CHIDI)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("W17: each person is asked for once, for name, number and language together, also when there is no answer")
	void asksOnce(boolean away) {
		store.sql().sql("update account set language = null").update();
		given(this.platform.user("11"))
			.willReturn(Optional.of(new PlatformUser("11", "11@example.com", "agent", "Ada Obi", ADA, null, "fr")));
		if (away) {
			given(this.platform.user(anyString())).willThrow(new PlatformUnavailableException("away", null));
		}
		Inspection nameless = new Inspection("42", "7", "Lagoon flat", null, INSPECTION.scheduledDatetime(),
				"cancelled", "1", "11", null, null, null);
		Consumer<Database> letters = this.notices.pack(nameless, "cancelled", "99", null);
		database.inTransaction(() -> {
			letters.accept(database);
			return null;
		});
		assertThat(sentTo(SADE)).hasSize(1);
		assertThat(sentTo(ADA)).hasSize(away ? 0 : 1);
		verify(this.platform).user("1");
		verify(this.platform).user("11");
	}

	@ParameterizedTest(name = "{0} by {1}, without a way to {2}: {3}")
	@CsvSource(delimiter = '|',
			textBlock = """
					cancelled     | 1  | nobody | The agent knows.
					rescheduled   | 1  | nobody | The agent knows.
					cancelled     | 1  | 11     | 😕 I could not reach the agent. Please tell them yourself. ☎️ +2348030000011
					completed     | 21 | nobody | The seeker and the agent know.
					started       | 21 | 11     | The seeker knows.\\n😕 I could not reach the agent. Please tell them yourself. ☎️ +2348030000011
					no_show       | 21 | 1      | The agent knows.\\n😕 I could not reach the seeker. Please tell them yourself.
					cannot_attend | 21 | both   | 😕 I could reach neither the seeker nor the agent. Please tell them yourself. ☎️ +2348030000011
					booked        | 1  | nobody | -
					booked        | 1  | 11     | -
					""")
	@DisplayName("W9, W10: that the others know is said if they are told, and if not, that they are not")
	void saysWhoKnows(String event, String actor, String silent, String knowledge) {
		linked(ADA, "11", "en");
		store.sql()
			.sql("""
					update contact set opted_out_at = now()
					where account_id = :silent or :silent = 'both' and account_id in ('1', '11')""")
			.param("silent", silent)
			.update();
		Turn turn = TestTurn.text("x").linked(Role.SEEKER).open();
		turn.reply(OutboundMessage.text("Done."));
		this.notices.tell(turn, INSPECTION, event, actor, null);
		assertThat(turn.replies()).extracting(OutboundMessage::text)
			.containsExactly("Done." + (knowledge.equals("-") ? "" : "\n" + knowledge.replace("\\n", "\n")));
	}

	@Test
	@DisplayName("W9: an agent whose inspection names no number is told on the one that the platform has")
	void ownNumber() {
		given(this.platform.user("11"))
			.willReturn(Optional.of(new PlatformUser("11", "11@example.com", "agent", "Ada Obi", ADA, null, "en")));
		Inspection nameless = new Inspection("42", "7", "Lagoon flat", null, INSPECTION.scheduledDatetime(),
				"cancelled", "1", "11", null, "ask at the gate", null);
		Turn turn = TestTurn.text("x").linked(Role.SEEKER).in("fr").open();
		turn.reply(OutboundMessage.text("Voilà."));
		this.notices.tell(turn, nameless, "cancelled", "1", null);
		assertThat(turn.replies()).extracting(OutboundMessage::text).containsExactly("Voilà.\nL’agent le sait.");
	}

	@Test
	@DisplayName("W9: words are told as they are, one line in a template and never too long")
	void words() {
		tell("completed", "21", "Door *broken*\n{0} and 'more'\n" + "x".repeat(3000));
		JsonNode letter = sentTo(ADA).get(0);
		assertThat(letter.get("text").asText()).contains("Door *broken*\n{0} and 'more'\nxxx").hasSizeLessThan(1000);
		assertThat(letter.at("/template/parameters/2").asText()).startsWith("the inspection is complete – Door");
		assertThatIllegalArgumentException().isThrownBy(() -> tell("sold", "21", null));
	}

}
