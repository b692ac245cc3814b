package hub.media;

/**
 * A picture that is nothing but a picture: decoded and written anew, turned upright,
 * without any of what came along with its pixels.
 *
 * @param bytes a JPEG
 * @param width in pixels
 * @param height in pixels
 */
record Picture(byte[] bytes, int width, int height) {

	/** The MIME type of all of them. */
	static final String TYPE = "image/jpeg";

}
