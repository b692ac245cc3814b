package hub.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.config.TestSettings;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first line is a request's {@code Origin}, the second its {@code Host}.
 */
class AllowedOriginsFuzzTest {

	private static final int LONGEST = 1024;

	private final AllowedOrigins origins = new AllowedOrigins(TestSettings.properties("PUBLIC_BASE_URL",
			"https://hub.example.com", "CORS_ALLOWED_ORIGINS", "https://www.example.com"));

	@FuzzTest
	@DisplayName("O9: whatever a request says of where it comes from, it is allowed for being on the list, or the host that was asked")
	void allows(byte[] input) {
		List<String> lines = Fuzzed.lines(Fuzzed.text(input, LONGEST), 2);
		String origin = lines.get(0);
		for (String scheme : List.of("http", "https", "ws", "wss")) {
			String own = scheme + "://" + lines.get(1) + "/ws/chat/1";
			if (!isAddress(own) || lines.get(1).matches("(?s).*:0.*")) {
				continue; // no server writes its host so
			}
			boolean listed = this.origins.all().contains(origin.toLowerCase(Locale.ROOT));
			boolean allowed = Fuzzed.promptly(() -> this.origins.allows(origin, own));
			if (allowed && !listed) {
				String host = own.replaceFirst("^ws", "http").toLowerCase(Locale.ROOT);
				assertThat(origin).matches("https?://[^/].*");
				assertThat(host.replaceFirst("://[^/?#]*@", "://")).startsWith(origin);
				assertThat(host.substring(origin.length())).matches("(:(80|443)?)?([/?#].*)?");
			}
			assertThat(this.origins.allows(null, own)).isTrue();
		}
	}

	private static boolean isAddress(String text) {
		try {
			new URI(text);
			return true;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

}
