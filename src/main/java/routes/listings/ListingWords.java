package routes.listings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.chat.Cards;
import hub.contact.Wishes;
import hub.platform.Property;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Listings and wishes in words. What the platform says is data: it is cut, and loses what
 * WhatsApp would take for formatting.
 */
@Component
public class ListingWords {

	private static final int LONGEST_TITLE = 80;

	private static final int LONGEST_PLACE = 120;

	private static final int LONGEST_TEASER = 100;

	/** What fits beside all else into the body of a message with buttons (Meta: 1024). */
	private static final int LONGEST_DESCRIPTION = 560;

	private static final int LONGEST_AMENITIES = 160;

	private static final int LONGEST_KIND = 40;

	private static final String DOT = " · ";

	/**
	 * Kinds of home that there are words for; any other is called as the platform does.
	 */
	private static final Map<String, String> KINDS = Map.of("apartment", "listing.kind.apartment", "house",
			"listing.kind.house", "room", "listing.kind.room", "short_let", "listing.kind.short-let", "office",
			"listing.kind.office", "shop", "listing.kind.shop");

	private final Texts texts;

	private final Cards cards;

	public ListingWords(Texts texts, Cards cards) {
		this.texts = texts;
		this.cards = cards;
	}

	/**
	 * What a listing is called.
	 * @param property the listing
	 * @return one plain line
	 */
	String title(Property property) {
		return Text.plain(property.title(), LONGEST_TITLE);
	}

	/**
	 * A listing among others.
	 * @param property the listing
	 * @param language such as {@code fr}
	 * @return title, area, price, rooms, and the beginning of the description
	 */
	String teaser(Property property, String language) {
		String teaser = teaser(Text.plain(property.description(), Integer.MAX_VALUE / 2));
		return paragraphs("🏠 *" + title(property) + "*", lines(Text.plain(property.area(), LONGEST_PLACE),
				this.cards.price(property, language), rooms(property, language)), teaser);
	}

	/** At most 100 characters, cut behind a word. */
	static String teaser(String description) {
		if (description.length() <= LONGEST_TEASER) {
			return description;
		}
		String cut = Text.cut(description, LONGEST_TEASER - Text.ELLIPSIS.length());
		int space = cut.lastIndexOf(' ');
		boolean whole = description.charAt(cut.length()) == ' ';
		String words = (whole || space < LONGEST_TEASER / 2) ? cut : cut.substring(0, space);
		return words.replaceAll("[\\s,;:.–-]+$", "") + Text.ELLIPSIS;
	}

	/**
	 * All about a listing.
	 * @param property the listing
	 * @param language such as {@code fr}
	 * @return short enough for a message with buttons
	 */
	String details(Property property, String language) {
		String kind = kind(property.rentType(), language);
		String size = (property.sqm() != null && property.sqm() > 0)
				? this.texts.say(language, "listing.size", property.sqm()) : null;
		String rating = (property.rating() != null) ? this.texts.say(language, "listing.rating", property.rating())
				: null;
		String amenities = property.amenities()
			.stream()
			.map((amenity) -> Text.plain(amenity, LONGEST_KIND))
			.filter((amenity) -> !amenity.isEmpty())
			.collect(Collectors.joining(", "));
		String description = Text.shorten(Text.plain(property.description(), Integer.MAX_VALUE / 2),
				LONGEST_DESCRIPTION);
		return paragraphs("🏠 *" + title(property) + "*",
				lines(Text.plain(place(property), LONGEST_PLACE), this.cards.price(property, language),
						joined(rooms(property, language), size), joined(kind, rating)),
				amenities.isEmpty() ? ""
						: this.texts.say(language, "listing.amenities", Text.shorten(amenities, LONGEST_AMENITIES)),
				description);
	}

	private static String place(Property property) {
		return (property.location() != null) ? property.location() : property.area();
	}

