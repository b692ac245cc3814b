package routes.slots;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.slots.SlotReading.Problem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Times in agents' own words. It is Saturday, 21 November 2026, a quarter past noon in
 * Lagos, unless a case says otherwise.
 */
class SlotParserTest {

	private static final ZonedDateTime NOW = LocalDateTime.parse("2026-11-21T12:15").atZone(ZoneId.of("Africa/Lagos"));

	private final SlotParser parser = new SlotParser();

	/** Times as "Sun22 10:00", or the problem as "?NO_DAY". */
	private String read(String text, ZonedDateTime now, String language) {
		SlotReading reading = this.parser.parse(text, now, language);
		if (reading.problem() != null) {
			return "?" + reading.problem() + (reading.piece().isEmpty() ? "" : " " + reading.piece());
		}
		DateTimeFormatter day = DateTimeFormatter.ofPattern("EEEd", Locale.ENGLISH);
		StringBuilder said = new StringBuilder();
		String last = "";
		for (ZonedDateTime time : reading.times().stream().map((at) -> at.atZone(now.getZone())).toList()) {
			if (!day.format(time).equals(last)) {
				last = day.format(time);
				said.append(said.isEmpty() ? "" : " ").append(last);
			}
			said.append(' ').append(time.toLocalTime());
		}
		if (!reading.past().isEmpty()) {
			said.append(" past ")
				.append(reading.past()
					.stream()
					.map((at) -> at.atZone(now.getZone()).toLocalTime().toString())
					.collect(Collectors.joining(" ")));
		}
		return said.toString();
	}

