package routes.availability;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * How messages become one answer: the aggregation strategy of the route that reads a
 * burst.
 */
@Component("answerFolding")
public class AnswerFolding {

	/**
	 * Adds a message to what was said before it.
	 * @param before what was said before, null for nothing
	 * @param next the next message
	 * @return both
	 */
	public AgentAnswer fold(AgentAnswer before, AgentAnswer next) {
		if (before == null) {
			return next;
		}
		List<String> photos = new ArrayList<>(before.photos());
		photos.addAll(next.photos());
		String text = (before.text().isBlank() || next.text().isBlank()) ? before.text() + next.text()
				: before.text() + "\n" + next.text();
		return new AgentAnswer(text, photos, before.text().isBlank() ? next.at() : before.at());
	}

}
