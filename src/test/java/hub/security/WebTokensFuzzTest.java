package hub.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.config.TestSettings;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first line is a token's header, the others are its claims.
 */
class WebTokensFuzzTest {

	private static final int LONGEST = 8 * 1024;

	private static final String SECRET = "a-secret-of-more-than-32-bytes-for-tests";

	private final WebTokens tokens = new WebTokens(
			new TokenConfiguration().jwtDecoder(TestSettings.properties("SECRET_KEY", SECRET)));

	@FuzzTest
	@DisplayName("C1, O9: a token says whose it is and until when, or is none; and without the hub's secret nothing is one")
	void reads(byte[] input) throws GeneralSecurityException {
		String text = Fuzzed.text(input, LONGEST);
		List<String> parts = Fuzzed.lines(text, 2);
		String said = encoded(parts.get(0).getBytes(StandardCharsets.UTF_8)) + "."
				+ encoded(parts.get(1).getBytes(StandardCharsets.UTF_8));
		for (String forged : List.of(text, said + ".", said + ".AAAA", signed(said, SECRET + "!"))) {
			assertThat(read(forged)).isEmpty();
		}
		read(signed(said, SECRET)).ifPresent((user) -> {
			assertThat(user.id()).isNotBlank().doesNotContain("\u0000");
			assertThat(user.role()).isNotNull();
			assertThat(user.name()).doesNotContain("\u0000");
			assertThat(user.email()).doesNotContain("\u0000");
			assertThat(user.expiresAt()).isAfter(Instant.now().minusSeconds(60));
		});
	}

	private Optional<WebUser> read(String token) {
		try {
			return Optional.of(Fuzzed.promptly(() -> this.tokens.read(token)));
		}
		catch (InvalidTokenException ex) {
			return Optional.empty();
		}
	}

	private static String signed(String said, String secret) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		return said + "." + encoded(mac.doFinal(said.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String encoded(byte[] part) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
	}

}
