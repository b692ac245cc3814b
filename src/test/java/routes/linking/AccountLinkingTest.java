package routes.linking;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import hub.config.TestSettings;
import hub.contact.Role;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.PlatformUser;
import hub.text.TestTexts;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.linking.Redemption.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class AccountLinkingTest {

	// Without a limit of codes no rule here asks the database.
	private final AccountLinking linking = linking("LIMIT_CODES_PER_HOUR", "0");

	private static AccountLinking linking(String... settings) {
		return new AccountLinking(null, TestTexts.texts(), null, null, TestSettings.properties(settings));
	}

	private LinkRequest read(String words) {
		return this.linking.read(TestTurn.text(words).open());
	}

	@ParameterizedTest(name = "“{0}”")
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			/link ada@example.com               | ada@example.com
			link ada@example.com                | ada@example.com
			/LINK Ada.Obi@Example.COM           | ada.obi@example.com
			"  /link    ada@example.com  "      | ada@example.com
			"/link\nada@example.com"            | ada@example.com
			"/link\u00A0ada@example.com"        | ada@example.com
			/link <ada@example.com>             | ada@example.com
			/link ada@example.com.              | ada@example.com
			/link ada@example.com!              | ada@example.com
			ada@example.com                     | ada@example.com
			" Ada@example.com "                 | ada@example.com
			link@example.com                    | link@example.com
			link.office@example.com             | link.office@example.com
			link-office@example.com             | link-office@example.com
			/link link@example.com              | link@example.com
			/link a.b+c_d'e@sub.example.co.uk   | a.b+c_d'e@sub.example.co.uk
			/link 1@2.example                   | 1@2.example
			""")
	@DisplayName("W5: an address is taken as people write it, with /link or as the bare answer to our question")
	void readsAddresses(String words, String email) {
		assertThat(read(words)).isEqualTo(new LinkRequest(email, null, 0));
	}

	@Test
	@DisplayName("W5: words about something else, in answer to our question, are told who we are and how to link")
	void invitesAgain() {
		assertThat(read("what is this?")).isEqualTo(new LinkRequest(null, "link.invite", 0));
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "/link", "link", "/link ", "/link \n " })
	@DisplayName("W5: /link without an address explains the format")
	void asksForAddress(String words) {
		assertThat(read(words)).isEqualTo(new LinkRequest(null, "link.format", 0));
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "/link ada", "/link ada@", "/link @example.com", "/link ada@example",
			"/link ada@@example.com", "/link ada@exam ple.com", "/link ada@example.com bob@example.com",
			"/link ada@example..com", "/link ada@-example.com", "/link ada@example.c", "/link ada@127.0.0.1",
			"/link ada@example.com\nBcc: all@example.com", "/link ada@example.com,bob@example.com",
			"/link \"ada\"@example.com", "/link ada@[127.0.0.1]", "/link ada@exämple.com", "/link <>",
			"/link ada@example.com%0ABcc:x@example.com", "/link ../users/1@example.com", "/link a/b@example.com",
			"/link a%2Fb@example.com", "/link a..b@example.com", "/link .ada@example.com", "/link ada.@example.com",
			"/link a?b=c@example.com", "/link a#b@example.com", "/link a{b}@example.com" })
	@DisplayName("W5: what is no one address is refused, and nothing of it reaches a mail's head")
	void refusesAddresses(String words) {
		assertThat(read(words)).isEqualTo(new LinkRequest(null, "link.bad-address", 0));
	}

	@Test
	@DisplayName("W5: an address has 64 and 254 characters at most (RFC 5321)")
	void limitsAddresses() {
		String local = "a".repeat(64);
		assertThat(read(local + "@example.com").isRefused()).isFalse();
		assertThat(read("a" + local + "@example.com").refusal()).isEqualTo("link.bad-address");
		String domain = ("a".repeat(60) + ".").repeat(3) + "example";
		assertThat(read("ab@" + domain).isRefused()).isFalse();
		assertThat(read(local + "@" + domain).refusal()).isEqualTo("link.bad-address");
	}

	@Test
	@DisplayName("W5: an endless text is refused at once")
	void isQuick() {
		String words = "/link " + "a@" + "a.".repeat(2000) + "!";
		assertTimeoutPreemptively(Duration.ofSeconds(1), () -> assertThat(read(words).isRefused()).isTrue());
	}

	@Test
	@DisplayName("W5: without a mail server nobody is promised a code")
	void needsMail() {
		LinkRequest request = linking("SMTP_HOST", "").read(TestTurn.text("/link ada@example.com").open());
		assertThat(request).isEqualTo(new LinkRequest(null, "link.unavailable", 0));
	}

	@ParameterizedTest(name = "{0} after {1} minutes, in {2}")
	@CsvSource(delimiter = '|', textBlock = """
			link.format      |  0 | en | ✉️ Send */link* and the e-mail address
			link.format      |  0 | fr | ✉️ Envoyez */link* et
			link.bad-address |  0 | en | That does not look like an e-mail address
			link.unavailable |  0 | en | not available here at the moment
			link.too-many    |  1 | en | the next one in 1 minute.
			link.too-many    | 59 | en | the next one in 59 minutes.
			link.too-many    |  1 | fr | dans 1 minute.
			link.too-many    | 59 | fr | dans 59 minutes.
			""")
	@DisplayName("W5, O8: every refusal says what to do, and when the next code can be had")
	void explains(String refusal, long minutes, String language, String expected) {
		Turn turn = TestTurn.text("/link").in(language).open();
		this.linking.explain(turn, new LinkRequest(null, refusal, minutes));
		assertThat(turn.replies()).singleElement()
			.satisfies((reply) -> assertThat(reply.text()).contains(expected).doesNotContain("{"));
		boolean asks = Set.of("link.format", "link.bad-address").contains(refusal);
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo(asks ? "linking-request-code" : "unchanged");
	}

	@Test
	@DisplayName("W5: somebody unknown is told how to link, and may answer with the bare address")
	void invites() {
		Turn turn = TestTurn.text("hi there, is it free?").open();
		this.linking.invite(turn);
		assertThat(turn.replies().get(0).text()).contains("/link name@example.com");
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("linking-request-code");
	}

	@ParameterizedTest(name = "{0} after {1} wrong tries")
	@CsvSource(delimiter = '|', textBlock = """
			WRONG   | 0 | en | You have 4 tries left
			WRONG   | 2 | en | You have 2 tries left
			WRONG   | 3 | en | You have 1 try left
			WRONG   | 3 | fr | Il vous reste 1 essai.
			WRONG   | 0 | fr | Il vous reste 4 essais.
			WRONG   | 4 | en | no longer valid
			VOID    | 5 | en | no longer valid
			USED    | 0 | en | used already
			EXPIRED | 0 | en | has expired
			EXPIRED | 0 | fr | a expiré
			""")
	@DisplayName("W5: wrong, used, expired and void codes each get a clear answer; the fifth wrong try is the last")
	void refusesCodes(Verdict verdict, int wrongTries, String language, String expected) {
		Turn turn = TestTurn.text("123456").in(language).open();
		this.linking.refuse(turn, new Redemption(verdict, 1, wrongTries, null));
		assertThat(turn.replies()).singleElement()
			.satisfies((reply) -> assertThat(reply.text()).contains(expected).doesNotContain("{"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "owner" })
	@DisplayName("W5: a right code for an account that is gone, or of a role we don't know, links nothing")
	void linksNoUnknownRole(String role) {
		Turn turn = TestTurn.text("123456").open();
		Optional<PlatformUser> user = Optional
			.of(new PlatformUser("u1", "ada@example.com", role, "Ada", null, null, null));
		Redemption right = new Redemption(Verdict.RIGHT, 1, 0, "u1");
		assertThat(this.linking.link(turn, right, user)).isFalse();
		assertThat(this.linking.link(turn, right, Optional.empty())).isFalse();
		assertThat(turn.contact().linked()).isFalse();
		assertThat(turn.replies()).hasSize(2)
			.allSatisfy((reply) -> assertThat(reply.text()).contains("no longer exists"));
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	@DisplayName("W5: a right code links to the account as the platform tells of it now, in its language")
	void links(Role role) {
		Turn turn = TestTurn.text("123456").in(null).asked("linking-request-code", Duration.ofMinutes(1)).open();
		boolean linked = this.linking.link(turn, new Redemption(Verdict.RIGHT, 1, 0, "u1"), Optional
			.of(new PlatformUser("u1", "ada@example.com", role.key(), "Ada Obi", null, "Africa/Lagos", "fr-CI")));
		assertThat(linked).isTrue();
		assertThat(turn.account().role()).isEqualTo(role);
		assertThat(turn.language()).isEqualTo("fr");
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
	}

	@Test
	@DisplayName("W5: unlinking is asked for before it is done")
	void asksToUnlink() {
		Turn turn = TestTurn.text("unlink").linked(Role.SEEKER).open();
		this.linking.askToUnlink(turn);
		OutboundMessage question = turn.replies().get(0);
		assertThat(question.text()).contains("ada@example.com");
		assertThat(question.options()).extracting(Option::id).element(0).asString().startsWith("unlink:");
		assertThat(question.options()).extracting(Option::id).element(1).isEqualTo("main_menu");
		assertThat(turn.contact().linked()).isTrue();
		this.linking.unlink(turn);
		assertThat(turn.contact().linked()).isFalse();
		Turn guest = TestTurn.text("unlink").open();
		this.linking.askToUnlink(guest);
		assertThat(guest.replies().get(0).text()).contains("not linked to an account yet");
	}

	@Test
	@DisplayName("W5: only a fresh button for the present account unlinks; one of long ago or of another account does nothing")
	void confirmsOnce() {
		Turn asked = TestTurn.text("unlink").linked(Role.SEEKER).open();
		this.linking.askToUnlink(asked);
		String button = asked.replies().get(0).options().get(0).id().substring("unlink:".length());
		assertThat(this.linking.confirms(asked, button)).isTrue();
		assertThat(this.linking.confirms(TestTurn.text("").open(), button)).isFalse();
		String[] parts = button.split("-");
		long at = Long.parseLong(parts[1]);
		for (String other : List.of("yes", "", parts[0], "00000000-" + parts[1], parts[0] + "-" + (at - 1800),
				parts[0] + "-" + (at + 60), parts[0] + "-99999999999999999999", parts[0] + "-x")) {
			assertThat(this.linking.confirms(asked, other)).as(other).isFalse();
		}
		assertThat(this.linking.confirms(asked, null)).isFalse();
	}

}
