package routes.availability;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Figures about checks, counted from their rows. A check counts in the period in which it
 * was asked.
 */
@Component("checkAnalytics")
public class CheckAnalytics {

	private final Database database;

	public CheckAnalytics(Database database) {
		this.database = database;
	}

	/**
	 * All checks of a period.
	 * @param from its beginning, business time
	 * @param to its end, which is no part of it
	 * @return the figures
	 */
	public Figures total(Instant from, Instant to) {
		return this.database.statement("availability/count-checks")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.query((row, n) -> figures(row))
			.single();
	}

	/**
	 * The checks of a period by the day on which they were asked.
	 * @param from its beginning, business time
	 * @param to its end, which is no part of it
	 * @param zone where days begin at midnight
	 * @return the days on which something was asked, in order
	 */
	public List<Day> byDay(Instant from, Instant to, ZoneId zone) {
		return this.database.statement("availability/count-checks-by-day")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.param("zone", zone.getId())
			.query((row, n) -> new Day(row.getObject("day", LocalDate.class), figures(row)))
			.list();
	}

	/**
	 * The checks of each step of a period.
	 * @param from its beginning, business time
	 * @param to its end, which is no part of it
	 * @param step how long a step is; the first one begins with the period
	 * @return the steps in which something was asked, by their beginnings
	 */
	public Map<Instant, Figures> overTime(Instant from, Instant to, Duration step) {
		Map<Instant, Figures> steps = new LinkedHashMap<>();
		this.database.statement("availability/count-checks-over-time")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.param("seconds", step.toSeconds())
			.query((row) -> {
				steps.put(Database.instant(row.getObject("step", OffsetDateTime.class)), figures(row));
			});
		return steps;
	}

	/**
	 * The questions of a period by the agent to whom they were put. An agent whose
	 * question went on to another one has not answered it; what was booked counts for the
	 * agent who said yes.
	 * @param from its beginning, business time
	 * @param to its end, which is no part of it
	 * @return the agents who were asked, by their ids
	 */
	public List<AgentFigures> byAgent(Instant from, Instant to) {
		return this.database.statement("availability/count-asks-by-agent")
			.param("from", Database.time(from))
			.param("to", Database.time(to))
			.query((row, n) -> new AgentFigures(row.getString("agent_id"), row.getString("agent_name"), figures(row)))
			.list();
	}

	private static Figures figures(ResultSet row) throws SQLException {
		return new Figures(row.getLong("asked"), row.getLong("answered"), row.getLong("available"),
				row.getLong("expired"), row.getLong("booked"), row.getObject("median_seconds", Double.class),
				row.getObject("p_ninety_seconds", Double.class));
	}

	/**
	 * Figures about checks, or about the questions to one agent.
	 *
	 * @param asked how many were asked
	 * @param answered how many were answered with yes or no
	 * @param available how many with yes
	 * @param expired how many nobody answered in time
	 * @param booked how many of the available ones led to a booking
	 * @param medianResponseSeconds half of the answers came sooner; null without answers
	 * @param p90ResponseSeconds 9 of 10 answers came sooner; null without answers
	 */
	public record Figures(long asked, long answered, long available, long expired, long booked,
			Double medianResponseSeconds, Double p90ResponseSeconds) {

		/**
		 * How many of those asked were answered.
		 * @return 0 to 1; null if nothing was asked
		 */
		@JsonProperty("success_rate")
		public Double successRate() {
			return rate(this.answered, this.asked);
		}

		/**
		 * How many of those answered were available.
		 * @return 0 to 1; null without answers
		 */
		@JsonProperty("available_rate")
		public Double availableRate() {
			return rate(this.available, this.answered);
		}

		/**
		 * How many of the available ones led to a booking.
		 * @return 0 to 1; null if none was available
		 */
		@JsonProperty("conversion_rate")
		public Double conversionRate() {
			return rate(this.booked, this.available);
		}

		private static Double rate(long part, long whole) {
			return (whole > 0) ? (double) part / whole : null;
		}

	}

	/**
	 * The checks of a day.
	 *
	 * @param day the day
	 * @param figures about what was asked on it
	 */
	public record Day(LocalDate day, Figures figures) {
	}

	/**
	 * The questions to an agent.
	 *
	 * @param agentId the platform's id
	 * @param agentName as the platform told it last
	 * @param figures about what the agent was asked
	 */
	public record AgentFigures(String agentId, String agentName, @JsonUnwrapped Figures figures) {
	}

}
