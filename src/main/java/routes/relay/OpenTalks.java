package routes.relay;

import java.util.List;

import hub.channel.Text;
import hub.message.Option;
import hub.text.Texts;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * What other journeys tell an agent about talks with visitors.
 */
@Component("openTalks")
public class OpenTalks {

	private static final int LONGEST_NAME = 40;

	private final Talks talks;

	private final Texts texts;

	public OpenTalks(Talks talks, Texts texts) {
		this.talks = talks;
		this.texts = texts;
	}

	/**
	 * The talks that an agent is in.
	 * @param turn the agent's turn
	 * @return the one with the latest word first: the visitor as title, the listing as
	 * description
	 */
	public List<Option> list(Turn turn) {
		return this.talks.ofAgent(turn.contact().id(), turn.now())
			.stream()
			.map((talk) -> new Option("talk:" + talk.token(), visitor(turn, talk), talk.listingTitle()))
			.toList();
	}

	private String visitor(Turn turn, Talk talk) {
		String name = Text.plain(talk.visitor(), LONGEST_NAME);
		return !name.isEmpty() ? name : this.texts.say(turn.language(), "relay.somebody");
	}

}
