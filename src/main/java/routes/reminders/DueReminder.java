package routes.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import hub.store.Database;

/**
 * A reminder whose time has come.
 *
 * @param name which reminder
 * @param userId the platform's id of whom it is for
 * @param dueAt since when it is due
 * @param viewing what it reminds of, as the hub knows it
 */
record DueReminder(String name, String userId, Instant dueAt, Viewing viewing) {

	static DueReminder read(ResultSet row) throws SQLException {
		return new DueReminder(row.getString("name"), row.getString("user_id"),
				Database.instant(row.getObject("due_at", OffsetDateTime.class)), Viewing.read(row));
	}

	/**
	 * What its message is known by when it is taken back.
	 * @return the same for every message of this reminder
	 */
	String about() {
		return about(this.name, this.viewing.id(), this.userId);
	}

	static String about(String name, String inspectionId, String userId) {
		return "reminder-" + name + "-" + inspectionId + "-" + userId;
	}

	DueReminder with(Viewing viewing) {
		return new DueReminder(this.name, this.userId, this.dueAt, viewing);
	}

}
