package routes.admin;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells those who only ask whether to send requests here, such as a load balancer's
 * probe: yes, while a delivery can be kept.
 */
@Component("hubHealthIndicator")
class HubReadiness implements HealthIndicator {

	private final HubHealth health;

	HubReadiness(HubHealth health) {
		this.health = health;
	}

	@Override
	public Health health() {
		return (this.health.look().status() == 200) ? Health.up().build() : Health.outOfService().build();
	}

}
