package journeys;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page to read and try the API, in a browser.
 */
class DocsIT {

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

	private static Locator operation(Page page, String path) {
		return page.locator(".opblock")
			.filter(new Locator.FilterOptions().setHas(page.locator("[data-path=\"" + path + "\"]")));
	}

	@Test
	@DisplayName("E7: every operation is there to be read, and can be tried with a token; nothing is asked of anybody else")
	void tries() {
		Page page = this.browser.window();
		List<String> asked = new ArrayList<>();
		page.onRequest((request) -> asked.add(request.url()));
		page.navigate(this.sandbox.address() + "/redoc");
		assertThat(page.locator(".info .title")).containsText("Inspakta Hub");
		assertThat(operation(page, "/api/v1/availability/check")).isVisible();
		assertThat(page.url()).endsWith("/docs");
		Locator stats = operation(page, "/api/v1/users/stats");
		stats.locator(".opblock-summary-control").click();
		stats.getByText("Execute", new Locator.GetByTextOptions().setExact(true)).click();
		assertThat(stats.locator(".live-responses-table tbody .response-col_status").first()).containsText("401");
		page.locator(".auth-wrapper .authorize").first().click();
		page.getByLabel("auth-bearer-value").fill(this.sandbox.token("admin@example.com"));
		page.locator(".modal-ux .authorize").first().click();
		page.locator(".modal-ux .close-modal").click();
		stats.getByText("Execute", new Locator.GetByTextOptions().setExact(true)).click();
		assertThat(stats.locator(".live-responses-table tbody .response-col_status").first()).containsText("200");
		assertThat(stats.locator(".live-responses-table")).containsText("opted_out");
		assertThat(asked).isNotEmpty()
			.allMatch((url) -> url.startsWith(this.sandbox.address() + "/") || url.startsWith("data:"));
	}

}
