package hub.security;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import hub.config.HubProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * What verifies web tokens: the hub's own secret, the keys that the platform publishes,
 * or both.
 */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

	/** Others issue and read tokens too: they end by everybody's clock. */
	static final Clock REAL_TIME = Clock.systemUTC();

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** By the algorithm that a token names, each with keys that are for no other. */
	@Bean
	JwtDecoder jwtDecoder(HubProperties properties) {
		JwtDecoder ours = properties.secretKey().isEmpty() ? null : ours(properties.secretKey());
		JwtDecoder published = properties.jwksUrl().isEmpty() ? null : published(properties.jwksUrl());
		return (token) -> {
			JwtDecoder decoder = JWSAlgorithm.HS256.equals(algorithm(token)) ? ours : published;
			if (decoder == null) {
				throw new BadJwtException("Tokens of this kind are not taken");
			}
			return decoder.decode(token);
		};
	}

	private static JWSAlgorithm algorithm(String token) {
		try {
			return SignedJWT.parse(token).getHeader().getAlgorithm();
		}
		catch (ParseException | RuntimeException ex) {
			// The library stumbles over some headers, such as the word null
			throw new BadJwtException("Malformed token", ex);
		}
	}

	private static JwtDecoder ours(String secret) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(key(secret)).macAlgorithm(MacAlgorithm.HS256).build();
		return validating(decoder);
	}

	private static JwtDecoder published(String address) {
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(PATIENCE);
		requests.setReadTimeout(PATIENCE);
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(address)
			.jwsAlgorithms(
					(algorithms) -> algorithms.addAll(List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256)))
			.restOperations(new RestTemplate(requests))
			.build();
		return validating(decoder);
	}

	/**
	 * A token ends when it says; only its beginning may lie a little in the future, by
	 * the issuer's clock.
	 */
	private static JwtDecoder validating(NimbusJwtDecoder decoder) {
		decoder.setJwtValidator(
				new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new JwtClaimValidator<Instant>(
						JwtClaimNames.EXP, (end) -> end != null && end.isAfter(REAL_TIME.instant()))));
		return decoder;
	}

	/**
	 * The hub's secret as a key.
	 * @param secret at least 32 bytes
	 * @return the key of HS256
	 */
	static SecretKey key(String secret) {
		return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
	}

}
