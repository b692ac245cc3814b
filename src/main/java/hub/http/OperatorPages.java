package hub.http;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the operators' dashboard ({@code /dashboard.html}) and the page to read and try
 * the API ({@code /docs}), which {@code web/} is built to. Anybody may load them: what
 * they show they ask the API for, with a token that somebody has typed in or signed in
 * for. So no other site may frame them, and nothing in them comes from elsewhere.
 */
@Configuration(proxyBeanMethods = false)
public class OperatorPages implements WebMvcConfigurer {

	private static final String FILES = "classpath:/static%s/";

	/** Swagger UI's style sheet has its arrows in data: addresses. */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	@Bean
	@Order(2)
	SecurityFilterChain operatorPageChain(HttpSecurity http) throws Exception {
		return http
			.securityMatcher("/dashboard.html", "/dashboard", "/dashboard/**", "/docs", "/docs/**", "/redoc", "/redoc/")
			.headers((headers) -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.NO_REFERRER))
				.contentSecurityPolicy((content) -> content.policyDirectives(POLICY)))
			.anonymous(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Override
	public void addViewControllers(ViewControllerRegistry views) {
		for (String path : new String[] { "/dashboard.html", "/dashboard", "/dashboard/" }) {
			views.addViewController(path).setViewName("forward:/dashboard/index.html");
		}
		for (String path : new String[] { "/docs", "/docs/" }) {
			views.addViewController(path).setViewName("forward:/docs/index.html");
		}
		for (String path : new String[] { "/redoc", "/redoc/" }) {
			views.addRedirectViewController(path, "/docs");
		}
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry resources) {
		for (String page : new String[] { "/dashboard", "/docs" }) {
			String files = FILES.formatted(page);
			resources.addResourceHandler(page + "/assets/**")
				.addResourceLocations(files + "assets/")
				.setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
			resources.addResourceHandler(page + "/**")
				.addResourceLocations(files)
				.setCacheControl(CacheControl.noCache().cachePublic());
		}
	}

}
