package hub.channel.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells Meta's own deliveries from everybody else's: the header
 * {@code X-Hub-Signature-256} is {@code sha256=} and the HMAC-SHA256 of the exact bytes
 * of the body under the app's secret (Meta, "Webhooks: validating payloads"). Safe for
 * use by many threads.
 */
public final class WebhookSignature {

	private static final String ALGORITHM = "HmacSHA256";

	private static final String PREFIX = "sha256=";

	private static final int HEX_LENGTH = 64;

	// Never fed: each check works on a copy, which costs less than setting up the key.
	private final Mac keyed;

	/**
	 * A check with the app's secret.
	 * @param appSecret the secret, never blank
	 */
	public WebhookSignature(String appSecret) {
		if (appSecret == null || appSecret.isBlank()) {
			throw new IllegalArgumentException("Webhooks can't be verified without the app's secret");
		}
		try {
			this.keyed = Mac.getInstance(ALGORITHM);
			this.keyed.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + ALGORITHM, ex);
		}
	}

	/**
	 * Whether the body was signed with the secret. Takes as long for any wrong signature.
	 * @param body the request's exact bytes
	 * @param header the value of {@code X-Hub-Signature-256}, null when absent
	 * @return true only for the right signature; false for whatever else
	 */
	public boolean matches(byte[] body, String header) {
		byte[] claimed = claimed(header);
		return body != null && claimed != null && MessageDigest.isEqual(copy().doFinal(body), claimed);
	}

	private Mac copy() {
		try {
			return (Mac) this.keyed.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("This Java runtime can't copy " + ALGORITHM, ex);
		}
	}

	private static byte[] claimed(String header) {
		if (header == null || header.length() != PREFIX.length() + HEX_LENGTH || !header.startsWith(PREFIX)
				|| !header.chars().skip(PREFIX.length()).allMatch(HexFormat::isHexDigit)) {
			return null;
		}
		return HexFormat.of().parseHex(header, PREFIX.length(), header.length());
	}

}
