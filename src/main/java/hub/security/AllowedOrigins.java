package hub.security;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import hub.config.HubProperties;

import org.springframework.stereotype.Component;

/**
 * The one list of sites that may call the API from a browser, open a socket, and frame
 * the pages. The hub's own origin is always on it.
 */
@Component
public class AllowedOrigins {

	private final Set<String> origins = new LinkedHashSet<>();

	public AllowedOrigins(HubProperties properties) {
		this.origins.add(origin(properties.publicBaseUrl()));
		properties.web().allowedOrigins().forEach((origin) -> this.origins.add(origin(origin)));
	}

	/**
	 * All of them.
	 * @return such as {@code https://www.example.com}, the hub's own first
	 */
	public List<String> all() {
		return List.copyOf(this.origins);
	}

	/**
	 * Whether a page of an origin may talk with the hub.
	 * @param origin the request's {@code Origin}, null if it has none: then no browser's
	 * page sends it
	 * @param own where the request went to, by the browser's view, such as
	 * {@code http://localhost:8080/ws/chat/1}
	 * @return whether it is on the list, or is the hub's own by whatever name
	 */
	public boolean allows(String origin, String own) {
		return origin == null || this.origins.contains(origin.toLowerCase(Locale.ROOT)) || origin.equals(origin(own));
	}

	/**
	 * Scheme, host and port, the port only if it is not the scheme's own; null for no
	 * host.
	 */
	private static String origin(String address) {
		URI uri = URI.create(address);
		// A name with an underscore, as containers have them, is no host to Java
		String host = (uri.getHost() != null) ? uri.getHost() : uri.getRawAuthority();
		if (host == null) {
			return null;
		}
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT).replaceFirst("^ws", "http");
		int standard = scheme.equals("https") ? 443 : 80;
		String port = (uri.getPort() == -1 || uri.getPort() == standard) ? "" : ":" + uri.getPort();
		return scheme + "://" + host.toLowerCase(Locale.ROOT) + port;
	}

}
