package hub.channel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a send carries and its reports bring back (Meta: {@code biz_opaque_callback_data},
 * at most 512 characters; Twilio: a parameter of the callback's address). A number may be
 * shared with other applications, each of which gets the reports on the messages of all.
 *
 * @param messageId our id of the message
 * @param installation which hub has sent it, as {@link hub.store.Installation} tells
 */
public record CallbackData(long messageId, String installation) {

	private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})-([0-9a-f]{12})");

	/**
	 * As a send carries it.
	 * @return such as {@code 4711-0123456789ab}
	 */
	public String write() {
		return this.messageId + "-" + this.installation;
	}

	/**
	 * Reads what a report brought.
	 * @param data the text, null for none
	 * @return empty for what no hub has written
	 */
	public static Optional<CallbackData> read(String data) {
		Matcher form = FORM.matcher((data != null) ? data : "");
		return form.matches() ? Optional.of(new CallbackData(Long.parseLong(form.group(1)), form.group(2)))
				: Optional.empty();
	}

}
