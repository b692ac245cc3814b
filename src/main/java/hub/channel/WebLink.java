package hub.channel;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Addresses that a provider can fetch.
 */
public final class WebLink {

	private WebLink() {
	}

	/**
	 * Reads an address.
	 * @param url an address as somebody wrote it, null for none
	 * @return the HTTP or HTTPS address in ASCII, null if this is none
	 */
	public static String of(String url) {
		try {
			URI uri = new URI((url != null) ? url.strip() : "");
			boolean web = uri.getHost() != null
					&& ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
			return web ? uri.toASCIIString() : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
