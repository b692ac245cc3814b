package hub.store;

import org.springframework.stereotype.Component;

/**
 * Which hub this is: all instances on one database are the same, for as long as the
 * database lives.
 */
@Component
public class Installation {

	private final Database database;

	private volatile String id;

	public Installation(Database database) {
		this.database = database;
	}

	/**
	 * The hub's own mark, made with its database.
	 * @return 12 hexadecimal digits
	 * @throws org.springframework.dao.DataAccessException if the database is asked for
	 * the first time and is away
	 */
	public String id() {
		String known = this.id;
		if (known == null) {
			known = this.database.statement("store/read-installation").query(String.class).single();
			this.id = known;
		}
		return known;
	}

}
