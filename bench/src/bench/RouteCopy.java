package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A copy of the hub's routes in a directory of its own, for {@code ROUTES_DIR}: what is
 * done to it is done as an operator may, and needs no switch in the hub.
 */
final class RouteCopy {

	/** Where the route of {@link #addEcho()} answers. */
	static final String ECHO_PATH = "/api/webhooks/bench-echo";

	private static final Path PACKAGED = Path.of("src/main/resources/routes");

	private static final String VERIFYING = """
			        - setBody:
			            id: verify
			            expression:
			              method:
			                ref: metaWebhook
			                method: "verify(${body}, ${header.X-Hub-Signature-256})"
			""";

	private static final String TRUSTING = """
			        - convertBodyTo:
			            id: verify
			            type: byte[]
			""";

	/** On the server's path for webhooks, so that it passes the same filters. */
	private static final String ECHO = """
			- route:
			    id: bench-echo
			    group: bench
			    description: Answers at once, and does nothing else
			    nodePrefixId: bench-echo-
			    from:
			      uri: platform-http:%s
			      parameters:
			        httpMethodRestrict: POST
			        useStreaming: true
			      steps:
			        - setBody:
			            id: answer
			            expression:
			              constant:
			                expression: ok
			""".formatted(ECHO_PATH);

	private final Path directory;

	/**
	 * Copies them as they are.
	 * @param directory where to; what was there goes
	 */
	RouteCopy(Path directory) throws IOException {
		this.directory = directory.toAbsolutePath();
		Stage.sweep(this.directory);
		try (Stream<Path> files = Files.walk(PACKAGED)) {
			for (Path file : files.toList()) {
				Files.copy(file, this.directory.resolve(PACKAGED.relativize(file).toString()));
			}
		}
	}

	Path directory() {
		return this.directory;
	}

	/** Adds a route that only answers. */
	void addEcho() throws IOException {
		Path area = Files.createDirectories(this.directory.resolve("bench"));
		Files.writeString(area.resolve("bench-echo.camel.yaml"), ECHO);
	}

	/**
	 * Lets Meta's webhooks in unverified.
	 * @throws IllegalStateException if the route is not what it was
	 */
	void trustEverybody() throws IOException {
		Path file = this.directory.resolve("intake/intake-receive-meta.camel.yaml");
		String route = Files.readString(file);
		if (!route.contains(VERIFYING)) {
			throw new IllegalStateException(file + " has no step that verifies as it did");
		}
		Files.writeString(file, route.replace(VERIFYING, TRUSTING));
	}

}
