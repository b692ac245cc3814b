package hub.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

import hub.channel.Json;

/**
 * One thing that a provider delivered, as it is stored in the inbox.
 *
 * @param provider the channel's name, such as {@code whatsapp}
 * @param number our number's id that it was delivered to; empty when the provider did not
 * say
 * @param eventKey what makes it the same thing when it is delivered again: the message
 * id, else a hash of the item; never null
 * @param contactKey whose line it stands in: the sender's number in E.164, else the
 * provider's id of the sender; null for what is in nobody's line
 * @param body the item as JSON, in ASCII, with what surrounded it in the delivery and
 * belongs to it
 * @param deadReason why it can't be used, in words; null for an item to be handled
 */
public record InboundItem(String provider, String number, String eventKey, String contactKey, String body,
		String deadReason) {

	public InboundItem {
		Objects.requireNonNull(provider, "An item has a provider");
		Objects.requireNonNull(eventKey, "An item has an event key");
		Objects.requireNonNull(body, "An item has a body");
		number = (number != null) ? number : "";
		if (contactKey == null && deadReason == null) {
			throw new IllegalArgumentException("An item to be handled stands in somebody's line");
		}
	}

	/**
	 * What has come and can be no item of any provider's: it is dead from the beginning,
	 * and whatever is in it can be stored.
	 * @param content what has come
	 * @param reason why it can't be used, in words
	 * @return the item, the same for the same content
	 */
	public static InboundItem unusable(String content, String reason) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
			return new InboundItem("intake", "", "sha256:" + HexFormat.of().formatHex(digest), null,
					Json.write(Json.object().put("content", content)), reason);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java runtime has no SHA-256", ex);
		}
	}

}
