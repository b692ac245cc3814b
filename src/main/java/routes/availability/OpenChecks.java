package routes.availability;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import hub.message.Option;
import hub.text.Texts;
import hub.turn.Turn;
import routes.availability.CheckAnalytics.AgentFigures;
import routes.availability.CheckAnalytics.Figures;

import org.springframework.stereotype.Component;

/**
 * What other journeys tell an agent about checks.
 */
@Component("openChecks")
public class OpenChecks {

	private static final Duration PERIOD = Duration.ofDays(30);

	private final CheckRows rows;

	private final CheckAnalytics analytics;

	private final Texts texts;

	public OpenChecks(CheckRows rows, CheckAnalytics analytics, Texts texts) {
		this.rows = rows;
		this.analytics = analytics;
		this.texts = texts;
	}

	/**
	 * The checks that wait for an answer.
	 * @param turn the agent's turn
	 * @return the oldest first: the listing as title, who asks as description; chosen, it
	 * puts the question again
	 */
	public List<Option> list(Turn turn) {
		return this.rows.openQuestions(turn.contact().id())
			.stream()
			.map((question) -> new Option(question.ask().button("pick"), question.check().listingTitle(),
					this.texts.say(turn.language(), "availability.which-description", visitor(turn, question),
							Long.toString(question.check().id()))))
			.toList();
	}

	private String visitor(Turn turn, Question question) {
		String name = question.check().visitorName().strip();
		return !name.isEmpty() ? name : this.texts.say(turn.language(), "availability.somebody");
	}

	/**
	 * How the last 30 days went.
	 * @param turn the agent's turn
	 * @return a line or two of words
	 */
	public String figures(Turn turn) {
		String language = turn.language();
		Figures figures = this.analytics.byAgent(turn.now().minus(PERIOD), turn.now())
			.stream()
			.filter((agent) -> agent.agentId().equals(turn.account().userId()))
			.map(AgentFigures::figures)
			.findFirst()
			.orElse(null);
		if (figures == null) {
			return this.texts.say(language, "availability.no-figures");
		}
		String text = this.texts.say(language, "availability.figures", figures.asked(), figures.answered(),
				Math.round(100 * figures.successRate()), figures.available());
		return (figures.medianResponseSeconds() == null) ? text : text + "\n" + this.texts.say(language,
				"availability.response-time", time(language, Math.round(figures.medianResponseSeconds())));
	}

	private String time(String language, long seconds) {
		long minutes = Math.round(seconds / 60.0);
		if (minutes < 1) {
			return this.texts.say(language, "availability.under-a-minute");
		}
		return (minutes < 60) ? minutes + " min"
				: String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
	}

}
