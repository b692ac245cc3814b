package journeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The dashboard as an operator uses it, found by what they see and what a screen reader
 * says.
 */
final class DashboardPage {

	private final Page page;

	private final String address;

	private DashboardPage(Page page, String address) {
		this.page = page;
		this.address = address;
	}

	/**
	 * Opens the dashboard, not signed in.
	 * @param page an empty window
	 * @param sandbox where
	 * @return the login
	 */
	static DashboardPage open(Page page, Sandbox sandbox) {
		page.navigate(sandbox.address() + "/dashboard.html");
		return new DashboardPage(page, sandbox.address());
	}

	DashboardPage signsIn(String user, String password) {
		this.page.getByLabel("User name").fill(user);
		this.page.getByLabel("Password").fill(password);
		button("Sign in").click();
		return this;
	}

	/**
	 * Signs in as the sandbox's administrator, and waits for the figures.
	 * @return the overview
	 */
	DashboardPage signedIn() {
		signsIn("admin", "sandbox");
		assertThat(figure("Checks asked")).not().hasText("–");
		return this;
	}

	Page page() {
		return this.page;
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
	}

	/** The number of that name. */
	Locator figure(String name) {
		return this.page.locator(".figure").filter(new Locator.FilterOptions().setHasText(name)).locator("b");
	}

	/** The part of the page with that heading. */
	Locator card(String heading) {
		return this.page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(heading).setExact(true));
	}

	/**
	 * Looks somebody up, and opens the conversation.
	 * @param wanted what is typed
	 * @param name whose conversation
	 * @return the conversation
	 */
	DashboardPage looksUp(String wanted, String name) {
		this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Conversations")).click();
		this.page.getByLabel("Search people").fill(wanted);
		Locator person = this.page.locator(".people li a").filter(new Locator.FilterOptions().setHasText(name));
		assertThat(person).hasCount(1);
		person.click();
		assertThat(this.page.locator(".said").first()).isVisible();
		return this;
	}

	/** What was said, by some of its words. */
	Locator said(String words) {
		return this.page.locator(".said").filter(new Locator.FilterOptions().setHasText(words)).last();
	}

	/** Whether nothing stands beside the window. */
	boolean fits() {
		return (boolean) this.page.evaluate("document.documentElement.scrollWidth <= innerWidth");
	}

	/** Where it is, such as {@code http://localhost:8080}. */
	String address() {
		return this.address;
	}

}
