package routes.intake;

import java.time.Clock;

import hub.channel.MediaDownload;
import hub.channel.MediaSource;
import hub.channel.twilio.TwilioMedia;
import hub.channel.twilio.TwilioMessageReader;
import hub.channel.whatsapp.GraphMedia;
import hub.channel.whatsapp.MessageReader;
import hub.config.HubProperties;

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

	@Bean
	TwilioMessageReader twilioMessages(Clock clock) {
		return new TwilioMessageReader(clock);
	}

	@Bean
	MediaDownload mediaDownload() {
		return new MediaDownload();
	}

	@Bean
	MediaSource metaMedia(HubProperties properties, MediaDownload download) {
		return new GraphMedia(properties.whatsapp(), download);
	}

	@Bean
	MediaSource twilioMedia(HubProperties properties, MediaDownload download) {
		return new TwilioMedia(properties.twilio(), download);
	}

}
