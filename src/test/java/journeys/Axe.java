package journeys;

import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What axe finds in a page.
 */
final class Axe {

	private Axe() {
	}

	/**
	 * Makes sure that it finds nothing, light and dark.
	 * @param page the page, in which nothing moves
	 * @param state what it shows, for the failure
	 */
	static void isClean(Page page, String state) {
		for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
			page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
			List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
			assertThat(violations).as("%s, %s", state, colours)
				.extracting((rule) -> rule.getId() + ": " + rule.getHelp() + " "
						+ rule.getNodes()
							.stream()
							.map((node) -> node.getHtml() + " " + node.getFailureSummary())
							.toList())
				.isEmpty();
		}
	}

}
