package journeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.impl.driver.Driver;
import org.opentest4j.TestAbortedException;

/**
 * A browser for tests: the Chromium of this machine, else the one that Playwright
 * fetches. Started once; each test opens windows of its own, which share nothing with
 * other tests'. Where there is none the test is skipped, and says so; not where
 * {@code CI} is set, for nobody reads there what was skipped.
 */
final class Browser implements AutoCloseable {

	private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"C:/Program Files/Google/Chrome/Application/chrome.exe");

	private static final double PATIENCE_MILLIS = 20_000;

	/**
	 * What a test browser does without. Named here in place of Playwright's own list,
	 * which also takes away that a frame on another site has a store of its own.
	 */
	private static final String LEFT_OUT = "DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,LensOverlay,"
			+ "MediaRouter,OptimizationHints,PaintHolding,Translate";

	private static com.microsoft.playwright.Browser running;

	private static RuntimeException missing;

	private final List<BrowserContext> windows = new ArrayList<>();

	private final List<String> complaints = new ArrayList<>();

	private Browser() {
	}

	/**
	 * A browser without windows.
	 * @return the browser, to be closed by the test
	 */
	static synchronized Browser open() {
		if (running == null && missing == null) {
			try {
				running = start();
			}
			catch (PlaywrightException | IOException | InterruptedException ex) {
				missing = new IllegalStateException("No browser could be started", ex);
			}
		}
		if (running != null) {
			return new Browser();
		}
		if (System.getenv("CI") != null) {
			throw missing;
		}
		System.err.println("BROWSER TESTS ARE SKIPPED: no Chromium here, and none could be fetched: " + missing);
		throw new TestAbortedException("No browser could be started", missing);
	}

	private static com.microsoft.playwright.Browser start() throws IOException, InterruptedException {
		Optional<Path> found = Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (found.isEmpty()) {
			fetch();
		}
		BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(List.of(
				"--disable-features=" + LEFT_OUT, "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync"));
		found.ifPresent(options::setExecutablePath);
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
		return playwright.chromium().launch(options);
	}

	/** Chromium alone: by itself Playwright would fetch three browsers. */
	private static void fetch() throws IOException, InterruptedException {
		ProcessBuilder installer = Driver.ensureDriverInstalled(Map.of(), false).createProcessBuilder();
		installer.command().addAll(List.of("install", "chromium"));
		if (installer.inheritIO().start().waitFor() != 0) {
			throw new IOException("Playwright could not fetch Chromium");
		}
	}

	/**
	 * A window of usual size, in English.
	 * @return an empty page
	 */
	Page window() {
		return window(new com.microsoft.playwright.Browser.NewContextOptions());
	}

	/**
	 * A window with a store of its own.
	 * @param options size, colours, touch
	 * @return an empty page
	 */
	Page window(com.microsoft.playwright.Browser.NewContextOptions options) {
		BrowserContext context = running.newContext(options.setLocale("en-GB"));
		context.setDefaultTimeout(PATIENCE_MILLIS);
		context.onPage((page) -> {
			page.onPageError((error) -> this.complaints.add(error));
			page.onConsoleMessage((message) -> {
				if (message.text().contains("Content Security Policy")) {
					this.complaints.add(message.text());
				}
			});
		});
		this.windows.add(context);
		return context.newPage();
	}

	/**
	 * What went wrong in the pages without anybody seeing it.
	 * @return scripts' errors, and what the content security policy refused
	 */
	List<String> complaints() {
		return this.complaints;
	}

	@Override
	public void close() {
		this.windows.forEach(BrowserContext::close);
	}

}
