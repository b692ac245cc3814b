package hub.http;

import java.io.IOException;

import hub.queue.RightOfWay;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Tells of the webhooks under way, from their first filter until they are answered. */
@Configuration(proxyBeanMethods = false)
class WebhookPrecedence {

	@Bean
	FilterRegistrationBean<Filter> webhookPrecedenceFilter(RightOfWay rightOfWay) {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new WebhookFilter(rightOfWay));
		registration.addUrlPatterns("/api/v1/webhook/*", "/api/webhooks/*");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	private record WebhookFilter(RightOfWay rightOfWay) implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			this.rightOfWay.enter();
			try {
				chain.doFilter(request, response);
			}
			finally {
				this.rightOfWay.leave();
			}
		}

	}

}
