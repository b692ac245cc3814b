package hub.camel;

import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.camel.RouteSource.UnusableRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class RouteSourceFuzzTest {

	private static final String PATH = "menu/menu-show.camel.yaml";

	private static final int LONGEST = 16 * 1024;

	private static final DefaultCamelContext CONTEXT = new DefaultCamelContext(false);

	private static RouteJudge judge;

	@BeforeAll
	static void start() {
		CONTEXT.disableJMX();
		CONTEXT.start();
		judge = new RouteJudge(CONTEXT, List.of());
	}

	@AfterAll
	static void stop() {
		CONTEXT.stop();
	}

	@FuzzTest
	@DisplayName("E7: whatever is written into a route file, it can be used, or its line is told")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		long lines = 1 + text.chars().filter((unit) -> unit == '\n' || unit == '\r' || unit > 0x7F).count();
		try {
			RouteSource file = RouteSource.read(PATH, text);
			file.walk((place, node) -> assertThat(file.line(place)).isBetween(1, (int) lines));
			assertThat(file.routeIds()).isNotNull();
			assertThat(judge.judge(Map.of(PATH, file), List.of(PATH)))
				.allSatisfy((mistake) -> assertThat(mistake.line()).isBetween(1, (int) lines))
				.allSatisfy((mistake) -> assertThat(mistake.reason()).isNotBlank());
		}
		catch (UnusableRouteException ex) {
			assertThat(ex.mistake().file()).isEqualTo(PATH);
			assertThat(ex.mistake().line()).isBetween(1, (int) lines + 1);
			assertThat(ex.mistake().reason()).isNotBlank();
		}
	}

}
