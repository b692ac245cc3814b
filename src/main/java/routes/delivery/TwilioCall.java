package routes.delivery;

import java.net.URI;
import java.util.List;

import com.twilio.type.PhoneNumber;
import hub.channel.twilio.TwilioRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import org.springframework.stereotype.Component;

/**
 * Writes requests into exchanges as the component {@code twilio:} takes them: a header
 * for each parameter, whose name after the prefix is that of the SDK's setter.
 */
@Component("twilioCall")
public class TwilioCall {

	private static final String PREFIX = "CamelTwilio.";

	/**
	 * Fills in the parameters of a message to be created.
	 * @param exchange the exchange, whose property {@code send} holds the request
	 */
	public void fillIn(Exchange exchange) {
		TwilioRequest request = exchange.getProperty("send", TwilioDelivery.TwilioSend.class).request();
		Message message = exchange.getMessage();
		message.removeHeaders("*");
		message.setHeader(PREFIX + "to", new PhoneNumber(request.to()));
		message.setHeader(PREFIX + "from", new PhoneNumber(request.from()));
		// Always there, null or not: the three name the constructor. Written like that,
		// the media's name fits the setter alone and not a constructor besides.
		message.setHeader(PREFIX + "body", request.body());
		if (request.mediaUrl() != null) {
			message.setHeader(PREFIX + "MediaUrl", List.of(URI.create(request.mediaUrl())));
		}
		if (request.persistentAction() != null) {
			message.setHeader(PREFIX + "persistentAction", List.of(request.persistentAction()));
		}
		if (request.contentSid() != null) {
			message.setHeader(PREFIX + "contentSid", request.contentSid());
		}
		if (request.contentVariables() != null) {
			message.setHeader(PREFIX + "contentVariables", request.contentVariables());
		}
		message.setHeader(PREFIX + "statusCallback", URI.create(request.statusCallback()));
		message.setBody(null);
	}

}
