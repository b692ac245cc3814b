package routes.turn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.NumberedOptions;
import hub.contact.Identity;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Reads bare numbers as choices where options are numbered lines: of the message that was
 * quoted, else of the last one that the contact got there. What that was the outbox
 * knows, so that nothing has to be remembered when a message is sent, and nothing that
 * was never accepted can be chosen from.
 */
@Component
public class NumberedAnswers {

	// "2", "2.", "(2)", "#2", "2️⃣"
	private static final Pattern NUMBER = Pattern.compile("(?U)[(#]?\\s*(\\d{1,2})\\s*\\uFE0F?\\u20E3?\\s*[.):,!]?");

	private final Map<String, NumberedOptions> channels;

	private final Database database;

	private final ObjectMapper json;

	public NumberedAnswers(List<NumberedOptions> channels, Database database, ObjectMapper json) {
		this.channels = channels.stream().collect(Collectors.toMap(NumberedOptions::channel, Function.identity()));
		this.database = database;
		this.json = json;
	}

	/**
	 * Takes a message for the choice that it is.
	 * @param message what was sent
	 * @param sender who sent it
	 * @return the choice; the same message if it is none
	 */
	InboundMessage resolve(InboundMessage message, Identity sender) {
		NumberedOptions channel = this.channels.get(message.channel());
		Optional<Integer> number = (channel != null && message.kind() == Kind.TEXT) ? number(message.text())
				: Optional.empty();
		if (number.isEmpty()) {
			return message;
		}
		List<Option> options = said(message, sender).map(channel::numbered).orElse(List.of());
		return (number.get() <= options.size()) ? message.choosing(options.get(number.get() - 1)) : message;
	}

	/**
	 * Reads a bare number, in any script's digits.
	 * @param text the words
	 * @return a number from 1 to 99; empty for any other words
	 */
	static Optional<Integer> number(String text) {
		Matcher number = NUMBER.matcher(text.strip());
		return number.matches() ? Optional.of(value(number.group(1))).filter((value) -> value > 0) : Optional.empty();
	}

	/** Some scripts' digits are two UTF-16 units, which Integer reads one by one. */
	private static int value(String digits) {
		return digits.codePoints()
			.map((digit) -> Character.digit(digit, 10))
			.reduce(0, (tens, ones) -> 10 * tens + ones);
	}

	private Optional<OutboundMessage> said(InboundMessage message, Identity sender) {
		String lane = sender.channel() + ":" + sender.address();
		if (message.quoted() == null) {
			return this.database.statement("turn/find-last-said")
				.param("lane_key", lane)
				.query(String.class)
				.optional()
				.map(this::read);
		}
		return this.database.statement("turn/find-quoted")
			.param("lane_key", lane)
			.param("provider_id", message.quoted())
			.query(String.class)
			.optional()
			.map(this::read);
	}

	private OutboundMessage read(String body) {
		try {
			return this.json.readValue(body, OutboundMessage.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
