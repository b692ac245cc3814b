package routes.delivery;

import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.twilio.http.TwilioRestClient;
import hub.channel.twilio.ContentTemplates;
import hub.channel.twilio.TwilioRenderer;
import hub.channel.twilio.TwilioTransport;
import hub.config.ContentSettings;
import hub.config.HubProperties;
import hub.text.Texts;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.ThreadPoolProfile;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

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

	/** The one way to Twilio, for sends and for looking up what it has. */
	@Bean
	TwilioRestClient twilioClient(HubProperties properties) {
		HubProperties.Twilio twilio = properties.twilio();
		return new TwilioRestClient.Builder(twilio.accountSid(), twilio.authToken())
			.httpClient(new TwilioTransport(twilio.baseUrl()))
			.build();
	}

	@Bean
	TwilioRenderer twilioRenderer(HubProperties properties, Texts texts, ConfigurableEnvironment environment) {
		return new TwilioRenderer(properties.twilio().whatsappNumber(),
				properties.publicUrl("/api/webhooks/twilio/status"),
				new ContentTemplates(ContentSettings.read(environment)),
				(language) -> texts.say(language, "options.by-number"));
	}

	/**
	 * Requests to Twilio are made in threads of their own; there are as many as senders.
	 * The name is that of the component's own pool.
	 */
	@Bean("CamelTwilio")
	ThreadPoolProfile twilioThreads(HubProperties properties) {
		int senders = properties.queue().senders();
		return new ThreadPoolProfileBuilder("CamelTwilio").poolSize(senders).maxPoolSize(senders).build();
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
