package sandbox;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The stand-ins and the sandbox's own interface: everything under {@code /sandbox}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackages = { "sandbox.control", "sandbox.event", "sandbox.fault", "sandbox.graph",
		"sandbox.inspector", "sandbox.mail", "sandbox.phone", "sandbox.store", "sandbox.time", "sandbox.twilio",
		"sandbox.webhook" },
		nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
		excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
public class SandboxConfiguration {

	/**
	 * The sandbox is open: it plays everybody, so there is nobody to keep out. Its
	 * stand-ins check their own tokens.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain sandboxSecurity(HttpSecurity http) throws Exception {
		return http.securityMatcher("/sandbox", "/sandbox/**")
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf(AbstractHttpConfigurer::disable)
			.build();
	}

}
