package sandbox;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import sandbox.services.MailServer;
import sandbox.services.SandboxServices;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The stand-ins alone, on a port of their own: for tests that start a hub elsewhere with
 * {@code GRAPH_BASE_URL} and {@code INSPECTOR_API_BASE_URL} pointing here, or that play
 * the hub themselves.
 */
public final class StandIns implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final String address;

	private StandIns(ConfigurableApplicationContext context) {
		this.context = context;
		this.address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
	}

	/**
	 * Starts them.
	 * @param services where their data goes and mail comes from
	 * @param port their port; 0 for any free one
	 * @param hub the hub that webhooks go to, such as {@code http://localhost:8080}
	 * @return the running stand-ins
	 */
	public static StandIns start(SandboxServices services, int port, URI hub) {
		SpringApplication application = new SpringApplication(Alone.class);
		application.setRegisterShutdownHook(false);
		int known = (port != 0) ? port : SandboxServices.freePort(); // addresses carry it
		Map<String, Object> settings = new LinkedHashMap<>(
				SandboxSettings.defaults(services, "http://localhost:" + known));
		settings.put("SERVER_PORT", Integer.toString(known));
		application.setDefaultProperties(settings);
		MailServer mail = services.mail();
		application
			.addInitializers((context) -> context.getBeanFactory().registerSingleton("sandboxMailServer", mail));
		return new StandIns(application.run("--sandbox.hub-url=" + hub));
	}

	/**
	 * Where they are.
	 * @return such as {@code http://localhost:4711}
	 */
	public String address() {
		return this.address;
	}

	/**
	 * What the hub is to be started with.
	 * @param services the same as the stand-ins'
	 * @return a value for each of the hub's environment variables that has no default
	 */
	public Map<String, Object> hubSettings(SandboxServices services) {
		return SandboxSettings.defaults(services, this.address);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ServletWebServerFactoryAutoConfiguration.class,
			DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, JacksonAutoConfiguration.class,
			HttpMessageConvertersAutoConfiguration.class, ErrorMvcAutoConfiguration.class,
			SecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
			TaskExecutionAutoConfiguration.class })
	@Import(SandboxConfiguration.class)
	static class Alone {

	}

}
