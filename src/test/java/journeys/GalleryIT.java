package journeys;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
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

/**
 * A home's photos over the whole screen.
 */
class GalleryIT {

	private static final String HOUSE = "4-bed terrace house";

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

	private ChatPage chat(boolean touch) {
		com.microsoft.playwright.Browser.NewContextOptions options = new com.microsoft.playwright.Browser.NewContextOptions();
		if (touch) {
			options.setViewportSize(390, 780).setHasTouch(true).setIsMobile(true);
		}
		return ChatPage.open(this.browser.window(options), this.sandbox, "sade@example.com").browses();
	}

	private static Locator opener(ChatPage chat) {
		return chat.card(HOUSE).locator(".card-actions button").first();
	}

	private static Locator counter(ChatPage chat) {
		return chat.find(".yarl__counter");
	}

	/** Of the gallery's own: the cards behind it may have buttons of the same name. */
	private static Locator button(Locator gallery, String name) {
		return gallery.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
	}

	@Test
	@DisplayName("C3: by mouse: previous and next, thumbnails, the counter, and a click outside closes it")
	void byMouse() {
		ChatPage chat = chat(false);
		Locator gallery = chat.opens(opener(chat));
		assertThat(counter(chat)).hasText("1 / 5");
		assertThat(button(gallery, "Previous")).isDisabled();
		button(gallery, "Next").click();
		assertThat(counter(chat)).hasText("2 / 5");
		button(gallery, "Previous").click();
		assertThat(counter(chat)).hasText("1 / 5");
		gallery.locator(".yarl__thumbnails_thumbnail").last().click();
		assertThat(counter(chat)).hasText("5 / 5");
		assertThat(button(gallery, "Next")).isDisabled();
		BoundingBox box = gallery.boundingBox();
		assertThat(box.width).isEqualTo(chat.page().viewportSize().width);
		chat.settles();
		chat.page().mouse().click(90, 300);
		assertThat(chat.find("dialog[open]")).hasCount(0);
		chat.opens(opener(chat));
		chat.button("Close").last().click();
		assertThat(chat.find("dialog[open]")).hasCount(0);
	}

	@Test
	@DisplayName("C3: by keys: arrows, and Escape closes it alone and gives the focus back, over Info as well")
	void byKeys() {
		ChatPage chat = chat(false);
		opener(chat).focus();
		chat.page().keyboard().press("Enter");
		assertThat(counter(chat)).hasText("1 / 5");
		chat.page().keyboard().press("ArrowRight");
		assertThat(counter(chat)).hasText("2 / 5");
		chat.page().keyboard().press("ArrowRight");
		assertThat(counter(chat)).hasText("3 / 5");
		chat.page().keyboard().press("ArrowLeft");
		assertThat(counter(chat)).hasText("2 / 5");
		chat.page().keyboard().press("Escape");
		assertThat(chat.find("dialog[open]")).hasCount(0);
		assertThat(opener(chat)).isFocused();
		Locator info = chat.opens(chat.card(HOUSE).locator(".card-actions button").nth(1));
		info.locator(".all-photos").click();
		assertThat(counter(chat)).hasText("1 / 5");
		chat.page().keyboard().press("Escape");
		assertThat(chat.find("dialog[open]")).hasCount(1);
		assertThat(info.locator(".all-photos")).isFocused();
	}

	@Test
	@DisplayName("C3: by touch, on a phone: a swipe moves on and back")
	void byTouch() {
		ChatPage chat = chat(true);
		opener(chat).tap();
		assertThat(counter(chat)).hasText("1 / 5");
		assertThat(chat.find(".yarl__slide_current img")).isVisible();
		swipe(chat.page(), 320, 60);
		assertThat(counter(chat)).hasText("2 / 5");
		swipe(chat.page(), 60, 320);
		assertThat(counter(chat)).hasText("1 / 5");
		chat.settles();
		chat.button("Close").last().tap();
		assertThat(chat.find("dialog[open]")).hasCount(0);
	}

	/**
	 * Playwright's own touch screen only taps. The finger rests before it lifts, by the
	 * events' own times: to a browser the tap after a fling only ends the fling.
	 */
	private static void swipe(Page page, int from, int to) {
		CDPSession session = page.context().newCDPSession(page);
		double at = System.currentTimeMillis() / 1000.0 - 0.5;
		touch(session, "touchStart", from, at);
		for (int step = 1; step <= 8; step++) {
			touch(session, "touchMove", from + (to - from) * step / 8, at + step * 0.02);
		}
		touch(session, "touchEnd", -1, at + 0.4);
		session.detach();
	}

	private static void touch(CDPSession session, String type, int x, double at) {
		JsonArray points = new JsonArray();
		if (x >= 0) {
			JsonObject point = new JsonObject();
			point.addProperty("x", x);
			point.addProperty("y", 380);
			points.add(point);
		}
		JsonObject event = new JsonObject();
		event.addProperty("type", type);
		event.addProperty("timestamp", at);
		event.add("touchPoints", points);
		session.send("Input.dispatchTouchEvent", event);
	}

}
