package routes.listings;

import hub.contact.Wishes;
import hub.platform.Property;
import hub.platform.PropertyFilter;

/**
 * What a contact is looking through, and how far.
 *
 * @param wishes what is looked for
 * @param cursor where the next page begins, as the platform calls it; null for the first
 * page
 * @param ended whether the last page has been shown
 */
public record SearchState(Wishes wishes, String cursor, boolean ended) {

	/**
	 * A search that begins.
	 * @param wishes what is looked for
	 * @return its first page
	 */
	static SearchState of(Wishes wishes) {
		return new SearchState(wishes, null, false);
	}

	/**
	 * What the platform is asked for.
	 * @param limit at most so many listings
	 * @return the filter of available listings
	 */
	PropertyFilter filter(int limit) {
		return new PropertyFilter(Property.AVAILABLE, null, this.wishes.area(), this.wishes.minPrice(),
				this.wishes.maxPrice(), this.wishes.bedrooms(), this.wishes.rentType(), null, limit, this.cursor);
	}

}
