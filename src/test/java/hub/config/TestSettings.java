package hub.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * Settings as an installation has them: environment variables, read through the hub's own
 * {@code application.yaml}. Nothing of the machine that runs the tests gets in.
 */
public final class TestSettings {

	private static final Map<String, String> COMPLETE = Map.ofEntries(
			Map.entry("DATABASE_URL", "postgresql://hub:pass-of-database@localhost:5432/hub"),
			Map.entry("REDIS_URL", "redis://localhost:6379"), Map.entry("WHATSAPP_TOKEN", "secret-token"),
			Map.entry("WHATSAPP_PHONE_ID", "100000000000001"), Map.entry("WHATSAPP_VERIFY_TOKEN", "secret-verify"),
			Map.entry("WHATSAPP_APP_SECRET", "secret-app"),
			Map.entry("INSPECTOR_API_BASE_URL", "https://api.inspector.example"),
			Map.entry("INSPECTOR_API_KEY", "secret-key-of-api"),
			Map.entry("PUBLIC_BASE_URL", "https://hub.inspector.example"),
			Map.entry("SECRET_KEY", "secret-key-of-tokens-with-32-bytes"), Map.entry("ADMIN_USER", "admin"),
			Map.entry("ADMIN_PASSWORD", "secret-of-admin"), Map.entry("SMTP_HOST", "localhost"),
			Map.entry("MAIL_FROM", "hub@inspector.example"));

	private TestSettings() {
	}

	/**
	 * The variables of an installation with everything that is required.
	 * @return a copy, to be changed
	 */
	public static Map<String, String> complete() {
		return new LinkedHashMap<>(COMPLETE);
	}

	/**
	 * What the hub sees of environment variables.
	 * @param variables by name
	 * @return an environment of these and {@code application.yaml}
	 */
	public static ConfigurableEnvironment environment(Map<String, String> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources()
			.addFirst(new MapPropertySource("variables", Collections.unmodifiableMap(variables)));
		try {
			new YamlPropertySourceLoader().load("application.yaml", new ClassPathResource("application.yaml"))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		environment
			.setConversionService((ApplicationConversionService) ApplicationConversionService.getSharedInstance());
		return environment;
	}

	/**
	 * The configuration file as it is written.
	 * @return its text
	 */
	public static String applicationYaml() {
		try {
			return new ClassPathResource("application.yaml").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The settings of an installation with everything that is required.
	 * @param changes variable, value, variable, value …; an empty value takes one away
	 * @return the settings
	 */
	public static HubProperties properties(String... changes) {
		Map<String, String> variables = complete();
		for (int i = 0; i < changes.length; i += 2) {
			variables.put(changes[i], changes[i + 1]);
		}
		return Binder.get(environment(variables)).bind("hub", HubProperties.class).get();
	}

}
