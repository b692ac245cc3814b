package journeys;

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

/**
 * The web chat as axe sees it, in each of its states, light and dark.
 */
class AccessibilityIT {

	private static final String SADE = "sade@example.com";

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
	}

	private Page window(int width, int height) {
		return this.browser
			.window(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height)
				.setReducedMotion(ReducedMotion.REDUCE));
	}

	@Test
	@DisplayName("C9: signing in has no violations")
	void signIn() {
		Page page = window(390, 780);
		page.navigate(this.sandbox.address() + "/chat/");
		ChatPage chat = ChatPage.in(page);
		chat.role(AriaRole.TEXTBOX, "E-mail address").fill("nonsense");
		chat.button("Send me a code").click();
		Axe.isClean(page, "a bad address");
		chat.role(AriaRole.TEXTBOX, "E-mail address").fill(SADE);
		chat.button("Send me a code").click();
		assertThat(chat.role(AriaRole.TEXTBOX, "6-digit code")).isVisible();
		page.getByLabel("Settings").click();
		Axe.isClean(page, "the code, with the settings");
	}

	@Test
	@DisplayName("C9: cards, Info and the gallery have no violations")
	void conversation() {
		ChatPage chat = ChatPage.open(window(1280, 800), this.sandbox, SADE).browses();
		Page page = chat.page();
		Axe.isClean(page, "cards");
		Locator card = chat.find(".card").first();
		chat.opens(card.locator(".card-actions button").nth(1));
		Axe.isClean(page, "info");
		page.keyboard().press("Escape");
		chat.opens(card.locator(".card-actions button").first());
		assertThat(chat.find(".yarl__slide_current img")).isVisible();
		Axe.isClean(page, "gallery");
		page.keyboard().press("Escape");
	}

	@Test
	@DisplayName("C9: the list on a phone, waiting for the network, and text of four times the size have no violations and lose nothing")
	void onPhone() {
		ChatPage chat = ChatPage.open(window(360, 700), this.sandbox, SADE).browses();
		Page page = chat.page();
		page.context().setOffline(true);
		assertThat(page.getByText("You are offline")).isVisible();
		Axe.isClean(page, "offline");
		page.context().setOffline(false);
		chat.button("Back to conversations").click();
		Axe.isClean(page, "the list");
		assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
	}

}
