package hub.http;

import java.time.Duration;

import hub.security.AllowedOrigins;

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
 * Serves the web chat's page ({@code /chat/}) and the widget's script
 * ({@code /embed.js}), which {@code web/} is built to. What has its content's hash in its
 * name is kept by browsers for ever; all else is asked for again each time, and answered
 * with 304.
 */
@Configuration(proxyBeanMethods = false)
public class ChatPages implements WebMvcConfigurer {

	private static final String FILES = "classpath:/static/chat/";

	/** Scripts, styles and calls are the hub's own; only pictures come from elsewhere. */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self' https: %s; base-uri 'none'; form-action 'none'; frame-ancestors 'self' %s";

	/**
	 * Who may frame the page is who may call the API.
	 */
	@Bean
	@Order(2)
	SecurityFilterChain chatPageChain(HttpSecurity http, AllowedOrigins origins) throws Exception {
		String policy = POLICY.formatted(origins.all().get(0), String.join(" ", origins.all()));
		return http.securityMatcher("/chat", "/chat/**", "/embed.js")
			.headers((headers) -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
				.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN))
				.contentSecurityPolicy((content) -> content.policyDirectives(policy)))
			.anonymous(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Override
	public void addViewControllers(ViewControllerRegistry views) {
		views.addRedirectViewController("/chat", "/chat/").setKeepQueryParams(true);
		views.addViewController("/chat/").setViewName("forward:/chat/index.html");
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry resources) {
		resources.addResourceHandler("/chat/assets/**")
			.addResourceLocations(FILES + "assets/")
			.setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
		resources.addResourceHandler("/chat/**")
			.addResourceLocations(FILES)
			.setCacheControl(CacheControl.noCache().cachePublic());
		resources.addResourceHandler("/embed.js")
			.addResourceLocations("classpath:/static/")
			.setCacheControl(CacheControl.noCache().cachePublic());
	}

}
