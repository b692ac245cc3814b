package routes.listings;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.chat.Cards;
import hub.contact.Role;
import hub.message.Option;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.platform.PropertyChange;
import hub.platform.Slot;
import hub.platform.Written;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.inquiries.Inquiries;
import routes.menu.TapDesk;
import routes.slots.AgentSlots;
import routes.slots.SlotParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static routes.menu.TapDesk.key;
import static routes.menu.TapDesk.offered;
import static routes.menu.TapDesk.words;

/**
 * Every action of an agent, for whoever taps it and whatever has become of what it names.
 * It is noon UTC on a Sunday, 1 March 2026.
 */
class AgentActionsTest {

	/** The account of {@link TestTurn}. */
	private static final String AGENT = "u1";

	private static final Instant SOON = TestTurn.NOW.plusSeconds(3 * 24 * 3600);

	private static final PlatformUnavailableException AWAY = new PlatformUnavailableException("away", null);

	private static TapDesk desk;

	private static volatile List<Option> checks = List.of();

	private static volatile List<Option> talks = List.of();

	@BeforeAll
	static void open() throws Exception {
		desk = new TapDesk();
		AgentProperties properties = new AgentProperties(desk.platform,
				new Cards(desk.texts, Clock.fixed(TestTurn.NOW, ZoneOffset.UTC)), desk.shown, desk.options, desk.texts,
				desk.json);
		desk.open(
				Map.of("agentProperties", properties, "propertyEdits",
						new PropertyEdits(desk.platform, properties, new RentReader(), desk.options, desk.texts),
						"agentSlots",
						new AgentSlots(desk.platform, new SlotParser(), desk.shown, desk.moments, desk.options,
								desk.texts, desk.incidents, desk.json),
						"inquiries", new Inquiries(desk.platform, desk.moments, desk.options, desk.texts)),
				List.of("listings/listings-show-own", "listings/listings-find-own", "listings/listings-edit",
						"listings/listings-take-price", "listings/listings-take-description", "slots/slots-show",
						"slots/slots-add", "slots/slots-remove", "inquiries/inquiries-show"),
				new RouteBuilder() {
					@Override
					public void configure() {
						from("direct:availability-list-open")
							.process((exchange) -> exchange.setProperty("openChecks", checks));
						from("direct:availability-tell-figures").setProperty("checkFigures", constant("Checks: 3"));
						from("direct:availability-take-message")
							.process((exchange) -> exchange.getMessage().getBody(Turn.class).readAs("AN ANSWER"));
						from("direct:relay-list-open").process((exchange) -> exchange.setProperty("openTalks", talks));
					}
				});
	}

	@AfterAll
	static void close() throws Exception {
		desk.close();
	}

	@BeforeEach
	void begin() {
		desk.clear();
		checks = List.of();
		talks = List.of();
		Platform platform = desk.platform;
		given(platform.property(anyString())).willReturn(Optional.empty());
		given(platform.slots(anyString())).willReturn(Optional.empty());
		given(platform.user(anyString())).willReturn(Optional.empty());
		given(platform.inspections(any(), anyString())).willReturn(Optional.of(List.of()));
		listings(listing("42", AGENT), listing("43", "u9", AGENT));
		given(platform.property("50")).willReturn(Optional.of(listing("50", "u9")));
		slots("42", new Slot("7", SOON, "free"), new Slot("8", SOON.plusSeconds(3600), "booked"));
		slots("43", new Slot("9", SOON, "free"));
		slots("50", new Slot("70", SOON, "free"));
	}

	private static Property listing(String id, String... agents) {
		return new Property(id, "Lagoon *flat* " + id, "12 Marina, Lagos", "Marina", new BigDecimal("2500000"), "NGN",
				"year", Property.AVAILABLE, 2, 1, 85, "apartment", List.of("Gym"), "Bright and quiet.", 4.5, true,
				List.of("https://example.com/1.jpg"), 6.45, 3.4, "Africa/Lagos", List.of(agents), "+2348030000011",
				null);
	}

