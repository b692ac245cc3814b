package hub.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Whose tokens are taken: the hub's own, and those whose keys the platform publishes.
 */
class WebTokensTest {

	private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

	private static RSAKey rsa;

	private static ECKey elliptic;

	private static HttpServer server;

	private static String keys;

	@BeforeAll
	static void publish() throws IOException, JOSEException {
		rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
		elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
		byte[] published = new JWKSet(java.util.List.of(rsa.toPublicJWK(), elliptic.toPublicJWK())).toString()
			.getBytes(StandardCharsets.UTF_8);
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, published.length);
			exchange.getResponseBody().write(published);
			exchange.close();
		});
		server.start();
		keys = "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	private static HubProperties settings(String secret, String jwks) {
		return TestSettings.properties("SECRET_KEY", secret, "JWKS_URL", jwks);
	}

	private static WebTokens tokens(String secret, String jwks) {
		return new WebTokens(new TokenConfiguration().jwtDecoder(settings(secret, jwks)));
	}

	private static String token(JWSAlgorithm algorithm, String key, JWSSigner signer,
			Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims(change));
		token.sign(signer);
		return token.serialize();
	}

	private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject("1")
			.claim("role", "seeker")
			.claim("name", "Sade Bello")
			.claim("email", "sade@example.com")
			.expirationTime(Date.from(Instant.now().plusSeconds(60)));
		change.accept(claims);
		return claims.build();
	}

	private static String ours(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
		return token(JWSAlgorithm.HS256, null, new MACSigner(SECRET), change);
	}

	private static void refused(WebTokens tokens, String token) {
		assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> tokens.read(token));
	}

	@Test
	@DisplayName("C1: the hub takes its own tokens, and they say whose they are")
	void takesOwn() throws JOSEException {
		WebUser user = tokens(SECRET, "").read(ours((claims) -> {
		}));
		assertThat(user.id()).isEqualTo("1");
		assertThat(user.role()).isEqualTo(Role.SEEKER);
		assertThat(user.name()).isEqualTo("Sade Bello");
		assertThat(user.email()).isEqualTo("sade@example.com");
		TokenIssuer issuer = new TokenIssuer(settings(SECRET, ""));
		WebUser issued = tokens(SECRET, "").read(issuer.issue("11", Role.AGENT, "Ada Obi", "ada@example.com"));
		assertThat(issued.role()).isEqualTo(Role.AGENT);
		assertThat(issued.expiresAt()).isBetween(Instant.now().plusSeconds(1790), Instant.now().plusSeconds(1801));
	}

	@Test
	@DisplayName("C1: published keys are taken for RS256 and ES256, beside the hub's own secret or in its place")
	void takesPublished() throws JOSEException {
		String byRsa = token(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), (claims) -> {
		});
		String byCurve = token(JWSAlgorithm.ES256, "ec", new ECDSASigner(elliptic), (claims) -> {
		});
		for (WebTokens tokens : java.util.List.of(tokens("", keys), tokens(SECRET, keys))) {
			assertThat(tokens.read(byRsa).id()).isEqualTo("1");
			assertThat(tokens.read(byCurve).id()).isEqualTo("1");
		}
		refused(tokens(SECRET, ""), byRsa);
		assertThat(tokens(SECRET, keys).read(ours((claims) -> {
		})).id()).isEqualTo("1");
		refused(tokens("", keys), ours((claims) -> {
		}));
	}

	@Test
	@DisplayName("O9: a public key is no secret: what is signed with it as one is refused, and what is not signed at all")
	void refusesConfusion() throws JOSEException {
		byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
		String confused = token(JWSAlgorithm.HS256, "rsa", new MACSigner(publicKey), (claims) -> {
		});
		refused(tokens("", keys), confused);
		refused(tokens(SECRET, keys), confused);
		refused(tokens(SECRET, keys), new PlainJWT(claims((claims) -> {
		})).serialize());
		refused(tokens(SECRET, ""), token(JWSAlgorithm.HS384, null, new MACSigner(SECRET + SECRET), (claims) -> {
		}));
		refused(tokens(SECRET, ""), ours((claims) -> {
		}).replaceFirst("\\.[^.]*$", ".AAAA"));
	}

	@Test
	@DisplayName("O9: a token that has ended, has no end, begins later, or says too little is refused")
	void refusesOthers() throws JOSEException {
		WebTokens tokens = tokens(SECRET, "");
		Instant now = Instant.now();
		refused(tokens, ours((claims) -> claims.expirationTime(Date.from(now.minusSeconds(1)))));
		refused(tokens, ours((claims) -> claims.expirationTime(null)));
		refused(tokens, ours((claims) -> claims.notBeforeTime(Date.from(now.plusSeconds(300)))));
		refused(tokens, ours((claims) -> claims.subject(" ")));
		refused(tokens, ours((claims) -> claims.subject(null)));
		refused(tokens, ours((claims) -> claims.claim("role", "root")));
		refused(tokens, ours((claims) -> claims.claim("role", null)));
		for (String none : new String[] { null, "", " ", "a.b.c", "bnVsbA.e30.AAAA", "a".repeat(10_000) }) {
			refused(tokens, none);
		}
		assertThat(tokens.read(ours((claims) -> claims.notBeforeTime(Date.from(now.plusSeconds(5))))).id())
			.as("clocks differ a little")
			.isEqualTo("1");
	}

	@Test
	@DisplayName("C1: without a secret of its own the hub issues no tokens")
	void issuesNone() {
		TokenIssuer issuer = new TokenIssuer(settings("", keys));
		assertThat(issuer.issues()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> issuer.issue("1", Role.SEEKER, "", ""));
	}

}
