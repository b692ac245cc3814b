package routes.chat;

import java.time.Duration;

import hub.chat.ChatThread;
import hub.config.HubProperties;
import hub.limit.RateLimits;
import hub.message.Kind;
import hub.message.OutboundMessage;
import hub.text.Texts;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * How many messages of one visitor are answered in a minute, over all their threads. What
 * is over it stands in the thread like any other; it gets one notice, then silence until
 * the minute is over.
 */
@Component("chatLimits")
public class ChatLimits {

	private static final String WHO = "web:";

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** The ceiling for choices and for words to an agent, which don't count. */
	private static final int CEILING = 60;

	private final RateLimits limits;

	private final Texts texts;

	private final int most;

	public ChatLimits(RateLimits limits, Texts texts, HubProperties properties) {
		this.limits = limits;
		this.texts = texts;
		this.most = properties.limits().messagesPerMinute();
	}

	/**
	 * Counts a turn's message.
	 * @param turn the turn
	 * @param thread where it was said
	 * @return whether it is to be handled; otherwise the turn ends with it set aside
	 */
	public boolean admit(Turn turn, ChatThread thread) {
		if (this.most == 0 || turn.repeated()) {
			return true;
		}
		String who = WHO + thread.userId();
		boolean generous = turn.message().kind() == Kind.CHOICE || thread.isTalking(turn.now());
		boolean admitted = generous ? this.limits.allow("taps", who, Math.max(CEILING, this.most), MINUTE)
				: this.limits.allow("messages", who, this.most, MINUTE);
		if (!admitted) {
			turn.setAside("Over the limit of messages a minute");
			if (this.limits.allow("notice", who, 1, MINUTE)) {
				turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "chat.limit")));
			}
		}
		return admitted;
	}

}
