package sandbox.graph;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import sandbox.phone.PhoneMessage;
import sandbox.phone.Phones;
import sandbox.phone.Phones.Phone;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;
import sandbox.webhook.Payloads;
import sandbox.webhook.WebhookSender;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What becomes of a send that was accepted: it appears on the phone and its statuses go
 * to the hub; or it fails, which Meta tells by a status too, not in its answer: outside
 * the service window (131047) and for a picture that can't be fetched (131053).
 */
@Component
class GraphSender {

	private final SandboxDatabase database;

	private final Phones phones;

	private final Payloads payloads;

	private final WebhookSender webhooks;

	private final SandboxClock clock;

	private final String publicBaseUrl;

	GraphSender(SandboxDatabase database, Phones phones, Payloads payloads, WebhookSender webhooks, SandboxClock clock,
			@Value("${hub.public-base-url}") String publicBaseUrl) {
		this.database = database;
		this.phones = phones;
		this.payloads = payloads;
		this.webhooks = webhooks;
		this.clock = clock;
		this.publicBaseUrl = publicBaseUrl;
	}

	/**
	 * Accepts a send.
	 * @param request the send
	 * @return the message's id
	 */
	String accept(SendRequest request) {
		String id = Payloads.messageId();
		Instant now = this.clock.instant();
		String address = (request.to() != null) ? "+" + request.to()
				: this.phones.byUserId(request.userId()).map(Phone::address).orElse(request.userId());
		Long n = this.database.inTransaction(() -> {
			Phone phone = this.phones.meet(address, null, null);
			Map<String, Object> failure = failure(request, address);
			if (failure != null) {
				status(phone, request, id, now, "failed", failure, 30);
				return null;
			}
			long number = this.phones.add(phone,
					new PhoneMessage(0, "out", "whatsapp", id, request.type(), request.text(), request.header(),
							request.footer(), request.options(), media(request), request.template(), "accepted", now,
							request.details()));
			int jitter = ThreadLocalRandom.current().nextInt(20);
			status(phone, request, id, now, "sent", null, 20 + jitter);
			status(phone, request, id, now, "delivered", null, 80 + 2 * jitter);
			status(phone, request, id, now, "read", null, 500 + 10 * jitter);
			return number;
		});
		if (n != null) {
			this.phones.announce(address, n);
		}
		this.webhooks.wake();
		return id;
	}

	private void status(Phone phone, SendRequest request, String id, Instant now, String status,
			Map<String, Object> error, int millis) {
		Map<String, Object> effect = (error == null)
				? Map.of("phone", phone.address(), "id", id, "status", status) : null;
		this.webhooks.enqueue("status", id,
				this.payloads.status(phone, id, status, now.plusMillis(millis), request.callbackData(),
						request.category(), error),
				status + ": " + phone.label() + ((error != null) ? " (" + error.get("code") + ")" : ""), effect,
				Duration.ofMillis(millis));
	}

	private Map<String, Object> failure(SendRequest request, String address) {
		if (request.template() == null && this.phones.windowOpenUntil(address, "whatsapp") == null) {
			return error(131047, "Message failed to send because more than 24 hours have passed since the customer last"
					+ " replied to this number.");
		}
		for (Map<String, Object> asset : request.media()) {
			String url = (String) asset.get("url");
			if (url != null && url.startsWith(this.publicBaseUrl + "/sandbox/images/")
					&& !GraphMedia.hasImage(url.substring(url.lastIndexOf('/') + 1))) {
				return error(131053, "Downloading media from weblink failed with http code 404");
			}
			if (url == null && !known(asset)) {
				return error(131053, "Media id is unknown or has expired");
			}
		}
		return null;
	}

	private boolean known(Map<String, Object> asset) {
		return this.database.sql("select count(*) from media where id = :id")
			.param("id", asset.get("id"))
			.query(Long.class)
			.single() > 0;
	}

	private List<Map<String, Object>> media(SendRequest request) {
		List<Map<String, Object>> shown = new ArrayList<>();
		for (Map<String, Object> asset : request.media()) {
			Map<String, Object> copy = new LinkedHashMap<>(asset);
			if (copy.get("url") == null) {
				this.database.sql("select source from media where id = :id")
					.param("id", asset.get("id"))
					.query(String.class)
					.optional()
					.ifPresent((source) -> copy.put("url", address(source)));
			}
			shown.add(copy);
		}
		return shown;
	}

	private static String address(String source) {
		return URI.create(source).isAbsolute() ? source : "/sandbox/images/" + source;
	}

	private static Map<String, Object> error(int code, String details) {
		String title = GraphErrors.title(code);
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", code);
		error.put("title", title);
		error.put("message", title);
		error.put("error_data", Map.of("details", details));
		error.put("href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/");
		return error;
	}

}
