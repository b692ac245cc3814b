package routes.chat;

import java.time.Instant;
import java.util.List;

import hub.chat.ChatThread;
import hub.contact.Contact;
import hub.contact.Identity;
import hub.contact.KnownSender;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.queue.ReceivedItem;
import hub.text.Search;
import hub.turn.Turn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChatRequestsTest {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final ChatRequests requests = new ChatRequests();

	private ChatRequest read(Kind kind, String text, String listing, boolean talking) {
		ChatThread thread = new ChatThread(7, "1", listing, "Chat", "Sade", "en", 3, 0, NOW,
				talking ? NOW.plusSeconds(60) : null, NOW);
		InboundMessage message = new InboundMessage("web", "", null, "1", "web:7", "Sade", "7:c1", NOW, kind, text,
				(kind == Kind.CHOICE) ? text : null, null, List.of(), null);
		KnownSender sender = new KnownSender(new Contact(0, null, "Sade", "en", null, null),
				new Identity("web", "web:7", "web:7", NOW), null, null, null);
		Turn turn = new Turn(new ReceivedItem(1, "web", "", "7:c1", "web:7", "{}", NOW, null), message, sender, "en",
				NOW, false, null);
		assertThat(turn.threadId()).isEqualTo(7);
		ChatRequest request = this.requests.read(turn, thread);
		assertThat(turn.reading()).isEqualTo(request.name());
		return request;
	}

	@ParameterizedTest(name = "{0} in a thread about {1}")
	@CsvSource(nullValues = "-", textBlock = """
			book:42,        -,  BOOK,   42
			book:42,        7,  BOOK,   42
			book,           7,  BOOK,   7
			book,           -,  OTHER,  -
			check:42,       -,  CHECK,  42
			check,          7,  CHECK,  7
			info:42,        -,  INFO,   42
			write_agent,    7,  WRITE,  7
			write_agent:42, 7,  WRITE,  42
			write_agent,    -,  WRITE,  -
			browse,         7,  BROWSE, -
			help,           -,  HELP,   -
			leave,          7,  LEAVE,  -
			main_menu,      -,  OTHER,  -
			check:,         -,  OTHER,  -
			:,              -,  OTHER,  -
			dance:1,        -,  OTHER,  -
			""")
	@DisplayName("C5, C6, C8: an action names what to do and what with; without an object it means the thread's listing")
	void readsChoices(String action, String listing, String kind, String about) {
		ChatRequest request = read(Kind.CHOICE, action, listing, false);
		assertThat(request.name()).isEqualTo(kind);
		if (request.kind() != ChatRequest.Kind.OTHER) {
			assertThat(request.listingId()).isEqualTo(about);
		}
	}

	@ParameterizedTest(name = "{0} in a thread about {1}")
	@CsvSource(nullValues = "-", textBlock = """
			browse,                               -, BROWSE
			Browse homes.,                        -, BROWSE
			HELP,                                 -, HELP
			?,                                    -, HELP
			aide,                                 -, HELP
			2 bed in Yaba under 3m,               7, SEARCH
			is it still available?,               7, CHECK
			Is it still available?,               -, OTHER
			e still dey?,                         7, CHECK
			est-ce que c'est encore disponible ?, 7, CHECK
			please check availability,            7, CHECK
			available?,                           7, CHECK
			hello,                                7, OTHER
			menu,                                 7, OTHER
			""")
	@DisplayName("C2, C5: words are read as a command, a question for the agent, or a search")
	void readsWords(String text, String listing, String kind) {
		assertThat(read(Kind.TEXT, text, listing, false).name()).isEqualTo(kind);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "2 bed in Yaba under 3m, TALK", "help, TALK", "is it available?, TALK", "menu, LEAVE",
			"Cancel!, LEAVE" })
	@DisplayName("C8: in a talk with the agent all words are the agent's, until the visitor leaves it")
	void readsTalk(String text, String kind) {
		assertThat(read(Kind.TEXT, text, "7", true).name()).isEqualTo(kind);
		assertThat(read(Kind.CHOICE, "browse", "7", true).name()).isEqualTo("BROWSE");
	}

	@Test
	@DisplayName("C2: the action for more carries what was looked for, and fits an action's id")
	void readsMore() {
		Search search = new Search("victoria island & côte", 1000L, 3_000_000L, 2, "short_let");
		ChatRequest request = read(Kind.CHOICE, ChatRequests.more(search, "a+b=/3&"), null, false);
		assertThat(request.search()).isEqualTo(search);
		assertThat(request.cursor()).isEqualTo("a+b=/3&");
		String cursor = "{\"after\":\"a&b\"}";
		assertThat(read(Kind.CHOICE, ChatRequests.more(null, cursor), null, false).cursor()).isEqualTo(cursor);
		assertThat(ChatRequests.more(search, "20").length()).isLessThan(200);
		ChatRequest any = read(Kind.CHOICE, ChatRequests.more(null, "3"), null, false);
		assertThat(any.cursor()).isEqualTo("3");
		assertThat(any.search()).isEqualTo(new Search(null, null, null, null, null));
		for (String broken : new String[] { "more:beds=x&max=-1&%zz", "more:w=%zz&c=%", "more:beds=999999999999" }) {
			ChatRequest read = read(Kind.CHOICE, broken, null, false);
			assertThat(read.search()).isEqualTo(new Search(null, null, null, null, null));
			assertThat(read.cursor()).isNull();
		}
	}

}
