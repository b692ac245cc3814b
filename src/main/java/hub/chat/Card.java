package hub.chat;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A listing as people are shown it on the web. All but id and title may be absent.
 *
 * @param id the listing's id
 * @param title what it is called
 * @param subtitle where it is, null for unknown
 * @param price formatted with currency and period, such as {@code ₦2,500,000 / year};
 * null for none
 * @param rating 0 to 5, null for none
 * @param badges short words such as {@code new}; empty for none
 * @param imageUrl its first picture, null for none
 * @param area the part of town, null for unknown
 * @param galleryImages all pictures, in order; empty for none
 * @param metadata the details, null for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Card(String id, String title, String subtitle, String price, Double rating, List<String> badges,
		@JsonProperty("image_url") String imageUrl, String area,
		@JsonProperty("gallery_images") List<String> galleryImages, Metadata metadata) {

	public Card {
		Objects.requireNonNull(id, "A card has an id");
		Objects.requireNonNull(title, "A card has a title");
		badges = (badges != null) ? List.copyOf(badges) : List.of();
		galleryImages = (galleryImages != null) ? List.copyOf(galleryImages) : List.of();
	}

	/**
	 * The first picture under the name by which older clients know it.
	 * @return its address, null for none
	 */
	@JsonProperty(value = "imageUrl", access = JsonProperty.Access.READ_ONLY)
	public String olderImageUrl() {
		return this.imageUrl;
	}

	/**
	 * All pictures under the name by which older clients know them.
	 * @return their addresses, in order
	 */
	@JsonProperty(value = "galleryImages", access = JsonProperty.Access.READ_ONLY)
	public List<String> olderGalleryImages() {
		return this.galleryImages;
	}

	/**
	 * A listing's details; any may be null.
	 *
	 * @param bedrooms how many
	 * @param bathrooms how many
	 * @param amenities such as {@code parking}; empty for none
	 * @param sqm size in square metres
	 * @param description the full text
	 * @param rentType such as {@code long_let}
	 * @param distanceKm from a point that the visitor gave
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Metadata(Integer bedrooms, Integer bathrooms, List<String> amenities, Integer sqm, String description,
			String rentType, Double distanceKm) {

		public Metadata {
			amenities = (amenities != null) ? List.copyOf(amenities) : List.of();
		}
	}

}
