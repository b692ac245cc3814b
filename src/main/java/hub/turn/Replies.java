package hub.turn;

import hub.message.Option;
import hub.message.OutboundMessage;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Answers of nothing but a text from the bundles, for routes that need no rule of their
 * own.
 */
@Component("replies")
public class Replies {

	private final Texts texts;

	public Replies(Texts texts) {
		this.texts = texts;
	}

	/**
	 * Answers with a text.
	 * @param turn the turn
	 * @param key the text's key
	 */
	public void say(Turn turn, String key) {
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), key)));
	}

	/**
	 * Answers with a text and a way on: the menu, or how to link for somebody who is not
	 * linked; in the web chat help.
	 * @param turn the turn
	 * @param key the text's key
	 */
	public void sayWithMenu(Turn turn, String key) {
		String text = this.texts.say(turn.language(), key);
		if (turn.threadId() != null) {
			turn.reply(OutboundMessage.text(text)
				.withOption(new Option("help", this.texts.say(turn.language(), "action.help.title"))));
		}
		else if (turn.contact().linked()) {
			turn.reply(OutboundMessage.text(text)
				.withOption(new Option("main_menu", this.texts.say(turn.language(), "action.main_menu.title"))));
		}
		else {
			turn.reply(OutboundMessage.text(text + "\n\n" + this.texts.say(turn.language(), "link.hint")));
		}
	}

}
