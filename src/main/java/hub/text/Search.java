package hub.text;

/**
 * What somebody looks for. Any of it may be null, not all.
 *
 * @param words what is left of the text for a search by words, such as a place
 * @param minPrice the least price, in the listings' currency
 * @param maxPrice the most
 * @param bedrooms how many
 * @param rentType a kind of home as the platform calls it
 */
public record Search(String words, Long minPrice, Long maxPrice, Integer bedrooms, String rentType) {
}
