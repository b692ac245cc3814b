package routes.listings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

/**
 * Reads a rent from an agent's words. The words are an amount and nothing else: a number
 * in the middle of a sentence may be anything.
 */
@Component
public class RentReader {

	private static final Pattern RENT = Pattern
		.compile("(?:₦|ngn|n|\\$|€|£|usd|eur|gbp)? ?(\\d[\\d.,'’ ]*?) ?(k|m|thousand|mille|million|millions)? ?"
				+ "(?:naira|ngn|₦|\\$|€|£|usd|eur|gbp)? ?"
				+ "(?:(?:/|per|a|par|p\\.?) ?(?:a\\.?|annum|year|month|week|night|day|an|mois|semaine|nuit|jour)|yearly|monthly)?[.!]?");

	/** "2,500,000", "2 500 000", "2.500.000" */
	private static final Pattern GROUPED = Pattern.compile("\\d{1,3}([.,'’ ]\\d{3})+");

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	private static final Pattern DECIMAL = Pattern.compile("\\d+[.,]\\d{1,3}");

	private static final BigDecimal MOST = new BigDecimal("1000000000000");

	/**
	 * Reads words.
	 * @param text such as {@code 2.5m}, {@code ₦2,500,000 / year} or {@code 950k}
	 * @return a whole amount from 1 to a million million; empty if it is none
	 */
	Optional<BigDecimal> read(String text) {
		// Single blanks, which can be read in one way only: a text of nothing else takes
		// no time
		Matcher found = RENT.matcher(BLANKS.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT));
		if (!found.matches()) {
			return Optional.empty();
		}
		String number = found.group(1).strip();
		BigDecimal times = times(found.group(2));
		BigDecimal amount;
		if (GROUPED.matcher(number).matches() && (times == null || !DECIMAL.matcher(number).matches())) {
			amount = new BigDecimal(number.replaceAll("\\D", ""));
		}
		else if (number.matches("\\d{1,13}") || (times != null && DECIMAL.matcher(number).matches())) {
			amount = new BigDecimal(number.replace(',', '.'));
		}
		else {
			return Optional.empty();
		}
		BigDecimal whole = ((times != null) ? amount.multiply(times) : amount).stripTrailingZeros();
		boolean usable = whole.scale() <= 0 && whole.signum() > 0 && whole.compareTo(MOST) <= 0;
		return usable ? Optional.of(whole.setScale(0)) : Optional.empty();
	}

	private static BigDecimal times(String unit) {
		if (unit == null) {
			return null;
		}
		return unit.startsWith("k") || unit.equals("thousand") || unit.equals("mille") ? BigDecimal.valueOf(1000)
				: BigDecimal.valueOf(1_000_000);
	}

}
