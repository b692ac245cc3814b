package hub.config;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Finds the settings that name Content templates. Their number is open, so that
 * {@code application.yaml} can't name them one by one.
 */
public final class ContentSettings {

	/** What their names begin with. */
	public static final String PREFIX = "TWILIO_CONTENT_";

	private ContentSettings() {
	}

	/**
	 * All {@code TWILIO_CONTENT_*}.
	 * @param environment the settings
	 * @return the values, by name without the prefix
	 */
	public static Map<String, String> read(ConfigurableEnvironment environment) {
		Map<String, String> values = new TreeMap<>();
		environment.getPropertySources()
			.stream()
			.filter(EnumerablePropertySource.class::isInstance)
			.flatMap((source) -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.filter((name) -> name.startsWith(PREFIX))
			.forEach((name) -> values.put(name.substring(PREFIX.length()), environment.getProperty(name, "")));
		return values;
	}

}
