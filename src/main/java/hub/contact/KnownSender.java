package hub.contact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that the hub remembers when a message comes in.
 *
 * @param contact who wrote
 * @param identity how to answer
 * @param dialogue the question that waits for an answer, null for none; may have expired
 * @param shown JSON: what was last offered, null for nothing
 * @param codeRequestedAt when a one-time code was last asked for, null for never
 * @param addresses all canonical addresses of the contact on the identity's channel
 * @param question the last question that the hub put to this contact of its own accord,
 * null for none
 * @param talkedAt when the last word was said in a talk of this contact with a visitor of
 * the web chat, business time; null for never
 */
public record KnownSender(Contact contact, Identity identity, Dialogue dialogue, String shown, Instant codeRequestedAt,
		List<String> addresses, PutQuestion question, Instant talkedAt) {

	/** After so much silence a talk with a visitor is over. */
	public static final Duration TALK_SILENCE = Duration.ofHours(24);

	public KnownSender {
		addresses = List.copyOf(addresses);
	}

	public KnownSender(Contact contact, Identity identity, Dialogue dialogue, String shown, Instant codeRequestedAt) {
		this(contact, identity, dialogue, shown, codeRequestedAt, List.of(identity.address()), null, null);
	}

	/**
	 * The same with the contact as it is now.
	 * @param contact the contact
	 * @return a copy
	 */
	public KnownSender with(Contact contact) {
		return new KnownSender(contact, this.identity, this.dialogue, this.shown, this.codeRequestedAt, this.addresses,
				this.question, this.talkedAt);
	}

	/**
	 * The same without the question that waits for an answer.
	 * @return a copy
	 */
	public KnownSender withoutDialogue() {
		return new KnownSender(this.contact, this.identity, null, this.shown, this.codeRequestedAt, this.addresses,
				this.question, this.talkedAt);
	}

	/**
	 * Whether this contact talks with a visitor of the web chat, or has just done so.
	 * @param now business time
	 * @return false once all talks have died away
	 */
	public boolean isTalking(Instant now) {
		return this.talkedAt != null && this.talkedAt.plus(TALK_SILENCE).isAfter(now);
	}

	/**
	 * Whether the hub waits for this contact's answer to a question of a visitor's.
	 * @return true as long as at least one is open
	 */
	public boolean isAsked() {
		return this.question != null && this.question.open();
	}

}
