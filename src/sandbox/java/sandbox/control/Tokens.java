package sandbox.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import sandbox.phone.Person;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Web tokens as a host site would pass them: HS256 with the hub's secret, valid for a year
 * of real time.
 */
@Component
class Tokens {

	private final NimbusJwtEncoder encoder;

	Tokens(@Value("${hub.secret-key}") String secret) {
		SecretKey key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
		this.encoder = new NimbusJwtEncoder(new ImmutableSecret<>(key));
	}

	/**
	 * A token.
	 * @param person for whom
	 * @return the signed token
	 */
	String issue(Person person) {
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(person.id())
			.claim("role", person.role())
			.claim("name", person.name())
			.claim("email", person.email())
			.issuedAt(now)
			.expiresAt(now.plus(365, ChronoUnit.DAYS))
			.build();
		return this.encoder
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).type("JWT").build(), claims))
			.getTokenValue();
	}

}
