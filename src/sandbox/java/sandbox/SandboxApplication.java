package sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import hub.HubApplication;
import sandbox.services.MailServer;
import sandbox.services.SandboxServices;
import sandbox.time.SandboxClockConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Starts the hub with everything around it on this machine:
 * {@code ./mvnw spring-boot:test-run}.
 *
 * <p>
 * {@code --sandbox.fresh=true} starts with nothing; {@code --sandbox.join=true} adds a
 * second instance of the hub, with its own {@code SERVER_PORT}, to the sandbox that runs
 * already. All data is under {@code target/sandbox}.
 */
@SpringBootApplication(scanBasePackages = { "hub", "routes" })
@ConfigurationPropertiesScan("hub")
@Import(SandboxConfiguration.class)
public class SandboxApplication {

	private static final Path ROUTES = Path.of("src/main/resources/routes");

	private static final Path DIRECTORY = Path.of("target", "sandbox");

	private static FileLock lock;

	public static void main(String[] args) {
		boolean joins = flag(args, "sandbox.join");
		SandboxServices services;
		String standIns;
		SpringApplication application;
		if (joins) {
			services = SandboxServices.join(DIRECTORY);
			standIns = firstInstance();
			application = new SpringApplication(SandboxClockConfiguration.class, HubApplication.class);
		}
		else {
			lock = lock();
			if (flag(args, "sandbox.fresh")) {
				SandboxServices.erase(DIRECTORY);
			}
			services = SandboxServices.start(DIRECTORY);
			standIns = "http://localhost:${server.port}";
			application = new SpringApplication(SandboxApplication.class);
			MailServer mail = services.mail();
			application.addInitializers(
					(context) -> context.getBeanFactory().registerSingleton("sandboxMailServer", mail));
			// After Spring has closed: the hub says goodbye to its database
			SpringApplication.getShutdownHandlers().add(services::close);
		}
		Map<String, Object> settings = new LinkedHashMap<>(SandboxSettings.defaults(services, standIns));
		if (Files.isDirectory(ROUTES)) {
			// Edits of the sources are live
			settings.put("ROUTES_DIR", ROUTES.toString());
		}
		if (joins) {
			// One address for the world, and nothing on the disk that two would share
			settings.put("PUBLIC_BASE_URL", standIns);
			settings.put("SPOOL_DIR", services.directory().resolve("spool-${server.port}").toString());
			settings.put("LOG_DIR", services.directory().resolve("logs-${server.port}").toString());
		}
		application.setDefaultProperties(settings);
		ConfigurableApplicationContext context;
		try {
			context = application.run(args);
		}
		catch (RuntimeException ex) {
			if (!joins) {
				services.close();
			}
			throw ex;
		}
		greet(context.getEnvironment(), joins);
	}

	private static void greet(Environment environment, boolean joins) {
		String port = environment.getProperty("local.server.port");
		String base = "http://localhost:" + port;
		if (joins) {
			System.out.printf("%n  A second hub runs at %s, on the same data.%n%n", base);
			return;
		}
		note(base);
		System.out.printf("""

				  Inspakta Hub's sandbox is up.

				    Phones, mail, faults, clock   %1$s/sandbox
				    Try first: on Sade's phone write  hello , then  /link sade@example.com ,
				    read the code in the mailbox and send it back.
				    Dashboard                     %1$s/dashboard.html  (admin / sandbox)
				    The API, to read and try      %1$s/docs

				""", base);
	}

	private static boolean flag(String[] args, String name) {
		Optional<String> given = Arrays.stream(args)
			.filter((arg) -> arg.equals("--" + name) || arg.startsWith("--" + name + "="))
			.findFirst();
		return given.filter((arg) -> !arg.endsWith("=false")).isPresent() || Boolean.getBoolean(name);
	}

	/**
	 * Two sandboxes on one directory would share a database without knowing it.
	 */
	private static FileLock lock() {
		try {
			Files.createDirectories(DIRECTORY.getParent());
			FileLock taken = FileChannel
				.open(DIRECTORY.resolveSibling("sandbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
				.tryLock();
			if (taken == null) {
				System.err.println("A sandbox runs here already. Stop it first, or add a second hub to it:"
						+ " --sandbox.join=true and another SERVER_PORT.");
				System.exit(1);
			}
			return taken;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void note(String base) {
		try {
			Files.writeString(DIRECTORY.resolve("address"), base);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String firstInstance() {
		try {
			return Files.readString(DIRECTORY.resolve("address")).strip();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sandbox to be joined is not up yet", ex);
		}
	}

}
