package hub.platform;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which listings are wanted; null is any.
 *
 * @param status such as {@code available}
 * @param since listed at this moment or later
 * @param area the part of town
 * @param minPrice at least this rent for one period
 * @param maxPrice at most this rent for one period
 * @param bedrooms how many
 * @param rentType such as {@code apartment}
 * @param words what the listing's texts contain
 * @param limit at most so many; 1 or more
 * @param cursor where the page begins, null for the first
 */
public record PropertyFilter(String status, Instant since, String area, BigDecimal minPrice, BigDecimal maxPrice,
		Integer bedrooms, String rentType, String words, int limit, String cursor) {

	/**
	 * The newest listings that can be inspected.
	 * @param limit at most so many
	 * @return the filter
	 */
	public static PropertyFilter available(int limit) {
		return new PropertyFilter(Property.AVAILABLE, null, null, null, null, null, null, null, limit, null);
	}

	/**
	 * The parameters of the platform's interface.
	 * @return those that are set, by name
	 */
	Map<String, String> query() {
		Map<String, String> query = new LinkedHashMap<>();
		put(query, "limit", this.limit);
		put(query, "status", this.status);
		put(query, "since", this.since);
		put(query, "area", this.area);
		put(query, "min_price", plain(this.minPrice));
		put(query, "max_price", plain(this.maxPrice));
		put(query, "bedrooms", this.bedrooms);
		put(query, "rent_type", this.rentType);
		put(query, "q", this.words);
		put(query, "cursor", this.cursor);
		return query;
	}

	private static String plain(BigDecimal number) {
		return (number != null) ? number.stripTrailingZeros().toPlainString() : null;
	}

	private static void put(Map<String, String> query, String name, Object value) {
		if (value != null && !value.toString().isBlank()) {
			query.put(name, value.toString());
		}
	}

}
