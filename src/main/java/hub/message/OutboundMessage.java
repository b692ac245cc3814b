package hub.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the hub says to a person, in no provider's terms. The channel renders it within
 * its provider's limits when it is sent.
 *
 * @param text the body; may hold WhatsApp's {@code *bold*}; never null or blank
 * @param header a short line above the body, null for none (a picture takes its place)
 * @param footer a short line below the body, null for none
 * @param picture shown above the body, null for none
 * @param options what can be chosen, in order; empty for none
 * @param optionsLabel the label of the button that opens a list, used when there are more
 * than 3 options; null for the channel's own word
 * @param location a place that is sent instead of the body, null for none
 * @param quoted the provider's id of the message this answers to, null for none
 * @param template what is sent in its place outside the service window, null if nothing
 * may be
 * @param language the language of the words and of the template, such as {@code en}
 * @param priority who goes first
 * @param validity how long it is of use, null for ever
 */
public record OutboundMessage(String text, String header, String footer, Media picture, List<Option> options,
		String optionsLabel, Location location, String quoted, Template template, String language, Priority priority,
		Validity validity) {

	public OutboundMessage {
		Objects.requireNonNull(text, "A message has a text");
		options = (options != null) ? List.copyOf(options) : List.of();
		language = (language != null) ? language : "en";
		priority = (priority != null) ? priority : Priority.REPLY;
	}

	/**
	 * Plain words.
	 * @param text the body
	 * @return a reply of nothing but these words
	 */
	public static OutboundMessage text(String text) {
		return new OutboundMessage(text, null, null, null, List.of(), null, null, null, null, null, null, null);
	}

	public OutboundMessage withText(String text) {
		return new OutboundMessage(text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withHeader(String header) {
		return new OutboundMessage(this.text, header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withFooter(String footer) {
		return new OutboundMessage(this.text, this.header, footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withPicture(Media picture) {
		return new OutboundMessage(this.text, this.header, this.footer, picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withOptions(List<Option> options, String optionsLabel) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, options, optionsLabel,
				this.location, this.quoted, this.template, this.language, this.priority, this.validity);
	}

	/**
	 * The same message with one more option at the end.
	 * @param option the option
	 * @return the longer message
	 */
	public OutboundMessage withOption(Option option) {
		List<Option> longer = new ArrayList<>(this.options);
		longer.add(option);
		return withOptions(longer, this.optionsLabel);
	}

	public OutboundMessage withLocation(Location location) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				location, this.quoted, this.template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withQuoted(String quoted) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, quoted, this.template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withTemplate(Template template) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, template, this.language, this.priority, this.validity);
	}

	public OutboundMessage withLanguage(String language) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, language, this.priority, this.validity);
	}

	public OutboundMessage withPriority(Priority priority) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, this.language, priority, this.validity);
	}

	public OutboundMessage withValidity(Validity validity) {
		return new OutboundMessage(this.text, this.header, this.footer, this.picture, this.options, this.optionsLabel,
				this.location, this.quoted, this.template, this.language, this.priority, validity);
	}

}
