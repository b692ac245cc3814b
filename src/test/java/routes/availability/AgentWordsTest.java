package routes.availability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.MediaException;
import hub.media.Photo;
import hub.store.MovableClock;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static routes.availability.Instance.ADA;
import static routes.availability.Instance.FEMI;
import static routes.availability.Instance.SADE;
import static routes.availability.Instance.STRANGER;
import static routes.availability.Instance.TUNDE;

/**
 * What agents write: which check it belongs to, when it is complete, and what follows.
 */
class AgentWordsTest {

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

	private String lastTo(String phone) {
		return this.hub.lastSentTo(phone).get("text").asText();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			yes, still there            | AVAILABLE   | is available.
			e don go                    | UNAVAILABLE | is not available.
			let me check and get back   | ASKED       | is finding out
			who is asking?              | ASKED       | I have asked the agent
			""")
	@DisplayName("A2: words are read when the agent has paused for 4 seconds: yes, no, checking, or unclear, which is asked back")
	void reads(String words, CheckState state, String told) {
		long check = this.hub.asks(SADE, "2");
		this.hub.writes(ADA, words);
		this.hub.ticksAfter("PT3.9S");
		assertThat(this.hub.sentTo(ADA)).as("the pause is not over").hasSize(1);
		this.hub.ticksAfter("PT0.1S");
		assertThat(this.hub.state(check)).isEqualTo(state);
		assertThat(String.join("\n", this.hub.reads(SADE))).contains(told);
		if (words.startsWith("who")) {
			assertThat(lastTo(ADA)).contains("not sure", "Yaba flat");
			assertThat(this.hub.lastSentTo(ADA).get("options")).hasSize(2);
			assertThat(this.hub.reads(SADE)).as("the visitor is not bothered").hasSize(2);
		}
		else {
			assertThat(lastTo(ADA)).contains("Thank you");
		}
		this.hub.tick();
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
	}

	@Test
	@DisplayName("A2: an unclear answer and one that is checking leave the timers as they are")
	void timersGoOn() {
		long check = this.hub.asks(SADE, "2");
		this.clock.advance(Duration.ofMinutes(30));
		this.hub.writes(ADA, "who is asking?");
		this.hub.ticksAfter("PT4S");
		this.hub.writes(ADA, "I will check");
		this.hub.ticksAfter("PT4S");
		this.hub.ticksAfter("PT1H29M51S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.ASKED);
		this.hub.ticksAfter("PT1S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.REMINDED);
		this.hub.writes(ADA, "it's taken, sorry");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.UNAVAILABLE);
	}

	@Test
	@DisplayName("A3: messages and photos within the quiet time are one answer, at most 20 seconds long, with price and date")
	void burst() {
		photos();
		long check = this.hub.asks(SADE, "2");
		this.hub.writes(ADA, "Yes");
		this.hub.ticksAfter("PT3S");
		this.hub.writes(ADA, "1.5m per year");
		this.hub.ticksAfter("PT3S");
		this.hub.sendsPhoto(ADA, "m1", "the kitchen");
		this.hub.ticksAfter("PT3S");
		this.hub.writes(ADA, "from 1 April");
		this.hub.ticksAfter("PT3S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.ASKED);
		this.hub.ticksAfter("PT1S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		JsonNode said = this.hub.lastFacts(SADE);
		assertThat(said.at("/metadata/price").asText()).isEqualTo("₦1,500,000 / year");
		assertThat(said.at("/metadata/available_from").asText()).isEqualTo("2026-04-01");
		assertThat(said.at("/metadata/photos/0").asText()).isEqualTo("https://hub.example/api/v1/media/t1");
		assertThat(said.at("/media/0/url").asText()).isEqualTo("https://hub.example/api/v1/media/t1");
		assertThat(this.hub.reads(SADE)).last().isEqualTo("→ available");
		assertThat(this.hub.reads(SADE)).hasSize(4);
		assertThat(this.hub.sentTo(ADA)).as("one question, one thanks").hasSize(2);
	}

	@Test
	@DisplayName("A3: an agent who never pauses is read after 20 seconds")
	void longBurst() {
		long check = this.hub.asks(SADE, "2");
		for (int n = 0; n < 6; n++) {
			this.hub.writes(ADA, (n == 0) ? "yes" : "and it has a view");
			this.hub.ticksAfter("PT3S");
			assertThat(this.hub.state(check)).isEqualTo(CheckState.ASKED);
		}
		this.hub.writes(ADA, "really nice");
		this.hub.ticksAfter("PT2S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
	}

	@Test
	@DisplayName("A3: a tap ends the burst at once, and what was written before it is part of the answer")
	void tapEndsBurst() {
		long check = this.hub.asks(SADE, "2");
		this.hub.writes(ADA, "2,000,000 per annum");
		this.hub.taps(ADA, this.hub.button(ADA, "yes"));
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/price").asText()).isEqualTo("₦2,000,000 / year");
		this.hub.ticksAfter("PT30S");
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A3: a photo that can't be had does not hold up the answer")
	void photoGone() {
		given(this.hub.photos.fetch(any(), any()))
			.willThrow(new MediaException(MediaException.Reason.UNAVAILABLE, "HTTP 503"));
		long check = this.hub.asks(SADE, "2");
		this.hub.sendsPhoto(ADA, "m1", "yes, available");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos").isMissingNode()).isTrue();
	}

	@Test
	@DisplayName("A4: an answer that quotes a question belongs to it, also among several that are open, and within one breath")
	void quoted() {
		long first = this.hub.asks(SADE, "2");
		String firstQuestion = this.hub.accepts(ADA);
		long second = this.hub.asks(TUNDE, "4");
		String secondQuestion = this.hub.accepts(ADA);
		this.hub.writes(ADA, "yes", secondQuestion);
		this.hub.writes(ADA, "no", firstQuestion);
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.UNAVAILABLE);
	}

	@Test
	@DisplayName("A4: the reminder can be quoted as well; a question to somebody else can not")
	void quotedReminder() {
		long first = this.hub.asks(SADE, "2");
		this.hub.asks(TUNDE, "4");
		this.hub.ticksAfter("PT2H");
		String reminder = this.store.sql().sql("""
				update message set provider_id = 'wamid.r', state = 2 where correlation_id =
				(select 'ask-' || id || '.reminder' from availability_ask where check_id = :check)
				returning provider_id""").param("check", first).query(String.class).single();
		this.hub.writes(STRANGER, "no", reminder);
		this.hub.writes(ADA, "yes", reminder);
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.left).singleElement()
			.satisfies((turn) -> assertThat(turn.contact().phone()).isEqualTo(STRANGER));
	}

	@Test
	@DisplayName("A4: a question that was sent twice can be quoted in either copy")
	void quotedCopy() {
		long first = this.hub.asks(SADE, "2");
		String copy = this.hub.accepts(ADA);
		String message = this.hub.acceptsAgain(ADA);
		assertThat(message).isNotEqualTo(copy);
		long second = this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "no", copy);
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.UNAVAILABLE);
		assertThat(this.hub.state(second)).isEqualTo(CheckState.ASKED);
	}

	@Test
	@DisplayName("A4: a photo that quotes what the hub does not know yet goes to the home that the quote turns out to mean, whatever else is said and tapped meanwhile")
	void quoteUnderstoodLater() {
		photos();
		long first = this.hub.asks(SADE, "2");
		String firstYes = this.hub.button(ADA, "yes");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "yes, 3m yearly", this.hub.quotable(first));
		this.hub.sendsPhoto(ADA, "m1", "it is free", "wamid.copy");
		this.hub.taps(ADA, firstYes);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/price").asText()).isEqualTo("₦3,000,000 / year");
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos").isMissingNode()).isTrue();
		this.hub.asks(SADE, "5");
		this.hub.reportsCopy(second, "wamid.copy");
		this.hub.ticksAfter("PT4S");
		this.hub.tick();
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/photos/0").asText()).endsWith("/t1");
	}

	@Test
	@DisplayName("A4: a photo that quotes what the hub never knows waits for the agent to say which home, and no tap on a question takes it along")
	void quoteNeverUnderstood() {
		photos();
		long first = this.hub.asks(SADE, "2");
		String firstNo = this.hub.button(ADA, "no");
		long second = this.hub.asks(TUNDE, "4");
		long third = this.hub.asks(SADE, "5");
		this.hub.sendsPhoto(ADA, "m1", "still there", "wamid.never");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.lastSentTo(ADA).get("options").findValuesAsText("title")).hasSize(3);
		this.hub.taps(ADA, firstNo);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.UNAVAILABLE);
		this.hub.ticksAfter("PT4S");
		JsonNode list = this.hub.lastSentTo(ADA);
		assertThat(list.get("options").findValuesAsText("title")).as("asked again, without the first").hasSize(2);
		this.hub.taps(ADA, list.at("/options/0/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/photos/0").asText()).endsWith("/t1");
		assertThat(this.hub.state(third)).isEqualTo(CheckState.ASKED);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@ParameterizedTest(name = "after {0}")
	@ValueSource(strings = { "PT1S", "PT4S" })
	@DisplayName("A4: a photo that quotes what the hub does not know is not taken for the last check that is open: it may be for the one that was closed meanwhile")
	void quoteOfAnother(String pause) {
		photos();
		long first = this.hub.asks(SADE, "2");
		String firstYes = this.hub.button(ADA, "yes");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.sendsPhoto(ADA, "m1", "it is free", "wamid.never");
		this.hub.ticksAfter(pause);
		this.hub.writes(ADA, "3m yearly");
		this.hub.taps(ADA, firstYes);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/price").isMissingNode()).isTrue();
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos").isMissingNode()).isTrue();
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(second)).isEqualTo(CheckState.ASKED);
		JsonNode list = this.hub.lastSentTo(ADA);
		assertThat(list.get("options").findValuesAsText("title")).containsExactly("Terrace");
		this.hub.taps(ADA, list.at("/options/0/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/photos/0").asText()).endsWith("/t1");
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/price").asText()).as("said after the quote")
			.isEqualTo("₦3,000,000 / year");
	}

	@Test
	@DisplayName("A4: what follows a quote goes with it, also when it is understood later")
	void afterQuote() {
		photos();
		long first = this.hub.asks(SADE, "2");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "yes", "wamid.copy");
		this.hub.sendsPhoto(ADA, "m1", "nice and free");
		this.hub.reportsCopy(first, "wamid.copy");
		this.hub.ticksAfter("PT4S");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos/0").asText()).endsWith("/t1");
		this.hub.ticksAfter("PT10S");
		assertThat(this.hub.state(second)).isEqualTo(CheckState.ASKED);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A4: words are no answer to a question that came after them, and a button of a closed one takes none that may be for another")
	void olderWords() {
		photos();
		long first = this.hub.asks(SADE, "2");
		String firstYes = this.hub.button(ADA, "yes");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.sendsPhoto(ADA, "m1", "still there");
		this.hub.ticksAfter("PT4S");
		this.hub.ticksAfter("PT10M");
		long third = this.hub.asks(SADE, "5");
		this.hub.taps(ADA, this.hub.button(ADA, "yes"));
		assertThat(this.hub.state(third)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos").isMissingNode()).isTrue();
		this.hub.taps(ADA, firstYes);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos/0").asText()).endsWith("/t1");
		this.hub.asks(TUNDE, "5");
		this.hub.writes(ADA, "yes");
		this.hub.taps(ADA, firstYes);
		assertThat(lastTo(ADA)).contains("already");
		this.hub.ticksAfter("PT4S");
		assertThat(lastList().get("options")).hasSize(2);
		this.hub.taps(ADA, lastList().at("/options/0/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
	}

	@Test
	@DisplayName("A4: answers that quote two messages that the hub does not know are told apart: by their reports, or one home after the other")
	void quotesOfTwo() {
		long first = this.hub.asks(SADE, "2");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "yes", "wamid.copy.1");
		this.hub.writes(ADA, "no", "wamid.copy.2");
		this.hub.reportsCopy(first, "wamid.copy.1");
		this.hub.ticksAfter("PT4S");
		this.hub.tick();
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.state(second)).isEqualTo(CheckState.ASKED);
		JsonNode list = lastList();
		assertThat(list.get("options").findValuesAsText("title")).containsExactly("Terrace");
		long third = this.hub.asks(SADE, "5");
		this.hub.writes(ADA, "yes, 2m yearly", "wamid.copy.3");
		this.hub.taps(ADA, list.at("/options/0/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.UNAVAILABLE);
		assertThat(this.hub.state(third)).isEqualTo(CheckState.ASKED);
		this.hub.ticksAfter("PT4S");
		list = lastList();
		assertThat(list.get("options").findValuesAsText("title")).containsExactly("Studio");
		this.hub.taps(ADA, list.at("/options/0/id").asText());
		assertThat(this.hub.state(third)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A4: with one check open a quote that the hub does not know is no riddle")
	void quoteOfTheOnly() {
		long check = this.hub.asks(SADE, "2");
		this.hub.writes(ADA, "yes", "wamid.never");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
	}

	@Test
	@DisplayName("A4: words that quote the list of homes mean none of them more than the others")
	void quotedList() {
		long first = this.hub.asks(SADE, "2");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "yes");
		this.hub.ticksAfter("PT4S");
		this.hub.writes(ADA, "the terrace, yes", this.hub.accepts(ADA));
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.ASKED);
		this.hub.taps(ADA, this.hub.lastSentTo(ADA).at("/options/1/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
	}

	@Test
	@DisplayName("A4: words that waited for the choice of a home end with the questions that they could be for: they join no later answer, and hold up nothing else")
	void staleWords() {
		photos();
		long first = this.hub.asks(SADE, "2");
		this.hub.asks(TUNDE, "4");
		this.hub.sendsPhoto(ADA, "m1", "still there");
		this.hub.ticksAfter("PT4S");
		assertThat(lastList().get("options")).hasSize(2);
		this.hub.ticksAfter("PT25H");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.EXPIRED);
		long third = this.hub.asks(SADE, "5");
		this.hub.writes(ADA, "yes");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(third)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos").isMissingNode()).isTrue();
		long fourth = this.hub.asks(SADE, "2");
		this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "no");
		this.hub.ticksAfter("PT4S");
		this.hub.ticksAfter("PT25H");
		assertThat(this.hub.state(fourth)).isEqualTo(CheckState.EXPIRED);
		this.hub.writes(ADA, "what is the weather like?");
		assertThat(this.hub.left).hasSize(1);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@ParameterizedTest(name = "“{0}”, then {1}")
	@CsvSource({ "'',the button", "'',words", "I will check,words", "I will check,the button" })
	@DisplayName("A3: a photo that comes before its answer is clear is shown with the answer")
	void photoBeforeAnswer(String caption, String answer) {
		photos();
		long check = this.hub.asks(SADE, "2");
		this.hub.sendsPhoto(ADA, "m1", caption);
		this.hub.ticksAfter("PT4S");
		assertThat(lastTo(ADA)).contains(caption.isEmpty() ? "not sure" : "Thank you");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.ASKED);
		this.hub.ticksAfter("PT10M");
		assertThat(this.hub.sentTo(ADA)).hasSize(2);
		if (answer.equals("words")) {
			this.hub.writes(ADA, "yes, from tomorrow");
			this.hub.ticksAfter("PT3.9S");
			assertThat(this.hub.state(check)).as("the pause is not over").isEqualTo(CheckState.ASKED);
			this.hub.ticksAfter("PT0.1S");
		}
		else {
			this.hub.taps(ADA, this.hub.button(ADA, "yes"));
		}
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos/0").asText()).endsWith("/t1");
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos")).hasSize(1);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A4: a photo that waits for its answer draws no words to its home while others are asked about, and stays with it when a home is chosen")
	void waitingPhoto() {
		photos();
		long first = this.hub.asks(SADE, "2");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.sendsPhoto(ADA, "m1", "", this.hub.quotable(first));
		this.hub.ticksAfter("PT4S");
		assertThat(lastTo(ADA)).contains("not sure", "Yaba flat");
		this.hub.writes(ADA, "yes");
		this.hub.ticksAfter("PT4S");
		this.hub.taps(ADA, lastList().at("/options/1/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/photos").isMissingNode()).isTrue();
		this.hub.writes(ADA, "who is asking?");
		this.hub.ticksAfter("PT4S");
		this.hub.writes(ADA, "no");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.UNAVAILABLE);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A4: a photo for which a home is chosen and no answer given waits for it with that home")
	void chosenPhoto() {
		photos();
		long first = this.hub.asks(SADE, "2");
		String firstYes = this.hub.button(ADA, "yes");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.sendsPhoto(ADA, "m1", "");
		this.hub.ticksAfter("PT4S");
		this.hub.taps(ADA, lastList().at("/options/1/id").asText());
		assertThat(lastTo(ADA)).contains("not sure", "Terrace");
		String secondYes = this.hub.button(ADA, "yes");
		this.hub.taps(ADA, firstYes);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos").isMissingNode()).isTrue();
		this.hub.taps(ADA, secondYes);
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/photos/0").asText()).endsWith("/t1");
	}

	@Test
	@DisplayName("A3, A4: an answer that is understood later finds the photo that waits for it, and two photos of one home wait together")
	void answerFindsWaitingPhoto() {
		photos();
		long first = this.hub.asks(SADE, "2");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.sendsPhoto(ADA, "m1", "", this.hub.quotable(first));
		this.hub.ticksAfter("PT4S");
		this.hub.sendsPhoto(ADA, "m1", "");
		this.hub.ticksAfter("PT4S");
		this.hub.taps(ADA, lastList().at("/options/0/id").asText());
		assertThat(lastTo(ADA)).contains("not sure", "Yaba flat");
		this.hub.writes(ADA, "yes", "wamid.copy");
		this.hub.reportsCopy(first, "wamid.copy");
		this.hub.ticksAfter("PT4S");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/photos")).isNotEmpty();
		assertThat(this.hub.state(second)).isEqualTo(CheckState.ASKED);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A4: older words that wait decide nothing of a newer question, and what is said to it is not lost with them")
	void newerWords() {
		long first = this.hub.asks(SADE, "2");
		String firstYes = this.hub.button(ADA, "yes");
		this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "no");
		this.hub.ticksAfter("PT4S");
		this.hub.ticksAfter("PT10M");
		long third = this.hub.asks(SADE, "5");
		this.hub.writes(ADA, "yes, 3m yearly");
		this.hub.ticksAfter("PT4S");
		assertThat(lastList().get("options")).hasSize(3);
		this.hub.taps(ADA, lastList().at("/options/2/id").asText());
		assertThat(this.hub.state(third)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.lastFacts(SADE).at("/metadata/price").asText()).isEqualTo("₦3,000,000 / year");
		assertThat(this.hub.state(first)).isEqualTo(CheckState.ASKED);
		this.hub.ticksAfter("PT4S");
		assertThat(lastList().get("options")).as("the older words are still for one of these").hasSize(2);
		this.hub.taps(ADA, firstYes);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.store.sql().sql("select count(*) from availability_burst").query(Long.class).single()).isZero();
	}

	/** The last question which home is meant. */
	private JsonNode lastList() {
		return this.hub.sentTo(ADA)
			.stream()
			.filter((message) -> message.get("text").asText().contains("Which home"))
			.reduce((one, later) -> later)
			.orElseThrow();
	}

	private void photos() {
		given(this.hub.photos.fetch(eq("whatsapp"), argThat((media) -> media != null && "m1".equals(media.id()))))
			.willReturn(Optional.of(new Photo("t1", "https://hub.example/api/v1/media/t1")));
	}

	@Test
	@DisplayName("A4: with several open checks the agent is asked which; what was written is then the answer, and no words need be repeated")
	void which() {
		long first = this.hub.asks(SADE, "2");
		long second = this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "yes, 3m yearly");
		this.hub.ticksAfter("PT4S");
		JsonNode list = this.hub.lastSentTo(ADA);
		assertThat(list.get("text").asText()).contains("Which home");
		assertThat(list.get("options").findValuesAsText("title")).containsExactly("Yaba flat", "Terrace");
		assertThat(list.get("options").findValuesAsText("description")).allMatch((line) -> line.contains("asks"));
		this.hub.ticksAfter("PT1M");
		assertThat(this.hub.sentTo(ADA)).as("asked once").hasSize(3);
		this.hub.taps(ADA, list.at("/options/1/id").asText());
		assertThat(this.hub.state(second)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.ASKED);
		assertThat(this.hub.lastFacts(TUNDE).at("/metadata/price").asText()).isEqualTo("₦3,000,000 / year");
		this.hub.writes(ADA, "and no for the other");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(first)).as("now it is the only one").isEqualTo(CheckState.UNAVAILABLE);
	}

	@Test
	@DisplayName("A4: a choice with nothing said before it asks for that home; unclear words are asked back for it")
	void whichWithoutWords() {
		this.hub.asks(SADE, "2");
		this.hub.asks(TUNDE, "4");
		this.hub.writes(ADA, "ok who is asking?");
		this.hub.ticksAfter("PT4S");
		String pick = this.hub.lastSentTo(ADA).at("/options/1/id").asText();
		this.hub.taps(ADA, pick);
		assertThat(lastTo(ADA)).contains("not sure", "Terrace");
		this.hub.taps(ADA, pick);
		assertThat(lastTo(ADA)).contains("not sure", "Terrace");
		assertThat(this.hub.lastSentTo(ADA).get("options")).hasSize(2);
	}

	@Test
	@DisplayName("A4: an agent who is not linked, and one asked on a linked number, may answer; the number decides")
	void numberDecides() {
		this.store.sql()
			.sql("insert into account values ('11', 'ada@example.com', 'agent', 'Ada Obi', 'fr', null, now())")
			.update();
		this.store.sql()
			.sql("""
					with c as (insert into contact (phone, account_id, created_at) values (:phone, '11', now()) returning id)
					insert into identity (channel, address, contact_id, send_to, last_inbound_at)
					select 'whatsapp', :phone, id, '2348030000077', now() from c""")
			.param("phone", STRANGER)
			.update();
		long check = this.hub.asks(SADE, "2");
		assertThat(this.hub.sentTo(ADA)).as("she was heard from on the other number").isEmpty();
		assertThat(lastTo(STRANGER)).contains("Yaba flat", "demande");
		this.hub.writes(ADA, "yes");
		assertThat(this.hub.left).hasSize(1);
		this.hub.writes(STRANGER, "oui");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.AVAILABLE);
	}

	@Test
	@DisplayName("A6: late and repeated words are acknowledged: after the own answer, after another agent's, after expiry")
	void late() {
		this.hub.asks(SADE, "1");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H");
		this.hub.writes(ADA, "yes");
		this.hub.ticksAfter("PT4S");
		List<String> told = this.hub.reads(SADE);
		assertThat(told).last().isEqualTo("→ available");
		this.hub.writes(ADA, "yes it is");
		this.hub.ticksAfter("PT4S");
		assertThat(lastTo(ADA)).contains("already");
		this.hub.writes(FEMI, "no, taken");
		this.hub.ticksAfter("PT4S");
		assertThat(lastTo(FEMI)).contains("answer meanwhile");
		long check = this.hub.asks(TUNDE, "4");
		this.hub.ticksAfter("PT25H");
		this.hub.writes(ADA, "yes available");
		this.hub.ticksAfter("PT4S");
		assertThat(this.hub.state(check)).isEqualTo(CheckState.EXPIRED);
		assertThat(lastTo(ADA)).contains("closed by now");
		assertThat(this.hub.reads(SADE)).isEqualTo(told);
		assertThat(this.hub.left).isEmpty();
	}

	@Test
	@DisplayName("A6: words that are no answer are left to others: of somebody never asked, after the answer, long after the question")
	void leaves() {
		this.hub.writes(STRANGER, "yes");
		assertThat(this.hub.left).hasSize(1);
		this.hub.asks(SADE, "2");
		this.hub.taps(ADA, this.hub.button(ADA, "no"));
		this.hub.writes(ADA, "what is the weather like?");
		assertThat(this.hub.left).hasSize(2);
		this.hub.asks(TUNDE, "4");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H1M");
		this.hub.writes(ADA, "what is the weather like?");
		assertThat(this.hub.left).as("unclear, 2 hours after the reminder").hasSize(3);
		this.hub.writes(ADA, "yes it is available");
		assertThat(this.hub.left).hasSize(3);
	}

	@Test
	@DisplayName("A4: a question that is answered by one visitor's check leaves another visitor's open")
	void twoVisitors() {
		long first = this.hub.asks(SADE, "2");
		String sades = this.hub.button(ADA, "yes");
		long second = this.hub.asks(TUNDE, "2");
		this.hub.taps(ADA, sades);
		assertThat(this.hub.state(first)).isEqualTo(CheckState.AVAILABLE);
		assertThat(this.hub.state(second)).isEqualTo(CheckState.ASKED);
	}

}
