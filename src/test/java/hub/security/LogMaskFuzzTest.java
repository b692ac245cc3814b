package hub.security;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands before a secret is in the first line, what follows it in the others.
 */
class LogMaskFuzzTest {

	private static final int LONGEST = 16 * 1024;

	private static final int AROUND = 500;

	private static final List<String> NUMBERS = List.of("+2348031234567", "2348031234567");

	private static final List<String> SECRETS = List.of("Bearer Xy7secret", "basic Xy7secret",
			"eyJXy7secret.eyJzdWIi.c2ln", "password=Xy7secret", "{\"access_token\":\"Xy7secret\"}",
			"api_key: Xy7secret", "postgresql://hub:Xy7secret@db:5432/hub", "verify_token = \"Xy7secret\"",
			"Xy7secret@example.com", "GET /users/Xy7secret%40example.com", "{authorization=[Bearer Xy7secret]}",
			"Authorization: (Basic Xy7secret)", "Authorization: Bearer token: Xy7secret");

	@FuzzTest
	@DisplayName("O6: whatever stands around them, no secret and no whole number gets into a log")
	void masks(byte[] input) {
		String text = Fuzzed.text(input, LONGEST);
		String masked = Fuzzed.promptly(() -> LogMask.mask(text));
		assertThat(LogMask.mask(text)).isEqualTo(masked);
		List<String> around = Fuzzed.lines(Fuzzed.text(input, AROUND), 2);
		NUMBERS.forEach((number) -> assertThat(masked(around, number)).doesNotContain("2348031234567"));
		SECRETS.forEach((secret) -> assertThat(masked(around, secret)).doesNotContain("Xy7secret"));
	}

	private static String masked(List<String> around, String secret) {
		return LogMask.mask(around.get(0) + " " + secret + " " + around.get(1));
	}

}
