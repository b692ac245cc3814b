package hub.contact;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What somebody looks for; null is any.
 *
 * @param area the part of town, as the platform writes it
 * @param minPrice at least this rent for one period, in the listings' currency
 * @param maxPrice at most this rent for one period
 * @param bedrooms exactly so many
 * @param rentType such as {@code apartment}, as the platform writes it
 */
public record Wishes(String area, BigDecimal minPrice, BigDecimal maxPrice, Integer bedrooms, String rentType) {

	/** Anything at all. */
	public static final Wishes ANY = new Wishes(null, null, null, null, null);

	/**
	 * Whether anything at all will do.
	 * @return false if something is set
	 */
	public boolean isAny() {
		return Stream.of(this.area, this.minPrice, this.maxPrice, this.bedrooms, this.rentType)
			.allMatch(Objects::isNull);
	}

	public Wishes withArea(String area) {
		return new Wishes(area, this.minPrice, this.maxPrice, this.bedrooms, this.rentType);
	}

	public Wishes withPrices(BigDecimal least, BigDecimal most) {
		return new Wishes(this.area, least, most, this.bedrooms, this.rentType);
	}

	public Wishes withBedrooms(Integer bedrooms) {
		return new Wishes(this.area, this.minPrice, this.maxPrice, bedrooms, this.rentType);
	}

	public Wishes withRentType(String rentType) {
		return new Wishes(this.area, this.minPrice, this.maxPrice, this.bedrooms, rentType);
	}

}
