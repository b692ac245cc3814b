package hub.chat;

import java.util.Objects;

/**
 * A picture or file that a thread's message shows.
 *
 * @param type {@code image}, {@code video}, {@code audio} or {@code document}
 * @param url where a browser gets it
 */
public record Attachment(String type, String url) {

	public Attachment {
		Objects.requireNonNull(type, "An attachment has a type");
		Objects.requireNonNull(url, "An attachment has an address");
	}

	/**
	 * A picture.
	 * @param url where a browser gets it
	 * @return the picture
	 */
	public static Attachment image(String url) {
		return new Attachment("image", url);
	}

}