	private String rooms(Property property, String language) {
		return joined(
				(property.bedrooms() != null) ? this.texts.say(language, "listing.beds", property.bedrooms()) : null,
				(property.bathrooms() != null) ? this.texts.say(language, "listing.baths", property.bathrooms())
						: null);
	}

	/**
	 * Whether there are words for a kind of home.
	 * @param rentType as the platform writes it
	 * @return false if it goes by the platform's own word
	 */
	static boolean isKind(String rentType) {
		return KINDS.containsKey(rentType);
	}

	/**
	 * What a kind of home is called.
	 * @param rentType as the platform writes it, null for none
	 * @param language such as {@code fr}
	 * @return one plain line, null for none
	 */
	String kind(String rentType, String language) {
		if (Text.isBlank(rentType)) {
			return null;
		}
		String key = KINDS.get(rentType.strip().toLowerCase(Locale.ROOT));
		return (key != null) ? this.texts.say(language, key) : Text.plain(rentType.replace('_', ' '), LONGEST_KIND);
	}

	/**
	 * What is looked for, in one line.
	 * @param wishes what is looked for
	 * @param language such as {@code fr}
	 * @return such as {@code Yaba · up to 3,000,000 · 2 bedrooms}
	 */
	String summary(Wishes wishes, String language) {
		if (wishes.isAny()) {
			return this.texts.say(language, "wish.anything");
		}
		return joined(area(wishes), rent(wishes, language), bedrooms(wishes, language),
				kind(wishes.rentType(), language));
	}

	/**
	 * What is looked for, line by line.
	 * @param wishes what is looked for
	 * @param language such as {@code fr}
	 * @return four lines
	 */
	String form(Wishes wishes, String language) {
		String any = this.texts.say(language, "wish.any");
		return Stream
			.of(this.texts.say(language, "wish.line.area", orElse(area(wishes), any)),
					this.texts.say(language, "wish.line.rent", orElse(rent(wishes, language), any)),
					this.texts.say(language, "wish.line.bedrooms",
							(wishes.bedrooms() != null) ? Integer.toString(wishes.bedrooms()) : any),
					this.texts.say(language, "wish.line.kind", orElse(kind(wishes.rentType(), language), any)))
			.collect(Collectors.joining("\n"));
	}

	private static String orElse(String words, String other) {
		return (words != null) ? words : other;
	}

	private static String area(Wishes wishes) {
		return (wishes.area() != null) ? Text.plain(wishes.area(), LONGEST_KIND) : null;
	}

	private String bedrooms(Wishes wishes, String language) {
		return (wishes.bedrooms() != null) ? this.texts.say(language, "listing.beds", wishes.bedrooms()) : null;
	}

	private String rent(Wishes wishes, String language) {
		BigDecimal least = wishes.minPrice();
		BigDecimal most = wishes.maxPrice();
		if (least == null && most == null) {
			return null;
		}
		if (least != null && most != null) {
			return this.texts.say(language, "wish.rent.between", Cards.amount(least, null, language),
					Cards.amount(most, null, language));
		}
		return (most != null) ? this.texts.say(language, "wish.rent.up-to", Cards.amount(most, null, language))
				: this.texts.say(language, "wish.rent.from", Cards.amount(least, null, language));
	}

	private static String joined(String... parts) {
		String line = Stream.of(parts)
			.filter((part) -> part != null && !part.isEmpty())
			.collect(Collectors.joining(DOT));
		return line.isEmpty() ? null : line;
	}

	private static String lines(String... lines) {
		return Stream.of(lines).filter((line) -> !Text.isBlank(line)).collect(Collectors.joining("\n"));
	}

	private static String paragraphs(String heading, String lines, String... paragraphs) {
		List<String> all = new ArrayList<>();
		all.add(lines.isEmpty() ? heading : heading + "\n" + lines);
		all.addAll(List.of(paragraphs));
		return all.stream().filter((paragraph) -> !paragraph.isEmpty()).collect(Collectors.joining("\n\n"));
	}

}
