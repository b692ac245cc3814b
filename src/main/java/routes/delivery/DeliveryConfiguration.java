package routes.delivery;

import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import hub.config.HubProperties;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import org.apache.camel.component.http.HttpClientConfigurer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The clients that deliveries use.
 */
@Configuration(proxyBeanMethods = false)
public class DeliveryConfiguration {

	@Bean
	Session mailSession(HubProperties properties) {
		HubProperties.Mail mail = properties.mail();
		Properties settings = new Properties();
		settings.put("mail.smtp.host", mail.host());
		settings.put("mail.smtp.port", Integer.toString(mail.port()));
		settings.put("mail.smtp.connectiontimeout", "5000");
		settings.put("mail.smtp.timeout", "10000");
		settings.put("mail.smtp.writetimeout", "10000");
		settings.put("mail.smtp.starttls.enable", "true");
		if (mail.user().isEmpty()) {
			return Session.getInstance(settings);
		}
		settings.put("mail.smtp.auth", "true");
		settings.put("mail.smtp.starttls.required", "true");
		return Session.getInstance(settings, new Authenticator() {
			@Override
			protected PasswordAuthentication getPasswordAuthentication() {
				return new PasswordAuthentication(mail.user(), mail.password());
			}
		});
	}

	/** The outbox decides what is repeated, not the client. */
	@Bean
	HttpClientConfigurer graphClient() {
		return (client) -> client.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement();
	}

	/**
	 * Read receipts are a courtesy: when they pile up, the newest are left out.
	 */
	@Bean(destroyMethod = "shutdown")
	ExecutorService readReceipts() {
		return new ThreadPoolExecutor(4, 4, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(200),
				new ThreadPoolExecutor.DiscardPolicy());
	}

}
