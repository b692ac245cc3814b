package routes.relay;

import java.util.List;

/**
 * What a visitor gets of an agent's words.
 *
 * @param text the words, empty for none
 * @param photos where the photos can be seen
 * @param lost how many photos could not be had
 */
public record Parcel(String text, List<String> photos, int lost) {

	public Parcel {
		photos = List.copyOf(photos);
	}

	boolean isEmpty() {
		return this.text.isBlank() && this.photos.isEmpty();
	}

}
