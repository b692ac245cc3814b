package routes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.SendOutcome;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Validity;
import hub.queue.OutboundItem;
import hub.queue.Withdrawals;

import org.springframework.stereotype.Component;

/**
 * Whether a message goes, and as what: the same on every channel. It is decided when it
 * is sent, not when it was queued.
 */
@Component
public class SendRules {

	/** How long after a person's last message free text may be sent. */
	private static final Duration WINDOW = Duration.ofHours(24);

	private final ObjectMapper json;

	private final Clock clock;

	private final Withdrawals withdrawals;

	public SendRules(ObjectMapper json, Clock clock, Withdrawals withdrawals) {
		this.json = json;
		this.clock = clock;
		this.withdrawals = withdrawals;
	}

	/**
	 * What is decided.
	 *
	 * @param message what is said
	 * @param template whether it goes as a template: the service window is closed, or
	 * there are no words that could go
	 * @param refusal why it does not go, null if it does
	 */
	public record Decision(OutboundMessage message, boolean template, SendOutcome refusal) {
	}

	/**
	 * Decides on a message.
	 * @param item the message
	 * @return what is to be done
	 */
	public Decision decide(OutboundItem item) {
		OutboundMessage message = read(item);
		OutboundItem.Recipient recipient = item.recipient();
		if (recipient == null) {
			return refused(message, "The hub knows no such recipient");
		}
		boolean direct = message.priority() == Priority.REPLY;
		if (!direct && (recipient.optedOut() || recipient.suppressed())) {
			return refused(message, "The recipient wants nothing but direct answers");
		}
		Validity validity = message.validity();
		if (validity != null && !validity.holdsAt(this.clock.instant())) {
			return refused(message, "It was of use until " + validity.until() + ", and nobody wants it any more");
		}
		if (validity != null && validity.about() != null
				&& this.withdrawals.isWithdrawn(validity.about(), item.messageId())) {
			return refused(message, "It was taken back before it left");
		}
		boolean open = recipient.lastInboundAt() != null
				&& recipient.lastInboundAt().plus(WINDOW).isAfter(this.clock.instant());
		if (!open && message.template() == null) {
			return refused(message, "The service window is closed, and the message has no template");
		}
		return new Decision(message, !open || (message.template() != null && message.template().always()), null);
	}

	private static Decision refused(OutboundMessage message, String reason) {
		return new Decision(message, false, SendOutcome.of(SendOutcome.Verdict.FAILED, null, reason));
	}

	private OutboundMessage read(OutboundItem item) {
		try {
			return this.json.readValue(item.body(), OutboundMessage.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
