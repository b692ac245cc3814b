package routes.menu;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import hub.contact.Role;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.text.TestTexts;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MenusTest {

	private final MenuCatalog catalog;

	private final Menus menus;

	MenusTest() throws IOException {
		this.catalog = new MenuCatalog();
		this.menus = new Menus(this.catalog, TestTexts.texts());
	}

	private ChosenAction choose(String token, Role role) {
		return this.menus.choose(tap(token, role).open());
	}

	private static TestTurn tap(String token, Role role) {
		TestTurn tap = TestTurn.choice(token, "A title");
		return (role != null) ? tap.linked(role) : tap;
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			agent     | agent_properties agent_schedule agent_inquiries help
			seeker    | seeker_browse seeker_bookings seeker_notifications help
			inspector | inspector_inspections inspector_complete inspector_schedule help
			property  | property_view property_edit property_schedule main_menu
			booking   | booking_slots property_details contact_agent seeker_browse
			""")
	@DisplayName("W6: each role has its menu and submenus, whose ids are fixed")
	void offersMenus(String menu, String items) {
		assertThat(this.catalog.items(menu)).containsSubsequence(items.split(" "));
	}

	@Test
	@DisplayName("W6: the catalogue knows every id that was ever put on a phone, and who may tap it")
	void knowsActions() {
		Map<String, List<String>> expected = Map.of("everybody",
				List.of("main_menu", "help", "language", "unlink", "check"), "seeker",
				List.of("seeker_browse", "seeker_bookings", "seeker_notifications", "booking_slots", "property_details",
						"contact_agent", "contact_agents", "disable_alerts", "enable_alerts", "browse_more", "filter",
						"preferences", "saved", "book", "save", "details", "slot", "confirm", "cancel_booking",
						"reschedule"),
				"agent",
				List.of("agent_properties", "agent_schedule", "agent_inquiries", "agent_analytics", "property_view",
						"property_edit", "property_schedule", "slot_add", "slot_remove"),
				"inspector", List.of("inspector_inspections", "inspector_complete", "inspector_schedule", "complete",
						"start", "no_show", "cannot_attend"),
				"seeker agent inspector", List.of("call", "directions"));
		expected.forEach((who, ids) -> {
			for (String id : ids) {
				List<String> roles = this.catalog.action(id).orElseThrow(() -> new AssertionError(id)).roles();
				assertThat((roles != null) ? String.join(" ", roles) : "everybody").as(id).isEqualTo(who);
			}
		});
	}

	@Test
	@DisplayName("W6: every action's id reads as itself, never as an older form of another")
	void readsIds() {
		assertThat(this.catalog.actions()).isNotEmpty();
		assertThat(this.catalog.actions().keySet())
			.allSatisfy((id) -> assertThat(ActionToken.parse(id)).isEqualTo(new ActionToken(id, List.of())));
	}

	@Test
	@DisplayName("W6: an item that has a route goes there, with what it is about")
	void chooses() {
		assertThat(choose("main_menu", Role.SEEKER))
			.isEqualTo(new ChosenAction("main_menu", List.of(), "menu-show", null));
		assertThat(choose("language:fr", null))
			.isEqualTo(new ChosenAction("language", List.of("fr"), "menu-choose-language", null));
		ChosenAction unlink = choose("unlink:1a2b-5", Role.AGENT);
		assertThat(unlink.route()).isEqualTo("linking-unlink");
		assertThat(unlink.object()).isEqualTo("1a2b-5");
		assertThat(choose("unlink", Role.AGENT).object()).isNull();
		assertThat(choose("unlink:yes:yes", Role.AGENT).object()).isNull();
	}

	@ParameterizedTest(name = "{0}, {1}: {2}")
	@CsvSource(nullValues = "-", textBlock = """
			SEEKER, my bookings,         seeker_bookings
			SEEKER, Mes réservations !,  seeker_bookings
			SEEKER, browse,              seeker_browse
			SEEKER, *Yes*,               -
			SEEKER, my bookings please,  -
			SEEKER, view inquiries,      -
			SEEKER, '',                  -
			AGENT,  my bookings,         -
			AGENT,  Directions,          directions
			""")
	@DisplayName("W6: words that are an action's name mean that action, in any language, for those who may choose it")
	void namesActions(Role role, String words, String action) {
		assertThat(this.menus.named(TestTurn.text(words).linked(role).open())).isEqualTo(action);
	}

	@Test
	@DisplayName("W6: no words name two actions that one person may choose")
	void namesOne() {
		for (Role role : Role.values()) {
			this.catalog.actions().forEach((id, action) -> {
				String title = TestTexts.texts().sayIfAny("en", "action." + id + ".title");
				if (title != null && action.route() != null && action.allows(role)) {
					assertThat(this.menus.named(TestTurn.text(title).linked(role).open())).as(title).isEqualTo(id);
				}
			});
		}
	}

	@Test
	@DisplayName("W6: an action that nobody has built answers politely, with the menu")
	void unbuilt() {
		Turn turn = tap("some_action", Role.AGENT).open();
		this.menus.refuse(turn, new ChosenAction("some_action", List.of(), null, "action.unbuilt"));
		assertThat(turn.replies().get(0).text()).contains("not available on WhatsApp yet");
		assertThat(turn.replies().get(0).options()).extracting(Option::id)
			.containsExactly("agent_properties", "agent_schedule", "agent_inquiries", "help");
	}

	@Test
	@DisplayName("W6: a name is shown as a name, whatever is in it")
	void greetsByName() {
		Turn turn = TestTurn.text("menu").linked(Role.SEEKER).named("*Ad_a*" + "a".repeat(1000)).open();
		this.menus.main(turn);
		assertThat(turn.replies().get(0).text()).startsWith("🏠 What can I do for you, Ad_aaaa").hasSizeLessThan(100);
	}

	@ParameterizedTest(name = "{0} by {1}: {2}")
	@CsvSource(nullValues = "guest", textBlock = """
			agent_properties,      SEEKER,    action.not-for-you
			book:42,               AGENT,     action.not-for-you
			book_42,               INSPECTOR, action.not-for-you
			confirm_booking_42_7,  AGENT,     action.not-for-you
			complete:42,           SEEKER,    action.not-for-you
			seeker_browse,         ADMIN,     action.not-for-you
			seeker_browse,         guest,     action.link-first
			book_42,               guest,     action.link-first
			call_7,                guest,     action.link-first
			no_such_action,        SEEKER,    action.unknown
			no_such_action:42,     guest,     action.unknown
			'../../menu-show',     SEEKER,    action.unknown
			menu-show,             SEEKER,    action.unknown
			'',                    SEEKER,    action.unknown
			""")
	@DisplayName("W6: forged and stale tokens, and those of another role, do nothing and are answered")
	void refuses(String token, Role role, String refusal) {
		ChosenAction action = choose(token, role);
		assertThat(action.route()).isNull();
		assertThat(action.isRefused()).isTrue();
		assertThat(action.refusal()).isEqualTo(refusal);
		Turn turn = tap(token, role).open();
		this.menus.refuse(turn, action);
		assertThat(turn.replies()).hasSize(1);
		assertThat(turn.replies().get(0).options()).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	@DisplayName("W6: whatever a role is offered is either done or answered politely, never with silence")
	void neverSilent(Role role) {
		TreeSet<String> offered = new TreeSet<>(this.catalog.items(role.key()));
		offered.addAll(this.catalog.items("help"));
		for (String id : offered) {
			ChosenAction action = choose(id, role);
			assertThat((action.route() != null) ^ "action.unbuilt".equals(action.refusal())).as(id).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	@DisplayName("W5, W6: each role is welcomed by name, gets its menu, and its help with language and unlink")
	void showsMenus(Role role) {
		for (String language : List.of("en", "fr")) {
			Turn turn = TestTurn.text("menu").linked(role).named("Ada Obi").in(language).open();
			this.menus.welcome(turn);
			this.menus.main(turn);
			this.menus.help(turn);
			assertThat(turn.replies()).hasSize(3).allSatisfy((reply) -> assertThat(reply.text()).isNotBlank());
			assertThat(turn.replies().subList(0, 2)).allSatisfy((reply) -> {
				assertThat(reply.text()).contains("Ada").doesNotContain("Obi", "{");
				assertThat(reply.options()).extracting(Option::id).containsAll(this.catalog.items(role.key()));
			});
			assertThat(turn.replies().get(0).options()).extracting(Option::id)
				.as("W12: the offer of alerts")
				.hasSize(this.catalog.items(role.key()).size() + ((role == Role.SEEKER) ? 1 : 0));
			assertThat(turn.replies().get(1).options()).hasSameSizeAs(this.catalog.items(role.key()));
			assertThat(turn.replies().get(2).options()).extracting(Option::id)
				.containsSubsequence("language", "unlink", "main_menu");
		}
	}

	@Test
	@DisplayName("W5: somebody who is not linked gets help that says how to link, and no action of a role")
	void helpsGuests() {
		Turn turn = TestTurn.text("help").open();
		this.menus.help(turn);
		this.menus.main(turn);
		assertThat(turn.replies().get(0).text()).contains("/link name@example.com");
		assertThat(turn.replies().get(1).options()).extracting(Option::id).containsSubsequence("help", "language");
		assertThat(turn.replies()).allSatisfy((reply) -> assertThat(reply.options()).isNotEmpty()
			.allSatisfy((option) -> assertThat(this.catalog.action(option.id()).orElseThrow().roles()).isNull()));
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "Ada{0}", "{1}", "A'da", "Ada_Obi", "{0,choice,1#x}" })
	@DisplayName("W6: a name is shown as it is, whatever it looks like")
	void showsNamesAsTheyAre(String name) {
		Turn turn = TestTurn.text("menu").linked(Role.SEEKER).named(name).open();
		this.menus.main(turn);
		assertThat(turn.replies().get(0).text()).isEqualTo("🏠 What can I do for you, " + name + "?");
	}

	@Test
	@DisplayName("E6: the language is chosen from a menu, and the answer is in it already")
	void choosesLanguage() {
		Turn asked = TestTurn.choice("language", "Language").linked(Role.SEEKER).open();
		this.menus.language(asked, this.menus.choose(asked));
		OutboundMessage question = asked.replies().get(0);
		assertThat(question.options()).extracting(Option::id)
			.containsExactly("language:en", "language:fr", "main_menu");
		assertThat(question.options()).extracting(Option::title).startsWith("English", "Français");
		Turn chosen = TestTurn.choice("language:fr", "Français").linked(Role.SEEKER).open();
		this.menus.language(chosen, this.menus.choose(chosen));
		assertThat(chosen.language()).isEqualTo("fr");
		assertThat(chosen.replies().get(0).text()).startsWith("C’est fait");
		assertThat(chosen.replies().get(0).options()).extracting(Option::title).startsWith("Voir les logements");
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "language:de", "language:", "language:fr:en:de:it", "language:FR" })
	@DisplayName("E6: a language that there is none of is not taken")
	void refusesLanguages(String token) {
		Turn turn = TestTurn.choice(token, "?").linked(Role.SEEKER).open();
		ChosenAction action = this.menus.choose(turn);
		if (!action.isRefused()) {
			this.menus.language(turn, action);
			assertThat(turn.replies().get(0).options()).extracting(Option::id).contains("language:en", "language:fr");
		}
		assertThat(turn.language()).isEqualTo("en");
	}

	@Test
	@DisplayName("W6: showing the menu leaves an open question")
	void leavesQuestion() {
		Turn turn = TestTurn.text("menu")
			.linked(Role.SEEKER)
			.asked("linking-request-code", Duration.ofMinutes(5))
			.open();
		this.menus.main(turn);
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
	}

	@Test
	void namesAnUnknownMenu() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.catalog.items("no-such-menu"))
			.withMessageContaining("no-such-menu");
	}

	@Test
	@DisplayName("E3: every role has a menu, so that a new role can't be forgotten")
	void everyRoleHasAMenu() {
		assertThat(this.catalog.menus().keySet())
			.containsAll(Arrays.stream(Role.values()).map((role) -> role.name().toLowerCase(Locale.ROOT)).toList());
	}

}
