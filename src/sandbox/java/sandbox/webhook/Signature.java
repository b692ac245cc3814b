package sandbox.webhook;

import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Meta's signature of a delivery.
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
			mac.init(new SecretKeySpec(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8), "HmacSHA256"));
			return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