	@ParameterizedTest(name = "“{0}” is {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			tomorrow 10-12                              | Sun22 10:00 11:00
			Tomorrow 10 - 12                            | Sun22 10:00 11:00
			tomorrow 10–12                              | Sun22 10:00 11:00
			tomorrow, 10 to 12                          | Sun22 10:00 11:00
			tomorrow from 10 till 12                    | Sun22 10:00 11:00
			tomorrow between 10 and 12                  | Sun22 10:00 11:00
			tmrw 10am-12pm                              | Sun22 10:00 11:00
			10-12 tomorrow                              | Sun22 10:00 11:00
			I am free tomorrow at 10, please            | Sun22 10:00
			tomorrow at 10 o'clock                      | Sun22 10:00
			tomorrow 10:30-12                           | Sun22 10:30
			tomorrow 10:30-12:30                        | Sun22 10:30 11:30
			tomorrow 10:00-10:30                        | Sun22 10:00
			tomorrow 9-5                                | Sun22 09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00
			tomorrow 11-1                               | Sun22 11:00 12:00
			tomorrow 12-2                               | Sun22 12:00 13:00
			tomorrow 10-2pm                             | Sun22 10:00 11:00 12:00 13:00
			tomorrow 2-4pm                              | Sun22 14:00 15:00
			tomorrow 2-4                                | Sun22 14:00 15:00
			tomorrow 9-11am                             | Sun22 09:00 10:00
			tomorrow 10am-2                             | Sun22 10:00 11:00 12:00 13:00
			tomorrow 14-16                              | Sun22 14:00 15:00
			tomorrow 14:00-16:00                        | Sun22 14:00 15:00
			tomorrow 3                                  | Sun22 15:00
			tomorrow 2:30                               | Sun22 14:30
			tomorrow 10.30                              | Sun22 10:30
			tomorrow 0930                               | Sun22 09:30
			tomorrow 1030 and 1500                      | Sun22 10:30 15:00
			tomorrow at noon                            | Sun22 12:00
			tomorrow 12 noon                            | Sun22 12:00
			tomorrow 12pm                               | Sun22 12:00
			tomorrow half past 9                        | Sun22 09:30
			tomorrow 10 a.m. and 2 p.m.                 | Sun22 10:00 14:00
			tomorrow 10AM, 2PM                          | Sun22 10:00 14:00
			tomorrow morning 10-12                      | Sun22 10:00 11:00
			tomorrow evening 7                          | Sun22 19:00
			tomorrow afternoon at 4                     | Sun22 16:00
			tomorrow at 10 in the morning               | Sun22 10:00
			tomorrow 10-12, 14-16                       | Sun22 10:00 11:00 14:00 15:00
			tomorrow 10, 10, 10am                       | Sun22 10:00
			Sat 9am, 11am                               | Sat28 09:00 11:00
			Sat 3pm                                     | Sat21 15:00
			saturday 1pm, 9am                           | Sat28 09:00 13:00
			Sun 9am, 11am                               | Sun22 09:00 11:00
			Mon & Wed 10am                              | Mon23 10:00 Wed25 10:00
			Mon-Wed 10                                  | Mon23 10:00 Tue24 10:00 Wed25 10:00
			monday to tuesday 9am, 3pm                  | Mon23 09:00 15:00 Tue24 09:00 15:00
			Mon 10am, Tue 2pm                           | Mon23 10:00 Tue24 14:00
			10am Monday and 2pm Tuesday                 | Mon23 10:00 Tue24 14:00
			this friday 10                              | Fri27 10:00
			next monday 10am                            | Mon23 10:00
			weekend 10am                                | Sun22 10:00 past 10:00
			this weekend 3pm                            | Sat21 15:00 Sun22 15:00
			next week Monday 10am                       | Mon23 10:00
			Thursday next week 10am                     | Thu26 10:00
			tomorrow by 10am                            | Sun22 10:00
			tomorrow 10am 👍🏾                          | Sun22 10:00
			🙏 tomorrow 10am, thanks!                   | Sun22 10:00
			- tomorrow 10am\\n- Mon 2pm                 | Sun22 10:00 Mon23 14:00
			• tomorrow 10am\\n• Mon 2pm                 | Sun22 10:00 Mon23 14:00
			tomorrow: 10am; Mon: 2pm                    | Sun22 10:00 Mon23 14:00
			tomorrow (10am)                             | Sun22 10:00
			tomorrow 12:00pm, 12:30pm                   | Sun22 12:00 12:30
			tomorrow 22:00                              | Sun22 22:00
			tomorrow 5am                                | Sun22 05:00
			today 3pm                                   | Sat21 15:00
			today 9am, 3pm                              | Sat21 15:00 past 09:00
			today 11-2                                  | Sat21 13:00 past 11:00 12:00
			tonight 7                                   | Sat21 19:00
			day after tomorrow 10                       | Mon23 10:00
			24 Nov 10am                                 | Tue24 10:00
			24 November 10-12                           | Tue24 10:00 11:00
			November 24, 10-12                          | Tue24 10:00 11:00
			Nov 24 10am                                 | Tue24 10:00
			24th of November at 10                      | Tue24 10:00
			the 24th at 10am                            | Tue24 10:00
			the 5th at 10am                             | Sat5 10:00
			24/11 10-12                                 | Tue24 10:00 11:00
			24/11/2026 10-12                            | Tue24 10:00 11:00
			24.11.2026 10-12                            | Tue24 10:00 11:00
			24-11-2026 10-12                            | Tue24 10:00 11:00
			2026-11-24 10:00                            | Tue24 10:00
			11/24 10am                                  | Tue24 10:00
			3/12 10am                                   | Thu3 10:00
			12/12 10am                                  | Sat12 10:00
			Tue 24 Nov 10am                             | Tue24 10:00
			24 Nov, Tuesday, 10am                       | Tue24 10:00
			Tue 24/11 - 10am                            | Tue24 10:00
			Sat 28 Nov, Sun 29 Nov 10am                 | Sat28 10:00 Sun29 10:00
			10 jan 10am                                 | Sun10 10:00
			tomorrow 10am\\nMon 2pm                      | Sun22 10:00 Mon23 14:00
			""")
	@DisplayName("W9: an agent's words in English are the times that they name")
	void english(String text, String times) {
		assertThat(read(text.replace("\\n", "\n"), NOW, "en")).isEqualTo(times);
	}

	@ParameterizedTest(name = "« {0} » : {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			demain 10h-12h                              | Sun22 10:00 11:00
			demain de 10h à 12h                         | Sun22 10:00 11:00
			demain entre 10h et 12h                     | Sun22 10:00 11:00
			demain 10 heures                            | Sun22 10:00
			demain 10h30 et 14 h                        | Sun22 10:30 14:00
			demain à midi                               | Sun22 12:00
			Demain matin, 9h, 11h                       | Sun22 09:00 11:00
			demain après-midi à 3h                      | Sun22 15:00
			après-demain 10h                            | Mon23 10:00
			aujourd’hui à 16h                           | Sat21 16:00
			ce soir 19h                                 | Sat21 19:00
			samedi 9h, 11h                              | Sat28 09:00 11:00
			mar 10h                                     | Tue24 10:00
			lun 10h, mar 11h                            | Mon23 10:00 Tue24 11:00
			du lundi au mercredi 10h                    | Mon23 10:00 Tue24 10:00 Wed25 10:00
			lundi prochain 10h                          | Mon23 10:00
			jeudi de la semaine prochaine 10h           | Thu26 10:00
			la semaine prochaine, jeudi 10h             | Thu26 10:00
			ce week-end 15h                             | Sat21 15:00 Sun22 15:00
			demain 10h, merci 🙏                        | Sun22 10:00
			le 24 à 10h                                 | Tue24 10:00
			le 24 novembre de 14h à 16h                 | Tue24 14:00 15:00
			mardi 24 novembre 10h                       | Tue24 10:00
			1er décembre 10h                            | Tue1 10:00
			10h demain                                  | Sun22 10:00
			Je suis libre demain à 10h, svp             | Sun22 10:00
			demain 9 h et demie                         | Sun22 09:30
			""")
	@DisplayName("W9, E6: an agent's words in French are the times that they name")
	void french(String text, String times) {
		assertThat(read(text, NOW, "fr")).isEqualTo(times);
	}

