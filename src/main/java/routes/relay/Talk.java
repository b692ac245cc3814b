package routes.relay;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import hub.contact.KnownSender;

/**
 * A visitor and an agent who talk about a listing. The visitor is in the web chat or on
 * WhatsApp.
 *
 * @param id the hub's id, reserved for one that has not begun
 * @param threadId the visitor's thread, null for one on WhatsApp
 * @param seekerContactId the visitor's contact, null for one in the web chat
 * @param visitorLanguage what the visitor on WhatsApp is written in
 * @param listingId what they talk about
 * @param listingTitle what it is called
 * @param visitorName how the visitor is called, empty for unknown
 * @param agentId the platform's id of the agent
 * @param agentName the agent's name, empty for unknown
 * @param agentLanguage what the agent is written in
 * @param contactId the agent's number
 * @param phone that number in E.164, null while the provider hides it
 * @param token names it in the agent's options; nobody can guess it
 * @param spokenAt when either said the last word, business time; null for one that has
 * not begun
 * @param visitorWaits whether the visitor said it
 * @param ended whether it is over
 */
public record Talk(long id, Long threadId, Long seekerContactId, String visitorLanguage, String listingId,
		String listingTitle, String visitorName, String agentId, String agentName, String agentLanguage, long contactId,
		String phone, String token, Instant spokenAt, boolean visitorWaits, boolean ended) {

	/** After so much silence a talk is over. */
	static final Duration SILENCE = KnownSender.TALK_SILENCE;

	private static final int TOKEN_BYTES = 12;

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * What its messages carry through the log, so that an answer that quotes one is
	 * known.
	 */
	String correlationId() {
		return "talk-" + this.id;
	}

	/**
	 * Whether it has begun.
	 * @return false for one that begins with the present message
	 */
	boolean isOpen() {
		return this.spokenAt != null;
	}

	/**
	 * Whether the visitor is on WhatsApp.
	 * @return false for one in the web chat
	 */
	boolean isByPhone() {
		return this.seekerContactId != null;
	}

	/** The first word of the visitor's name, empty for unknown. */
	String visitor() {
		return firstWord(this.visitorName);
	}

	/** The first word of the agent's name, empty for unknown. */
	String agent() {
		return firstWord(this.agentName);
	}

	private static String firstWord(String name) {
		return name.strip().split("\\s+", 2)[0];
	}

	static String newToken() {
		byte[] random = new byte[TOKEN_BYTES];
		RANDOM.nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

}
