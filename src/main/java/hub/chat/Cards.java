package hub.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import hub.platform.Property;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Makes of the platform's listings what people are shown on the web. How to reach the
 * agent is not among it: that is for those who have booked.
 */
@Component("cards")
public class Cards {

	/** So long a listing is new. */
	private static final Duration NEW = Duration.ofDays(7);

	private static final double EARTH_RADIUS_KM = 6371.0088;

	/** As people of the country write them; any other currency is written as its code. */
	private static final Map<String, String> SYMBOLS = Map.of("NGN", "₦", "USD", "$", "EUR", "€", "GBP", "£", "GHS",
			"GH₵", "KES", "KSh ", "ZAR", "R ");

	private final Texts texts;

	private final Clock clock;

	public Cards(Texts texts, Clock clock) {
		this.texts = texts;
		this.clock = clock;
	}

	/**
	 * A listing's card.
	 * @param property the listing
	 * @param language of the person who sees it, such as {@code fr}
	 * @return the card, without a distance
	 */
	public Card card(Property property, String language) {
		return card(property, language, null, null);
	}

	/**
	 * A listing's card, seen from a place.
	 * @param property the listing
	 * @param language of the person who sees it, such as {@code fr}
	 * @param latitude of the place in degrees, null for no place
	 * @param longitude of the place in degrees, null for no place
	 * @return the card, with its distance from the place if both are known
	 */
	public Card card(Property property, String language, Double latitude, Double longitude) {
		return new Card(property.id(), property.title(), property.location(), price(property, language),
				property.rating(), badges(property), property.images().isEmpty() ? null : property.images().get(0),
				property.area(), property.images(),
				new Card.Metadata(property.bedrooms(), property.bathrooms(), property.amenities(), property.sqm(),
						property.description(), property.rentType(), distance(property, latitude, longitude)));
	}

	/**
	 * What a listing costs, in words.
	 * @param property the listing
	 * @param language such as {@code fr}
	 * @return such as {@code ₦2,500,000 / year}; null if it has no price
	 */
	public String price(Property property, String language) {
		if (property.price() == null) {
			return null;
		}
		String amount = amount(property.price(), property.currency(), language);
		String period = (property.rentPeriod() != null) ? property.rentPeriod().strip() : "";
		return switch (period.toLowerCase(Locale.ROOT)) {
			case "" -> amount;
			case "year" -> this.texts.say(language, "card.price.year", amount);
			case "month" -> this.texts.say(language, "card.price.month", amount);
			case "week" -> this.texts.say(language, "card.price.week", amount);
			case "day" -> this.texts.say(language, "card.price.day", amount);
			case "night" -> this.texts.say(language, "card.price.night", amount);
			default -> amount + " / " + period;
		};
	}

	/**
	 * An amount of money in words.
	 * @param amount how much
	 * @param currency ISO 4217, null for unknown
	 * @param language such as {@code fr}
	 * @return such as {@code ₦2,500,000}
	 */
	public static String amount(BigDecimal amount, String currency, String language) {
		NumberFormat numbers = NumberFormat.getInstance(Locale.forLanguageTag(language));
		boolean whole = amount.stripTrailingZeros().scale() <= 0;
		numbers.setMinimumFractionDigits(whole ? 0 : 2);
		numbers.setMaximumFractionDigits(whole ? 0 : 2);
		numbers.setRoundingMode(RoundingMode.HALF_UP);
		String sign = (currency != null) ? SYMBOLS.getOrDefault(currency, currency + " ") : "";
		return sign + numbers.format(amount);
	}

	private List<String> badges(Property property) {
		List<String> badges = new ArrayList<>();
		if (property.createdAt() != null && property.createdAt().plus(NEW).isAfter(this.clock.instant())) {
			badges.add("new");
		}
		if (property.rentType() != null && !property.rentType().isBlank()) {
			badges.add(property.rentType());
		}
		if (Boolean.TRUE.equals(property.verified())) {
			badges.add("verified");
		}
		return badges;
	}

	/** The great circle, to 100 m. */
	private static Double distance(Property property, Double latitude, Double longitude) {
		if (latitude == null || longitude == null || property.latitude() == null || property.longitude() == null) {
			return null;
		}
		double north = Math.toRadians(property.latitude() - latitude) / 2;
		double east = Math.toRadians(property.longitude() - longitude) / 2;
		double half = Math.sin(north) * Math.sin(north) + Math.cos(Math.toRadians(latitude))
				* Math.cos(Math.toRadians(property.latitude())) * Math.sin(east) * Math.sin(east);
		double kilometres = 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
		return Math.round(kilometres * 10) / 10.0;
	}

}
