package hub.security;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may call what. Webhooks prove themselves by their signatures (routes/intake); what
 * is not named here is refused.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

	/**
	 * For callers who are nobody: a webhook has no user, so that nothing is looked up,
	 * decided or remembered before its signature is checked, and it gets the security
	 * headers. A socket's token is checked at its handshake (hub.chat), because browsers
	 * can't send it as a header.
	 */
	@Bean
	@Order(1)
	SecurityFilterChain openSecurity(HttpSecurity http) throws Exception {
		return http.securityMatcher("/api/v1/webhook", "/api/webhooks/**", "/health", "/ws/chat/**")
			.headers(Customizer.withDefaults())
			.anonymous(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.exceptionHandling(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.securityContext(AbstractHttpConfigurer::disable)
			.servletApi(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.build();
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
		return http.authorizeHttpRequests(
				(requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll().anyRequest().denyAll())
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.headers(Customizer.withDefaults())
			.build();
	}

	/** A span a filter and request is nothing anybody looks at. */
	@Bean
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	PathPatternRequestMatcherBuilderFactoryBean pathPatternRequestMatcherBuilder() {
		return new PathPatternRequestMatcherBuilderFactoryBean();
	}

	@Bean
	static NoHandlerLookup noHandlerLookup() {
		return new NoHandlerLookup();
	}

	/**
	 * Keeps Spring Security from looking for each request's handler before Spring MVC
	 * does it again, for matchers that nobody uses here. Spring Security 7 has none of
	 * that any more.
	 */
	static final class NoHandlerLookup implements BeanDefinitionRegistryPostProcessor, Ordered {

		private static final String INTROSPECTOR = "mvcHandlerMappingIntrospector";

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			if (registry.containsBeanDefinition(INTROSPECTOR)) {
				registry.removeBeanDefinition(INTROSPECTOR);
			}
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
