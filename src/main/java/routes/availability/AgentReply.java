package routes.availability;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What an agent's own words say about a listing.
 *
 * @param answer what they answer to "is it available?"
 * @param price the rent they name, null for none; fees and deposits are none
 * @param availableFrom the day from which it can be had, null if they name none; may come
 * with a no ("not available until 1 December"), and is never before the day of the
 * message
 * @param dates all days they name, in their order, each once
 * @param why the words that decided, for operators: each with what it was taken for, such
 * as {@code rented: taken}; empty if no word says anything
 */
public record AgentReply(Answer answer, Price price, LocalDate availableFrom, List<LocalDate> dates, List<String> why) {

	public AgentReply {
		Objects.requireNonNull(answer, "A reply is at least unclear");
		dates = List.copyOf(dates);
		why = List.copyOf(why);
	}

	/** What is answered. */
	public enum Answer {

		/** It is available, now or from a day on that the reply names. */
		YES,
		/** It is not. */
		NO,
		/** The agent finds out and answers later. */
		CHECKING,
		/** The words don't say, or say both. */
		UNCLEAR

	}

	/**
	 * A rent.
	 *
	 * @param amount the rent, above 0; of a range its lower end
	 * @param upTo the upper end of a range, null if it is none
	 * @param currency its ISO 4217 code, null if the words name none: the listing's
	 * @param period for how long it is paid, null if the words name none: the listing's
	 */
	public record Price(BigDecimal amount, BigDecimal upTo, String currency, Period period) {

		public Price {
			Objects.requireNonNull(amount, "A price has an amount");
		}

	}

	/** For how long a rent is paid. */
	public enum Period {

		YEAR, MONTH, WEEK, DAY;

		/**
		 * The name that data and interfaces use.
		 * @return such as {@code year}
		 */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
