package routes.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Objects;

import hub.platform.Inspection;
import hub.store.Database;

/**
 * An inspection with what the hub knows of it besides.
 *
 * @param inspection as the platform told of it last
 * @param timeZone the listing's, such as {@code Africa/Lagos}; null for unknown
 * @param seekerName the full name of who comes, null for unknown
 */
record Viewing(Inspection inspection, String timeZone, String seekerName) {

	/** The status of an inspection that the platform knows nothing of any more. */
	static final String ABSENT = "absent";

	static Viewing read(ResultSet row) throws SQLException {
		return new Viewing(
				new Inspection(row.getString("id"), row.getString("property_id"), row.getString("property_title"),
						row.getString("location"),
						Database.instant(row.getObject("scheduled_at", OffsetDateTime.class)), row.getString("status"),
						row.getString("seeker_id"), row.getString("agent_id"), row.getString("inspector_id"),
						row.getString("agent_contact"), null),
				row.getString("time_zone"), row.getString("seeker_name"));
	}

	String id() {
		return this.inspection.id();
	}

	/**
	 * The same inspection as the platform tells of it now.
	 * @param now the platform's answer
	 * @return with what is known besides
	 */
	Viewing as(Inspection now) {
		boolean same = Objects.equals(now.propertyId(), this.inspection.propertyId());
		return new Viewing(now, same ? this.timeZone : null, this.seekerName);
	}

	/**
	 * The same inspection when the platform knows it no more.
	 * @return one that does not take place
	 */
	Viewing gone() {
		Inspection known = this.inspection;
		return new Viewing(new Inspection(known.id(), known.propertyId(), known.propertyTitle(), known.location(),
				known.scheduledDatetime(), ABSENT, known.seekerId(), known.agentId(), known.inspectorId(),
				known.agentContact(), known.notes()), this.timeZone, this.seekerName);
	}

	/**
	 * Whether anybody would be reminded otherwise than of the other one.
	 * @param other the same inspection at another moment
	 * @return true if time, status or people differ
	 */
	boolean differs(Viewing other) {
		Inspection one = this.inspection;
		Inspection two = other.inspection;
		return !one.scheduledDatetime().equals(two.scheduledDatetime()) || !one.status().equals(two.status())
				|| !Objects.equals(one.propertyId(), two.propertyId())
				|| !Objects.equals(one.seekerId(), two.seekerId()) || !Objects.equals(one.agentId(), two.agentId())
				|| !Objects.equals(one.inspectorId(), two.inspectorId());
	}

}
