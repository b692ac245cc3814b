package hub.contact;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * What seekers look for in the long run, and whether they want to hear of it. It belongs
 * to the account: whoever has linked two numbers has one set of wishes.
 */
@Component
public class Preferences {

	private final Database database;

	public Preferences(Database database) {
		this.database = database;
	}

	/**
	 * What somebody looks for.
	 * @param userId the account
	 * @return the wishes, {@link Wishes#ANY} if nothing was ever said
	 */
	public Wishes wishes(String userId) {
		return this.database.statement("contact/find-preference")
			.param("user_id", userId)
			.query((row, n) -> new Wishes(row.getString("area"), row.getBigDecimal("min_price"),
					row.getBigDecimal("max_price"), row.getObject("bedrooms", Integer.class),
					row.getString("rent_type")))
			.optional()
			.orElse(Wishes.ANY);
	}

	/**
	 * Keeps what somebody looks for. Whether they want to hear of it stays as it is.
	 * @param database the transaction's store
	 * @param userId the account
	 * @param wishes what they look for
	 * @param now business time
	 */
	public void keep(Database database, String userId, Wishes wishes, Instant now) {
		database.statement("contact/keep-preference")
			.param("user_id", userId)
			.param("area", wishes.area())
			.param("min_price", wishes.minPrice())
			.param("max_price", wishes.maxPrice())
			.param("bedrooms", wishes.bedrooms())
			.param("rent_type", wishes.rentType())
			.param("at", Database.time(now))
			.update();
	}

	/**
	 * Since when somebody wants news of homes.
	 * @param userId the account
	 * @return the moment, empty if they don't
	 */
	public Optional<Instant> alertsSince(String userId) {
		return this.database.statement("contact/find-preference")
			.param("user_id", userId)
			.query((row, n) -> Optional
				.ofNullable(Database.instant(row.getObject("alerts_since", OffsetDateTime.class))))
			.optional()
			.flatMap((since) -> since);
	}

	/**
	 * Switches news of homes on or off. On what is on already nothing changes.
	 * @param database the transaction's store
	 * @param userId the account
	 * @param wanted whether they are wanted from now on
	 * @param now business time
	 */
	public void wantAlerts(Database database, String userId, boolean wanted, Instant now) {
		database.statement("contact/want-alerts")
			.param("user_id", userId)
			.param("wanted", wanted)
			.param("at", Database.time(now))
			.update();
	}

}
