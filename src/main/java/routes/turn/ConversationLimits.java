package routes.turn;

import java.time.Duration;

import hub.config.HubProperties;
import hub.limit.RateLimits;
import hub.message.OutboundMessage;
import hub.text.Texts;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * How many messages of one contact are handled in a minute. What is over it gets one
 * notice, then silence until the minute is over.
 */
@Component("conversationLimits")
public class ConversationLimits {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * The ceiling for taps, codes and whoever was asked something, which don't count
	 * against the limit.
	 */
	private static final int CEILING = 60;

	private final RateLimits limits;

	private final Texts texts;

	private final int most;

	public ConversationLimits(RateLimits limits, Texts texts, HubProperties properties) {
		this.limits = limits;
		this.texts = texts;
		this.most = properties.limits().messagesPerMinute();
	}

	/**
	 * Counts a turn's message, which has been read.
	 * @param turn the turn
	 * @return whether the message is to be handled; otherwise the turn ends with it set
	 * aside
	 */
	public boolean admitRead(Turn turn) {
		return admit(turn, Intent.valueOf(turn.reading()));
	}

	/**
	 * Counts a turn's message.
	 * @param turn the turn
	 * @param intent what the person wants
	 * @return whether the message is to be handled; otherwise the turn ends with it set
	 * aside
	 */
	boolean admit(Turn turn, Intent intent) {
		if (this.most == 0 || turn.repeated()) {
			return true;
		}
		String who = turn.item().contactKey();
		int ceiling = Math.max(CEILING, this.most);
		return switch (intent.allowance()) {
			case NORMAL ->
				turn.sender().isAsked() ? admit(turn, who, "taps", ceiling) : admit(turn, who, "messages", this.most);
			case GENEROUS -> admit(turn, who, "taps", ceiling);
			case ALWAYS -> {
				if (!this.limits.allow("commands", who, ceiling, MINUTE)) {
					turn.hush();
				}
				yield true;
			}
		};
	}

	private boolean admit(Turn turn, String who, String what, int most) {
		// The first one over the limit takes what is allowed on top of it: the notice.
		long left = this.limits.take(what, who, most + 1, MINUTE);
		if (left > 0) {
			return true;
		}
		turn.setAside("Over the limit of messages a minute");
		if (left == 0) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "limit.messages")));
		}
		return false;
	}

}
