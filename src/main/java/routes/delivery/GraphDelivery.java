package routes.delivery;

import hub.channel.CallbackData;
import hub.channel.SendOutcome;
import hub.channel.whatsapp.GraphAnswer;
import hub.channel.whatsapp.GraphRenderer;
import hub.config.HubProperties;
import hub.message.OutboundMessage;
import hub.queue.OutboundItem;
import hub.queue.Work;
import hub.store.Installation;
import hub.turn.Turn;
import hub.message.InboundMessage;
import hub.message.Kind;

import org.springframework.stereotype.Component;

/**
 * Sends by Meta's Cloud API: what a request says, and what its answer means.
 */
@Component("graphDelivery")
public class GraphDelivery {

	private final SendRules rules;

	private final DeliveryReports reports;

	private final Installation installation;

	private final String authorization;

	private final GraphAnswer answers = new GraphAnswer();

	private final GraphRenderer renderer = new GraphRenderer();

	public GraphDelivery(SendRules rules, DeliveryReports reports, Installation installation,
			HubProperties properties) {
		this.rules = rules;
		this.reports = reports;
		this.installation = installation;
		this.authorization = "Bearer " + properties.whatsapp().token();
	}

	/**
	 * A request to the Graph API.
	 *
	 * @param json its body; null if nothing is to be sent
	 * @param message what it says
	 * @param template whether it is sent as a template
	 * @param refusal why nothing is sent, null if it is
	 */
	public record GraphRequest(String json, OutboundMessage message, boolean template, SendOutcome refusal) {

		public boolean isSendable() {
			return this.json != null;
		}

	}

	/**
	 * Writes the request for a message. Outside the service window it is the message's
	 * template: that is decided now, not when the message was queued.
	 * @param item the message
	 * @return the request, or why there is none
	 */
	public GraphRequest prepare(OutboundItem item) {
		SendRules.Decision decision = this.rules.decide(item);
		OutboundMessage message = decision.message();
		if (decision.refusal() != null) {
			return new GraphRequest(null, message, false, decision.refusal());
		}
		String sendTo = item.recipient().sendTo();
		String callbackData = new CallbackData(item.messageId(), this.installation.id()).write();
		String body = decision.template() ? this.renderer.renderTemplate(message, sendTo, callbackData)
				: this.renderer.render(message, sendTo, callbackData);
		return new GraphRequest(body, message, decision.template(), null);
	}

	/**
	 * Proves to Meta that it is us. A rule rather than a placeholder in the route, so
	 * that no picture of the route shows the token.
	 * @return the header's value
	 */
	public String authorization() {
		return this.authorization;
	}

	/**
	 * Concludes a message that is not sent.
	 * @param item the message
	 * @param request the refused request
	 * @return what is written with the message's end
	 */
	public Work unsent(OutboundItem item, GraphRequest request) {
		return this.reports.report(item, request.message(), request.refusal());
	}

	/**
	 * Concludes an answered request.
	 * @param item the message
	 * @param request the request
	 * @param status the HTTP status
	 * @param body the answer's body
	 * @return what is written with the message's end or next try
	 */
	public Work answered(OutboundItem item, GraphRequest request, int status, String body) {
		return this.reports.report(item, request.message(), this.answers.of(status, body));
	}

	/**
	 * Concludes a request that was not answered, or whose answer could not be read.
	 * @param item the message
	 * @param request the request
	 * @param failure what went wrong, whatever is wrapped around it
	 * @return what is written with the message's next try
	 */
	public Work unanswered(OutboundItem item, GraphRequest request, Exception failure) {
		return this.reports.report(item, request.message(), this.answers.of(failure));
	}

	/**
	 * Writes the read receipt, with a typing indicator, for a message that came in.
	 * @param turn the message's turn
	 * @return the request's body; null for what can't be marked
	 */
	public String receipt(Turn turn) {
		InboundMessage message = turn.message();
		boolean answered = message.kind() != Kind.REACTION && message.kind() != Kind.SYSTEM;
		if (!message.channel().equals("whatsapp") || message.providerId() == null || !answered || turn.repeated()) {
			return null;
		}
		return this.renderer.readReceipt(message.providerId());
	}

}
