package hub.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database address in either form that hosts hand out.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/name?…}; several servers with commas
 * @param user null when the address names none
 * @param password null when the address names none
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

	private static final String SERVER = "(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";

	private static final Pattern AUTHORITY = Pattern
		.compile("(?:(?<user>[^:@]*)(?::(?<password>[^@]*))?@)?(?<servers>" + SERVER + "(?:," + SERVER + ")*)");

	/**
	 * Reads {@code postgresql://user:password@host:port/name?…} (also
	 * {@code postgres://}) or a JDBC URL.
	 * @param url the address; user and password percent-encoded in the first form
	 * @return its parts
	 * @throws IllegalArgumentException if it has neither form; the message does not
	 * repeat the address, which may hold a password
	 */
	public static DatabaseUrl parse(String url) {
		if (url.startsWith("jdbc:postgresql://")) {
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
		// Not URI's own host: it knows no underscores, which Docker's names have, and no
		// two servers.
		Matcher authority = AUTHORITY.matcher((uri.getRawAuthority() != null) ? uri.getRawAuthority() : "");
		if (!authority.matches() || uri.getRawPath().length() < 2) {
			throw new IllegalArgumentException("must name a host and a database");
		}
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return new DatabaseUrl("jdbc:postgresql://" + authority.group("servers") + uri.getRawPath() + query,
				decode(authority.group("user")), decode(authority.group("password")));
	}

	private static String decode(String part) {
		return (part != null) ? URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8) : null;
	}

	@Override
	public String toString() {
		return "DatabaseUrl[…]";
	}

}
