package hub.http;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/**
 * A trailing slash is optional on every path.
 */
@Configuration(proxyBeanMethods = false)
public class PathConfiguration {

	@Bean
	FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
		FilterRegistrationBean<UrlHandlerFilter> registration = new FilterRegistrationBean<>(
				UrlHandlerFilter.trailingSlashHandler("/api/**", "/ws/**", "/health/").wrapRequest().build());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
		return registration;
	}

}
