package journeys;

import java.util.regex.Pattern;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The web chat as a visitor uses it, found by what they see and what a screen reader
 * says. It stands in a page of its own or in the widget's frame.
 */
final class ChatPage {

	private final Page page;

	private final FrameLocator frame;

	private ChatPage(Page page, FrameLocator frame) {
		this.page = page;
		this.frame = frame;
	}

	/**
	 * Opens the chat page, signed in.
	 * @param page an empty window
	 * @param sandbox where
	 * @param email who
	 * @return the chat, ready to be written in
	 */
	static ChatPage open(Page page, Sandbox sandbox, String email) {
		String keep = "localStorage.setItem('inspakta.session', '%s')".formatted(sandbox.token(email));
		page.addInitScript("if (location.pathname.startsWith('/chat') && window === window.top) " + keep);
		page.navigate(sandbox.address() + "/chat/");
		ChatPage chat = new ChatPage(page, null);
		assertThat(chat.input()).isVisible();
		return chat;
	}

	/**
	 * The chat in a page that is open.
	 * @param page its window
	 * @return the chat, in whichever state
	 */
	static ChatPage in(Page page) {
		return new ChatPage(page, null);
	}

	/**
	 * The chat in the widget's frame.
	 * @param page the host page
	 * @return the chat, in whichever state
	 */
	static ChatPage within(Page page) {
		return new ChatPage(page, page.frameLocator("iframe[title=Chat]"));
	}

	Page page() {
		return this.page;
	}

	Locator find(String selector) {
		return (this.frame != null) ? this.frame.locator(selector) : this.page.locator(selector);
	}

	Locator role(AriaRole role, String name) {
		return (this.frame != null)
				? this.frame.getByRole(role, new FrameLocator.GetByRoleOptions().setName(name).setExact(true))
				: this.page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator button(String name) {
		return role(AriaRole.BUTTON, name);
	}

	Locator input() {
		return role(AriaRole.TEXTBOX, "Message");
	}

	/**
	 * Writes something and waits until the hub has it.
	 * @param text the words
	 * @return this chat
	 */
	ChatPage says(String text) {
		input().fill(text);
		input().press("Enter");
		assertThat(own(text)).not().hasClass(Pattern.compile("pending"));
		return this;
	}

	/**
	 * What the visitor said.
	 * @param text its words
	 * @return the newest of these messages
	 */
	Locator own(String text) {
		return message(".own", text);
	}

	/**
	 * What the hub said.
	 * @param text some of its words
	 * @return the newest of these messages
	 */
	Locator hub(String text) {
		return message(".hub", text);
	}

	/**
	 * What an agent said.
	 * @param text some of its words
	 * @return the newest of these messages
	 */
	Locator agent(String text) {
		return message(".agent", text);
	}

	private Locator message(String side, String text) {
		return find(".row" + side).filter(new Locator.FilterOptions().setHasText(text)).last();
	}

	/**
	 * Asks for the newest homes.
	 * @return this chat, with cards
	 */
	ChatPage browses() {
		button("Browse homes").last().click();
		assertThat(find(".card").first()).isVisible();
		return this;
	}

	/**
	 * A home's card.
	 * @param title some of its title
	 * @return the newest
	 */
	Locator card(String title) {
		return find(".card").filter(new Locator.FilterOptions().setHasText(title)).last();
	}

	Locator dialog() {
		return find("dialog[open]").last();
	}

	/** Waits until nothing moves. */
	void settles() {
		await().until(() -> (boolean) this.page
			.evaluate("document.getAnimations().every((one) => one.playState !== 'running')"));
	}

	/**
	 * Does something, and waits until its dialog has come.
	 * @param opens what opens it
	 * @return the dialog
	 */
	Locator opens(Locator opens) {
		opens.click();
		assertThat(dialog()).isVisible();
		return dialog();
	}

}
