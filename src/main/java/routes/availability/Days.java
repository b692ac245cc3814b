package routes.availability;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Days as people read them.
 */
final class Days {

	private Days() {
	}

	/**
	 * Says a day.
	 * @param day the day
	 * @param language such as {@code fr}
	 * @return such as {@code 1 December 2026}
	 */
	static String say(LocalDate day, String language) {
		// English as in Nigeria, not as in the United States
		Locale locale = language.equals("en") ? Locale.UK : Locale.forLanguageTag(language);
		return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
	}

}
