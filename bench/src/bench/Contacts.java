package bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The people of the load: numbers in one row, linked to accounts of seekers by SQL,
 * because to link thousands by mailed codes would measure something else.
 */
final class Contacts {

	private static final long FIRST = 2348031000000L;

	private Contacts() {
	}

	/**
	 * A person's number.
	 * @param contact 0 to 999,999
	 * @return digits without a plus sign, as the provider writes them
	 */
	static String digits(int contact) {
		return Long.toString(FIRST + contact);
	}

	/**
	 * Whose number it is.
	 * @param digits the number, without a plus sign
	 * @return the person, negative for a number that is none of ours
	 */
	static int of(long digits) {
		long contact = digits - FIRST;
		return (contact >= 0 && contact < 1_000_000) ? (int) contact : -1;
	}

	/**
	 * Links people to accounts.
	 * @param connection to the hub's database, migrated and without these people
	 * @param count the first so many
	 * @throws SQLException if the hub's tables are not what they were
	 */
	static void link(Connection connection, int count) throws SQLException {
		run(connection, """
				insert into hub.account (user_id, email, role, name, updated_at)
				select 'bench-' || n, 'bench-' || n || '@example.com', 'seeker', 'Bench ' || n, now()
				from generate_series(0, ?::int - 1) n""", count);
		run(connection, """
				insert into hub.contact (phone, account_id, linked_at, created_at)
				select '+' || (%d + n), 'bench-' || n, now(), now() from generate_series(0, ?::int - 1) n"""
			.formatted(FIRST), count);
		run(connection, """
				insert into hub.identity (channel, address, contact_id, send_to)
				select 'whatsapp', phone, id, substr(phone, 2) from hub.contact where account_id like 'bench-%' limit ?""",
				count);
	}

	private static void run(Connection connection, String sql, int count) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setInt(1, count);
			statement.executeUpdate();
		}
	}

}