	private static void listings(Property... listings) {
		for (Property listing : listings) {
			given(desk.platform.property(listing.id())).willReturn(Optional.of(listing));
		}
		given(desk.platform.propertiesOf(AGENT)).willReturn(Optional.of(List.of(listings)));
	}

	private static void slots(String property, Slot... slots) {
		given(desk.platform.slots(property)).willReturn(Optional.of(List.of(slots)));
	}

	private static Turn taps(String token) {
		return desk.taps(Role.AGENT, token);
	}

	/** Words in answer to a question about the first listing. */
	private static Turn says(String dialogue, String words) {
		return says(dialogue, "42", words);
	}

	private static Turn says(String dialogue, String property, String words) {
		return desk.perform(dialogue,
				TestTurn.text(words).linked(Role.AGENT).asked(dialogue, "{\"property\":\"" + property + "\"}").open());
	}

	private static void nothingWasDone() {
		verify(desk.platform, never()).updateProperty(anyString(), any(), anyString());
		verify(desk.platform, never()).addSlot(anyString(), any(), anyString());
		verify(desk.platform, never()).removeSlot(anyString(), anyString(), anyString());
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			agent_properties             | Your properties* (1–2 of 2)
			agent_properties:5           | Your properties* (1–2 of 2)
			agent_properties:x           | Your properties* (1–2 of 2)
			agent_schedule               | Which property do you mean
			agent_inquiries              | Nothing waits for you
			agent_analytics              | Checks: 3
			property_view:42             | Bright and quiet
			property_view:43             | Lagoon flat 43
			property_edit:42             | What shall I change
			property_edit:42:nonsense    | What shall I change
			property_edit:42:status      | What is it from now on
			property_edit:42:status:sold | What is it from now on
			property_edit:42:price       | It is ₦2,500,000 now
			property_edit:42:price:0     | It is ₦2,500,000 now
			property_edit:42:price:1e9   | It is ₦2,500,000 now
			property_edit:42:description | Send the new description
			property_schedule:42         | 1 free, 1 booked
			property_schedule:42:99999   | 1 free, 1 booked
			property_schedule:43         | 1 free, 0 booked
			slot_add:42                  | tomorrow 10-12
			slot_remove:8                | Somebody has booked
			slot_remove:8:42             | Somebody has booked
			property_view                | Which property do you mean
			property_edit                | Which property do you mean
			property_schedule            | Which property do you mean
			slot_add                     | Which property do you mean
			slot_remove                  | Which time do you mean
			""")
	@DisplayName("W9: each action of an agent answers, with and without what it is about")
	void answers(String token, String words) {
		Turn turn = taps(token);
		assertThat(words(turn)).contains(words);
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			property_view     | Lagoon flat 43
			property_edit     | *Lagoon flat 43*
			property_schedule | *Lagoon flat 43*
			slot_add          | When can *Lagoon flat 43* be inspected
			""")
	@DisplayName("W9: without an object an action means the property that was shown last; of several it is asked which; the only one needs no question")
	void lastShown(String token, String words) {
		assertThat(words(desk.taps(Role.AGENT, token, "{\"property\":[\"43\"]}"))).contains(words);
		Turn several = desk.taps(Role.AGENT, token, "{\"property\":[\"43\",\"42\"]}");
		assertThat(words(several)).contains("Which property do you mean");
		assertThat(offered(several)).containsExactly(token + ":42", token + ":43", "main_menu");
		listings(listing("43", AGENT));
		assertThat(words(taps(token))).contains(words);
		assertThat(words(desk.taps(Role.AGENT, token, "{\"property\":[\"50\"]}"))).as("a stranger's")
			.contains("can’t find that property");
	}

	private static final String TOKENS = """
			agent_properties agent_properties:5 agent_schedule agent_inquiries agent_analytics property_view:42
			property_edit:42 property_edit:42:status:rented property_edit:42:price:3000000 property_edit:42:description
			property_schedule:42 slot_add:42 slot_remove:7 slot_remove:7:42""";

