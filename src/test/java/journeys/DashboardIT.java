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
				"Of the same flow")) {
			assertThat(said.locator(".steps")).containsText(part);
		}
		Locator answer = page.locator(".said[data-direction=out]").last();
		answer.getByRole(AriaRole.BUTTON).click();
		for (String part : List.of("Queued", "Sent", "delivery-send-whatsapp", "Delivered")) {
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
