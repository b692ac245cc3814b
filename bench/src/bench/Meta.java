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

	private static final String PATH = "/api/v1/webhook";

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
		String number = Contacts.digits(contact);
		String id = "wamid.bench" + this.run + "n" + this.count.incrementAndGet();
		String body = """
				{"object":"whatsapp_business_account","entry":[{"id":"100","changes":[{"field":"messages","value":\
				{"messaging_product":"whatsapp","metadata":{"display_phone_number":"2348000000000","phone_number_id":"%s"},\
				"contacts":[{"profile":{"name":"Bench %d"},"wa_id":"%s"}],\
				"messages":[{"from":"%s","id":"%s","timestamp":"%d","type":"text","text":{"body":"%s"}}]}}]}]}"""
			.formatted(PHONE_ID, contact, number, number, id, System.currentTimeMillis() / 1000, text);
		return new Delivery(request(body), contact, id);
	}

	/**
	 * A person's tap on a button.
	 * @param contact the person
	 * @param token what comes back with it: letters, digits and colons
	 * @return a request of its own
	 */
	Delivery tap(int contact, String token) {
		String number = Contacts.digits(contact);
		String id = "wamid.bench" + this.run + "n" + this.count.incrementAndGet();
		String body = """
				{"object":"whatsapp_business_account","entry":[{"id":"100","changes":[{"field":"messages","value":\
				{"messaging_product":"whatsapp","metadata":{"display_phone_number":"2348000000000","phone_number_id":"%s"},\
				"contacts":[{"profile":{"name":"Bench %d"},"wa_id":"%s"}],\
				"messages":[{"from":"%s","id":"%s","timestamp":"%d","type":"interactive",\
				"interactive":{"type":"button_reply","button_reply":{"id":"%s","title":"YES"}}}]}}]}]}"""
			.formatted(PHONE_ID, contact, number, number, id, System.currentTimeMillis() / 1000, token);
		return new Delivery(request(body), contact, id);
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
		String body = """
				{"object":"whatsapp_business_account","entry":[{"id":"100","changes":[{"field":"messages","value":\
				{"messaging_product":"whatsapp","metadata":{"display_phone_number":"2348000000000","phone_number_id":"%s"},\
				"statuses":[{"id":"%s","status":"%s","timestamp":"%d","recipient_id":"%s","biz_opaque_callback_data":"%s"}]}}]}]}"""
			.formatted(PHONE_ID, providerId, state, System.currentTimeMillis() / 1000, Contacts.digits(contact),
					callbackData);
		return new Delivery(request(body), -1, providerId + ":" + state);
	}

	private byte[] request(String json) {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		String head = """
				POST %s HTTP/1.1\r
				Host: 127.0.0.1:%d\r
				Content-Type: application/json\r
				X-Hub-Signature-256: sha256=%s\r
				Content-Length: %d\r
				\r
				""".formatted(PATH, this.port, sign(body), body.length);
		ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
		request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
		request.writeBytes(body);
		return request.toByteArray();
	}

	private static String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
