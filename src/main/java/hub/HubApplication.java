package hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the hub: the platform code under {@code hub} and the areas' rules under
 * {@code routes}.
 */
@SpringBootApplication(scanBasePackages = { "hub", "routes" })
@ConfigurationPropertiesScan("hub")
public class HubApplication {

	public static void main(String[] args) {
		SpringApplication.run(HubApplication.class, args);
	}

}
