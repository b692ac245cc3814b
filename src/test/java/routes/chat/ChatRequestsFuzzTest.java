package routes.chat;

import java.time.Instant;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.chat.ChatThread;
import hub.message.InboundMessage;
import hub.text.Search;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.DisplayName;
import routes.chat.ChatRequest.Kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a visitor says, and what a client sends for an action.
 */
class ChatRequestsFuzzTest {

	private static final int LONGEST_ACTION = 200;

	private final ChatRequests requests = new ChatRequests();

	@FuzzTest
	@DisplayName("C2, C5, C8: whatever a visitor says or a client sends for an action is one request, with what it needs to be answered")
	void reads(byte[] input) {
		String words = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		String action = Fuzzed.text(input, LONGEST_ACTION);
		for (ChatThread thread : List.of(thread(null, null), thread("7", null),
				thread("7", TestTurn.NOW.plusSeconds(60)))) {
			ChatRequest said = read(TestTurn.text(words), thread);
			assertThat(said.kind() == Kind.TALK || said.kind() == Kind.LEAVE).isEqualTo(thread.isTalking(TestTurn.NOW));
			assertWhole(said);
			assertThat(said.cursor()).isNull();
			for (String chosen : List.of(action, "more:" + action)) {
				ChatRequest choice = read(TestTurn.choice(chosen, "A choice"), thread);
				assertThat(choice.kind()).isNotEqualTo(Kind.TALK);
				assertWhole(choice);
			}
		}
	}

	private ChatRequest read(TestTurn made, ChatThread thread) {
		Turn turn = made.open();
		ChatRequest request = Fuzzed.promptly(() -> this.requests.read(turn, thread));
		assertThat(this.requests.read(turn, thread)).isEqualTo(request);
		assertThat(turn.reading()).isEqualTo(request.name());
		return request;
	}

	private static ChatThread thread(String listing, Instant talkingUntil) {
		return new ChatThread(7, "1", listing, "Chat", "Sade", "en", 3, 0, TestTurn.NOW, talkingUntil, TestTurn.NOW);
	}

	private void assertWhole(ChatRequest request) {
		if (List.of(Kind.BOOK, Kind.CHECK, Kind.INFO, Kind.TALK).contains(request.kind())) {
			assertThat(request.listingId()).isNotEmpty();
		}
		assertThat(request.search() != null).isEqualTo(request.kind() == Kind.SEARCH);
		if (request.search() == null) {
			return;
		}
		Search search = request.search();
		for (Long rent : new Long[] { search.minPrice(), search.maxPrice() }) {
			assertThat(rent == null || (rent >= 0 && rent < 1_000_000_000_000_000L)).isTrue();
		}
		assertThat(search.bedrooms() == null || (search.bedrooms() >= 0 && search.bedrooms() <= 99)).isTrue();
		String cursor = (request.cursor() != null) ? request.cursor() : "20";
		if (!UTF_8.newEncoder().canEncode(search.words() + search.rentType() + cursor)) {
			return; // half a character of a client's own, which no address carries
		}
		ChatRequest more = read(TestTurn.choice(ChatRequests.more(search, cursor), "More"), thread(null, null));
		assertThat(more.search()).isEqualTo(search);
		assertThat(more.cursor()).isEqualTo(cursor);
		assertThat(more.fromTheBeginning().cursor()).isNull();
	}

}
