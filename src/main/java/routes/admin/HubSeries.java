package routes.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import hub.http.HttpProblem;
import hub.http.Paging;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Figures for operators as they went over a period, step by step and agent by agent.
 */
@Component("hubSeries")
public class HubSeries {

	private static final int MOST_STEPS = 750;

	private final Database database;

	public HubSeries(Database database) {
		this.database = database;
	}

	/**
	 * How long each step of a period is.
	 * @param period the period
	 * @param parameters {@code step} in seconds, as the contract gives it
	 * @return the length
	 * @throws HttpProblem 422 if there were more than 750 of them
	 */
	public Duration step(Period period, Map<String, Object> parameters) {
		Duration step = Duration.ofSeconds(((Number) parameters.get("step")).longValue());
		if (Duration.between(period.from(), period.to()).compareTo(step.multipliedBy(MOST_STEPS)) > 0) {
			throw HttpProblem.invalid("step", "is too short: a period has at most " + MOST_STEPS + " of them");
		}
		return step;
	}

	/**
	 * Shows the figures of each step.
	 * @param period what is said, asked and booked in it counts
	 * @param step how long each is; the first one begins with the period, the last one
	 * may end after it
	 * @param checks the figures of its availability checks, by the beginnings of their
	 * steps
	 * @param bookings how many bookings were made, likewise
	 * @return {@code from}, {@code to}, {@code step_seconds} and {@code points}: all
	 * steps in order, each with {@code at}, {@code messages}, {@code checks} (absent if
	 * none was asked) and {@code bookings}
	 */
	public Map<String, Object> show(Period period, Duration step, Map<Instant, Object> checks,
			Map<Instant, Long> bookings) {
		Map<Instant, List<MessageCounts.Count>> counts = new HashMap<>();
		this.database.statement("admin/count-messages-over-time")
			.param("from", Database.time(period.from()))
			.param("to", Database.time(period.to()))
			.param("seconds", step.toSeconds())
			.query((row) -> {
				counts
					.computeIfAbsent(Database.instant(row.getObject("step", OffsetDateTime.class)),
							(at) -> new ArrayList<>())
					.add(MessageCounts.count(row));
			});
		List<Map<String, Object>> points = new ArrayList<>();
		for (Instant at = period.from(); at.isBefore(period.to()); at = at.plus(step)) {
			Map<String, Object> point = new LinkedHashMap<>();
			point.put("at", at);
			point.put("messages", new MessageCounts(counts.getOrDefault(at, List.of())).figures());
			point.put("checks", checks.get(at));
			point.put("bookings", bookings.getOrDefault(at, 0L));
			points.add(point);
		}
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("from", period.from());
		shown.put("to", period.to());
		shown.put("step_seconds", step.toSeconds());
		shown.put("points", points);
		return shown;
	}

	/**
	 * Shows how the agents answer.
	 * @param agents the figures of all who were asked
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of them
	 */
	public Map<String, Object> agents(List<?> agents, Map<String, Object> parameters) {
		return Paging.page(agents, parameters);
	}

}
