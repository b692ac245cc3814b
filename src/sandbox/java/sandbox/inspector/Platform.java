package sandbox.inspector;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * The Inspector platform's data and its rules, on tables of its own.
 */
@Component
class Platform {

	private static final Set<String> PROPERTY_STATES = Set.of("available", "unavailable", "rented");

	private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1000000000000");

	private static final int LONGEST_DESCRIPTION = 4000;

	private static final int LONGEST_NOTES = 6000;

	private static final Set<String> OPEN = Set.of("scheduled", "in_progress");

	private static final String PROPERTIES = """
			select p.*, (select u.phone from app_user u where u.id = p.agent_ids[1]) as agent_contact from property p""";

	private static final String INSPECTIONS = """
			select i.*, p.title, p.location, u.phone as agent_contact from inspection i
			join property p on p.id = i.property_id left join app_user u on u.id = i.agent_id""";

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final String publicBaseUrl;

	Platform(SandboxDatabase database, SandboxClock clock, @Value("${hub.public-base-url}") String publicBaseUrl) {
		this.database = database;
		this.clock = clock;
		this.publicBaseUrl = publicBaseUrl;
	}

	Map<String, Object> userByEmail(String email) {
		return this.database.sql("select * from app_user where lower(email) = lower(:email)")
			.param("email", email)
			.query(Platform::toUser)
			.optional()
			.orElseThrow(() -> InspectorException.missing("User"));
	}

	Map<String, Object> user(String id) {
		return this.database.sql("select * from app_user where id = :id")
			.param("id", id)
			.query(Platform::toUser)
			.optional()
			.orElseThrow(() -> InspectorException.missing("User"));
	}

	/**
	 * A page of listings, the newest first.
	 */
	List<Map<String, Object>> properties(PropertyFilter filter, int limit, long offset) {
		StringBuilder sql = new StringBuilder(PROPERTIES).append(" where true");
		Map<String, Object> values = new LinkedHashMap<>();
		filter(sql, values, " and p.status = :status", "status", filter.status());
		filter(sql, values, " and lower(p.area) = lower(:area)", "area", filter.area());
		filter(sql, values, " and p.price >= :min", "min", filter.minPrice());
		filter(sql, values, " and p.price <= :max", "max", filter.maxPrice());
		filter(sql, values, " and p.bedrooms = :beds", "beds", filter.bedrooms());
		filter(sql, values, " and lower(p.rent_type) = lower(:type)", "type", filter.rentType());
		if (filter.since() != null) {
			filter(sql, values, " and p.created_at >= :since", "since", moment(filter.since(), "since").atOffset(ZoneOffset.UTC));
		}
		if (filter.q() != null) {
			filter(sql, values,
					" and strpos(lower(concat_ws(' ', p.title, p.location, p.area, p.rent_type, p.description)), lower(:q)) > 0",
					"q", filter.q());
		}
		sql.append(" order by p.created_at desc, p.id limit :limit offset :offset");
		StatementSpec statement = this.database.sql(sql.toString());
		values.forEach(statement::param);
		return statement.param("limit", limit).param("offset", offset).query(this::toProperty).list();
	}

	Map<String, Object> property(String id) {
		return this.database.sql(PROPERTIES + " where p.id = :id")
			.param("id", propertyId(id))
			.query(this::toProperty)
			.optional()
			.orElseThrow(() -> InspectorException.missing("Property"));
	}

	List<Map<String, Object>> propertiesOfAgent(String agent) {
		user(agent);
		return this.database.sql(PROPERTIES + " where :agent = any (p.agent_ids) order by p.id")
			.param("agent", agent)
			.query(this::toProperty)
			.list();
	}

