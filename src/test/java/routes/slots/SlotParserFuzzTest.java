package routes.slots;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In Paris clocks jump, which they don't in Lagos.
 */
class SlotParserFuzzTest {

	private static final ZonedDateTime LAGOS = LocalDateTime.parse("2026-11-21T12:15")
		.atZone(ZoneId.of("Africa/Lagos"));

	private static final ZonedDateTime PARIS = LocalDateTime.parse("2028-02-29T23:59")
		.atZone(ZoneId.of("Europe/Paris"));

	private static final int LONGEST = 400;

	private final SlotParser parser = new SlotParser();

	@FuzzTest
	@DisplayName("W9: whatever an agent writes is times that a home can be inspected at, or is asked back about")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		assertReading(text, LAGOS, "en");
		assertReading(text, LAGOS, "fr");
		assertReading(text, PARIS, "fr");
	}

	private void assertReading(String text, ZonedDateTime now, String language) {
		SlotReading reading = Fuzzed.promptly(() -> this.parser.parse(text, now, language));
		assertThat(this.parser.parse(text, now, language)).isEqualTo(reading);
		if (reading.problem() != null) {
			assertThat(reading.times()).isEmpty();
			// It is shown to the agent
			assertThat(reading.piece()).hasSizeLessThanOrEqualTo(2 * LONGEST);
			return;
		}
		List<Instant> times = reading.times();
		assertThat(times).isSorted().doesNotHaveDuplicates().hasSizeBetween(1, SlotParser.MOST);
		Instant farthest = now.toInstant().plus(Duration.ofDays(181));
		assertThat(times).allSatisfy((time) -> {
			assertThat(time).isAfter(now.toInstant()).isBefore(farthest);
			LocalTime clock = time.atZone(now.getZone()).toLocalTime();
			assertThat(clock).isBetween(LocalTime.of(5, 0), LocalTime.of(22, 0));
		});
		assertThat(reading.past()).isSorted().allSatisfy((time) -> assertThat(time).isBeforeOrEqualTo(now.toInstant()));
	}

}
