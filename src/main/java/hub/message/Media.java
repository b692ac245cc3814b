package hub.message;

/**
 * A picture, sound, video or file that travels with a message.
 *
 * @param type {@code image}, {@code video}, {@code audio}, {@code document} or
 * {@code sticker}
 * @param id the provider's media id of something received; null for what we send by
 * address
 * @param url an address that the provider can fetch; null for what has an id
 * @param contentType the MIME type, null when the provider did not say
 * @param caption words under it, null for none
 * @param fileName the name of a document, null for none
 */
public record Media(String type, String id, String url, String contentType, String caption, String fileName) {

	/**
	 * A picture to be sent, fetched by the provider from an address.
	 * @param url a public HTTPS address
	 * @return the picture
	 */
	public static Media image(String url) {
		return new Media("image", null, url, null, null, null);
	}

}