	Map<String, Object> change(String id, JsonNode change) {
		property(id);
		fields(change, Set.of("status", "price", "description"));
		if (change.has("status") && !PROPERTY_STATES.contains(change.get("status").asText())) {
			throw InspectorException.invalid("status must be available, unavailable or rented");
		}
		if (change.has("price") && (!change.get("price").isNumber() || change.get("price").decimalValue().signum() <= 0)) {
			throw InspectorException.invalid("price must be a positive number");
		}
		if (change.has("price") && (change.get("price").decimalValue().stripTrailingZeros().scale() > 0
				|| change.get("price").decimalValue().compareTo(HIGHEST_PRICE) > 0)) {
			throw InspectorException.invalid("price must be a whole number of at most %s", HIGHEST_PRICE);
		}
		if (change.has("description")) {
			text(change, "description", LONGEST_DESCRIPTION);
		}
		this.database.sql("""
				update property set status = coalesce(:status::text, status), price = coalesce(:price::bigint, price),
				description = coalesce(:description::text, description) where id = :id""")
			.param("status", change.path("status").asText(null), java.sql.Types.VARCHAR)
			.param("price", change.hasNonNull("price") ? change.get("price").longValue() : null, java.sql.Types.BIGINT)
			.param("description", change.path("description").asText(null), java.sql.Types.VARCHAR)
			.param("id", propertyId(id))
			.update();
		return property(id);
	}

	/**
	 * A listing's slots from now on.
	 */
	List<Map<String, Object>> slots(String property) {
		property(property);
		return this.database.sql("select * from slot where property_id = :id and at > :now order by at")
			.param("id", propertyId(property))
			.param("now", now())
			.query(Platform::toSlot)
			.list();
	}

	Map<String, Object> addSlot(String property, JsonNode body) {
		property(property);
		fields(body, Set.of("datetime"));
		Instant at = moment(body.path("datetime").asText(""), "datetime");
		if (!at.isAfter(this.clock.instant())) {
			throw InspectorException.invalid("datetime is in the past");
		}
		return this.database.sql("""
				insert into slot (property_id, at) values (:id, :at)
				on conflict (property_id, at) do nothing returning *""")
			.param("id", propertyId(property))
			.param("at", at.atOffset(ZoneOffset.UTC))
			.query(Platform::toSlot)
			.optional()
			.orElseThrow(() -> new InspectorException(HttpStatus.CONFLICT, "There is a slot at that time already"));
	}

	void removeSlot(String property, String slot) {
		property(property);
		Optional<String> status = this.database
			.sql("select status from slot where property_id = :property and id = :slot for update")
			.param("property", propertyId(property))
			.param("slot", number(slot, "Slot"))
			.query(String.class)
			.optional();
		if (status.isEmpty()) {
			throw InspectorException.missing("Slot");
		}
		if (status.get().equals("booked")) {
			throw new InspectorException(HttpStatus.CONFLICT, "The slot is booked");
		}
		this.database.sql("delete from slot where id = :slot").param("slot", number(slot, "Slot")).update();
	}

	/**
	 * Books a free slot.
	 * @return the id of the inspection, or why there is none
	 */
	Booking book(JsonNode body) {
		String seeker = body.path("seeker_id").asText("");
		if (this.database.sql("select count(*) from app_user where id = :id")
			.param("id", seeker)
			.query(Long.class)
			.single() == 0) {
			throw InspectorException.invalid("seeker_id names nobody");
		}
		Map<String, Object> property = property(body.path("property_id").asText(""));
		Instant at = moment(body.path("scheduled_datetime").asText(""), "scheduled_datetime");
		if (!"available".equals(property.get("status"))) {
			return new Booking(null, "The property is not available");
		}
		long propertyId = Long.parseLong((String) property.get("id"));
		Optional<Long> slot = takeSlot(propertyId, at);
		if (slot.isEmpty()) {
			return new Booking(null, "The slot is no longer free");
		}
		@SuppressWarnings("unchecked")
		List<String> agents = (List<String>) property.get("agent_ids");
		long id = this.database.sql("""
				insert into inspection (property_id, slot_id, scheduled_at, seeker_id, agent_id, inspector_id)
				values (:property, :slot, :at, :seeker, :agent,
				(select id from app_user where role = 'inspector' order by id limit 1)) returning id""")
			.param("property", propertyId)
			.param("slot", slot.get())
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("seeker", seeker)
			.param("agent", agents.isEmpty() ? null : agents.get(0), java.sql.Types.VARCHAR)
			.query(Long.class)
			.single();
		return new Booking(Long.toString(id), null);
	}

	Map<String, Object> inspection(String id) {
		return this.database.sql(INSPECTIONS + " where i.id = :id")
			.param("id", number(id, "Inspection"))
			.query(Platform::toInspection)
			.optional()
			.orElseThrow(() -> InspectorException.missing("Inspection"));
	}

