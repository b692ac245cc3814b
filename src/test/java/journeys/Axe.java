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
	 * Makes sure that it finds nothing, light and dark. In the dark only the contrast is
	 * another, and looking at all the rest again takes a second.
	 * @param page the page, whose frames are not looked into
	 * @param state what it shows, for the failure
	 */
	static void isClean(Page page, String state) {
		isClean(page, state, ColorScheme.LIGHT, new AxeBuilder(page));
		isClean(page, state, ColorScheme.DARK, new AxeBuilder(page).withRules(List.of("color-contrast")));
	}

	private static void isClean(Page page, String state, ColorScheme colours, AxeBuilder axe) {
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
		ChatPage.in(page).settles();
		List<Rule> violations = axe.setLegacyMode(true).analyze().getViolations();
		assertThat(violations).as("%s, %s", state, colours)
			.extracting((rule) -> rule.getId() + ": " + rule.getHelp() + " "
					+ rule.getNodes().stream().map((node) -> node.getHtml() + " " + node.getFailureSummary()).toList())
			.isEmpty();
	}

}
