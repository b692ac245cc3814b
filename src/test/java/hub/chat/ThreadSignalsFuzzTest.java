package hub.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadSignalsFuzzTest {

	private static final int LONGEST = 8 * 1024;

	private final List<Long> heard = new ArrayList<>();

	private final ThreadSignals signals = new ThreadSignals(null);

	ThreadSignalsFuzzTest() {
		this.signals.listen(this.heard::add);
	}

	@FuzzTest
	@DisplayName("C3: whatever stands on the channel, the threads that it names are looked at, and no notice ends the listening")
	void hears(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		List<String> named = Arrays.asList(text.substring(text.indexOf(' ') + 1).split(","));
		List<Long> heard = Fuzzed.promptly(() -> {
			this.heard.clear();
			this.signals.hear(text);
			return this.heard;
		});
		assertThat(heard).hasSizeLessThanOrEqualTo(named.size());
		if (text.contains(" ")) {
			assertThat(heard.stream().filter((thread) -> thread >= 0).toList()).containsAll(named.stream()
				.filter((thread) -> thread.matches("[0-9]{1,18}"))
				.map(Long::valueOf)
				.distinct()
				.limit(100)
				.toList());
		}
	}

}
