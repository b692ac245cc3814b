package routes.availability;

import java.util.List;
import java.util.Optional;

import hub.channel.MediaException;
import hub.media.Photo;
import hub.media.Photos;
import hub.message.Media;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Brings along the photos of an agent's message.
 */
@Component("agentPhotos")
public class AgentPhotos {

	private static final Logger log = LoggerFactory.getLogger(AgentPhotos.class);

	private final Photos photos;

	public AgentPhotos(Photos photos) {
		this.photos = photos;
	}

	/**
	 * Fetches what came with a message. Calls the provider, a second time if need be;
	 * then the answer goes on without the photo, because the visitor waits for it.
	 * @param words the message
	 * @return its words, and where its photos can be seen
	 */
	public AgentAnswer fetch(AgentWords words) {
		List<String> shown = words.media()
			.stream()
			.filter(Photos::isPhoto)
			.map((media) -> fetch(words.channel(), media))
			.flatMap(Optional::stream)
			.map(Photo::url)
			.toList();
		return new AgentAnswer(words.text(), shown, words.at());
	}

	private Optional<Photo> fetch(String channel, Media media) {
		try {
			return this.photos.fetch(channel, media);
		}
		catch (MediaException ex) {
			log.info("A photo of {} is asked for again: {}", channel, ex.getMessage());
		}
		try {
			return this.photos.fetch(channel, media);
		}
		catch (MediaException ex) {
			log.warn("An agent's answer goes on without a photo of {}: {}", channel, ex.getMessage());
			return Optional.empty();
		}
	}

}
