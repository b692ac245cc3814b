package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RouteCopyTest {

	@TempDir
	private Path directory;

	@Test
	@DisplayName("The harness's copy of the routes is whole, and differs by what is measured only")
	void copies() throws IOException {
		Path copy = this.directory.resolve("routes");
		RouteCopy routes = new RouteCopy(copy);
		routes.addEcho();
		routes.trustEverybody();
		Path packaged = Path.of("src/main/resources/routes");
		try (var files = Files.walk(packaged)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path other = copy.resolve(packaged.relativize(file).toString());
				assertThat(Files.readString(other).equals(Files.readString(file))).as("%s", file)
					.isEqualTo(!file.endsWith("intake-receive-meta.camel.yaml"));
			}
		}
		assertThat(copy.resolve("intake/intake-receive-meta.camel.yaml")).content()
			.contains("type: byte[]")
			.doesNotContain("Signature");
		assertThat(copy.resolve("bench/bench-echo.camel.yaml")).content()
			.contains("platform-http:" + RouteCopy.ECHO_PATH);
	}

}
