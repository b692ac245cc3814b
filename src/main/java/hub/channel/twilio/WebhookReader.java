package hub.channel.twilio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.CallbackData;
import hub.channel.Json;
import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;

/**
 * Takes Twilio's webhook requests in: one message, or one report, each. What can't be
 * used becomes an item with its reason, so that nothing is lost in silence. Safe for use
 * by many threads.
 * <p>
 * The body of a message's item is {@code {"form":{…},"sent_at":…}} with every parameter
 * that came, known or not, that of a failed send {@code {"status":{…},"message":…}},
 * always in ASCII. {@link TwilioMessageReader} reads both. A message's event key is its
 * SID.
 */
public final class WebhookReader {

	/** The parameter of a callback's address that carries our id of the message. */
	public static final String OWN_ID = "message";

	private static final Pattern ADDRESS = Pattern.compile("[\\x21-\\x7E]{1,100}");

	private final String number;

	private final Clock clock;

	/**
	 * A reader of the deliveries to one number.
	 * @param number our number, with or without its prefix; what is delivered to another
	 * one can't be used
	 * @param clock tells the time of reports, which don't
	 */
	public WebhookReader(String number, Clock clock) {
		this.number = Twilio.bare(number);
		this.clock = clock;
	}

	/**
	 * Reads a message's request, whose signature has been verified, or what stands for
	 * one.
	 * @param form its parameters
	 * @param sentAt when it was sent, as far as that is known
	 * @return one item, usable or not
	 */
	public InboundBatch message(Map<String, String> form, Instant sentAt) {
		String reason = unusableMessage(form);
		ObjectNode body = Json.object();
		body.set("form", object(form));
		body.put("sent_at", sentAt.toString());
		String number = number(form.get("To"));
		if (reason != null) {
			return batch(new InboundItem(Twilio.CHANNEL, number, hash(form), null, Json.write(body), reason));
		}
		return batch(new InboundItem(Twilio.CHANNEL, number, sid(form), Sender.of(form).key(), Json.write(body), null));
	}

	private String unusableMessage(Map<String, String> form) {
		if (!Twilio.isSid(sid(form))) {
			return "The message has no SID";
		}
		if (!number(form.get("To")).equals(this.number)) {
			return "It was delivered to another number: " + number(form.get("To"));
		}
		return Sender.of(form).isKnown() ? null : "The message's sender is neither a phone number nor a user id";
	}

	/**
	 * Reads a report's request, whose signature has been verified.
	 * @param query the parameters of the address that was called
	 * @param form the parameters of the body
	 * @return a report; with it, for a message that failed, an item. A report that can't
	 * be used is an item with its reason
	 */
	public InboundBatch status(Map<String, String> query, Map<String, String> form) {
		ObjectNode body = Json.object();
		body.set("status", object(form));
		if (query.get(OWN_ID) != null) {
			body.put(OWN_ID, query.get(OWN_ID));
		}
		String number = number(form.get("From"));
		MessageState state = state(form);
		String reason = unusableStatus(form, state);
		if (reason != null) {
			return batch(new InboundItem(Twilio.CHANNEL, number, hash(form), null, Json.write(body), reason));
		}
		StatusUpdate update = update(form, query.get(OWN_ID), this.clock);
		if (state != MessageState.FAILED) {
			return new InboundBatch(List.of(), List.of(update));
		}
		Recipient recipient = Recipient.of(form);
		InboundItem item = recipient.isKnown()
				? new InboundItem(Twilio.CHANNEL, number, "status:" + update.providerId() + ":failed", recipient.key(),
						Json.write(body), null)
				: new InboundItem(Twilio.CHANNEL, number, hash(form), null, Json.write(body),
						"The failed message's recipient is unknown");
		return new InboundBatch(List.of(item), List.of(update));
	}

	private static String unusableStatus(Map<String, String> form, MessageState state) {
		if (!Twilio.isSid(sid(form))) {
			return "The status belongs to no message";
		}
		return (state == null) ? "The hub does not know this status" : null;
	}

