package hub.channel.whatsapp;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.Json;
import hub.channel.MediaContent;
import hub.channel.MediaDownload;
import hub.channel.MediaException;
import hub.channel.MediaException.Reason;
import hub.channel.MediaSource;
import hub.config.HubProperties;
import hub.message.Media;

/**
 * Media that Meta keeps, for 7 days: {@code GET /{version}/{media-id}} tells an address
 * that is good for 5 minutes and wants the same bearer token (Meta, "Media"). Safe for
 * use by many threads.
 */
public final class GraphMedia implements MediaSource {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

	private static final int MOST_BYTES_OF_DESCRIPTION = 64 * 1024;

	private final HubProperties.Whatsapp settings;

	private final MediaDownload download;

	/**
	 * A source.
	 * @param settings how the Graph API is reached
	 * @param download fetches
	 */
	public GraphMedia(HubProperties.Whatsapp settings, MediaDownload download) {
		this.settings = settings;
		this.download = download;
	}

	@Override
	public String channel() {
		return WhatsApp.CHANNEL;
	}

	@Override
	public MediaContent fetch(Media media, int maxBytes) {
		if (!this.settings.configured()) {
			throw new MediaException(Reason.REFUSED, "Meta's WhatsApp is not configured");
		}
		if (media.id() == null || !ID.matcher(media.id()).matches()) {
			throw new MediaException(Reason.GONE, "The media have no id of Meta's");
		}
		String authorization = "Bearer " + this.settings.token();
		JsonNode description = describe(media.id(), authorization);
		if (description.path("file_size").asLong() > maxBytes) {
			throw new MediaException(Reason.TOO_LARGE, "The media are larger than " + maxBytes + " bytes");
		}
		URI address = address(description.path("url").asText());
		String claimed = Json.words(description.path("mime_type"), 256);
		return MediaDownload.content(this.download.get(address, authorization, maxBytes),
				(claimed != null) ? claimed : media.contentType());
	}

	private JsonNode describe(String id, String authorization) {
		URI address = URI.create(this.settings.baseUrl() + "/" + this.settings.apiVersion() + "/" + id);
		MediaDownload.Answer answer = this.download.get(address, authorization, MOST_BYTES_OF_DESCRIPTION);
		JsonNode root = parse(answer.body());
		// Meta says of what it does not know or keep: a bad request, code 100
		if (answer.status() == 400 && root.path("error").path("code").asInt() == 100) {
			throw new MediaException(Reason.GONE, "Meta does not keep the media (any more)");
		}
		if (answer.status() != 200) {
			throw MediaDownload.refusal(answer.status());
		}
		return root;
	}

	/**
	 * Where media are. The token goes with the request: over TLS, or to where all others
	 * go.
	 * @param url what Meta says
	 * @return the address
	 * @throws MediaException if it is none, or not safe
	 */
	URI address(String url) {
		try {
			URI address = URI.create(url);
			URI base = this.settings.baseUrl();
			boolean own = base.getScheme().equals(address.getScheme())
					&& base.getAuthority().equals(address.getAuthority());
			if (MediaDownload.canAsk(address) && (own || "https".equals(address.getScheme()))) {
				return address;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new MediaException(Reason.UNAVAILABLE, "Meta's answer names no address", ex);
		}
		throw new MediaException(Reason.REFUSED, "Meta's answer names an address that is not safe");
	}

	private static JsonNode parse(byte[] body) {
		try {
			return Json.read(new String(body, StandardCharsets.UTF_8));
		}
		catch (JsonProcessingException ex) {
			return Json.object();
		}
	}

}
