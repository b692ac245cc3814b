package routes.turn;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import hub.contact.Role;
import hub.message.Kind;
import hub.message.OutboundMessage;
import hub.platform.PlatformUnavailableException;
import hub.queue.Outcome;
import hub.text.TestTexts;
import hub.turn.Replies;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {

	private final Answers answers = new Answers(new Replies(TestTexts.texts()));

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "TEXT", "CHOICE", "REACTION", "SYSTEM" })
	@DisplayName("W15: each kind of message that is no words has an answer, in both languages")
	void answersMedia(Kind kind) {
		for (String language : new String[] { "en", "fr" }) {
			Turn turn = TestTurn.of(kind, "").linked(Role.SEEKER).in(language).open();
			this.answers.media(turn);
			OutboundMessage reply = turn.replies().get(0);
			assertThat(reply.text()).isNotBlank();
			assertThat(reply.options()).extracting("id").containsExactly("main_menu");
			assertThat(reply.language()).isEqualTo(language);
		}
	}

	@Test
	@DisplayName("W15: a photo in the middle of a question leaves the question open")
	void keepsQuestionOpen() {
		Turn turn = TestTurn.of(Kind.IMAGE, "").asked("linking-request-code", Duration.ofMinutes(5)).open();
		this.answers.media(turn);
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("unchanged");
	}

	@Test
	@DisplayName("W13: STOP and START say what they do, and what was so already")
	void tellsOfOptOut() {
		assertThat(replyTo(TestTurn.text("stop").open(), this.answers::optOut)).startsWith("🔕 Done");
		assertThat(replyTo(TestTurn.text("stop").optedOut().open(), this.answers::optOut)).contains("already");
		assertThat(replyTo(TestTurn.text("start").optedOut().open(), this.answers::optIn)).contains("Welcome back");
		assertThat(replyTo(TestTurn.text("start").open(), this.answers::optIn)).contains("already");
	}

	@Test
	@DisplayName("W13: STOP leaves an open question")
	void stopLeavesQuestion() {
		Turn turn = TestTurn.text("stop").asked("linking-request-code", Duration.ofMinutes(5)).open();
		this.answers.optOut(turn);
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
	}

	@Test
	@DisplayName("W6: cancel leaves an open question, and says if there is none")
	void cancels() {
		Turn asked = TestTurn.text("cancel").asked("linking-request-code", Duration.ofMinutes(5)).open();
		assertThat(replyTo(asked, this.answers::cancel)).startsWith("👍");
		assertThat(TestTurn.dialogueAfter(asked)).isNull();
		Turn expired = TestTurn.text("cancel").asked("linking-request-code", Duration.ZERO).open();
		assertThat(replyTo(expired, this.answers::cancel)).contains("nothing to cancel");
		assertThat(replyTo(TestTurn.text("cancel").open(), this.answers::cancel)).contains("nothing to cancel");
	}

	private static Stream<Arguments> failures() {
		PlatformUnavailableException away = new PlatformUnavailableException("away", null);
		PlatformUnavailableException unsure = new PlatformUnavailableException("no answer", null, true);
		return Stream.of(Arguments.of(away, false, false), Arguments.of(unsure, false, true),
				Arguments.of(new RuntimeCamelException(unsure), false, true), Arguments.of(away, true, true));
	}

	@ParameterizedTest(name = "{0}, repeated: {1}")
	@MethodSource("failures")
	@DisplayName("W3: what may have been done, by this try or an earlier one, is not settled")
	void tellsUnsettled(Throwable failure, boolean repeated, boolean unsettled) {
		TestTurn begun = TestTurn.text("yes");
		assertThat(this.answers.unsettled((repeated ? begun.repeated() : begun).open(), failure)).isEqualTo(unsettled);
	}

	private Stream<Arguments> ends() {
		PlatformUnavailableException away = new PlatformUnavailableException("away", null);
		Consumer<Turn> dependencyAway = this.answers::dependencyAway;
		Consumer<Turn> failed = (turn) -> this.answers.apologise(turn, new IllegalStateException());
		Consumer<Turn> neverEnded = (turn) -> this.answers.apologise(turn, null);
		Consumer<Turn> unsure = (turn) -> this.answers.apologise(turn, new RuntimeCamelException(away));
		return Stream.of(
				Arguments.of(dependencyAway, "😕 I can’t reach the platform right now, so nothing was changed"),
				Arguments.of(failed, "😕 Something went wrong"), Arguments.of(neverEnded, "😕 Something went wrong"),
				Arguments.of(unsure, "😕 The platform has not answered, so I don’t know"));
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	@DisplayName("W8: who is not understood is told what can be said; only seekers look for homes")
	void misunderstands(Role role) {
		String reply = replyTo(TestTurn.text("asdf").linked(role).open(), this.answers::misunderstood);
		assertThat(reply.contains("2 bed in Yaba")).isEqualTo(role == Role.SEEKER);
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("ends")
	@DisplayName("W17: when a dependency fails, nothing but an honest message is left of the turn")
	void leavesNothingHalfDone(Consumer<Turn> end, String words) {
		Turn turn = TestTurn.text("cancel").asked("linking-request-code", Duration.ofMinutes(5)).open();
		turn.setAside("decided before the failure");
		this.answers.cancel(turn);
		end.accept(turn);
		assertThat(turn.replies()).hasSize(1);
		assertThat(turn.replies().get(0).text()).startsWith(words);
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("unchanged");
		assertThat(turn.outcome()).isEqualTo(new Outcome.Done());
	}

	@Test
	@DisplayName("W8: a question that was left for something else stays closed, also when that fails")
	void keepsQuestionDropped() {
		Turn turn = TestTurn.choice("directions:42", "Directions")
			.asked("menu-take-consent", "confirm:42:7")
			.after("{}")
			.open();
		turn.dropQuestion();
		this.answers.dependencyAway(turn);
		assertThat(TestTurn.dialogueAfter(turn)).isNull();
		assertThat(turn.shown()).isEqualTo("{}");
	}

	@Test
	@DisplayName("W2: an item that can't be understood is dead with its reason")
	void buries() {
		assertThat(
				this.answers.bury(new RuntimeException("outer", new UnusableItemException("No text", null))).outcome())
			.isEqualTo(new Outcome.Dead("No text"));
	}

	private static String replyTo(Turn turn, Consumer<Turn> answer) {
		answer.accept(turn);
		assertThat(turn.replies()).hasSize(1);
		return turn.replies().get(0).text();
	}

}
