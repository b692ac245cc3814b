package hub.http;

import hub.security.AdminLogin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Who may watch: the administrator, by user name and password (HTTP Basic, so that any
 * instance knows him, and Prometheus too). A browser sends those along with whatever
 * another site makes it ask: nothing that such a request can be changes anything.
 */
@Configuration(proxyBeanMethods = false)
public class AdminSecurity {

	@Bean
	@Order(4)
	SecurityFilterChain adminChain(HttpSecurity http, AdminLogin login) throws Exception {
		AuthenticationEntryPoint unknown = (request, response, failure) -> {
			if (failure instanceof LockedException) {
				Problems.answer(response,
						HttpProblem.rateLimited("Too many wrong logins, try again later", AdminLogin.LOCKED));
				return;
			}
			response.setHeader("WWW-Authenticate", "Basic realm=\"Inspakta Hub\", charset=\"UTF-8\"");
			Problems.answer(response, HttpProblem.ofStatus(401));
		};
		return http.securityMatcher("/actuator/**", "/admin/**")
			.addFilter(noOtherSite())
			.authenticationManager(new ProviderManager(login))
			.authorizeHttpRequests((requests) -> requests
				.requestMatchers(HttpMethod.GET, "/actuator/health/liveness", "/actuator/health/readiness")
				.permitAll()
				// Any site can make a browser GET
				.requestMatchers(HttpMethod.GET, "/actuator/jolokia/exec/**", "/actuator/jolokia/write/**",
						"/actuator/hawtio/jolokia/exec/**", "/actuator/hawtio/jolokia/write/**")
				.denyAll()
				.anyRequest()
				.hasRole("ADMIN"))
			.httpBasic((basic) -> basic.authenticationEntryPoint(unknown))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(unknown)
				.accessDeniedHandler(
						(request, response, failure) -> Problems.answer(response, HttpProblem.ofStatus(403))))
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(
					"default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
							+ "worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'")))
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	/** Without an allowed origin only the hub's own pages may ask. */
	private static CorsFilter noOtherSite() {
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/**", new CorsConfiguration());
		return new CorsFilter(source);
	}

}
