package routes.availability;

import java.util.List;

import hub.contact.Identity;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.queue.NewOutbound;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Outbox;

import org.springframework.stereotype.Component;

/**
 * What agents are written about checks. Each carries its ask, so that an answer which
 * quotes it is known, and YES and NO buttons with the ask's token; outside the service
 * window an approved template with the same buttons goes in its place.
 */
@Component
public class AgentLetters {

	private final Texts texts;

	private final Outbox outbox;

	public AgentLetters(Texts texts, Outbox outbox) {
		this.texts = texts;
		this.outbox = outbox;
	}

	/**
	 * Puts the question.
	 * @param database the transaction's store
	 * @param question what is asked of whom
	 * @param contactId who is asked
	 * @param identity where
	 */
	void ask(Database database, Question question, long contactId, Identity identity) {
		send(database, question, contactId, identity,
				asking(question, "availability.question", "availability_check").withPriority(Priority.REMINDER), "");
	}

	/**
	 * Reminds of the question.
	 * @param database the transaction's store
	 * @param question what was asked of whom
	 * @param identity where
	 */
	void remind(Database database, Question question, Identity identity) {
		send(database, question, question.ask().contactId(), identity,
				asking(question, "availability.reminder", "availability_reminder").withPriority(Priority.REMINDER),
				".reminder");
	}

	/**
	 * Asks back after an answer that is not clear.
	 * @param database the transaction's store
	 * @param question what was asked of whom
	 * @param identity where
	 */
	void askBack(Database database, Question question, Identity identity) {
		send(database, question, question.ask().contactId(), identity,
				asking(question, "availability.ask-back", "availability_reminder"), ".back");
	}

	/**
	 * Asks which of several checks an answer belongs to.
	 * @param database the transaction's store
	 * @param questions what was asked of the agent
	 * @param identity where
	 */
	void askWhich(Database database, List<Question> questions, Identity identity) {
		Question first = questions.get(0);
		String language = first.ask().language();
		List<Option> options = questions.stream()
			.map((question) -> new Option(question.ask().button("pick"), question.check().listingTitle(),
					this.texts.say(language, "availability.which-description", visitor(question),
							Long.toString(question.check().id()))))
			.toList();
		send(database, first, first.ask().contactId(), identity,
				OutboundMessage.text(this.texts.say(language, "availability.which"))
					.withOptions(options, this.texts.say(language, "availability.which-open"))
					.withLanguage(language),
				".which");
	}

	/**
	 * Thanks for an answer.
	 * @param database the transaction's store
	 * @param question what was answered
	 * @param identity where
	 * @param words the thanks
	 */
	void thank(Database database, Question question, Identity identity, String words) {
		send(database, question, question.ask().contactId(), identity,
				OutboundMessage.text(words).withLanguage(question.ask().language()), ".thanks");
	}

	/**
	 * The words of thanks.
	 * @param language what the agent is written in
	 * @param key the text's key
	 * @param question what was answered
	 * @return the words
	 */
	String thanks(String language, String key, Question question) {
		return this.texts.say(language, key, visitor(question), question.check().listingTitle());
	}

	private OutboundMessage asking(Question question, String key, String template) {
		Ask ask = question.ask();
		String language = ask.language();
		String visitor = visitor(question);
		String title = question.check().listingTitle();
		String reference = Long.toString(question.check().id());
		return OutboundMessage.text(this.texts.say(language, key, title, visitor, reference))
			.withOptions(List.of(new Option(ask.button("yes"), this.texts.say(language, "availability.yes")),
					new Option(ask.button("no"), this.texts.say(language, "availability.no"))), null)
			.withTemplate(new Template(template, List.of(ask.firstName(), visitor, title, reference),
					List.of(ask.button("yes"), ask.button("no"))))
			.withLanguage(language);
	}

	private String visitor(Question question) {
		String name = question.check().visitorName();
		return !name.isBlank() ? name.strip() : this.texts.say(question.ask().language(), "availability.somebody");
	}

	private void send(Database database, Question question, long contactId, Identity identity, OutboundMessage message,
			String kind) {
		NewOutbound letter = this.outbox.message(contactId, identity, message, false,
				question.ask().correlationId() + kind);
		this.outbox.write(database, List.of(letter));
	}

	/** Tells the senders that something was committed. */
	void wake() {
		this.outbox.wake();
	}

}
