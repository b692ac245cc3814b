package routes.turn;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import hub.channel.InboundReader;
import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.KnownSender;
import hub.message.InboundMessage;
import hub.queue.ReceivedItem;
import hub.text.Texts;
import hub.turn.Turn;
import hub.turn.TurnJournal;

import org.springframework.stereotype.Component;

/**
 * Opens a turn: reads the message in its channel's terms and recalls the sender.
 */
@Component("turnOpening")
public class TurnOpening {

	private final Map<String, InboundReader> readers;

	private final Contacts contacts;

	private final NumberedAnswers numbers;

	private final PassingQuestions questions;

	private final TurnJournal journal;

	private final Clock clock;

	private final String defaultLanguage;

	public TurnOpening(List<InboundReader> readers, Contacts contacts, NumberedAnswers numbers,
			PassingQuestions questions, TurnJournal journal, Clock clock, HubProperties properties) {
		this.readers = readers.stream().collect(Collectors.toMap(InboundReader::channel, Function.identity()));
		this.contacts = contacts;
		this.numbers = numbers;
		this.questions = questions;
		this.journal = journal;
		this.clock = clock;
		this.defaultLanguage = properties.language();
	}

	/**
	 * Opens the turn of an item.
	 * @param item what was delivered
	 * @param attempt how often the item was started, this time included
	 * @return the turn
	 * @throws UnusableItemException if the item can't be understood
	 */
	public Turn open(ReceivedItem item, int attempt) {
		InboundReader reader = this.readers.get(item.provider());
		if (reader == null) {
			throw new UnusableItemException("No channel '" + item.provider() + "' is configured", null);
		}
		InboundMessage message;
		try {
			message = reader.read(item.body());
		}
		catch (IllegalArgumentException ex) {
			throw new UnusableItemException("The message can't be understood: " + ex.getMessage(), ex);
		}
		KnownSender sender = this.contacts.sender(message, item.sender());
		String language = Texts.language(sender.contact().language(),
				sender.contact().linked() ? sender.contact().account().language() : null, this.defaultLanguage);
		Turn turn = new Turn(item, this.numbers.resolve(message, sender.identity()), sender, language,
				this.clock.instant(), attempt > 1, this.journal);
		this.questions.dropOvertaken(turn);
		return turn;
	}

}
