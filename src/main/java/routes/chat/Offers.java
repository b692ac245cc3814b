package routes.chat;

import java.util.ArrayList;
import java.util.List;

import hub.chat.ChatThread;
import hub.chat.Greeting;
import hub.chat.ThreadMessage;
import hub.message.Option;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * What a thread offers its visitor: homes, the agent of the listing that it is about, and
 * help.
 */
@Component
public class Offers implements Greeting {

	private final Texts texts;

	public Offers(Texts texts) {
		this.texts = texts;
	}

	@Override
	public ThreadMessage greet(ChatThread thread) {
		String name = thread.visitorName().isBlank() ? "" : " " + thread.visitorName().strip().split("\\s+", 2)[0];
		String text = (thread.listingId() != null)
				? this.texts.say(thread.language(), "chat.greeting-about", name, thread.title())
				: this.texts.say(thread.language(), "chat.greeting", name);
		return ThreadMessage.assistant(thread.id(), text).withActions(of(thread));
	}

	/**
	 * What a visitor can choose at any time.
	 * @param thread the thread
	 * @return the actions, in order
	 */
	List<Option> of(ChatThread thread) {
		List<Option> offers = new ArrayList<>();
		if (thread.listingId() != null) {
			offers.add(option(thread, "check:" + thread.listingId(), "chat.choice.check"));
		}
		offers.add(option(thread, "browse", "chat.choice.browse"));
		if (thread.listingId() != null) {
			offers.add(option(thread, "write_agent", "chat.choice.write-agent"));
		}
		offers.add(option(thread, "help", "chat.choice.help"));
		return offers;
	}

	/**
	 * Something to choose.
	 * @param thread the thread
	 * @param id the action
	 * @param title the key of its title
	 * @return the action
	 */
	Option option(ChatThread thread, String id, String title) {
		return new Option(id, this.texts.say(thread.language(), title));
	}

}