	List<Map<String, Object>> inspectionsOf(String role, String user) {
		user(user);
		return this.database.sql(INSPECTIONS + " where i." + role + "_id = :user order by i.scheduled_at, i.id")
			.param("user", user)
			.query(Platform::toInspection)
			.list();
	}

	/**
	 * The inspections of a day, by the day of the property's time zone.
	 */
	List<Map<String, Object>> inspectionsOn(String date) {
		LocalDate day;
		try {
			day = LocalDate.parse(date);
		}
		catch (DateTimeParseException ex) {
			throw InspectorException.invalid("date must look like 2026-11-21");
		}
		return this.database
			.sql(INSPECTIONS + " where (i.scheduled_at at time zone p.time_zone)::date = :day order by i.scheduled_at, i.id")
			.param("day", day)
			.query(Platform::toInspection)
			.list();
	}

	/**
	 * Moves, starts, ends or cancels an inspection.
	 */
	Map<String, Object> changeInspection(String id, JsonNode change) {
		Map<String, Object> known = inspection(id);
		fields(change, Set.of("status", "notes", "scheduled_datetime"));
		if (change.has("status") && change.has("scheduled_datetime")) {
			throw InspectorException.invalid("An inspection is moved or gets another status, not both");
		}
		if (change.has("notes")) {
			text(change, "notes", LONGEST_NOTES);
		}
		long number = number(id, "Inspection");
		String status = (String) known.get("status");
		if (change.hasNonNull("scheduled_datetime")) {
			if (!status.equals("scheduled")) {
				throw new InspectorException(HttpStatus.CONFLICT, "The inspection is %s: it can't be moved", status);
			}
			Instant at = moment(change.get("scheduled_datetime").asText(), "scheduled_datetime");
			if (at.toString().equals(known.get("scheduled_datetime"))) {
				return known;
			}
			long slot = takeSlot(Long.parseLong((String) known.get("property_id")), at)
				.orElseThrow(() -> new InspectorException(HttpStatus.CONFLICT, "The slot is no longer free"));
			freeSlot(number);
			this.database.sql("update inspection set scheduled_at = :at, slot_id = :slot where id = :id")
				.param("at", at.atOffset(ZoneOffset.UTC))
				.param("slot", slot)
				.param("id", number)
				.update();
		}
		if (change.hasNonNull("status") && !change.get("status").asText().equals(status)) {
			String wanted = change.get("status").asText();
			if (!Set.of("scheduled", "in_progress", "completed", "no_show", "cancelled").contains(wanted)) {
				throw InspectorException.invalid(
						"status must be scheduled, in_progress, completed, no_show or cancelled");
			}
			boolean allowed = OPEN.contains(status) && !wanted.equals("scheduled")
					&& !(status.equals("in_progress") && wanted.equals("cancelled"));
			if (!allowed) {
				throw new InspectorException(HttpStatus.CONFLICT, "An inspection that is %s can't become %s", status,
						wanted);
			}
			if (wanted.equals("cancelled")) {
				freeSlot(number);
			}
			this.database.sql("update inspection set status = :status where id = :id")
				.param("status", wanted)
				.param("id", number)
				.update();
		}
		if (change.hasNonNull("notes")) {
			this.database.sql("update inspection set notes = :notes where id = :id")
				.param("notes", change.get("notes").asText())
				.param("id", number)
				.update();
		}
		return inspection(id);
	}

	/** A change names at least one field, and none that there is not. */
	private static void fields(JsonNode change, Set<String> known) {
		if (!change.isObject() || change.isEmpty()) {
			throw InspectorException.invalid("At least one of %s is needed", known);
		}
		change.fields().forEachRemaining((field) -> {
			if (!known.contains(field.getKey()) || field.getValue().isNull()) {
				throw InspectorException.invalid("%s can't be changed, or not to nothing", field.getKey());
			}
		});
	}

	private static void text(JsonNode change, String field, int longest) {
		String text = change.get(field).asText("");
		if (!change.get(field).isTextual() || text.isBlank() || text.length() > longest) {
			throw InspectorException.invalid("%s must be a text of 1 to %d characters", field, longest);
		}
	}

	private Optional<Long> takeSlot(long property, Instant at) {
		return this.database.sql("""
				update slot set status = 'booked'
				where property_id = :property and at = :at and status = 'free' and at > :now returning id""")
			.param("property", property)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("now", now())
			.query(Long.class)
			.optional();
	}

