package hub.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a person sent, in no provider's terms.
 *
 * @param channel the channel it came by, such as {@code whatsapp}
 * @param number our own number's id that was written to (Meta: phone number id)
 * @param phone the sender's phone number in E.164 with its plus sign, null when the
 * provider hides it (Meta's business-scoped user ids)
 * @param userId the provider's own id of the sender, null when there is none
 * @param address the provider's own form of the sender's number or id, to be answered to
 * @param profileName the name the sender shows, null for none
 * @param providerId the provider's message id
 * @param sentAt when the provider says it was sent
 * @param kind what it is
 * @param text the words: the body, a caption, a choice's title, a reaction's emoji; never
 * null, at most 4,096 characters, free of control characters that a database refuses
 * @param choice the token of the chosen option, null unless the kind is CHOICE
 * @param quoted the provider's id of the message it answers to, null for none
 * @param media what came with it; empty for none
 * @param location the place, null unless the kind is LOCATION
 */
public record InboundMessage(String channel, String number, String phone, String userId, String address,
		String profileName, String providerId, Instant sentAt, Kind kind, String text, String choice, String quoted,
		List<Media> media, Location location) {

	/** The longest text that is kept, in UTF-16 units (Meta: text body). */
	public static final int MAX_TEXT = 4096;

	public InboundMessage {
		Objects.requireNonNull(channel, "A message came by a channel");
		Objects.requireNonNull(address, "A message has a sender");
		Objects.requireNonNull(kind, "A message has a kind");
		text = (text != null) ? text : "";
		media = (media != null) ? List.copyOf(media) : List.of();
	}

	/**
	 * The same message as the choice that it stands for, such as a number in place of a
	 * button.
	 * @param option what is chosen by it
	 * @return the choice
	 */
	public InboundMessage choosing(Option option) {
		return new InboundMessage(this.channel, this.number, this.phone, this.userId, this.address, this.profileName,
				this.providerId, this.sentAt, Kind.CHOICE, option.title(), option.id(), this.quoted, this.media,
				this.location);
	}

}
