package routes.turn;

import java.time.Duration;
import java.time.Instant;

import hub.contact.Role;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was said since a question was asked, as the log has it. The words that may answer
 * it came at {@link TestTurn#NOW}.
 */
class PassingQuestionsTest {

	private static TestDatabase store;

	private static PassingQuestions questions;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		questions = new PassingQuestions(new Database(store.dataSource()));
	}

	@AfterAll
	static void close() {
		store.close();
	}

	/**
	 * A tap five minutes ago, and the question that answered it. What was said before
	 * seems to be later, for providers tell whole seconds.
	 */
	@BeforeEach
	void ask() {
		store.sql().sql("truncate message").update();
		log(1, "in", "text", "in-0", ago(300));
		log(1, "out", "text", "in-0", ago(298));
		log(1, "in", "choice", "in-1", ago(300));
		log(1, "out", "choice", "in-1", ago(299));
	}

	private static Instant ago(long seconds) {
		return TestTurn.NOW.minus(Duration.ofSeconds(seconds));
	}

	private static void log(long contact, String direction, String kind, String flow, Instant sentAt) {
		store.sql()
			.sql("insert into message (contact_id, direction, channel, kind, text, correlation_id, state, at, sent_at) "
					+ "values (?, ?, 'whatsapp', ?, 'Words', ?, 2, now(), ?)")
			.params(contact, direction, kind, flow, Database.time(sentAt))
			.update();
	}

	private static boolean waits(String question) {
		Turn turn = TestTurn.text("ok").linked(Role.SEEKER).asked(question, "cancel_booking:17:1").open();
		questions.dropOvertaken(turn);
		return turn.awaitsWords();
	}

	@ParameterizedTest
	@ValueSource(strings = { "menu-take-consent", "inspections-take-reason" })
	@DisplayName("W8, W11: an OK to a reminder, an alert or a notice that came after the question is no answer to it")
	void overtaken(String question) {
		assertThat(waits(question)).isTrue();
		log(1, "out", "text", "remind-7", ago(60));
		assertThat(waits(question)).isFalse();
		assertThat(waits("slots-take-times")).as("of words that do nothing by mistake").isTrue();
	}

	@Test
	@DisplayName("W8: what came before the question, after the words, never, or to somebody else lets it stand")
	void stands() {
		log(1, "out", "text", "remind-6", ago(299));
		log(1, "out", "text", "remind-7", ago(400));
		log(1, "out", "text", "remind-8", ago(-1));
		log(1, "out", "text", "remind-9", null);
		log(2, "out", "text", "remind-10", ago(60));
		log(1, "out", "text", "in-1", ago(290));
		log(1, "in", "reaction", "in-2", null);
		assertThat(waits("menu-take-consent")).isTrue();
	}

	@Test
	@DisplayName("W8: a question whose acceptance is not known yet is the latest")
	void stillBeingSent() {
		store.sql().sql("update message set sent_at = null").update();
		log(1, "out", "text", "remind-7", ago(60));
		assertThat(waits("menu-take-consent")).isTrue();
	}

}
