package hub.platform;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * A listing as the platform tells of it. All but id and title may be null.
 *
 * @param id the platform's id
 * @param title what it is called
 * @param location where it is, in words
 * @param area the part of town
 * @param price the rent for one period; a number of absurd length counts as none
 * @param currency ISO 4217, such as {@code NGN}
 * @param rentPeriod such as {@code year}
 * @param status {@code available}, {@code unavailable} or {@code rented}
 * @param bedrooms how many
 * @param bathrooms how many
 * @param sqm size in square metres
 * @param rentType such as {@code apartment}
 * @param amenities in words; empty for none
 * @param description in full
 * @param rating 0 to 5
 * @param verified whether the platform has looked at it
 * @param images addresses of its pictures, in order; empty for none
 * @param latitude in degrees
 * @param longitude in degrees
 * @param timeZone such as {@code Africa/Lagos}
 * @param agentIds the users who offer it, the first one first; empty for nobody
 * @param agentContact how to reach the agent; for those who have booked
 * @param createdAt since when it is listed
 */
public record Property(String id, String title, String location, String area, BigDecimal price, String currency,
		String rentPeriod, String status, Integer bedrooms, Integer bathrooms, Integer sqm, String rentType,
		List<String> amenities, String description, Double rating, Boolean verified, List<String> images,
		Double latitude, Double longitude, String timeZone, List<String> agentIds, String agentContact,
		@JsonDeserialize(using = PlatformTime.class) Instant createdAt) {

	private static final int MOST_DIGITS = 30;

	/** The status of a listing that can be inspected. */
	public static final String AVAILABLE = "available";

	/** The status of a listing that can't be inspected for now. */
	public static final String UNAVAILABLE = "unavailable";

	/** The status of a listing that somebody lives in. */
	public static final String RENTED = "rented";

	public Property {
		price = (price != null && isWritable(price)) ? price : null;
		amenities = present(amenities);
		images = present(images);
		agentIds = present(agentIds);
	}

	/** {@code 1e999999999} is a number of JSON, but nobody can write it out. */
	private static boolean isWritable(BigDecimal price) {
		return Math.abs(price.scale()) <= MOST_DIGITS && price.precision() <= MOST_DIGITS;
	}

	/** One gap must not hide a listing, and with it all others of its page. */
	private static List<String> present(List<String> items) {
		return (items != null) ? items.stream().filter(Objects::nonNull).toList() : List.of();
	}

	/**
	 * Whether all is there that no listing is without.
	 * @return false if the id or the title is missing
	 */
	boolean isWhole() {
		return this.id != null && !this.id.isBlank() && this.title != null && !this.title.isBlank();
	}

	/**
	 * Whether it can be inspected.
	 * @return false if it is rented, or not to be had now
	 */
	public boolean available() {
		return AVAILABLE.equals(this.status);
	}

}
