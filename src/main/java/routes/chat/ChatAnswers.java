package routes.chat;

import java.time.Duration;
import java.util.List;

import hub.chat.ChatThread;
import hub.chat.Threads;
import hub.message.OutboundMessage;
import hub.text.Texts;
import hub.turn.Replies;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * What a thread says by itself, when no other journey answers.
 */
@Component("chatAnswers")
public class ChatAnswers {

	/** So long after the last word a talk with an agent goes on. */
	private static final Duration TALK = Duration.ofMinutes(30);

	private final Offers offers;

	private final Texts texts;

	private final Threads threads;

	private final Replies replies;

	public ChatAnswers(Offers offers, Texts texts, Threads threads, Replies replies) {
		this.offers = offers;
		this.texts = texts;
		this.threads = threads;
		this.replies = replies;
	}

	private void say(Turn turn, ChatThread thread, String key) {
		turn.reply(
				OutboundMessage.text(this.texts.say(turn.language(), key)).withOptions(this.offers.of(thread), null));
	}

	/**
	 * Answers what nobody could make sense of.
	 * @param turn the turn
	 * @param thread where it was said
	 */
	public void offer(Turn turn, ChatThread thread) {
		say(turn, thread, "chat.offer");
	}

	/**
	 * Says what can be done here.
	 * @param turn the turn
	 * @param thread where it was asked
	 */
	public void help(Turn turn, ChatThread thread) {
		say(turn, thread, "chat.help");
	}

	/**
	 * Begins a talk with the agent of a listing: what the visitor writes next is for
	 * them.
	 * @param turn the turn
	 * @param thread where
	 * @param listingId the listing, null if it is not clear which one
	 */
	public void inviteToWrite(Turn turn, ChatThread thread, String listingId) {
		if (listingId == null) {
			say(turn, thread, "chat.write-about");
			return;
		}
		turn.change((database) -> this.threads.talk(database, thread.id(), listingId, turn.now().plus(TALK)));
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "chat.write-invite"))
			.withOptions(List.of(this.offers.option(thread, "leave", "chat.choice.leave")), null));
	}

	/**
	 * Ends a talk with an agent.
	 * @param turn the turn
	 * @param thread where
	 */
	public void leave(Turn turn, ChatThread thread) {
		turn.change((database) -> this.threads.talk(database, thread.id(), thread.listingId(), null));
		say(turn, thread, "chat.left");
	}

	/**
	 * Apologises for a message that could not be handled at all.
	 * @param turn the turn
	 */
	public void apologise(Turn turn) {
		turn.abandon();
		this.replies.sayWithMenu(turn, "apology.failed");
	}

}
