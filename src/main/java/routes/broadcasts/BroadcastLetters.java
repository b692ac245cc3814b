package routes.broadcasts;

import java.util.List;
import java.util.Objects;

import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;

import org.springframework.stereotype.Component;

/**
 * Writes the messages of broadcasts. Whether the words go or the template is decided when
 * they are sent, unless there are no words.
 */
@Component
public class BroadcastLetters {

	/**
	 * What one recipient is sent.
	 * @param content what the broadcast says
	 * @param language the recipient's
	 * @return the message; of a template alone its text is for the log
	 */
	OutboundMessage write(Content content, String language) {
		boolean alone = content.text() == null;
		OutboundMessage message = OutboundMessage.text(alone ? words(content) : content.text())
			.withLanguage(language)
			.withPriority(Priority.BROADCAST);
		if (content.template() == null) {
			return message;
		}
		return message.withTemplate(new Template(content.template(), content.parameters(), List.of(), alone))
			.withLanguage(Objects.requireNonNullElse(content.templateLanguage(), language));
	}

	private static String words(Content content) {
		return content.parameters().isEmpty() ? content.template()
				: content.template() + ": " + String.join(" · ", content.parameters());
	}

}
