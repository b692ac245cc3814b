package routes.availability;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Rents as people are shown them: like those on the listings' cards.
 */
@Component
public class PriceWords {

	private static final Map<String, String> SIGNS = Map.of("NGN", "₦", "USD", "$", "GBP", "£", "EUR", "€");

	/**
	 * Says a rent.
	 * @param price what the agent named; what it leaves open is the listing's
	 * @param check what it is about
	 * @return such as {@code ₦1,500,000 / year}
	 */
	String say(AgentReply.Price price, Check check) {
		String currency = (price.currency() != null) ? price.currency() : check.currency();
		String period = (price.period() != null) ? price.period().key() : check.rentPeriod();
		String sign = (currency != null) ? SIGNS.getOrDefault(currency, currency + " ") : "";
		String amount = sign + say(price.amount());
		if (price.upTo() != null) {
			amount += "–" + say(price.upTo());
		}
		return (period != null) ? amount + " / " + period : amount;
	}

	private static String say(BigDecimal amount) {
		NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
		format.setMaximumFractionDigits(2);
		return format.format(amount);
	}

}
