package routes.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.http.HttpProblem;
import hub.queue.QueueFigures;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Figures for operators: what was said, what waits, and with whom the hub talks.
 */
@Component("hubFigures")
public class HubFigures {

	private static final Duration STANDARD = Duration.ofHours(24);

	private static final int LAST_YEAR = 9999;

	private final Database database;

	private final Clock clock;

	private final ObjectMapper json;

	private final QueueFigures queues;

	public HubFigures(Database database, Clock clock, ObjectMapper json, QueueFigures queues) {
		this.database = database;
		this.clock = clock;
		this.json = json;
		this.queues = queues;
	}

	/**
	 * The period that a request is about.
	 * @param parameters {@code from} and {@code to}, times with offset; absent: until
	 * now, and 24 hours long
	 * @return the period
	 * @throws HttpProblem 422 if one is no time, or the period ends before it begins
	 */
	public Period period(Map<String, Object> parameters) {
		Instant to = time(parameters, "to", this.clock.instant());
		Instant from = time(parameters, "from", to.minus(STANDARD));
		if (!from.isBefore(to)) {
			throw HttpProblem.invalid("from", "must be before the end of the period");
		}
		return new Period(from, to);
	}

	private static Instant time(Map<String, Object> parameters, String name, Instant standard) {
		String given = (String) parameters.get(name);
		if (given == null) {
			return standard;
		}
		try {
			// A plus sign that was not escaped is a blank
			OffsetDateTime time = OffsetDateTime.parse(given.replace(' ', '+'));
			if (time.getYear() > 0 && time.getYear() <= LAST_YEAR) {
				return time.toInstant();
			}
		}
		catch (DateTimeParseException ex) {
			// the same answer as for one that no database takes
		}
		throw HttpProblem.invalid(name, "must be a time with offset such as 2026-03-01T12:00:00Z");
	}

	/**
	 * Shows a period's figures.
	 * @param period what is said, asked and booked in it counts
	 * @param checks the figures of its availability checks
	 * @param bookings how many bookings were made
	 * @return {@code messages}, {@code delivery_success_rate} (of what has come to an
	 * end, 0 to 1; absent for none), {@code queues} as they are now, {@code checks},
	 * {@code bookings} and {@code conversion_rate} (bookings from available checks)
	 */
	public Map<String, Object> show(Period period, Object checks, long bookings) {
		MessageCounts counts = new MessageCounts(this.database.statement("admin/count-messages")
			.param("from", Database.time(period.from()))
			.param("to", Database.time(period.to()))
			.query((row, n) -> MessageCounts.count(row))
			.list());
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("from", period.from());
		shown.put("to", period.to());
		shown.put("messages", counts.figures());
		shown.put("delivery_success_rate", counts.deliverySuccessRate());
		shown.put("queues", this.queues.measure());
		Map<String, Object> figures = this.json.convertValue(checks,
				this.json.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
		shown.put("conversion_rate", figures.remove("conversion_rate"));
		shown.put("checks", figures);
		shown.put("bookings", bookings);
		return shown;
	}

	/**
	 * Counts the people the hub talks with.
	 * @return {@code contacts}, {@code linked.by_role}, {@code opted_out}, and who wrote
	 * within a day, a week and a month
	 */
	public Map<String, Object> users() {
		Map<String, Long> byRole = new LinkedHashMap<>();
		this.database.statement("admin/count-linked").query((row) -> {
			byRole.put(row.getString("role"), row.getLong("contacts"));
		});
		return this.database.statement("admin/count-users")
			.param("now", Database.time(this.clock.instant()))
			.query((row, n) -> {
				Map<String, Object> users = new LinkedHashMap<>();
				users.put("contacts", row.getLong("contacts"));
				users.put("linked", Map.of("by_role", byRole));
				users.put("opted_out", row.getLong("opted_out"));
				users.put("active_24h", row.getLong("active_day"));
				users.put("active_7d", row.getLong("active_week"));
				users.put("active_30d", row.getLong("active_month"));
				return users;
			})
			.single();
	}

}
