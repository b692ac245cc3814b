package journeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The log files as an operator reads them.
 */
class LogIT {

	private static final Pattern FLOW = Pattern.compile(" (in-\\d+) ");

	@Test
	@DisplayName("O6: what was said over WhatsApp is in a file of its own, one id follows it from the webhook to delivery, and no file has a secret or a whole number")
	void files() throws IOException {
		Sandbox sandbox = Sandbox.reset();
		Path directory = sandbox.services().directory().resolve("logs");
		long before = Files.size(directory.resolve("whatsapp.log"));
		sandbox.sade().writes("/link sade@example.com").gets();
		List<String> said = await().until(() -> tail(directory.resolve("whatsapp.log"), before),
				(lines) -> lines.stream().anyMatch((line) -> line.contains("is accepted"))
						&& lines.stream().anyMatch((line) -> line.contains("read as")));
		String read = said.stream().filter((line) -> line.contains("read as")).findFirst().orElseThrow();
		Matcher flow = FLOW.matcher(read);
		assertThat(flow.find()).as(read).isTrue();
		assertThat(said).filteredOn((line) -> line.contains("is accepted"))
			.anySatisfy((line) -> assertThat(line).contains(" " + flow.group(1) + " "));
		assertThat(Files.readString(directory.resolve("app.log"))).contains(read);
		try (Stream<Path> files = Files.list(directory)) {
			assertThat(files.map(LogIT::read)).isNotEmpty()
				.allSatisfy((text) -> assertThat(text).doesNotContain("+2348030000001", "2348030000001 ",
						"sade@example.com", "sandbox-app-secret", "sandbox-twilio-token"));
		}
	}

	/** What was written after so many bytes. */
	private static List<String> tail(Path file, long from) throws IOException {
		byte[] all = Files.readAllBytes(file);
		return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8).lines().toList();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