	/**
	 * Reads a report that has an id and a known state.
	 */
	static StatusUpdate update(Map<String, String> form, String callbackData, Clock clock) {
		MessageState state = state(form);
		Optional<CallbackData> carried = CallbackData.read(callbackData);
		TwilioError error = (state == MessageState.FAILED) ? TwilioError.of(form) : null;
		return new StatusUpdate(Twilio.CHANNEL, carried.map(CallbackData::messageId).orElse(null),
				carried.map(CallbackData::installation).orElse(null), sid(form), state, clock.instant(),
				(error != null) ? error.code() : null, (error != null) ? error.words() : null);
	}

	/**
	 * The state that a report tells of. Whatever is still on its way has been accepted.
	 * Source: Twilio, "Outbound message status in status callbacks".
	 */
	static MessageState state(Map<String, String> form) {
		String status = form.getOrDefault("MessageStatus", form.getOrDefault("SmsStatus", ""));
		return switch (status.strip().toLowerCase(Locale.ROOT)) {
			case "accepted", "scheduled", "queued", "sending", "sent" -> MessageState.SENT;
			case "delivered" -> MessageState.DELIVERED;
			case "read" -> MessageState.READ;
			case "undelivered", "failed", "canceled" -> MessageState.FAILED;
			default -> null;
		};
	}

	private static String sid(Map<String, String> form) {
		String sid = form.get("MessageSid");
		return (sid != null && !sid.isBlank()) ? sid.strip() : form.get("SmsMessageSid");
	}

	/** What can be stored and told; empty for what is no number of anybody. */
	private static String number(String address) {
		String number = Twilio.bare(address);
		return ADDRESS.matcher(number).matches() ? number : "";
	}

	private static InboundBatch batch(InboundItem item) {
		return new InboundBatch(List.of(item), List.of());
	}

	private static ObjectNode object(Map<String, String> parameters) {
		ObjectNode object = Json.object();
		parameters.forEach(object::put);
		return object;
	}

	private static String hash(Map<String, String> form) {
		try {
			String sorted = Json.write(object(new TreeMap<>(form)));
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(sorted.getBytes(StandardCharsets.US_ASCII));
			return "sha256:" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java runtime has no SHA-256", ex);
		}
	}

	/**
	 * Whom a message came from, by all that its form tells.
	 *
	 * @param phone the canonical number, null when it is hidden
	 * @param userId the business-scoped user id, null for none
	 * @param address what to write to, without the prefix; null when nothing identifies
	 * the person
	 */
	record Sender(String phone, String userId, String address) {

		static Sender of(Map<String, String> form) {
			String from = Twilio.bare(form.get("From"));
			String phone = Twilio.phone(from);
			String written = from;
			if (phone == null) {
				written = Twilio.bare(form.get("WaId"));
				phone = Twilio.phone(written);
			}
			String userId = Twilio.bare(form.get("ExternalUserId"));
			if (!Twilio.isUserId(userId)) {
				userId = Twilio.isUserId(from) ? from : null;
			}
			return new Sender(phone, userId, (phone != null) ? written : userId);
		}

		boolean isKnown() {
			return this.address != null;
		}

		String key() {
			return (this.phone != null) ? this.phone : this.userId;
		}

	}

	/**
	 * Whom a message of ours went to.
	 *
	 * @param phone the canonical number, null when it is hidden
	 * @param userId the business-scoped user id, null for none
	 */
	record Recipient(String phone, String userId) {

		static Recipient of(Map<String, String> form) {
			String to = Twilio.bare(form.get("To"));
			String phone = Twilio.phone(to);
			return new Recipient(phone, (phone == null && Twilio.isUserId(to)) ? to : null);
		}

		boolean isKnown() {
			return this.phone != null || this.userId != null;
		}

		String key() {
			return (this.phone != null) ? this.phone : this.userId;
		}

	}

}
