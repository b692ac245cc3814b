package journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The widget on a page of another site, whose style sheet spares nothing. To a browser
 * this machine is another site by its number than by its name.
 */
class WidgetIT {

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
		assertThat(this.browser.complaints()).isEmpty();
	}

	private Page host(String wishes) {
		Page page = this.browser.window();
		page.navigate(this.sandbox.address().replace("localhost", "127.0.0.1") + "/sandbox/host.html?hub="
				+ this.sandbox.address() + wishes);
		return page;
	}

	private static Locator launcher(Page page) {
		return page.locator("aside button");
	}

	private static BoundingBox panel(Page page) {
		return page.locator("iframe[title=Chat]").boundingBox();
	}

	@Test
	@DisplayName("C1: a visitor whom the site knows sees what is unread, chats, and gets the whole window for a dialog; the site's style sheet reaches nothing")
	void withToken() {
		Page page = host("&email=" + SADE);
		Locator launcher = launcher(page);
		assertThat(launcher.locator("b")).hasText("1");
		BoundingBox button = launcher.boundingBox();
		assertThat(button.width).isBetween(56.0, 64.0);
		assertThat(button.x + button.width).isEqualTo(page.viewportSize().width - 20.0);
		assertThat(button.y + button.height).isEqualTo(page.viewportSize().height - 20.0);
		assertThat(launcher).hasCSS("background-color", "rgb(10, 117, 88)");
		assertThat(launcher).hasCSS("transform", "none");
		launcher.click();
		ChatPage chat = ChatPage.within(page);
		assertThat(chat.hub("Hello Sade")).isVisible();
		assertThat(chat.input()).isFocused();
		assertThat(chat.input().boundingBox().height).isEqualTo(38);
		assertThat(panel(page).width).isEqualTo(400);
		await().until(() -> launcher.locator("b").textContent().isEmpty());

		chat.browses();
		chat.opens(chat.find(".card-actions button").nth(1));
		await().until(() -> panel(page).width == page.viewportSize().width);
		assertThat(chat.dialog().boundingBox().width).isGreaterThan(500);
		page.keyboard().press("Escape");
		await().until(() -> panel(page).width == 400);
		chat.opens(chat.find(".card-actions button").first());
		await().until(() -> panel(page).width == page.viewportSize().width);
		assertThat(chat.find(".yarl__counter")).hasText("1 / 4");
		page.keyboard().press("Escape");
		await().until(() -> panel(page).width == 400);
		chat.input().focus();
		page.keyboard().press("Escape");
		assertThat(page.locator("iframe[title=Chat]")).isHidden();
		assertThat(launcher).isFocused();
	}

	@Test
	@DisplayName("C1: a visitor whom the site does not know signs in inside the widget")
	void withCode() {
		Page page = host("");
		ChatPage chat = signIn(page);
		assertThat(chat.hub("Hello Sade")).isVisible();
		page.reload();
		launcher(page).click();
		assertThat(chat.hub("Hello Sade")).isVisible();
	}

	@Test
	@DisplayName("C1: a site opens the chat about a listing")
	void aboutListing() {
		Page page = host("&email=" + SADE);
		assertThat(launcher(page).locator("b")).hasText("1");
		page.locator("#ask").click();
		ChatPage chat = ChatPage.within(page);
		assertThat(chat.hub("You are asking about")).containsText("lagoon view");
		assertThat(chat.button("Write to the agent")).isVisible();
	}

	@Test
	@DisplayName("C1: a listing that the tag names begins one conversation, when the chat is opened, and not one a visit")
	void taggedListing() {
		Page page = host("&listing=1&email=" + SADE);
		assertThat(launcher(page).locator("b")).hasText("1");
		assertThat(threads()).isEqualTo(1);
		for (int visit = 1; visit <= 2; visit++) {
			launcher(page).click();
			assertThat(ChatPage.within(page).hub("You are asking about")).isVisible();
			assertThat(threads()).isEqualTo(2);
			page.reload();
		}
	}

	@Test
	@DisplayName("C1: a listing that the tag names is talked about, however soon the chat is opened, and with a visitor who has to sign in first")
	void taggedListingAtOnce() {
		Page page = host("&listing=1");
		ChatPage chat = signIn(page);
		assertThat(chat.hub("You are asking about")).isVisible();
	}

	/** With a code, by one who opens the chat as soon as the page is there. */
	private ChatPage signIn(Page page) {
		launcher(page).click();
		ChatPage chat = ChatPage.within(page);
		chat.role(AriaRole.TEXTBOX, "E-mail address").fill(SADE);
		chat.button("Send me a code").click();
		chat.role(AriaRole.TEXTBOX, "6-digit code").fill(Phone.code(this.sandbox.mail(SADE, (any) -> true)));
		return chat;
	}

	private int threads() {
		return this.sandbox.as(SADE, "GET", "/api/v1/threads", null).body().get("items").size();
	}

	@Test
	@DisplayName("C1: on a phone the widget has the whole screen")
	void onPhone() {
		Page page = this.browser.window(
				new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(360, 700).setHasTouch(true));
		page.navigate(this.sandbox.address().replace("localhost", "127.0.0.1") + "/sandbox/host.html?email=" + SADE
				+ "&hub=" + this.sandbox.address());
		assertThat(launcher(page).locator("b")).hasText("1");
		launcher(page).tap();
		ChatPage chat = ChatPage.within(page);
		assertThat(chat.input()).isVisible();
		assertThat(panel(page).width).isEqualTo(360);
		assertThat(panel(page).height).isEqualTo(700);
		chat.button("Close chat").tap();
		assertThat(page.locator("iframe[title=Chat]")).isHidden();
	}

	@Test
	@DisplayName("C1, O9: only sites on the list may frame the chat; its policy knows no inline script; assets are kept, the page is not; the script is under 1 KB")
	void headers() throws IOException {
		Page page = this.browser.window();
		APIResponse chat = page.request().get(this.sandbox.address() + "/chat/");
		String policy = chat.headers().get("content-security-policy");
		assertThat(policy).contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
			.containsPattern("frame-ancestors 'self' .*" + this.sandbox.address().replace("localhost", "127.0.0.1"))
			.doesNotContain("unsafe");
		assertThat(chat.headers()).doesNotContainKey("x-frame-options")
			.containsEntry("x-content-type-options", "nosniff")
			.hasEntrySatisfying("cache-control", (value) -> assertThat(value).contains("no-cache"));
		String asset = chat.text().replaceAll("(?s).*src=\"\\./(assets/[^\"]+\\.js)\".*", "$1");
		APIResponse script = page.request().get(this.sandbox.address() + "/chat/" + asset);
		assertThat(script.headers().get("cache-control")).contains("immutable");
		assertThat(script.headers()).containsEntry("content-encoding", "gzip");
		assertThat(zipped(script.body())).as("bytes of script before anything is shown").isLessThan(92_000);
		assertThat(zipped(page.request().get(this.sandbox.address() + "/embed.js").body())).isLessThan(1024);
	}

	private static int zipped(byte[] bytes) throws IOException {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
			zip.write(bytes);
		}
		return zipped.size();
	}

}
