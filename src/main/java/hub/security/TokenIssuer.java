package hub.security;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import hub.config.HubProperties;
import hub.contact.Role;

import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Issues web tokens, signed with the hub's own secret (HS256). Without one the platform
 * issues them.
 */
@Component
public class TokenIssuer {

	private final JwtEncoder encoder;

	private final Duration validity;

	public TokenIssuer(HubProperties properties) {
		this.encoder = properties.secretKey().isEmpty() ? null
				: new NimbusJwtEncoder(new ImmutableSecret<>(TokenConfiguration.key(properties.secretKey())));
		this.validity = Duration.ofMinutes(properties.web().tokenMinutes());
	}

	/**
	 * Whether this hub issues tokens.
	 * @return false if it only verifies those of others
	 */
	public boolean issues() {
		return this.encoder != null;
	}

	/**
	 * How long a token is valid.
	 * @return from its issue on, real time
	 */
	public Duration validity() {
		return this.validity;
	}

	/**
	 * Issues a token.
	 * @param userId whose it is, the platform's id
	 * @param role what they may do
	 * @param name how they are called, empty for unknown
	 * @param email their mail address, empty for unknown
	 * @return the encoded token
	 * @throws IllegalStateException if this hub issues none
	 */
	public String issue(String userId, Role role, String name, String email) {
		if (!issues()) {
			throw new IllegalStateException("Without SECRET_KEY there is nothing to sign a token with");
		}
		Instant now = TokenConfiguration.REAL_TIME.instant().truncatedTo(ChronoUnit.SECONDS);
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(userId)
			.claim("role", role.key())
			.claim("name", name)
			.claim("email", email)
			.issuedAt(now)
			.expiresAt(now.plus(this.validity))
			.build();
		return this.encoder
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).type("JWT").build(), claims))
			.getTokenValue();
	}

}
