package routes.turn;

import java.time.Duration;

import hub.contact.Role;
import hub.message.Kind;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IntentReaderTest {

	private final IntentReader reader = new IntentReader();

	private Intent read(String words) {
		return this.reader.read(TestTurn.text(words).open());
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "stop", "STOP", "Stop.", "stop!!", " stop ", "/stop", "/STOP", "stop\n", "unsubscribe",
			"Cancel all", "cancel  all", "cancel\tall", "opt out", "Opt Out!", "optout", "stop all", "arrêt", "Arret",
			"arrêter", "arre\u0302ter", "ARRÊTER", "désabonner", "se désabonner", "Se desabonner.", "stop\u00A0!",
			"\u202Fstop" })
	@DisplayName("W13: STOP and its synonyms, in both languages, however they are written")
	void optsOut(String words) {
		assertThat(read(words)).isEqualTo(Intent.OPT_OUT);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "start", "START", "Start!", "/start", "unstop", "subscribe", "opt in", "optin", "démarrer",
			"DEMARRER", "s'abonner", "s’abonner", "S’abonner.", "reprendre" })
	@DisplayName("W13: START and its synonyms, in both languages, with either apostrophe")
	void optsIn(String words) {
		assertThat(read(words)).isEqualTo(Intent.OPT_IN);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "don't stop", "stop it please", "non stop", "bus stop", "stopp", "stop?", "s t o p",
			"cancel all my bookings", "opt-out", "when does it start", "start at 9", "restart", "unsubscribed",
			"subscribe me", "arrête de m'écrire", "je veux m’abonner", "", " ", "🛑", "stop stop" })
	@DisplayName("W13: words that merely hold STOP or START are neither")
	void isExact(String words) {
		assertThat(read(words)).isEqualTo(Intent.OTHER);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "yes, DIALOGUE", "Non merci., DIALOGUE", "yes but later, OTHER", "my bookings, OTHER", "menu, MENU",
			"cancel, CANCEL" })
	@DisplayName("W8: a question that waits for yes or no takes nothing else")
	void takesConsent(String words, Intent intent) {
		assertThat(this.reader
			.read(TestTurn.text(words).linked(Role.SEEKER).asked("menu-take-consent", "confirm:42:7").open()))
			.isEqualTo(intent);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "yes but later, menu-take-consent", "my bookings, menu-take-consent",
			"2 bed in Yaba, menu-take-consent", "menu, menu-take-consent", "help, menu-take-consent",
			"/link, menu-take-consent", "help, inspections-take-reason", "menu, inspections-take-reason" })
	@DisplayName("W8, W10: whoever says something else has left the question behind: an OK to what follows cancels, moves or books nothing")
	void leavesQuestion(String words, String question) {
		Turn turn = TestTurn.text(words).linked(Role.SEEKER).asked(question, "cancel_booking:17").open();
		this.reader.read(turn);
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		assertThat(turn.awaitsWords()).isFalse();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "menu-take-consent, true", "inspections-take-reason, true", "inspections-take-notes, false",
			"slots-take-times, false", "relay-hear-seeker, false" })
	@DisplayName("W8, W10: a tap on something else leaves what would be done at once; what is being gathered goes on waiting")
	void leavesByTap(String question, boolean left) {
		Turn turn = TestTurn.choice("call:11", "Call agent").linked(Role.INSPECTOR).asked(question, "{}").open();
		assertThat(this.reader.read(turn)).isEqualTo(Intent.ACTION);
		assertThat(turn.awaitsWords()).isEqualTo(!left);
	}

	@ParameterizedTest(name = "{0}: {1}, left: {2}")
	@CsvSource({ "REACTION, menu-take-consent, false", "SYSTEM, menu-take-consent, false",
			"IMAGE, menu-take-consent, true", "AUDIO, menu-take-consent, true",
			"IMAGE, inspections-take-reason, false" })
	@DisplayName("W8, W15: what is answered with something else leaves a yes or no behind; a reaction does not, nor a picture that its reason follows")
	void leavesByMedia(Kind kind, String question, boolean left) {
		Turn turn = TestTurn.of(kind, "").linked(Role.SEEKER).asked(question, "{}").open();
		this.reader.read(turn);
		assertThat(turn.awaitsWords()).isEqualTo(!left);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "ok, menu-take-consent, DIALOGUE", "cancel, menu-take-consent, CANCEL",
			"My car broke down, inspections-take-reason, DIALOGUE", "cancel, inspections-take-reason, CANCEL" })
	@DisplayName("W8, W10: what answers a question finds it")
	void findsQuestion(String words, String question, Intent intent) {
		Turn turn = TestTurn.text(words).linked(Role.INSPECTOR).asked(question, "{}").open();
		assertThat(this.reader.read(turn)).isEqualTo(intent);
		assertThat(turn.sender().dialogue().name()).isEqualTo(question);
	}

	@Test
	@DisplayName("W8, C8: a yes to whom one talks with books nothing")
	void consentIsNoTalk() {
		assertThat(this.reader
			.read(TestTurn.text("yes").linked(Role.SEEKER).asked("menu-take-consent", "confirm:42:7").talking().open()))
			.isEqualTo(Intent.TALK);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "menu", "Menu", "/menu", "MENU!", "main menu", "hi", "Hi!", "hello", "Hello,", "hey",
			"hi there", "hello there", "good morning", "Good  Morning.", "good afternoon", "good evening", "good day",
			"bonjour", "Bonjour !", "Bonjour\u00A0!", "salut", "bonsoir", "allô", "coucou" })
	@DisplayName("W6: menu, and greetings in both languages")
	void asksForMenu(String words) {
		assertThat(read(words)).isEqualTo(Intent.MENU);
	}

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', textBlock = """
			help       | HELP
			/help      | HELP
			HELP!      | HELP
			aide       | HELP
			?          | HELP
			cancel     | CANCEL
			/cancel    | CANCEL
			annuler    | CANCEL
			Annuler.   | CANCEL
			unlink     | UNLINK
			/unlink    | UNLINK
			dissocier  | UNLINK
			""")
	@DisplayName("W6: the other commands, in both languages")
	void readsCommands(String words, Intent intent) {
		assertThat(read(words)).isEqualTo(intent);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "help me", "aidez-moi", "??", "cancel booking", "cancel my booking", "menus", "the menu",
			"hi, is it still available", "hello kitty", "unlinked", "unlink it", "good", "morning", "thanks" })
	@DisplayName("W6: words that merely hold a command are no command")
	void commandsAreExact(String words) {
		assertThat(read(words)).isEqualTo(Intent.OTHER);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "/link", "/link ada@example.com", "link ada@example.com", "/LINK Ada@Example.com", "Link",
			"/link\nada@example.com", "  /link   ada@example.com  ", "/link\u00A0ada@example.com", "/link nonsense" })
	@DisplayName("W5: /link, with or without an address")
	void asksForLink(String words) {
		assertThat(read(words)).isEqualTo(Intent.LINK);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "/linked", "linkedin.com", "link@example.com", "link-office@example.com", "a link",
			"Link to the house, please", "/lin k", "/links ada@example.com" })
	@DisplayName("W5: words that merely begin like /link are not it")
	void linkIsExact(String words) {
		assertThat(read(words)).isEqualTo(Intent.OTHER);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "123456", "123 456", "123-456", " 000000 ", "123456." })
	@DisplayName("W5: six digits are a code while one is pending, and only then")
	void readsCodes(String words) {
		assertThat(this.reader.read(TestTurn.text(words).codeRequested(Duration.ofMinutes(59)).open()))
			.isEqualTo(Intent.CODE);
		assertThat(this.reader.read(TestTurn.text(words).codeRequested(Duration.ofHours(1)).open()))
			.isEqualTo(Intent.OTHER);
		assertThat(read(words)).isEqualTo(Intent.OTHER);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(
			strings = { "12345", "1234567", "12 34 56", "my code is 123456", "123456 789", "12345a", "+2348030000001" })
	@DisplayName("W5: other numbers are no code, even while one is pending")
	void codesAreExact(String words) {
		assertThat(this.reader.read(TestTurn.text(words).codeRequested(Duration.ofMinutes(1)).open()))
			.isEqualTo(Intent.OTHER);
	}

	@Test
	@DisplayName("W10: words answer an open question, until it expires")
	void answersQuestion() {
		TestTurn words = TestTurn.text("The roof leaks").linked(Role.INSPECTOR);
		assertThat(this.reader.read(words.asked("completion-notes", Duration.ofSeconds(1)).open()))
			.isEqualTo(Intent.DIALOGUE);
		assertThat(this.reader.read(words.asked("completion-notes", Duration.ZERO).open())).isEqualTo(Intent.OTHER);
	}

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', textBlock = """
			STOP                  | OPT_OUT
			START                 | OPT_IN
			/link ada@example.com | LINK
			123456                | CODE
			unlink                | UNLINK
			help                  | HELP
			cancel                | CANCEL
			menu                  | MENU
			tomorrow 10-12        | DIALOGUE
			""")
	@DisplayName("W6, W13: commands come before an open question, so that nobody is stuck in one")
	void commandsBeatQuestions(String words, Intent intent) {
		assertThat(this.reader.read(TestTurn.text(words)
			.asked("linking-request-code", Duration.ofMinutes(5))
			.codeRequested(Duration.ofMinutes(1))
			.open())).isEqualTo(intent);
	}

	@Test
	@DisplayName("W6: a tap is an action, whatever its title and whatever question is open")
	void readsTaps() {
		assertThat(this.reader.read(TestTurn.choice("seeker_browse", "Menu").open())).isEqualTo(Intent.ACTION);
		assertThat(this.reader.read(TestTurn.choice("start:42", "Start").open())).isEqualTo(Intent.ACTION);
		assertThat(this.reader.read(TestTurn.choice("booking:1", "Stop")
			.asked("linking-request-code", Duration.ofMinutes(5))
			.codeRequested(Duration.ofMinutes(1))
			.open())).isEqualTo(Intent.ACTION);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "STOP", "Stop", "Unsubscribe", "Se désabonner" })
	@DisplayName("W13: a quick reply whose token is its own label, as Meta sends it without one of ours, can say STOP")
	void stopsByTap(String label) {
		assertThat(this.reader.read(TestTurn.choice(label, label).open())).isEqualTo(Intent.OPT_OUT);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "TEXT", "CHOICE", "REACTION", "SYSTEM" })
	@DisplayName("W15: anything but words is media, whatever its caption and whatever question is open")
	void readsMedia(Kind kind) {
		assertThat(this.reader.read(TestTurn.of(kind, "menu")
			.asked("linking-request-code", Duration.ofMinutes(5))
			.codeRequested(Duration.ofMinutes(1))
			.open())).isEqualTo(Intent.MEDIA);
	}

	@Test
	@DisplayName("W15: reactions and changes of number are told apart")
	void readsTheRest() {
		assertThat(this.reader.read(TestTurn.of(Kind.REACTION, "👍").open())).isEqualTo(Intent.REACTION);
		assertThat(this.reader.read(TestTurn.of(Kind.SYSTEM, "changed").open())).isEqualTo(Intent.CHANGE);
	}

}
