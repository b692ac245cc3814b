package hub.chat;

import java.time.Instant;

/**
 * A conversation between the hub and one visitor of a website.
 *
 * @param id the hub's id
 * @param userId the platform's id of the visitor
 * @param listingId the listing it is about, null for nothing in particular
 * @param title what it is called
 * @param visitorName how the visitor is called, empty for unknown
 * @param language what the visitor is answered in, such as {@code fr}
 * @param lastSeq the number of the newest message, 0 for none
 * @param lastReadSeq up to where the visitor has read
 * @param updatedAt when the newest message was said, business time
 * @param talkingUntil until when the visitor's words are for the listing's agent,
 * business time; null for nobody
 * @param createdAt when it was opened, business time
 */
public record ChatThread(long id, String userId, String listingId, String title, String visitorName, String language,
		long lastSeq, long lastReadSeq, Instant updatedAt, Instant talkingUntil, Instant createdAt) {

	/**
	 * Whether the visitor talks with the listing's agent.
	 * @param now business time
	 * @return false once the talk has ended or died away
	 */
	public boolean isTalking(Instant now) {
		return this.talkingUntil != null && this.talkingUntil.isAfter(now);
	}

}
