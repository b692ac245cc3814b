package routes.broadcasts;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.contact.Role;
import hub.http.HttpProblem;
import hub.http.HttpProblem.FieldError;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.security.WebUser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What an administrator asks for, and the message that becomes of it.
 */
class BroadcastWishesTest {

	private static final WebUser ADMIN = new WebUser("99", Role.ADMIN, "Root", "root@example.com", null);

	private static final ObjectMapper JSON = new ObjectMapper();

	private final BroadcastWishes wishes = new BroadcastWishes(JSON);

	private final BroadcastLetters letters = new BroadcastLetters();

	@SuppressWarnings("unchecked")
	private BroadcastWish read(String body, String key) throws Exception {
		return this.wishes.read(ADMIN, JSON.readValue(body, Map.class), key);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"audience":{},"text":"\\u200b \\u2003"}                                          | text
			{"audience":{"role":"inspector","area":"Yaba"},"text":"Hello"}                    | audience.area
			{"audience":{"role":"admin","area":"Yaba"},"text":"Hello"}                        | audience.area
			{"audience":{},"template":{"name":"news","parameters":["one"," "]}}               | template.parameters.1
			""")
	@DisplayName("O4: what would say nothing, or reach nobody by mistake, is refused")
	void refuses(String body, String field) {
		HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> read(body, null));
		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
	}

	@Test
	@DisplayName("O4: the same request has the same fingerprint in whatever order it is written, another one another")
	void fingerprints() throws Exception {
		String print = read("{\"audience\":{\"role\":\"seeker\",\"area\":\" Yaba \"},\"text\":\"Hello\"}", "k")
			.fingerprint();
		assertThat(
				read("{\"text\":\"Hello\",\"dry_run\":false,\"audience\":{\"area\":\"Yaba\",\"role\":\"seeker\"}}", "k")
					.fingerprint())
			.isEqualTo(print);
		assertThat(read("{\"audience\":{\"role\":\"agent\",\"area\":\"Yaba\"},\"text\":\"Hello\"}", "k").fingerprint())
			.isNotEqualTo(print);
		assertThat(read("{\"audience\":{\"language\":null},\"text\":\"Hello\"}", "k").audience())
			.isEqualTo(new Audience(null, null, null));
	}

	@Test
	@DisplayName("O4: a dry run takes up no key")
	void dryRun() throws Exception {
		BroadcastWish dry = read("{\"audience\":{},\"text\":\"Hello\",\"dry_run\":true}", "k");
		assertThat(dry.dryRun()).isTrue();
		assertThat(dry.key()).isNull();
		assertThat(read("{\"audience\":{},\"text\":\"Hello\"}", "k").key()).isEqualTo("k");
	}

	@Test
	@DisplayName("O4, W14: words go as they are; with a template, that outside the window; a template alone always, in its language or the recipient's")
	void letters() {
		OutboundMessage words = this.letters.write(new Content("Hello *all*", null, null, null), "fr");
		assertThat(words.text()).isEqualTo("Hello *all*");
		assertThat(words.template()).isNull();
		assertThat(words.priority()).isEqualTo(Priority.BROADCAST);
		OutboundMessage both = this.letters.write(new Content("Hello", "news", "en_US", List.of("a")), "fr");
		assertThat(both.text()).isEqualTo("Hello");
		assertThat(both.template().always()).isFalse();
		assertThat(both.language()).isEqualTo("en_US");
		OutboundMessage alone = this.letters.write(new Content(null, "news", null, List.of("a", "b")), "fr");
		assertThat(alone.template().always()).isTrue();
		assertThat(alone.template().parameters()).containsExactly("a", "b");
		assertThat(alone.language()).isEqualTo("fr");
		assertThat(alone.text()).isEqualTo("news: a · b");
	}

}