	@ParameterizedTest
	@ValueSource(strings = { "SEEKER", "INSPECTOR", "ADMIN", "guest" })
	@DisplayName("W6, W9: an action of an agent does nothing for any other role, and says so")
	void wrongRole(String who) {
		Role role = who.equals("guest") ? null : Role.valueOf(who);
		for (String token : TOKENS.split("\\s+")) {
			assertThat(words(desk.taps(role, token))).as(token)
				.contains((role != null) ? "not for your account" : "link your account first");
		}
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			property_view:50               | can’t find that property
			property_edit:50               | can’t find that property
			property_edit:50:status:rented | can’t find that property
			property_edit:50:price:9000000 | can’t find that property
			property_schedule:50           | can’t find that property
			slot_add:50                    | can’t find that property
			slot_remove:70                 | can’t find that time
			slot_remove:70:50              | can’t find that time
			slot_remove:70:42              | can’t find that time
			slot_remove:7:50               | can’t find that time
			slot_remove:7:43               | can’t find that time
			slot_remove:7:99               | can’t find that time
			property_view:99               | can’t find that property
			property_edit:99               | can’t find that property
			property_edit:99:status:rented | can’t find that property
			property_schedule:99           | can’t find that property
			slot_add:99                    | can’t find that property
			slot_remove:99                 | can’t find that time
			""")
	@DisplayName("W9, O9: somebody else's property or time is as unknown as one that has gone; the agent is shown a way on, and nothing is done")
	void strangersAndVanished(String token, String words) {
		Turn turn = taps(token);
		assertThat(words(turn)).contains(words).doesNotContain("Lagoon");
		assertThat(offered(turn)).contains("main_menu");
		nothingWasDone();
	}

	@ParameterizedTest(name = "{0}, property {1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			slots-take-times          | 50 | tomorrow 10am
			listings-take-price       | 50 | 3m
			listings-take-description | 50 | A new and longer description
			slots-take-times          | 99 | tomorrow 10am
			listings-take-price       | 99 | 3m
			listings-take-description | 99 | A new and longer description
			""")
	@DisplayName("W9: a property that has gone, or is another agent's by now, while its question waited is not changed, and the question is closed")
	void goneMeanwhile(String dialogue, String property, String words) {
		Turn turn = says(dialogue, property, words);
		assertThat(words(turn)).contains("can’t find that property");
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		nothingWasDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "agent_properties", "agent_schedule", "agent_inquiries", "agent_analytics",
			"property_view:42", "property_edit:42", "property_edit:42:status:rented", "property_schedule:42",
			"slot_add:42", "slot_remove:7", "slot_remove:7:42" })
	@DisplayName("W17: while the platform is away each action says so, an administrator is told, and nothing is done")
	void platformDown(String token) {
		given(desk.platform.property(anyString())).willThrow(AWAY);
		given(desk.platform.propertiesOf(anyString())).willThrow(AWAY);
		given(desk.platform.slots(anyString())).willThrow(AWAY);
		given(desk.platform.inspections(any(), anyString())).willThrow(AWAY);
		assertThat(words(taps(token))).contains("can’t reach the platform right now");
		verify(desk.incidents).reportFailure(eq("platform"), any());
		nothingWasDone();
	}

	@Test
	@DisplayName("W9: an agent without properties is shown the way to the website")
	void noProperties() {
		listings();
		for (String token : List.of("agent_properties", "agent_schedule", "slot_add", "property_edit")) {
			assertThat(words(taps(token))).as(token).contains("no properties yet", "website");
		}
		given(desk.platform.propertiesOf(AGENT)).willReturn(Optional.empty());
		assertThat(words(taps("agent_properties"))).contains("no properties yet");
	}

	@Test
	@DisplayName("W7, W9: five properties a page, and never more rows than a list has")
	void pages() {
		Property[] many = new Property[12];
		for (int n = 0; n < many.length; n++) {
			many[n] = listing(Integer.toString(100 + n), AGENT);
		}
		listings(many);
		assertThat(offered(taps("agent_properties"))).hasSize(8)
			.startsWith("property_view:100")
			.endsWith("agent_properties:5", "agent_analytics", "main_menu");
		assertThat(words(taps("agent_properties:5"))).contains("(6–10 of 12)");
		assertThat(offered(taps("agent_properties:10"))).containsExactly("property_view:110", "property_view:111",
				"agent_analytics", "main_menu");
		assertThat(offered(taps("agent_schedule"))).hasSize(10)
			.startsWith("property_schedule:100")
			.endsWith("agent_properties");
		Slot[] slots = new Slot[20];
		for (int n = 0; n < slots.length; n++) {
			slots[n] = new Slot("s" + n, SOON.plusSeconds((20 - n) * 3600L), "free");
		}
		slots("100", slots);
		assertThat(offered(taps("property_schedule:100"))).hasSize(10)
			.startsWith("slot_add:100", "slot_remove:s19:100")
			.endsWith("slot_remove:s13:100", "property_schedule:100:7", "main_menu");
		assertThat(offered(taps("property_schedule:100:14"))).endsWith("slot_remove:s0:100", "main_menu")
			.doesNotContain("property_schedule:100:21");
	}

	@ParameterizedTest(name = "{0}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			status:rented    |          | Changed: *Lagoon flat 42*
			price:3000000    |          | Changed: *Lagoon flat 42*
			status:available | INVALID  | does not take that change
			status:rented    | CONFLICT | does not take that change
			status:rented    | ABSENT   | can’t find that property
			""")
	@DisplayName("W9: the change that was chosen, and nothing else, is made under the turn's key, and told as the platform made it")
	void edits(String chosen, Written.Refusal refusal, String words) {
		given(desk.platform.updateProperty(anyString(), any(), anyString()))
			.willReturn(new Written<>((refusal == null) ? listing("42", AGENT) : null, refusal));
		Turn turn = taps("property_edit:42:" + chosen);
		String value = chosen.substring(chosen.indexOf(':') + 1);
		verify(desk.platform).updateProperty("42", chosen.startsWith("price")
				? new PropertyChange(null, new BigDecimal(value), null) : new PropertyChange(value, null, null),
				key("edit"));
		verify(desk.platform, times(1)).updateProperty(anyString(), any(), anyString());
		assertThat(words(turn)).contains(words);
		assertThat(offered(turn)).containsExactly("property_view:42", "agent_properties", "main_menu");
	}

	@Test
	@DisplayName("W9: a price in words is taken, what is no price asked back, and a leap asked about before it is done")
	void prices() {
		given(desk.platform.updateProperty(anyString(), any(), anyString()))
			.willReturn(new Written<>(listing("42", AGENT), null));
		Turn unclear = says("listings-take-price", "about three million I think");
		assertThat(words(unclear)).contains("can’t read an amount");
		assertThat(TestTurn.dialogueAfter(unclear)).isEqualTo("listings-take-price");
		for (String leap : List.of("25m", "250k", "2.5")) {
			Turn asked = says("listings-take-price", leap);
			assertThat(words(asked)).as(leap).containsAnyOf("Is that right?", "can’t read an amount");
		}
		assertThat(offered(says("listings-take-price", "25m"))).containsExactly("property_edit:42:price:25000000",
				"property_edit:42:price");
		assertThat(TestTurn.dialogueDataAfter(says("listings-take-price", "25m"))).as("what yes would do")
			.isEqualTo("property_edit:42:price:25000000");
		nothingWasDone();
		Turn done = says("listings-take-price", "₦2.8m per year");
		assertThat(words(done)).contains("Changed");
		assertThat(TestTurn.dialogueAfter(done)).isNull();
		verify(desk.platform).updateProperty("42", PropertyChange.price(new BigDecimal("2800000")), key("edit"));
	}

	@Test
	@DisplayName("W9: a description is taken as it is; one that is too short or too long is asked again")
	void descriptions() {
		given(desk.platform.updateProperty(anyString(), any(), anyString()))
			.willReturn(new Written<>(listing("42", AGENT), null));
		for (String text : List.of("Nice", "x".repeat(3001))) {
			Turn turn = says("listings-take-description", text);
			assertThat(words(turn)).contains("10 to 3,000 characters");
			assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("listings-take-description");
		}
		nothingWasDone();
		assertThat(words(says("listings-take-description", "  {0} 'quiet' *flat*\n🌳 ")))
			.contains("has its new description");
		verify(desk.platform).updateProperty("42", PropertyChange.description("{0} 'quiet' *flat*\n🌳"), key("edit"));
	}

	@Test
	@DisplayName("A4, W9: while a visitor's question waits as well, words are not taken for a description without asking: they may be the answer")
	void descriptionOrAnswer() {
		given(desk.platform.updateProperty(anyString(), any(), anyString()))
			.willReturn(new Written<>(listing("42", AGENT), null));
		Turn asked = desk.perform("listings-take-description",
				TestTurn.text("Yes, it is still available")
					.linked(Role.AGENT)
					.questioned()
					.asked("listings-take-description", "{\"property\":\"42\"}")
					.open());
		assertThat(words(asked)).contains("“Yes, it is still available”");
		assertThat(offered(asked)).containsExactly("property_edit:42:description:keep", "agent_inquiries");
		nothingWasDone();
		String keep = "property_edit:42:description:keep";
		assertThat(words(taps(keep))).as("once it is forgotten").contains("Send the new description");
		String data = TestTurn.dialogueDataAfter(asked);
		assertThat(words(desk.perform("menu-perform-action",
				TestTurn.choice("property_edit:43:description:keep", "x")
					.linked(Role.AGENT)
					.asked("listings-take-description", data)
					.open())))
			.as("of another property")
			.contains("Send the new description");
		nothingWasDone();
		Turn kept = desk.perform("menu-perform-action",
				TestTurn.choice(keep, "x").linked(Role.AGENT).asked("listings-take-description", data).open());
		assertThat(words(kept)).contains("has its new description");
		assertThat(TestTurn.dialogueAfter(kept)).isNull();
		verify(desk.platform).updateProperty("42", PropertyChange.description("Yes, it is still available"),
				key("edit"));
	}

	@ParameterizedTest
	@EnumSource(Written.Refusal.class)
	@DisplayName("W9: a free time is taken away; one that has gone is gone; one that was booked in between stays")
	void removes(Written.Refusal refusal) {
		given(desk.platform.removeSlot("42", "7", key("remove"))).willReturn(new Written<>(null, refusal));
		for (String token : List.of("slot_remove:7", "slot_remove:7:42")) {
			assertThat(words(taps(token))).as(token).contains("Wed 4 Mar, 13:00 WAT", switch (refusal) {
				case ABSENT -> "Removed";
				case CONFLICT -> "Somebody has booked";
				case INVALID -> "on the website";
			});
		}
		verify(desk.platform, times(2)).removeSlot("42", "7", key("remove"));
		given(desk.platform.removeSlot("43", "9", key("remove"))).willReturn(new Written<>(null, null));
		assertThat(words(taps("slot_remove:9"))).as("of the other property").contains("Removed", "flat 43");
	}

	private static void adds(Instant at, Written.Refusal refusal) {
		given(desk.platform.addSlot("42", at, key("slot-" + at.getEpochSecond())))
			.willReturn(new Written<>((refusal == null) ? new Slot("1", at, "free") : null, refusal));
	}

	@Test
	@DisplayName("W9: times are added in the property's zone, each under a key of its own, and what became of each is told")
	void addsTimes() {
		Instant ten = Instant.parse("2026-03-02T09:00:00Z");
		adds(ten, null);
		adds(ten.plusSeconds(3600), Written.Refusal.CONFLICT);
		adds(ten.plusSeconds(7200), Written.Refusal.INVALID);
		Turn turn = says("slots-take-times", "tomorrow 10-13, today 9am");
		assertThat(words(turn)).contains("✅ *Lagoon flat 42* can be inspected (times in WAT):\n*Monday 2 March*: 10:00",
				"there already (WAT):\n*Monday 2 March*: 11:00",
				"does not take these times (WAT):\n*Monday 2 March*: 12:00", "over (WAT):\n*Sunday 1 March*: 09:00");
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		assertThat(offered(turn)).containsExactly("slot_add:42", "property_schedule:42", "main_menu");
	}

	@Test
	@DisplayName("W9: tomorrow is the day after the words were sent, however late they came")
	void addsLate() {
		adds(Instant.parse("2026-03-01T14:00:00Z"), null);
		Turn turn = desk.perform("slots-take-times",
				TestTurn.text("tomorrow 3pm")
					.linked(Role.AGENT)
					.late(Duration.ofHours(14))
					.asked("slots-take-times", "{\"property\":\"42\"}")
					.open());
		assertThat(words(turn)).contains("can be inspected (times in WAT):\n*Sunday 1 March*: 15:00");
	}

	@Test
	@DisplayName("W3, W9: a time that an earlier try has taken away is gone, not unknown")
	void removedBefore() {
		Turn turn = desk.perform("menu-perform-action",
				TestTurn.choice("slot_remove:99", "x").linked(Role.AGENT).repeated().open());
		assertThat(words(turn)).contains("not among yours any more");
		nothingWasDone();
	}

	@Test
	@DisplayName("W17: when the platform goes away between two times, those that are added are told, the rest can be sent again, and an administrator is told")
	void addsHalf() {
		Instant ten = Instant.parse("2026-03-02T09:00:00Z");
		adds(ten, null);
		given(desk.platform.addSlot("42", ten.plusSeconds(3600), key("slot-" + ten.plusSeconds(3600).getEpochSecond())))
			.willThrow(AWAY);
		Turn turn = says("slots-take-times", "tomorrow 10-13");
		assertThat(words(turn)).contains("can be inspected (times in WAT):\n*Monday 2 March*: 10:00\n",
				"may be missing (WAT)", "*Monday 2 March*: 11:00, 12:00");
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("slots-take-times");
		verify(desk.incidents).reportFailure(eq("platform"), any());
		verify(desk.platform, never()).addSlot("42", ten.plusSeconds(7200),
				key("slot-" + ten.plusSeconds(7200).getEpochSecond()));
	}

	@Test
	@DisplayName("W17: when the platform is away from the first time on, nothing is added and that is said")
	void addsNothing() {
		given(desk.platform.addSlot(anyString(), any(), anyString())).willThrow(AWAY);
		Turn turn = says("slots-take-times", "tomorrow 10-13");
		assertThat(words(turn)).contains("nothing was changed");
		assertThat(TestTurn.dialogueAfter(turn)).as("the question goes on waiting").isEqualTo("unchanged");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "yes", "👍", "maybe later", "tomorrow", "10-12", "every day 10am", "{0}", "'", "slot_add:42" })
	@DisplayName("W9: odd words for times are asked back about, the question goes on waiting, and nothing is added")
	void oddWords(String words) {
		Turn turn = says("slots-take-times", words);
		assertThat(words(turn)).contains("For example: tomorrow 10-12");
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("slots-take-times");
		nothingWasDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "agent_properties", "agent_schedule", "agent_inquiries", "agent_analytics",
			"property_view:42", "property_edit:42", "property_schedule:42", "slot_remove:8", "property_view:99" })
	@DisplayName("W9: who taps something else has left the question behind")
	void leaves(String token) {
		Turn turn = desk.perform("menu-perform-action",
				TestTurn.choice(token, "x")
					.linked(Role.AGENT)
					.asked("slots-take-times", "{\"property\":\"42\"}")
					.open());
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
	}

	@ParameterizedTest(name = "{0}, “{1}”: an answer {2}")
	@CsvSource(delimiter = '|', textBlock = """
			slots-take-times    | yes                    | true
			slots-take-times    | Yes, it is still there | true
			slots-take-times    | sorry, it is gone      | true
			slots-take-times    | available tomorrow     | false
			slots-take-times    | tomorrow               | false
			slots-take-times    | every day at 10        | false
			slots-take-times    | yes 10am               | false
			listings-take-price | yes                    | true
			listings-take-price | it is still there      | true
			listings-take-price | about 3 million        | false
			""")
	@DisplayName("A4, W9: words that say nothing of what the hub has asked answer the visitor's question that waits as well; without one they are asked back about")
	void answersVisitors(String dialogue, String words, boolean answer) {
		TestTurn said = TestTurn.text(words).linked(Role.AGENT).asked(dialogue, "{\"property\":\"42\"}");
		assertThat(desk.perform(dialogue, said.open()).reading()).isNotEqualTo("AN ANSWER");
		Turn turn = desk.perform(dialogue, said.questioned().open());
		assertThat(turn.reading().equals("AN ANSWER")).isEqualTo(answer);
		assertThat(turn.replies().isEmpty()).isEqualTo(answer);
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo(answer ? "unchanged" : dialogue);
		nothingWasDone();
	}

	@Test
	@DisplayName("W9: inquiries are open checks, talks and bookings to come, each booking at the time of its place and with its seeker's name")
	void inquiries() {
		checks = List.of(new Option("check:token:pick", "Lagoon flat 42", "Sade asks, check 5"));
		given(desk.platform.inspections(Role.AGENT, AGENT))
			.willReturn(Optional.of(List.of(booking("17", "42", Inspection.SCHEDULED, SOON),
					booking("18", "42", Inspection.CANCELLED, SOON),
					booking("19", "99", Inspection.SCHEDULED, SOON.plusSeconds(60)),
					booking("16", "42", Inspection.COMPLETED, TestTurn.NOW.minusSeconds(86400)))));
		given(desk.platform.user("s1")).willReturn(
				Optional.of(new PlatformUser("s1", "s@example.com", "seeker", "Sade *Bello*", null, null, "en")));
		Turn turn = taps("agent_inquiries");
		assertThat(words(turn))
			.contains("Waiting for your answer* (1)", "Lagoon flat 42 – Sade asks", "Bookings to come* (2)",
					"Wed 4 Mar, 13:00 WAT: Lagoon flat – Sade Bello (booking 17)", "(booking 19)")
			.doesNotContain("booking 18", "booking 16", "Talks");
		assertThat(offered(turn)).containsExactly("check:token:pick", "agent_properties", "agent_analytics",
				"main_menu");
		talks = List.of(new Option("talk:token", "Tunde *B*", "Lagoon flat\n43"));
		Turn talking = taps("agent_inquiries");
		assertThat(words(talking)).contains(
				"Talks with visitors* (1); what you write goes to them\n• Tunde B – Lagoon flat 43\n",
				"Waiting for your answer* (1)", "Bookings to come* (2)");
		assertThat(offered(talking)).as("words need no choice").isEqualTo(offered(turn));
		assertThat(words(taps("agent_analytics"))).contains("Bookings to come: 2", "Completed: 1 · no-shows: 0");
		given(desk.platform.user("s1")).willThrow(AWAY);
		given(desk.platform.propertiesOf(AGENT)).willThrow(AWAY);
		assertThat(words(taps("agent_inquiries"))).as("without names").contains("a seeker (booking 17)");
	}

	private static Inspection booking(String id, String property, String status, Instant at) {
		return new Inspection(id, property, "Lagoon flat", "12 Marina, Lagos", at, status, "s1", AGENT, "21", "+234",
				null);
	}

}
