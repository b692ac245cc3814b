package hub.security;

import hub.config.TestSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AllowedOriginsTest {

	private final AllowedOrigins origins = new AllowedOrigins(
			TestSettings.properties("PUBLIC_BASE_URL", "https://Hub.Example.com:443/base", "CORS_ALLOWED_ORIGINS",
					"https://www.example.com, http://localhost:3000"));

	@Test
	@DisplayName("O9: the hub's own origin comes first, each as browsers write it")
	void lists() {
		assertThat(this.origins.all()).containsExactly("https://hub.example.com", "https://www.example.com",
				"http://localhost:3000");
	}

	@ParameterizedTest(name = "{0} at {1}: {2}")
	@CsvSource(nullValues = "-", textBlock = """
			https://hub.example.com,         https://hub.example.com/x,      true
			https://www.example.com,         https://hub.example.com/x,      true
			https://WWW.example.com,         https://hub.example.com/x,      true
			-,                               https://hub.example.com/x,      true
			http://10.0.0.1:8000,            http://10.0.0.1:8000/ws/chat/1, true
			http://10.0.0.1:8000,            ws://10.0.0.1:8000/ws/chat/1,   true
			http://my_hub:8080,              http://my_hub:8080/ws/chat/1,   true
			http://www.example.com,          https://hub.example.com/x,      false
			http://www.example.com,          http://my_hub:8080/ws/chat/1,   false
			http://www.example.com,          http:///ws/chat/1,              false
			https://www.example.com.evil.io, https://hub.example.com/x,      false
			https://www.example.com:444,     https://hub.example.com/x,      false
			http://10.0.0.1:8001,            http://10.0.0.1:8000/ws/chat/1, false
			null,                            https://hub.example.com/x,      false
			""")
	@DisplayName("O9: a page of a listed site may talk with the hub, and of the hub itself by whatever name; no other may")
	void allows(String origin, String own, boolean allowed) {
		assertThat(this.origins.allows(origin, own)).isEqualTo(allowed);
	}

}
