package routes.delivery;

import java.util.Optional;

import com.twilio.rest.api.v2010.account.Message;
import hub.channel.CallbackData;
import hub.channel.SendOutcome;
import hub.channel.twilio.ContentTemplates;
import hub.channel.twilio.TwilioAnswer;
import hub.channel.twilio.TwilioRenderer;
import hub.channel.twilio.TwilioRequest;
import hub.message.OutboundMessage;
import hub.queue.OutboundItem;
import hub.queue.QueueConsumer;
import hub.queue.Work;
import hub.store.Installation;
import org.slf4j.MDC;

import org.springframework.stereotype.Component;

/**
 * Sends by Twilio: what a request says, and what its answer means.
 */
@Component("twilioDelivery")
public class TwilioDelivery {

	private final SendRules rules;

	private final DeliveryReports reports;

	private final Installation installation;

	private final TwilioRenderer renderer;

	private final TwilioAnswer answers = new TwilioAnswer();

	public TwilioDelivery(SendRules rules, DeliveryReports reports, Installation installation,
			TwilioRenderer renderer) {
		this.rules = rules;
		this.reports = reports;
		this.installation = installation;
		this.renderer = renderer;
	}

	/**
	 * A message on its way to Twilio.
	 *
	 * @param request what is asked for; null if nothing is to be sent
	 * @param message what it says
	 * @param refusal why nothing is sent, null if it is
	 */
	public record TwilioSend(TwilioRequest request, OutboundMessage message, SendOutcome refusal) {

		public boolean isSendable() {
			return this.request != null;
		}

	}

	/**
	 * Writes the request for a message. Outside the service window it is the message's
	 * template: that is decided now, not when the message was queued.
	 * @param item the message
	 * @return the request, or why there is none
	 */
	public TwilioSend prepare(OutboundItem item) {
		SendRules.Decision decision = this.rules.decide(item);
		OutboundMessage message = decision.message();
		if (decision.refusal() != null) {
			return new TwilioSend(null, message, decision.refusal());
		}
		String sendTo = item.recipient().sendTo();
		String callbackData = new CallbackData(item.messageId(), this.installation.id()).write();
		if (!decision.template()) {
			return new TwilioSend(this.renderer.render(message, sendTo, callbackData), message, null);
		}
		Optional<TwilioRequest> request = this.renderer.renderTemplate(message, sendTo, callbackData);
		return request.map((template) -> new TwilioSend(template, message, null))
			.orElseGet(() -> new TwilioSend(null, message,
					SendOutcome.of(SendOutcome.Verdict.FAILED, null, "It has to go as a template, and "
							+ ContentTemplates.setting(message.template().name()) + " names no Content template")));
	}

	/**
	 * Concludes a message that is not sent.
	 * @param item the message
	 * @param send the refused request
	 * @return what is written with the message's end
	 */
	public Work unsent(OutboundItem item, TwilioSend send) {
		return this.reports.report(item, send.message(), send.refusal());
	}

	/**
	 * Concludes an accepted request.
	 * @param item the message
	 * @param send the request
	 * @param accepted what Twilio has made of it
	 * @return what is written with the message's end
	 */
	public Work accepted(OutboundItem item, TwilioSend send, Message accepted) {
		return report(item, send, this.answers.of(accepted.getSid()));
	}

	/**
	 * Concludes a request that was refused or not answered, or whose answer could not be
	 * read. A send in doubt is repeated at once, for Twilio knows it by its token; when
	 * that is not answered either, it goes on like anything that Twilio can't take now.
	 * @param item the message
	 * @param send the request
	 * @param failure what went wrong, whatever is wrapped around it
	 * @return what is written with the message's next try
	 */
	public Work failed(OutboundItem item, TwilioSend send, Exception failure) {
		SendOutcome sent = this.answers.of(failure);
		if (sent.verdict() == SendOutcome.Verdict.IN_DOUBT && item.attempt() > 1) {
			sent = SendOutcome.of(SendOutcome.Verdict.TRANSIENT, sent.code(), sent.reason());
		}
		return report(item, send, sent);
	}

	/** The answer comes in a thread that does not know whose it is. */
	private Work report(OutboundItem item, TwilioSend send, SendOutcome sent) {
		try (MDC.MDCCloseable flow = MDC.putCloseable(QueueConsumer.MDC_KEY, item.correlationId())) {
			return this.reports.report(item, send.message(), sent);
		}
	}

}
