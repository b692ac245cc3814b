package routes.intake;

import java.time.Clock;

import hub.channel.whatsapp.MessageReader;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The channels that deliver.
 */
@Configuration(proxyBeanMethods = false)
public class ChannelConfiguration {

	@Bean
	MessageReader metaMessages(Clock clock) {
		return new MessageReader(clock);
	}

}
