package journeys;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The operators' dashboard in a browser, on the whole sandbox.
 */
class DashboardIT {

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

	private DashboardPage dashboard() {
		return dashboard(1440, 900);
	}

	private DashboardPage dashboard(int width, int height) {
		return DashboardPage.open(this.browser
			.window(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height)
				.setReducedMotion(ReducedMotion.REDUCE)), this.sandbox);
	}

	/** Ada is asked on WhatsApp and says yes. */
	private void answersCheck() {
		new Visitor(this.sandbox, "sade@example.com").asks("2");
		Phone ada = this.sandbox.ada();
		ada.taps(Phone.options(ada.gets((message) -> Phone.options(message).size() == 2)).get(0));
		await().until(
				() -> this.sandbox.count("select count(*) from hub.availability_check where state = 'available'") == 1);
	}

	@Test
	@DisplayName("O3: an operator signs in with name and password, a wrong one is told so; the login outlives a reload and ends when they say so")
	void signsIn() {
		DashboardPage dashboard = dashboard().signsIn("admin", "wrong");
		Page page = dashboard.page();
		assertThat(page.getByRole(AriaRole.ALERT)).hasText("User name or password is wrong.");
		dashboard.signedIn();
		page.reload();
		assertThat(dashboard.figure("Checks asked")).hasText("0");
		assertThat(page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})").toString())
			.doesNotContain("\"sandbox\"");
		dashboard.button("Sign out").click();
		assertThat(dashboard.button("Sign in")).isVisible();
		page.navigate(dashboard.address() + "/dashboard");
		assertThat(dashboard.button("Sign in")).isVisible();
	}

	@Test
	@DisplayName("O3: checks, response times, messages, queues and people are shown, and stay true without a reload")
	void figures() {
		DashboardPage dashboard = dashboard().signedIn();
		Page page = dashboard.page();
		assertThat(dashboard.figure("Success rate")).hasText("–");
		assertThat(page.getByText("All systems up")).isVisible();
		answersCheck();
		assertThat(dashboard.figure("Checks asked")).hasText("1");
		assertThat(dashboard.figure("Checks answered")).hasText("1");
		assertThat(dashboard.figure("Success rate")).hasText("100%");
		assertThat(dashboard.figure("Check to booking")).hasText("0%");
		assertThat(dashboard.figure("Delivery success")).hasText("100%");
		assertThat(dashboard.figure("Median response")).containsText("s");
		assertThat(dashboard.card("Messages by channel")).containsText("WhatsApp");
		assertThat(dashboard.card("Messages by channel")).containsText("Web chat");
		assertThat(dashboard.card("What became of what was sent")).containsText(Pattern.compile("Delivered|Read"));
		assertThat(dashboard.card("Queues now")).containsText("Outbound");
		assertThat(dashboard.card("People")).containsText("Contacts");
		assertThat(dashboard.card("Agents’ answers")).containsText("Ada");
		assertThat(dashboard.card("Checks and bookings over time").getByRole(AriaRole.IMG)).hasAttribute("aria-label",
				Pattern.compile(".*Asked: 1 in all, Answered: 1 in all.*"));
		page.getByText("1 h", new Page.GetByTextOptions().setExact(true)).click();
		assertThat(dashboard.figure("Checks asked")).hasText("1");
		assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Hawtio"))).hasAttribute("href",
				"/actuator/hawtio/");
	}

	@Test
	@DisplayName("O5: a dead letter is shown with its reason, and arrives when it is replayed")
	void replays() {
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":131026}}");
		this.sandbox.sade().writes("hello");
		DashboardPage dashboard = dashboard().signedIn();
		Locator dead = dashboard.card("Dead letters");
		assertThat(dead.locator(".reason").first()).containsText("131026");
		assertThat(dead).containsText("+234***");
		this.sandbox.call("DELETE", "/sandbox/api/faults", null);
		dead.getByRole(AriaRole.BUTTON).first().click();
		assertThat(dead).containsText("is tried again");
		assertThat(this.sandbox.sade().reads()).contains("/link");
		assertThat(dead).containsText("Everything was handled and sent");
	}

	@Test
	@DisplayName("O3, O6: somebody is looked up, what was said is shown with its state, and each message with its way through the hub")
	void conversation() {
		Phone sade = this.sandbox.sade();
		sade.links("sade@example.com");
		sade.writes("is +2348030000011 the agent?").gets();
		DashboardPage dashboard = dashboard();
		Page page = dashboard.page();
		List<String> asked = new ArrayList<>();
		page.onRequest((request) -> asked.add(request.url()));
		dashboard.signedIn().looksUp("0001", "Sade Bello");
		Locator said = dashboard.said("the agent?");
		assertThat(said).containsText("+234***11");
		assertThat(page.locator(".said[data-direction=out] .state").last())
			.containsText(Pattern.compile("Delivered|Read"));
		said.getByRole(AriaRole.BUTTON).click();
		for (String part : List.of("Received", "intake-receive-meta", "Handled", "turn-handle-message", "1 attempt",
				"turn-route-by-intent", "Sends a message to the journey", "Of the same flow")) {
			assertThat(said.locator(".steps")).containsText(part);
		}
		Locator answer = page.locator(".said[data-direction=out]").last();
		answer.getByRole(AriaRole.BUTTON).click();
		for (String part : List.of("Queued", "Sent", "delivery-send-whatsapp", "delivery-call-graph", "Delivered")) {
			assertThat(answer.locator(".steps")).containsText(part);
		}
		sade.writes("one more thing");
		assertThat(dashboard.said("one more thing")).isVisible();
		page.reload();
		assertThat(dashboard.said("one more thing")).isVisible();
		page.getByLabel("Search people").fill("bel");
		assertThat(page.locator(".people li")).hasCount(1);
		page.getByLabel("Search people").fill("nobody");
		assertThat(page.getByText("Nobody is called that")).isVisible();
		assertThat(asked).isNotEmpty().allMatch((url) -> url.startsWith(dashboard.address() + "/"));
	}

	/** Sade asks in the web chat, and has linked her phone. */
	private Visitor chats() {
		this.sandbox.sade().links("sade@example.com");
		Visitor visitor = new Visitor(this.sandbox, "sade@example.com");
		visitor.opensThread("2");
		visitor.writes("browse");
		await().until(() -> visitor.messages().size() >= 3);
		return visitor;
	}

	@Test
	@DisplayName("O3, O6: a visitor of the web chat is looked up by mail address with the keyboard alone, what was said is shown as it is said, read or not, and its steps; the person's phone is one step away")
	void webChat() {
		Visitor visitor = chats();
		DashboardPage dashboard = dashboard().signedIn();
		Page page = dashboard.page();
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Conversations")).press("Enter");
		page.getByLabel("Search people").press("Shift+Home");
		page.keyboard().type("sade@example.com");
		Locator chat = page.locator(".people li a").filter(new Locator.FilterOptions().setHasText("Web chat"));
		assertThat(page.locator(".people li")).hasCount(2);
		assertThat(chat).containsText("Cosy 2-bed flat");
		chat.press("Enter");
		Locator said = dashboard.said("browse");
		assertThat(page.locator(".said[data-direction=out] .state").last()).hasText("Sent");
		visitor.readsAll();
		assertThat(page.locator(".said[data-direction=out] .state").last()).hasText("Read");
		said.getByRole(AriaRole.BUTTON).press("Enter");
		for (String part : List.of("Received", "chat-write-message", "Handled", "chat-show-listings",
				"Shows a visitor homes", "Of the same flow")) {
			assertThat(said.locator(".steps")).containsText(part);
		}
		visitor.writes("thanks!");
		assertThat(dashboard.said("thanks!")).isVisible();
		page.getByText("On the phone").press("Enter");
		assertThat(page.locator(".thread header")).containsText("+234***01");
		page.locator(".also a").first().press("Enter");
		assertThat(dashboard.said("thanks!")).isVisible();
		page.getByLabel("Search people").fill("sade@example");
		assertThat(page.getByText("It has to be the whole address")).isVisible();
	}

	@Test
	@DisplayName("O5, O6: a flow that a log names, and a dead letter, lead to what came, what it led to and each step, and to the conversation")
	void wholeWay() {
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":131026}}");
		this.sandbox.sade().writes("hello");
		DashboardPage dashboard = dashboard().signedIn();
		Page page = dashboard.page();
		dashboard.card("Dead letters").locator("tbody a").first().click();
		Locator way = page.locator(".whole-way");
		for (String part : List.of("Failed", "131026", "delivery-send-whatsapp", "turn-handle-message", "hello")) {
			assertThat(way).containsText(part);
		}
		String flow = page.locator(".thread h2").textContent();
		assertThat(flow).matches("in-\\d+");
		page.getByLabel("Search people").fill(flow);
		page.getByText("The way of what came").click();
		assertThat(way).containsText("intake-receive-meta");
		way.getByText("Conversation").first().click();
		assertThat(dashboard.said("hello")).isVisible();
		page.getByLabel("Search people").fill("in-999999999");
		page.getByText("in-999999999").click();
		assertThat(page.getByText("There is no such flow")).isVisible();
	}

	@Test
	@DisplayName("O3: chats and ways have no violations, light and dark, and lose nothing on a phone")
	void accessibleChats() {
		chats();
		DashboardPage dashboard = dashboard().signedIn();
		Page page = dashboard.page();
		dashboard.looksUp("sade@example.com", "Web chat");
		page.locator(".said[data-direction=in]").getByRole(AriaRole.BUTTON).first().click();
		assertThat(page.locator(".routes").first()).isVisible();
		Axe.isClean(page, "a chat");
		page.setViewportSize(390, 780);
		await().until(dashboard::fits);
		Axe.isClean(page, "a chat on a phone");
		page.locator(".flow a").first().click();
		assertThat(page.locator(".whole-way .routes").first()).isVisible();
		await().until(dashboard::fits);
		Axe.isClean(page, "a way on a phone");
		page.setViewportSize(1280, 800);
		Axe.isClean(page, "a way");
	}

	@Test
	@DisplayName("O3: the dashboard has no violations, light and dark, and loses nothing on a phone")
	void accessible() {
		answersCheck();
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":131026}}");
		this.sandbox.sade().writes("hello");
		DashboardPage dashboard = dashboard();
		Page page = dashboard.page();
		Axe.isClean(page, "the login");
		dashboard.signedIn();
		assertThat(dashboard.card("Dead letters").locator(".reason").first()).isVisible();
		Axe.isClean(page, "the overview");
		page.setViewportSize(390, 780);
		await().until(dashboard::fits);
		Axe.isClean(page, "the overview on a phone");
		dashboard.looksUp("0001", "");
		page.locator(".said").last().getByRole(AriaRole.BUTTON).click();
		assertThat(page.locator(".steps ol")).isVisible();
		await().until(dashboard::fits);
		Axe.isClean(page, "a conversation on a phone");
		page.getByLabel("Back to people").click();
		assertThat(page.getByLabel("Search people")).isVisible();
		page.setViewportSize(1280, 800);
		Axe.isClean(page, "people");
	}

}
