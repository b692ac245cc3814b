package hub.channel;

import java.util.List;

import hub.message.Option;
import hub.message.OutboundMessage;

/**
 * A channel that shows options as numbered lines where it has no buttons for them, so
 * that a bare number answers.
 */
public interface NumberedOptions {

	/**
	 * The channel's name.
	 * @return such as {@code twilio}
	 */
	String channel();

	/**
	 * The options that a message shows as numbered lines.
	 * @param message the message, as it goes inside the service window
	 * @return in the order of their numbers, which begin with 1; empty if it shows none,
	 * or shows them as buttons
	 */
	List<Option> numbered(OutboundMessage message);

}