	@ParameterizedTest(name = "“{0}”: {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			hello                                       | ?NOTHING
			👍                                          | ?NOTHING
			tomorrow 10am ❌                            | ?UNKNOWN ❌
			tomorrow 22:01                              | ?NIGHT 22:01
			tomorrow 4:59am                             | ?NIGHT 4:59am
			tomorrow 24:00                              | ?BAD_TIME 24:00
			tomorrow 0am                                | ?BAD_TIME 0am
			tomorrow midnight                           | ?UNKNOWN midnight
			asdf                                        | ?UNKNOWN asdf
			10-12                                       | ?NO_DAY
			in the morning                              | ?NO_DAY
			tomorrow                                    | ?NO_TIME
			tomorrow morning                            | ?NO_TIME
			mon 10am, tue                               | ?NO_TIME tue
			tomorrow 10/12                              | ?NO_TIME
			every monday 10am                           | ?UNKNOWN every
			not tomorrow 10-12                          | ?UNKNOWN not
			tomorrow 10-12 except 11                    | ?UNKNOWN except
			sat or sun 10am                             | ?UNKNOWN or
			next week 10am                              | ?UNKNOWN next
			in 2 days 10am                              | ?UNKNOWN days
			tomorrow around 10                          | ?UNKNOWN around
			tomorrow after 10                           | ?UNKNOWN after
			remove tomorrow 10                          | ?UNKNOWN remove
			mar 10am                                    | ?UNKNOWN mar
			tomorrow 25:00                              | ?BAD_TIME 25:00
			tomorrow 10:75                              | ?BAD_TIME 10:75
			tomorrow 13pm                               | ?BAD_TIME 13pm
			tomorrow 14-10                              | ?BAD_TIME 14-10
			tomorrow 22-6                               | ?BAD_TIME 22-6
			tomorrow 10-10                              | ?BAD_TIME 10-10
			tomorrow 2am                                | ?NIGHT 2am
			tomorrow 02:30                              | ?NIGHT 02:30
			tomorrow 12am                               | ?NIGHT 12am
			tomorrow 11pm                               | ?NIGHT 11pm
			tomorrow at 10 for 3 hours                  | ?NIGHT 3h
			tomorrow 8, 9pm                             | ?AMBIGUOUS_TIME 8
			12/1 10am                                   | ?AMBIGUOUS_DATE 12/1
			30 feb 10am                                 | ?BAD_DATE 30 feb
			31/11/2026 10am                             | ?BAD_DATE 31/11/2026
			32/13 10am                                  | ?BAD_DATE 32/13
			Monday 24 Nov 10am                          | ?MISMATCH 24 nov
			today 9am                                   | ?PAST
			yesterday 10am                              | ?UNKNOWN yesterday
			20 nov 10am                                 | ?PAST
			2020-01-01 10am                             | ?PAST
			1 july 10am                                 | ?TOO_FAR 1 july
			24 Nov 2030 10am                            | ?TOO_FAR 24 nov 2030
			mon-sun 9-17                                | ?TOO_MANY 56
			next sunday 10am                            | ?AMBIGUOUS_DAY next sunday
			tomorrow 1234567890                         | ?UNKNOWN 1234567890
			'; drop table slot; --                      | ?UNKNOWN drop
			""")
	@DisplayName("W9: what is unclear is asked back about and never guessed")
	void asksBack(String text, String problem) {
		assertThat(read(text, NOW, "en")).isEqualTo(problem);
	}

	@ParameterizedTest(name = "{0}, “{1}” at {2}")
	@CsvSource(delimiter = '|', textBlock = """
			Europe/Paris     | tomorrow 10-12   | 2026-03-28T12:00 | 2026-03-29T08:00:00Z 2026-03-29T09:00:00Z
			Europe/Paris     | today 10, tomorrow 10 | 2026-03-28T09:00 | 2026-03-28T09:00:00Z 2026-03-29T08:00:00Z
			Europe/Paris     | tomorrow 10      | 2026-10-24T12:00 | 2026-10-25T09:00:00Z
			America/New_York | tomorrow 9am     | 2026-11-20T20:00 | 2026-11-21T14:00:00Z
			Asia/Kolkata     | today 10am       | 2026-11-21T00:10 | 2026-11-21T04:30:00Z
			""")
	@DisplayName("W9: words mean the listing's time zone, whatever its clock does that day")
	void zones(ZoneId zone, String text, LocalDateTime now, String times) {
		SlotReading reading = this.parser.parse(text, now.atZone(zone), "en");
		assertThat(reading.problem()).isNull();
		assertThat(reading.times()).extracting(Object::toString).containsExactly(times.split(" "));
	}

	@Test
	@DisplayName("W9: a time that the clock jumps over is asked back about")
	void gap() {
		// Samoa skipped 30 December 2011
		ZonedDateTime now = LocalDateTime.parse("2011-12-29T12:00").atZone(ZoneId.of("Pacific/Apia"));
		assertThat(this.parser.parse("tomorrow 10am", now, "en").problem()).isEqualTo(Problem.GAP);
	}

	@Test
	@DisplayName("W9: on a weekday that name means today while its times are to come, else next week")
	void weekdayToday() {
		assertThat(read("sat 9am, 11am", NOW.withHour(8), "en")).isEqualTo("Sat21 09:00 11:00");
		assertThat(read("sat 9am, 11am", NOW.withHour(9), "en")).isEqualTo("Sat28 09:00 11:00");
		assertThat(read("weekend 10am", NOW.plusDays(1), "en")).isEqualTo("?AMBIGUOUS_DAY weekend");
		assertThat(read("weekend 10am", NOW.plusDays(2), "en")).isEqualTo("Sat28 10:00 Sun29 10:00");
		assertThat(read("next week monday 10am", NOW.plusDays(1), "en")).isEqualTo("Mon23 10:00");
		assertThat(read("next week monday 10am", NOW.plusDays(2), "en")).isEqualTo("Mon30 10:00");
		assertThat(read("next friday 10am", NOW, "en")).isEqualTo("Fri27 10:00");
		assertThat(read("next friday 10am", NOW.plusDays(2), "en")).isEqualTo("?AMBIGUOUS_DAY next friday");
	}

	@Test
	@DisplayName("W9: whatever is said, the answer is times or a question, and comes at once")
	void robust() {
		assertThat(this.parser.parse("1-".repeat(300), NOW, "en").problem()).isEqualTo(Problem.NOTHING);
		for (String odd : new String[] { "", " ", "-", "--", ":", "10:", ":10", "10-", "-10", "le", "a a a", "99", "0",
				"24", "31", "le 31", "the 0", "½", "١٠", "10h10h10h", "tomorrow 10-12-14", "noon noon", "mon-",
				"\u0000" }) {
			SlotReading reading = this.parser.parse(odd, NOW, "en");
			assertThat(reading.problem()).as("“%s”", odd).isNotNull();
		}
	}

}
