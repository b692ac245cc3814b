package hub.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import hub.config.HubProperties;

import org.springframework.stereotype.Component;

/**
 * Moments in words: always in the zone of the place they belong to, and with its name
 * where there is room, because whoever reads them may be elsewhere.
 */
@Component("moments")
public class Moments {

	private final ZoneId defaultZone;

	public Moments(HubProperties properties) {
		this.defaultZone = properties.timeZone();
	}

	/**
	 * The first zone that there is.
	 * @param wishes zones in order of preference, such as {@code Africa/Lagos}; nulls and
	 * what is none are skipped
	 * @return one of them, else the hub's own
	 */
	public ZoneId zone(String... wishes) {
		for (String wish : wishes) {
			try {
				if (wish != null) {
					return ZoneId.of(wish);
				}
			}
			catch (DateTimeException ex) {
				// one that nobody knows is as good as none
			}
		}
		return this.defaultZone;
	}

	/**
	 * A moment in full.
	 * @param moment when
	 * @param zone where
	 * @param language such as {@code fr}
	 * @return such as {@code Tue 24 Nov, 10:00 WAT}
	 */
	public static String say(Instant moment, ZoneId zone, String language) {
		return format("EEE d MMM, HH:mm z", language).format(moment.atZone(zone));
	}

	/**
	 * A moment for the title of a list's row, which has room for 24 characters (Meta).
	 * @param moment when
	 * @param zone where
	 * @param language such as {@code fr}
	 * @return such as {@code Tue 24 Nov, 10:00}
	 */
	public static String brief(Instant moment, ZoneId zone, String language) {
		return format("EEE d MMM, HH:mm", language).format(moment.atZone(zone));
	}

	/**
	 * A time of day.
	 * @param moment when
	 * @param zone where
	 * @param language such as {@code fr}
	 * @return such as {@code 10:00}
	 */
	public static String time(Instant moment, ZoneId zone, String language) {
		return format("HH:mm", language).format(moment.atZone(zone));
	}

	/**
	 * A day.
	 * @param day the day
	 * @param language such as {@code fr}
	 * @return such as {@code Tuesday 24 November}
	 */
	public static String day(LocalDate day, String language) {
		return format("EEEE d MMMM", language).format(day);
	}

	/**
	 * The name of a zone.
	 * @param moment when: it may have another one in summer
	 * @param zone the zone
	 * @param language such as {@code fr}
	 * @return such as {@code WAT}
	 */
	public static String zoneName(Instant moment, ZoneId zone, String language) {
		return format("z", language).format(moment.atZone(zone));
	}

	private static DateTimeFormatter format(String pattern, String language) {
		return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(language));
	}

}
