package hub.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import hub.message.Option;

/**
 * Something that is to be said in a thread.
 *
 * @param threadId the thread
 * @param event whose words it is
 * @param text the words; empty for none, never null
 * @param metadata facts for programs, in order; a {@code check_updated}'s are its payload
 * @param cards listings to be shown, in order
 * @param actions what the visitor can choose, in order; an action's id comes back
 * @param media pictures and files
 * @param key what makes it the same message when it is posted again, unique within the
 * thread; null for one that is posted once. A visitor's own is
 * {@code client:<client id>}.
 */
public record ThreadMessage(long threadId, ThreadEvent event, String text, Map<String, Object> metadata,
		List<Card> cards, List<Option> actions, List<Attachment> media, String key) {

	/** What the key of a visitor's own message begins with; the client's id follows. */
	public static final String CLIENT_KEY = "client:";

	public ThreadMessage {
		Objects.requireNonNull(event, "A message has an event");
		text = (text != null) ? text : "";
		metadata = (metadata != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(metadata)) : Map.of();
		cards = (cards != null) ? List.copyOf(cards) : List.of();
		actions = (actions != null) ? List.copyOf(actions) : List.of();
		media = (media != null) ? List.copyOf(media) : List.of();
	}

	/**
	 * Something that the hub says.
	 * @param threadId the thread
	 * @param text the words
	 * @return the message
	 */
	public static ThreadMessage assistant(long threadId, String text) {
		return new ThreadMessage(threadId, ThreadEvent.ASSISTANT_MESSAGE, text, null, null, null, null, null);
	}

	/**
	 * An agent's relayed words.
	 * @param threadId the thread
	 * @param text the words
	 * @return the message
	 */
	public static ThreadMessage agent(long threadId, String text) {
		return new ThreadMessage(threadId, ThreadEvent.AGENT_MESSAGE, text, null, null, null, null, null);
	}

	/**
	 * A visitor's own words.
	 * @param threadId the thread
	 * @param text the words
	 * @param clientId what the client calls the message, null for nothing
	 * @return the message
	 */
	public static ThreadMessage user(long threadId, String text, String clientId) {
		return new ThreadMessage(threadId, ThreadEvent.USER_MESSAGE, text, null, null, null, null,
				(clientId != null) ? CLIENT_KEY + clientId : null);
	}

	/**
	 * The news that a check has changed its state.
	 * @param threadId the thread
	 * @param checkId the check
	 * @param state its new state
	 * @param listingId what was asked for
	 * @return the message
	 */
	public static ThreadMessage checkUpdated(long threadId, String checkId, String state, String listingId) {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put("check_id", checkId);
		payload.put("state", state);
		payload.put("listing_id", listingId);
		return new ThreadMessage(threadId, ThreadEvent.CHECK_UPDATED, "", payload, null, null, null, null);
	}

	public ThreadMessage withMetadata(Map<String, Object> metadata) {
		return new ThreadMessage(this.threadId, this.event, this.text, metadata, this.cards, this.actions, this.media,
				this.key);
	}

	public ThreadMessage withCards(List<Card> cards) {
		return new ThreadMessage(this.threadId, this.event, this.text, this.metadata, cards, this.actions, this.media,
				this.key);
	}

	public ThreadMessage withActions(List<Option> actions) {
		return new ThreadMessage(this.threadId, this.event, this.text, this.metadata, this.cards, actions, this.media,
				this.key);
	}

	public ThreadMessage withMedia(List<Attachment> media) {
		return new ThreadMessage(this.threadId, this.event, this.text, this.metadata, this.cards, this.actions, media,
				this.key);
	}

	public ThreadMessage withKey(String key) {
		return new ThreadMessage(this.threadId, this.event, this.text, this.metadata, this.cards, this.actions,
				this.media, key);
	}

}
