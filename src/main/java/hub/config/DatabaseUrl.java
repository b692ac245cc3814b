package hub.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A database address in either form that hosts hand out.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/name?…}
 * @param user null when the address names none
 * @param password null when the address names none
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

	/**
	 * Reads {@code postgresql://user:password@host:port/name?…} (also
	 * {@code postgres://}) or a JDBC URL.
	 * @param url the address; user and password percent-encoded in the first form
	 * @return its parts
	 * @throws IllegalArgumentException if it has neither form; the message does not
	 * repeat the address, which may hold a password
	 */
	public static DatabaseUrl parse(String url) {
		if (url.startsWith("jdbc:postgresql:")) {
			return new DatabaseUrl(url, null, null);
		}
		if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
			throw new IllegalArgumentException("must look like postgresql://user:password@host:5432/name");
		}
		URI uri;
		try {
			uri = URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("is no valid address (are user and password percent-encoded?)");
		}
		if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
			throw new IllegalArgumentException("must name a host and a database");
		}
		String port = (uri.getPort() > 0) ? ":" + uri.getPort() : "";
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		String user = null;
		String password = null;
		if (uri.getRawUserInfo() != null) {
			String[] parts = uri.getRawUserInfo().split(":", 2);
			user = URLDecoder.decode(parts[0].replace("+", "%2B"), StandardCharsets.UTF_8);
			password = (parts.length == 2) ? URLDecoder.decode(parts[1].replace("+", "%2B"), StandardCharsets.UTF_8)
					: null;
		}
		return new DatabaseUrl("jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + query, user, password);
	}

	@Override
	public String toString() {
		return "DatabaseUrl[…]";
	}

}