	private void freeSlot(long inspection) {
		this.database.sql("""
				update slot set status = 'free' where id = (select slot_id from inspection where id = :id)""")
			.param("id", inspection)
			.update();
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

	/**
	 * A moment; without an offset it is UTC.
	 */
	private static Instant moment(String value, String field) {
		try {
			return OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.SECONDS);
		}
		catch (DateTimeParseException ex) {
			try {
				return LocalDateTime.parse(value).toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
			}
			catch (DateTimeParseException other) {
				throw InspectorException.invalid("%s must look like 2026-11-21T10:00:00Z", field);
			}
		}
	}

	private static long propertyId(String id) {
		return number(id, "Property");
	}

	private static long number(String id, String what) {
		if (!id.matches("\\d{1,18}")) {
			throw InspectorException.missing(what);
		}
		return Long.parseLong(id);
	}

	private static void filter(StringBuilder sql, Map<String, Object> values, String clause, String name,
			Object value) {
		if (value != null) {
			sql.append(clause);
			values.put(name, value);
		}
	}

	private static Map<String, Object> toUser(ResultSet row, int number) throws SQLException {
		return row(row, "id", "email", "role", "name", "phone", "time_zone", "language");
	}

	private Map<String, Object> toProperty(ResultSet row, int number) throws SQLException {
		Map<String, Object> property = new LinkedHashMap<>();
		property.put("id", row.getString("id"));
		property.putAll(row(row, "title", "location", "area"));
		property.put("price", row.getLong("price"));
		property.putAll(row(row, "currency", "rent_period", "status"));
		property.put("bedrooms", row.getInt("bedrooms"));
		property.put("bathrooms", row.getInt("bathrooms"));
		property.put("sqm", row.getInt("sqm"));
		property.put("rent_type", row.getString("rent_type"));
		property.put("amenities", list(row.getArray("amenities")));
		property.put("description", row.getString("description"));
		BigDecimal rating = row.getBigDecimal("rating");
		property.put("rating", rating);
		property.put("images", list(row.getArray("images")).stream()
			.map((name) -> this.publicBaseUrl + "/sandbox/images/" + name)
			.toList());
		property.put("latitude", row.getDouble("latitude"));
		property.put("longitude", row.getDouble("longitude"));
		property.put("time_zone", ZoneId.of(row.getString("time_zone")).getId());
		property.put("agent_ids", list(row.getArray("agent_ids")));
		property.put("agent_contact", row.getString("agent_contact"));
		property.put("created_at", time(row, "created_at"));
		return property;
	}

	private static Map<String, Object> toSlot(ResultSet row, int number) throws SQLException {
		Map<String, Object> slot = new LinkedHashMap<>();
		slot.put("id", row.getString("id"));
		slot.put("datetime", time(row, "at"));
		slot.put("status", row.getString("status"));
		return slot;
	}

	private static Map<String, Object> toInspection(ResultSet row, int number) throws SQLException {
		Map<String, Object> inspection = new LinkedHashMap<>();
		inspection.put("id", row.getString("id"));
		inspection.put("property_id", row.getString("property_id"));
		inspection.put("property_title", row.getString("title"));
		inspection.put("location", row.getString("location"));
		inspection.put("scheduled_datetime", time(row, "scheduled_at"));
		inspection.putAll(row(row, "status", "seeker_id", "agent_id", "inspector_id", "agent_contact", "notes"));
		return inspection;
	}

	private static Map<String, Object> row(ResultSet row, String... columns) throws SQLException {
		Map<String, Object> values = new LinkedHashMap<>();
		for (String column : columns) {
			values.put(column, row.getString(column));
		}
		return values;
	}

	private static String time(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
	}

	private static List<String> list(Array array) throws SQLException {
		return new ArrayList<>(Arrays.asList((String[]) array.getArray()));
	}

	/**
	 * What became of a booking.
	 *
	 * @param id the inspection's id, null if there is none
	 * @param error why there is none
	 */
	record Booking(String id, String error) {
	}

	/**
	 * Which listings are wanted; null is any.
	 */
	record PropertyFilter(String status, String since, String area, Long minPrice, Long maxPrice, Integer bedrooms,
			String rentType, String q) {
	}

}
