package hub.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import hub.config.TestSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MomentsTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2026-11-24T09:00:00Z | Africa/Lagos     | en | Tue 24 Nov, 10:00 WAT     | Tue 24 Nov, 10:00     | 10:00
			2026-11-24T09:00:00Z | Africa/Lagos     | fr | mar. 24 nov., 10:00 WAT   | mar. 24 nov., 10:00   | 10:00
			2026-11-24T23:30:00Z | Africa/Lagos     | en | Wed 25 Nov, 00:30 WAT     | Wed 25 Nov, 00:30     | 00:30
			2026-07-01T08:05:00Z | Europe/Paris     | fr | mer. 1 juil., 10:05 CEST  | mer. 1 juil., 10:05   | 10:05
			2026-11-24T09:00:00Z | America/New_York | en | Tue 24 Nov, 04:00 EST     | Tue 24 Nov, 04:00     | 04:00
			""")
	@DisplayName("W8, W11: a moment is shown in its own zone, with its name, in the reader's language")
	void says(Instant moment, ZoneId zone, String language, String full, String brief, String time) {
		assertThat(Moments.say(moment, zone, language)).isEqualTo(full);
		assertThat(Moments.brief(moment, zone, language)).isEqualTo(brief).hasSizeLessThanOrEqualTo(24);
		assertThat(Moments.time(moment, zone, language)).isEqualTo(time);
		assertThat(full).endsWith(" " + Moments.zoneName(moment, zone, language));
	}

	@Test
	@DisplayName("W8: a day has its name")
	void days() {
		assertThat(Moments.day(LocalDate.parse("2026-11-24"), "en")).isEqualTo("Tuesday 24 November");
		assertThat(Moments.day(LocalDate.parse("2026-11-24"), "fr")).isEqualTo("mardi 24 novembre");
	}

	@Test
	@DisplayName("W8: a zone that nobody knows is passed over")
	void zones() {
		Moments moments = new Moments(TestSettings.properties());
		assertThat(moments.zone(null, "Mars/Base", "Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
		assertThat(moments.zone((String) null)).isEqualTo(TestSettings.properties().timeZone());
	}

}
