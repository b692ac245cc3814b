package routes.relay;

import java.util.ArrayList;
import java.util.List;

import hub.channel.Text;
import hub.contact.Identity;
import hub.contact.Reach;
import hub.message.Media;
import hub.message.OutboundMessage;
import hub.message.Template;
import hub.queue.NewOutbound;
import hub.text.Texts;
import hub.turn.Outbox;

import org.springframework.stereotype.Component;

/**
 * What goes to a phone in a talk: the other's words, under their first name and with
 * nothing else of theirs.
 */
@Component
public class TalkLetters {

	/**
	 * What one message carries of a longer text (Twilio: text 1600), with room for what
	 * stands around it.
	 */
	private static final int PART = 1200;

	private static final int LONGEST_NAME = 40;

	private static final int LONGEST_TITLE = 80;

	private final Outbox outbox;

	private final Texts texts;

	public TalkLetters(Outbox outbox, Texts texts) {
		this.outbox = outbox;
		this.texts = texts;
	}

	/**
	 * A visitor's words for the agent. The first ones say how to answer.
	 * @param plan the talk and how the agent is reached
	 * @param parcel the words and photos
	 * @return the letters, in order
	 */
	List<NewOutbound> toAgent(TalkPlan plan, Parcel parcel) {
		Talk talk = plan.talk();
		String visitor = visitor(talk, talk.agentLanguage());
		String how = talk.isOpen() ? null : this.texts.say(talk.agentLanguage(), "relay.how", visitor);
		return letters(talk, talk.contactId(), plan.reach().identity(), visitor, talk.agentLanguage(), parcel, how);
	}

	/**
	 * An agent's words for the seeker on WhatsApp.
	 * @param talk the talk
	 * @param identity where the seeker was last heard from
	 * @param parcel the words and photos
	 * @return the letters, in order
	 */
	List<NewOutbound> toSeeker(Talk talk, Identity identity, Parcel parcel) {
		return letters(talk, talk.seekerContactId(), identity, agent(talk, talk.visitorLanguage()),
				talk.visitorLanguage(), parcel, null);
	}

	private List<NewOutbound> letters(Talk talk, long contactId, Identity identity, String from, String language,
			Parcel parcel, String how) {
		String title = title(talk);
		List<NewOutbound> letters = new ArrayList<>();
		for (String photo : parcel.photos()) {
			OutboundMessage message = OutboundMessage.text(this.texts.say(language, "relay.photo", from, title))
				.withPicture(Media.image(photo));
			letters.add(letter(talk, contactId, identity, language, message, photo, from));
		}
		String rest = parcel.text().strip();
		while (!rest.isEmpty()) {
			String part = part(rest);
			rest = rest.substring(part.length()).stripLeading();
			String text = this.texts.say(language, "relay.from-visitor", from, title, part);
			if (rest.isEmpty() && how != null) {
				text += "\n\n" + how;
			}
			letters.add(letter(talk, contactId, identity, language, OutboundMessage.text(text), part, from));
		}
		return letters;
	}

	private NewOutbound letter(Talk talk, long contactId, Identity identity, String language, OutboundMessage message,
			String words, String from) {
		return this.outbox.message(contactId, identity,
				message.withTemplate(new Template("visitor_message", List.of(from, title(talk), words), List.of()))
					.withLanguage(language),
				true, talk.correlationId());
	}

	/**
	 * Tells an agent that the visitor has ended the talk.
	 * @param talk the talk
	 * @param reach how the agent is reached
	 * @return the letter
	 */
	NewOutbound farewellToAgent(Talk talk, Reach reach) {
		String text = this.texts.say(talk.agentLanguage(), "relay.visitor-left", visitor(talk, talk.agentLanguage()),
				title(talk));
		return this.outbox.message(talk.contactId(), reach.identity(),
				OutboundMessage.text(text).withLanguage(talk.agentLanguage()), true, talk.correlationId());
	}

	/**
	 * Tells a seeker on WhatsApp that the agent has ended the talk.
	 * @param talk the talk
	 * @param identity where the seeker was last heard from
	 * @return the letter
	 */
	NewOutbound farewellToSeeker(Talk talk, Identity identity) {
		String text = this.texts.say(talk.visitorLanguage(), "relay.named-agent-left",
				agent(talk, talk.visitorLanguage()));
		return this.outbox.message(talk.seekerContactId(), identity,
				OutboundMessage.text(text).withLanguage(talk.visitorLanguage()), true, talk.correlationId());
	}

	/** As much as fits, to the end of a word if that isn't far. */
	private static String part(String words) {
		String part = Text.cut(words, PART);
		if (part.isEmpty() || part.length() == words.length()) {
			return words;
		}
		int space = part.lastIndexOf(' ');
		return (space > PART / 2) ? part.substring(0, space) : part;
	}

	static String title(Talk talk) {
		return Text.plain(talk.listingTitle(), LONGEST_TITLE);
	}

	String agent(Talk talk, String language) {
		String name = Text.plain(talk.agent(), LONGEST_NAME);
		return !name.isEmpty() ? name : this.texts.say(language, "relay.the-agent");
	}

	private String visitor(Talk talk, String language) {
		String name = Text.plain(talk.visitor(), LONGEST_NAME);
		return !name.isEmpty() ? name : this.texts.say(language, "relay.somebody");
	}

}
