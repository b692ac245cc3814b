package routes.inspections;

import java.util.List;
import java.util.Optional;

import hub.media.Photo;
import hub.media.Photos;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Keeps the photos of an inspector's notes as the hub's own, because the platform can't
 * fetch them from a provider.
 */
@Component("visitPhotos")
public class VisitPhotos {

	private final Photos photos;

	public VisitPhotos(Photos photos) {
		this.photos = photos;
	}

	/**
	 * Fetches what came with a message.
	 * @param turn the inspector's turn
	 * @return the addresses of its photos; empty for words, and for what is no photo
	 * @throws hub.channel.MediaException if the provider is away: trying again may help
	 */
	public List<String> fetch(Turn turn) {
		return turn.message()
			.media()
			.stream()
			.filter(Photos::isPhoto)
			.map((media) -> this.photos.fetch(turn.message().channel(), media))
			.flatMap(Optional::stream)
			.map(Photo::url)
			.toList();
	}

}
