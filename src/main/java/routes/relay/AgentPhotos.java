package routes.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hub.media.Photo;
import hub.media.Photos;
import hub.message.Media;

import org.springframework.stereotype.Component;

/**
 * Packs what an agent says for the visitor: photos go by the hub's own address.
 */
@Component("relayPhotos")
public class AgentPhotos {

	private final Photos photos;

	public AgentPhotos(Photos photos) {
		this.photos = photos;
	}

	/**
	 * Fetches the photos.
	 * @param words what the agent says
	 * @return what the visitor gets
	 * @throws hub.channel.MediaException if the provider is away: trying again may help
	 */
	public Parcel pack(Words words) {
		List<String> addresses = new ArrayList<>();
		int lost = 0;
		for (Media media : words.media()) {
			Optional<Photo> photo = this.photos.fetch(words.channel(), media);
			photo.map(Photo::url).ifPresent(addresses::add);
			lost += photo.isPresent() ? 0 : 1;
		}
		return new Parcel(words.text(), addresses, lost);
	}

}
