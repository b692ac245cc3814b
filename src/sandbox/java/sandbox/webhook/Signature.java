package sandbox.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The providers' signatures of their deliveries.
 */
public final class Signature {

	private Signature() {
	}

	/**
	 * The value of {@code X-Hub-Signature-256}.
	 * @param secret the app's secret
	 * @param body the exact bytes
	 * @return {@code sha256=} and the HMAC in hexadecimal
	 */
	public static String sha256(String secret, byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The value of {@code X-Twilio-Signature}.
	 * @param token the account's token
	 * @param url the whole address, as it is called
	 * @param form the parameters of the body
	 * @return the HMAC in base 64
	 */
	public static String twilio(String token, String url, Map<String, String> form) {
		StringBuilder signed = new StringBuilder(url);
		new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
			return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
