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

	/**
	 * Starts the hub. Settings that it can't work with end the start with a line each.
	 * @param args Spring Boot's own, such as {@code --debug}
	 */
	public static void main(String[] args) {
		SpringApplication.run(HubApplication.class, args);
	}

}
