package bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes webhook requests as Meta's Cloud API does, signed. Everything is written before
 * it is sent, so that the sender's work costs next to nothing while something is
 * measured.
 */
final class Meta {

	static final String APP_SECRET = "bench-app-secret";

	static final String PHONE_ID = "1";

	private static final String ALGORITHM = "HmacSHA256";

	private static final String PATH = "/api/v1/webhook";

	private static final String VALUE = """
			{"object":"whatsapp_business_account","entry":[{"id":"100","changes":[{"field":"messages","value":\
			{"messaging_product":"whatsapp","metadata":{"display_phone_number":"2348000000000","phone_number_id":"%s"},\
			%s}}]}]}""";

	private final AtomicLong count = new AtomicLong();

	private final String run = Long.toString(System.currentTimeMillis(), 36);

	private final int port;

	Meta(int hubPort) {
		this.port = hubPort;
	}

	/**
	 * A person's text message.
	 * @param contact the person
	 * @param text letters, digits and blanks
	 * @return a request of its own
	 */
	Delivery text(int contact, String text) {
		return text(contact, text, PATH);
	}

	/**
	 * A person's text message, posted elsewhere.
	 * @param contact the person
	 * @param text letters, digits and blanks
	 * @param path where to
	 * @return a request of its own
	 */
	Delivery text(int contact, String text, String path) {
		String id = nextId();
		return new Delivery(request(body(contact, id, text), path), contact, id);
	}

	/**
	 * The body alone of a person's text message.
	 * @param contact the person
	 * @param id the message's
	 * @param text letters, digits and blanks
	 * @return its bytes
	 */
	static byte[] body(int contact, String id, String text) {
		return message(contact, id, "", "text", "{\"body\":\"" + text + "\"}");
	}

	/**
	 * A person's tap on a button.
	 * @param contact the person
	 * @param token what comes back with it: letters, digits and colons
	 * @return a request of its own
	 */
	Delivery tap(int contact, String token) {
		String id = nextId();
		return new Delivery(request(message(contact, id, "", "interactive",
				"{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"" + token + "\",\"title\":\"YES\"}}"), PATH), contact,
				id);
	}

	/**
	 * A person's choice from a list.
	 * @param contact the person
	 * @param token what comes back with it: letters, digits, colons and underscores
	 * @return a request of its own
	 */
	Delivery choice(int contact, String token) {
		String id = nextId();
		return new Delivery(request(message(contact, id, "", "interactive",
				"{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"" + token + "\",\"title\":\"A choice\"}}"), PATH),
				contact, id);
	}

	/**
	 * A person's photo with words below it, as a reply to a message of the hub's.
	 * @param contact the person
	 * @param mediaId what the provider keeps it under
	 * @param caption letters, digits and blanks
	 * @param repliedTo the provider's id of the hub's message
	 * @return a request of its own
	 */
	Delivery photo(int contact, String mediaId, String caption, String repliedTo) {
		String id = nextId();
		String context = "\"context\":{\"from\":\"2348000000000\",\"id\":\"" + repliedTo + "\"},";
		return new Delivery(request(message(contact, id, context, "image",
				"{\"id\":\"" + mediaId + "\",\"mime_type\":\"image/jpeg\",\"caption\":\"" + caption + "\"}"), PATH), contact,
				id);
	}

	/**
	 * A report on a message of the hub's.
	 * @param state {@code sent}, {@code delivered} or {@code read}
	 * @param providerId the id that the provider gave to the message
	 * @param callbackData what the message carried, which the provider carries back
	 * @param contact its recipient
	 * @return a request of its own
	 */
	Delivery status(String state, String providerId, String callbackData, int contact) {
		String statuses = """
				"statuses":[{"id":"%s","status":"%s","timestamp":"%d","recipient_id":"%s","biz_opaque_callback_data":"%s"}]"""
			.formatted(providerId, state, System.currentTimeMillis() / 1000, Contacts.digits(contact), callbackData);
		return new Delivery(request(VALUE.formatted(PHONE_ID, statuses).getBytes(StandardCharsets.UTF_8), PATH), -1,
				providerId + ":" + state);
	}

	private String nextId() {
		return "wamid.bench" + this.run + "n" + this.count.incrementAndGet();
	}

	private static byte[] message(int contact, String id, String context, String type, String content) {
		String number = Contacts.digits(contact);
		String messages = """
				"contacts":[{"profile":{"name":"Bench %d"},"wa_id":"%s"}],\
				"messages":[{%s"from":"%s","id":"%s","timestamp":"%d","type":"%s","%s":%s}]"""
			.formatted(contact, number, context, number, id, System.currentTimeMillis() / 1000, type, type, content);
		return VALUE.formatted(PHONE_ID, messages).getBytes(StandardCharsets.UTF_8);
	}

	private byte[] request(byte[] body, String path) {
		String head = """
				POST %s HTTP/1.1\r
				Host: 127.0.0.1:%d\r
				Content-Type: application/json\r
				X-Hub-Signature-256: sha256=%s\r
				Content-Length: %d\r
				\r
				""".formatted(path, this.port, HexFormat.of().formatHex(mac().doFinal(body)), body.length);
		ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
		request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
		request.writeBytes(body);
		return request.toByteArray();
	}

	/**
	 * What signs webhooks.
	 * @return one that has signed nothing yet
	 */
	static Mac mac() {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
