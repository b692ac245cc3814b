package journeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The web chat in a browser, on the whole sandbox.
 */
class WebChatIT {

	private static final String SADE = "sade@example.com";

	private static final String FLAT = "Serviced 2-bed flat with a lagoon view";

	private Browser browser;

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.browser = Browser.open();
		this.sandbox = Sandbox.reset();
	}

	@AfterEach
	void end() {
		this.browser.close();
		assertThat(this.browser.complaints()).isEmpty();
	}

	private ChatPage chat() {
		return ChatPage.open(this.browser.window(), this.sandbox, SADE);
	}

	private JsonNode get(String path) {
		Sandbox.Answer answer = this.sandbox.as(SADE, "GET", "/api/v1/" + path, null);
		assertThat(answer.status()).isEqualTo(200);
		return answer.body();
	}

	/** The visitor writes from another device. */
	private void writesElsewhere(String text) {
		String thread = get("threads").at("/items/0/thread_id").asText();
		assertThat(
				this.sandbox.as(SADE, "POST", "/api/v1/threads/" + thread + "/messages", "{\"text\":\"" + text + "\"}")
					.status())
			.isEqualTo(201);
	}

	private static Locator text(Locator within, String text) {
		return within.getByText(text, new Locator.GetByTextOptions().setExact(true));
	}

	@Test
	@DisplayName("C1: a visitor signs in with the mailed code; a wrong one is refused; the sign-in outlives a reload, and ends when they say so")
	void signsIn() {
		Page page = this.browser.window();
		page.navigate(this.sandbox.address() + "/chat");
		ChatPage chat = ChatPage.in(page);
		Locator email = chat.role(AriaRole.TEXTBOX, "E-mail address");
		email.fill("nonsense");
		chat.button("Send me a code").click();
		assertThat(page.getByText("does not look like an e-mail address")).isVisible();
		email.fill(SADE);
		chat.button("Send me a code").click();
		Locator code = chat.role(AriaRole.TEXTBOX, "6-digit code");
		assertThat(code).isFocused();
		String mailed = Phone.code(this.sandbox.mail(SADE, (any) -> true));
		code.fill(mailed.equals("111111") ? "222222" : "111111");
		assertThat(page.getByText("That code is wrong")).isVisible();
		code.fill(mailed);
		assertThat(chat.input()).isVisible();
		assertThat(page.getByText("Sade Bello")).isVisible();
		page.reload();
		assertThat(chat.input()).isVisible();
		page.getByLabel("Settings").click();
		chat.button("Sign out").click();
		assertThat(email).hasValue(SADE);
	}

	@Test
	@DisplayName("C4: Info scrolls between a head and a foot that stay, has all facts, closes by either and by Escape, and gives the focus back")
	void info() {
		ChatPage chat = ChatPage
			.open(this.browser
				.window(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1000, 560)),
					this.sandbox, SADE)
			.browses();
		Locator opener = chat.card(FLAT).getByLabel("About " + FLAT);
		Locator info = chat.opens(opener);
		for (String part : List.of("₦4,500,000", "Bedrooms", "Bathrooms", "110 m²", "4.8", "Swimming pool",
				"two generators", "Admiralty Way")) {
			assertThat(info).containsText(part);
		}
		Locator close = info.getByLabel("Close").first();
		chat.settles();
		double head = close.boundingBox().y;
		info.locator(".description").scrollIntoViewIfNeeded();
		assertThat(info.locator(".description")).isInViewport();
		assertThat(close.boundingBox().y).isEqualTo(head);
		assertThat(info.locator(".dialog-foot")).isInViewport();
		close.click();
		assertThat(opener).isFocused();
		text(chat.opens(opener).locator(".dialog-foot"), "Close").click();
		assertThat(opener).isFocused();
		chat.opens(opener);
		chat.page().keyboard().press("Escape");
		assertThat(chat.find("dialog[open]")).hasCount(0);
		assertThat(opener).isFocused();
	}

	@Test
	@DisplayName("C7: after a lost connection all that was missed is there in order and once, and what was written meanwhile is sent")
	void offline() {
		Page page = this.browser.window();
		AtomicBoolean down = new AtomicBoolean();
		List<WebSocketRoute> sockets = new ArrayList<>();
		page.routeWebSocket(Pattern.compile("/ws/chat/"), (socket) -> {
			if (down.get()) {
				socket.close();
			}
			else {
				socket.connectToServer();
				sockets.add(socket);
			}
		});
		ChatPage chat = ChatPage.open(page, this.sandbox, SADE).says("one");
		down.set(true);
		page.context().setOffline(true);
		sockets.forEach(WebSocketRoute::close);
		assertThat(page.getByText("You are offline")).isVisible();
		writesElsewhere("two");
		writesElsewhere("three");
		chat.input().fill("four");
		chat.input().press("Enter");
		assertThat(chat.own("four")).hasClass(Pattern.compile("pending"));
		down.set(false);
		page.context().setOffline(false);
		assertThat(chat.own("four")).not().hasClass(Pattern.compile("pending"));
		assertThat(page.getByText("You are offline")).hasCount(0);
		assertThat(chat.find(".row.own .text")).hasText(new String[] { "one", "two", "three", "four" });
		page.reload();
		assertThat(chat.find(".row.own .text")).hasText(new String[] { "one", "two", "three", "four" });
	}

	@Test
	@DisplayName("C7: when the socket's token ends the page gets a new one and goes on")
	void tokenEnds() {
		Page page = this.browser.window();
		List<WebSocketRoute> sockets = new ArrayList<>();
		page.routeWebSocket(Pattern.compile("/ws/chat/"), (socket) -> {
			socket.connectToServer();
			sockets.add(socket);
		});
		ChatPage chat = ChatPage.open(page, this.sandbox, SADE).says("before");
		page.waitForRequest("**/auth/refresh",
				() -> sockets.get(0).close(new WebSocketRoute.CloseOptions().setCode(4401)));
		writesElsewhere("between");
		chat.says("after");
		assertThat(chat.find(".row.own .text")).hasText(new String[] { "before", "between", "after" });
	}

	@Test
	@DisplayName("C7: two tabs show the same, once; what was read in one is read in the other")
	void twoTabs() {
		ChatPage one = chat().says("from the first");
		Page second = one.page().context().newPage();
		second.navigate(this.sandbox.address() + "/chat/");
		ChatPage two = ChatPage.in(second);
		assertThat(two.own("from the first")).isVisible();
		two.says("from the second");
		one.says("from the first again");
		String[] all = { "from the first", "from the second", "from the first again" };
		assertThat(one.find(".row.own .text")).hasText(all);
		assertThat(two.find(".row.own .text")).hasText(all);
		assertThat(one.find(".badge")).hasCount(0);
		assertThat(two.find(".badge")).hasCount(0);
		await().untilAsserted(() -> {
			JsonNode thread = get("threads").at("/items/0");
			assertThat(thread.get("last_read_seq")).isEqualTo(thread.get("last_seq"));
		});
	}

	@Test
	@DisplayName("C7: a long thread opens at its end and loads what is above when somebody scrolls there")
	void longThread() {
		chat().says("hello");
		this.sandbox.sql("""
				with longer as (
				    update hub.thread set last_seq = last_seq + 400 returning id, last_seq - 400 as last_seq
				)
				insert into hub.thread_message (thread_id, seq, event, text, at)
				select id, last_seq + n, 'assistant_message', 'Message number ' || n, now()
				from longer, generate_series(1, 400) n""").update();
		ChatPage chat = chat();
		assertThat(chat.hub("Message number 400")).isInViewport();
		assertThat(chat.find(".row")).not().hasCount(403);
		Locator log = chat.role(AriaRole.LOG, "Messages");
		Locator first = chat.find(".row").getByText("hello", new Locator.GetByTextOptions().setExact(true));
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			log.evaluate("(log) => log.scrollTo(0, 0)");
			return first.count() == 1;
		});
		List<String> numbers = chat.find(".row.hub .text")
			.allInnerTexts()
			.stream()
			.filter((text) -> text.startsWith("Message number "))
			.toList();
		assertThat(numbers).hasSize(400).doesNotHaveDuplicates();
		assertThat(numbers.get(0)).isEqualTo("Message number 1");
		assertThat(chat.hub("Message number 400")).not().isInViewport();
		chat.says("goodbye");
		assertThat(chat.own("goodbye")).isInViewport();
	}

	@Test
	@DisplayName("C2: a text of more than 4,096 characters is not sent; Shift+Enter breaks the line, Enter sends")
	void composer() {
		ChatPage chat = chat();
		chat.input().fill("x".repeat(4097));
		assertThat(chat.button("Send")).isDisabled();
		assertThat(chat.find(".left")).hasText("1 characters too long");
		chat.input().fill("first");
		chat.input().press("Shift+Enter");
		chat.input().pressSequentially("second");
		chat.input().press("Enter");
		assertThat(chat.own("first")).containsText(Pattern.compile("first\\s+second"));
		assertThat(chat.input()).hasValue("");
	}

	@Test
	@DisplayName("C9: the page speaks French to whom wants it, and keeps to it")
	void french() {
		ChatPage chat = chat();
		chat.page().getByLabel("Settings").click();
		chat.page().getByLabel("Language").selectOption("fr");
		assertThat(chat.button("Envoyer")).isVisible();
		chat.page().reload();
		assertThat(chat.button("Envoyer")).isVisible();
		chat.page().getByLabel("Nouvelle discussion").click();
		assertThat(chat.hub("Bonjour Sade")).isVisible();
		assertThat(chat.find("html")).hasAttribute("lang", "fr");
	}

}
