package hub.channel.twilio;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import hub.channel.MediaContent;
import hub.channel.MediaDownload;
import hub.channel.MediaException;
import hub.channel.MediaException.Reason;
import hub.channel.MediaSource;
import hub.config.HubProperties;
import hub.message.Media;

/**
 * Media that Twilio keeps: the webhook names an address, which wants our credentials and
 * redirects to a store that must not get them (Twilio, "Media resource"). Safe for use by
 * many threads.
 */
public final class TwilioMedia implements MediaSource {

	private static final int MOST_REDIRECTIONS = 3;

	private static final String TWILIO = ".twilio.com";

	private final HubProperties.Twilio settings;

	private final MediaDownload download;

	/**
	 * A source.
	 * @param settings how Twilio is reached
	 * @param download fetches
	 */
	public TwilioMedia(HubProperties.Twilio settings, MediaDownload download) {
		this.settings = settings;
		this.download = download;
	}

	@Override
	public String channel() {
		return Twilio.CHANNEL;
	}

	@Override
	public MediaContent fetch(Media media, int maxBytes) {
		if (!this.settings.configured()) {
			throw new MediaException(Reason.REFUSED, "Twilio's WhatsApp is not configured");
		}
		URI address = address(media);
		for (int redirection = 0; redirection <= MOST_REDIRECTIONS; redirection++) {
			MediaDownload.Answer answer = this.download.get(address, isTwilios(address) ? authorization() : null,
					maxBytes);
			if (answer.status() < 300 || answer.status() > 399 || answer.location() == null) {
				return MediaDownload.content(answer, media.contentType());
			}
			address = redirected(address, answer.location());
		}
		throw new MediaException(Reason.UNAVAILABLE, "Twilio redirects without end");
	}

	/**
	 * Where media are.
	 * @param media as the message carries them
	 * @return an address of Twilio's
	 * @throws MediaException if they are elsewhere, or nowhere
	 */
	URI address(Media media) {
		URI address = parse(media.url());
		if (!isTwilios(address)) {
			throw new MediaException(Reason.REFUSED, "The media are not at Twilio's");
		}
		return address;
	}

	/**
	 * Where a redirection leads.
	 * @param address where it comes from
	 * @param location what it says
	 * @return an address of Twilio's, or one that is asked over TLS
	 * @throws MediaException if it leads to any other, or nowhere
	 */
	URI redirected(URI address, String location) {
		URI next = address.resolve(parse(location));
		if (!MediaDownload.canAsk(next) || (!isTwilios(next) && !"https".equals(next.getScheme()))) {
			throw new MediaException(Reason.REFUSED, "Twilio redirects to an address that is not safe");
		}
		return next;
	}

	/**
	 * Whether an address is the configured API's or another of Twilio's own: only these
	 * are asked first, and only these get our credentials.
	 */
	boolean isTwilios(URI address) {
		if (address.getHost() == null || address.getRawUserInfo() != null) {
			return false;
		}
		URI base = this.settings.baseUrl();
		boolean configured = base.getScheme().equals(address.getScheme()) && base.getHost().equals(address.getHost())
				&& base.getPort() == address.getPort();
		return configured || ("https".equals(address.getScheme()) && address.getPort() == -1
				&& address.getHost().toLowerCase(Locale.ROOT).endsWith(TWILIO));
	}

	private String authorization() {
		byte[] credentials = (this.settings.accountSid() + ":" + this.settings.authToken())
			.getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

	private static URI parse(String address) {
		try {
			return URI.create((address != null) ? address.strip() : "");
		}
		catch (IllegalArgumentException ex) {
			throw new MediaException(Reason.GONE, "The media have no address", ex);
		}
	}

}
