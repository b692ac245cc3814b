package hub.turn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import hub.channel.NumberedOptions;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * What can be chosen, in the words of the bundles: an action's title is
 * {@code action.<id>.title} wherever it is offered.
 */
@Component
public class Options {

	private final Texts texts;

	private final Map<String, NumberedOptions> channels;

	public Options(Texts texts, List<NumberedOptions> channels) {
		this.texts = texts;
		this.channels = channels.stream().collect(Collectors.toMap(NumberedOptions::channel, Function.identity()));
	}

	/**
	 * An action with its title and, where it has one, its description.
	 * @param turn whose language counts
	 * @param token the action, perhaps with what it is about, such as {@code book:42}
	 * @return the option
	 */
	public Option of(Turn turn, String token) {
		String action = token.split(":", 2)[0];
		return new Option(token, this.texts.say(turn.language(), "action." + action + ".title"),
				this.texts.sayIfAny(turn.language(), "action." + action + ".description"));
	}

	/**
	 * Adds actions to a message.
	 * @param turn whose language counts
	 * @param message the message
	 * @param tokens the actions, in order
	 * @return the message that offers them
	 */
	public OutboundMessage offer(Turn turn, OutboundMessage message, String... tokens) {
		return message.withOptions(Arrays.stream(tokens).map((token) -> of(turn, token)).toList(),
				this.texts.say(turn.language(), "options.open"));
	}

	/**
	 * Answers with words and what can be done next.
	 * @param turn the turn
	 * @param text the words
	 * @param tokens the actions, in order
	 */
	public void reply(Turn turn, String text, String... tokens) {
		turn.reply(offer(turn, OutboundMessage.text(text), tokens));
	}

	/**
	 * Whether the contact sees a message's options as numbered lines. There a number
	 * chooses from the message that came last, so that several messages with options in a
	 * row would mislead.
	 * @param turn whose channel counts
	 * @param message with options
	 * @return false where there are buttons
	 */
	public boolean areNumbered(Turn turn, OutboundMessage message) {
		NumberedOptions channel = this.channels.get(turn.identity().channel());
		return channel != null && !channel.numbered(message).isEmpty();
	}

}
