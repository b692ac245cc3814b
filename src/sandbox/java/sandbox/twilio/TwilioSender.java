package sandbox.twilio;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import sandbox.graph.GraphMedia;
import sandbox.phone.PhoneMessage;
import sandbox.phone.Phones;
import sandbox.phone.Phones.Phone;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;
import sandbox.twilio.TwilioMessages.Logged;
import sandbox.webhook.WebhookSender;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What becomes of a send that was accepted: it appears on the phone and its reports go to
 * its callback; or it fails, which Twilio tells by a report too, not in its answer:
 * outside the service window (63016) and for a picture that can't be fetched (63019).
 */
@Component
class TwilioSender {

	private final SandboxDatabase database;

	private final Phones phones;

	private final TwilioMessages messages;

	private final WebhookSender webhooks;

	private final SandboxClock clock;

	private final String account;

	private final String number;

	private final String publicBaseUrl;

	TwilioSender(SandboxDatabase database, Phones phones, TwilioMessages messages, WebhookSender webhooks,
			SandboxClock clock, @Value("${hub.twilio.account-sid}") String account,
			@Value("${hub.twilio.whatsapp-number}") String number,
			@Value("${hub.public-base-url}") String publicBaseUrl) {
		this.database = database;
		this.phones = phones;
		this.messages = messages;
		this.webhooks = webhooks;
		this.clock = clock;
		this.account = account;
		this.number = number;
		this.publicBaseUrl = publicBaseUrl;
	}

	/**
	 * Accepts a send; one that was accepted before, by its token, is only shown again.
	 * @param send the send
	 * @param token {@code I-Twilio-Idempotency-Token}, null for none
	 * @param lateError the code that it is to fail with afterwards, null for none
	 * @return the message
	 */
	Logged accept(TwilioSend send, String token, Integer lateError) {
		Optional<Logged> known = (token != null) ? this.messages.byToken(token) : Optional.empty();
		if (known.isPresent()) {
			return known.get();
		}
		Instant now = this.clock.instant();
		String address = send.to().substring("whatsapp:".length());
		Logged message = new Logged(TwilioMessages.sid(send.media().isEmpty() ? "SM" : "MM"), "outbound-api",
				this.number, send.to(), (send.text() != null) ? send.text() : "",
				JsonNodeFactory.instance.arrayNode(), "queued", null, now);
		Long n = this.database.inTransaction(() -> {
			this.messages.add(message, token);
			String owner = Phones.isUserId(address)
					? this.phones.byUserId(address).map(Phone::address).orElse(address) : address;
			Phone phone = this.phones.meet(owner, null, null);
			Integer error = (lateError != null) ? lateError : failure(send, owner);
			if (error != null) {
				this.messages.raise(message.sid(), "failed", error);
				report(phone, send, message, "failed", error, 30);
				return null;
			}
			long number = this.phones.add(phone,
					new PhoneMessage(0, "out", "twilio", message.sid(), send.type(), send.text(), null, send.footer(),
							send.options(), send.media(), send.template(), "accepted", now, send.details()));
			int jitter = ThreadLocalRandom.current().nextInt(20);
			report(phone, send, message, "sent", null, 20 + jitter);
			report(phone, send, message, "delivered", null, 80 + 2 * jitter);
			report(phone, send, message, "read", null, 500 + 10 * jitter);
			this.messages.raise(message.sid(), "sent", null);
			return number;
		});
		if (n != null) {
			this.phones.announce(address, n);
		}
		this.webhooks.wake();
		return message;
	}

	private void report(Phone phone, TwilioSend send, Logged message, String status, Integer error, int millis) {
		Map<String, Object> effect = (error == null)
				? Map.of("phone", phone.address(), "id", message.sid(), "status", status) : null;
		if (send.callback() == null) {
			return;
		}
		Map<String, String> form = new LinkedHashMap<>();
		form.put("ChannelPrefix", "whatsapp");
		form.put("ApiVersion", "2010-04-01");
		form.put("MessageStatus", status);
		form.put("SmsSid", message.sid());
		form.put("SmsStatus", status);
		form.put("ChannelInstallSid", "XE00000000000000000000000000000000");
		form.put("To", send.to());
		form.put("From", this.number);
		form.put("MessageSid", message.sid());
		form.put("AccountSid", this.account);
		if (error != null) {
			form.put("ErrorCode", error.toString());
		}
		else if (!status.equals("sent")) {
			form.put("EventType", status.toUpperCase(java.util.Locale.ROOT));
		}
		this.webhooks.enqueueForm("status", message.sid(), send.callback(), form,
				status + ": " + phone.label() + ((error != null) ? " (" + error + ")" : ""), effect,
				Duration.ofMillis(millis));
	}

	private Integer failure(TwilioSend send, String address) {
		if (send.freeform() && this.phones.windowOpenUntil(address, "twilio") == null) {
			return 63016;
		}
		for (Map<String, Object> asset : List.copyOf(send.media())) {
			String url = (String) asset.get("url");
			if (url.startsWith(this.publicBaseUrl + "/sandbox/images/")
					&& !GraphMedia.hasImage(url.substring(url.lastIndexOf('/') + 1))) {
				return 63019;
			}
		}
		return null;
	}

}
