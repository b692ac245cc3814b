package routes.admin;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import hub.HubApplication;
import hub.camel.LiveRoutes;
import hub.config.HubProperties;
import hub.http.Contract;
import hub.kafka.KafkaBacklog;
import hub.security.WebUser;

import org.springframework.stereotype.Component;

/**
 * Which hub this is and how it does; to administrators in detail.
 */
@Component("hubStatus")
public class HubStatus {

	private final HubHealth health;

	private final HubProperties properties;

	private final LiveRoutes routes;

	private final Optional<KafkaBacklog> kafka;

	private final String version;

	public HubStatus(HubHealth health, HubProperties properties, Contract contract, LiveRoutes routes,
			Optional<KafkaBacklog> kafka) {
		this.routes = routes;
		this.kafka = kafka;
		this.health = health;
		this.properties = properties;
		// Only a packaged hub knows its version by itself
		this.version = Objects.requireNonNullElseGet(HubApplication.class.getPackage().getImplementationVersion(),
				() -> contract.document().at("/info/version").asText());
	}

	/**
	 * Tells the status.
	 * @param user who asks, null for anybody
	 * @return {@code status} and {@code version}; to an administrator also
	 * {@code instance}, {@code uptime_seconds}, {@code dependencies}, {@code channels},
	 * {@code intake} (its {@code engine}, and {@code lag}: what waits in Kafka, absent
	 * while Kafka does not tell) and {@code refused_route_edits}
	 */
	public Map<String, Object> tell(WebUser user) {
		@SuppressWarnings("unchecked")
		Map<String, Object> health = (Map<String, Object>) this.health.look().body();
		Map<String, Object> status = new LinkedHashMap<>();
		status.put("status", health.get("status"));
		status.put("version", this.version);
		if (user != null && user.isAdmin()) {
			status.put("instance", ManagementFactory.getRuntimeMXBean().getName());
			status.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
			status.put("dependencies", health.get("components"));
			status.put("channels", Map.of("whatsapp", state(this.properties.whatsapp().configured()), "twilio",
					state(this.properties.twilio().configured())));
			status.put("intake", intake());
			status.put("refused_route_edits", this.routes.refused());
		}
		return status;
	}

	private Map<String, Object> intake() {
		Map<String, Object> intake = new LinkedHashMap<>();
		intake.put("engine", this.kafka.isPresent() ? "kafka" : "database");
		this.kafka.ifPresent((backlog) -> backlog.lag().ifPresent((lag) -> intake.put("lag", lag)));
		return intake;
	}

	private static String state(boolean configured) {
		return configured ? "configured" : "not_configured";
	}

}
