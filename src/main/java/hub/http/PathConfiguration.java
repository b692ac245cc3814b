package hub.http;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/**
 * A trailing slash is optional on every path; routes of Twilio's webhooks are told
 * whether there was one.
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

	@Bean
	FilterRegistrationBean<CalledAddressFilter> calledAddress() {
		FilterRegistrationBean<CalledAddressFilter> registration = new FilterRegistrationBean<>(
				new CalledAddressFilter());
		registration.addUrlPatterns("/api/webhooks/twilio/*");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
		return registration;
	}

}
