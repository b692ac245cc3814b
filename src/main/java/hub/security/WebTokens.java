package hub.security;

import java.util.Objects;

import hub.contact.Role;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Web tokens: JWTs whose claims say who somebody is ({@code sub}, {@code role},
 * {@code name}, {@code email}) and until when ({@code exp}, real time).
 */
@Component
public class WebTokens {

	/** PostgreSQL takes it in no text. */
	private static final String NUL = "\u0000";

	private final JwtDecoder decoder;

	public WebTokens(JwtDecoder decoder) {
		this.decoder = decoder;
	}

	/**
	 * Reads a token.
	 * @param token the encoded token, null for none
	 * @return whose it is
	 * @throws InvalidTokenException if it is missing, forged, expired, or says too little
	 */
	public WebUser read(String token) {
		if (token == null || token.isBlank()) {
			throw new InvalidTokenException("There is no token", null);
		}
		try {
			return user(this.decoder.decode(token));
		}
		catch (JwtException ex) {
			throw new InvalidTokenException("The token is not valid", ex);
		}
	}

	/**
	 * Whose a verified token is.
	 * @param token the token, its signature and times verified
	 * @return the user
	 * @throws InvalidTokenException if it says too little
	 */
	public static WebUser user(Jwt token) {
		Role role = Role.of(token.getClaimAsString("role"))
			.orElseThrow(() -> new InvalidTokenException("The token names no role that is known", null));
		String id = token.getSubject();
		if (id == null || id.isBlank() || id.contains(NUL) || token.getExpiresAt() == null) {
			throw new InvalidTokenException("The token does not say whose it is and until when", null);
		}
		return new WebUser(id, role, text(token, "name"), text(token, "email"), token.getExpiresAt());
	}

	/** Who chooses a name may choose any. */
	private static String text(Jwt token, String claim) {
		return Objects.toString(token.getClaimAsString(claim), "").replace(NUL, "");
	}

}
