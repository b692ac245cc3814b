package hub.contact;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
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
		write(database, userId, wishes, now, true, true, true, true);
	}

	/**
	 * Keeps what somebody has changed of what they look for. What they left as it was is
	 * not written: it may have been changed on their other number meanwhile.
	 * @param database the transaction's store
	 * @param userId the account
	 * @param before what was read
	 * @param wishes what they look for now
	 * @param now business time
	 */
	public void change(Database database, String userId, Wishes before, Wishes wishes, Instant now) {
		write(database, userId, wishes, now, !Objects.equals(before.area(), wishes.area()),
				!same(before.minPrice(), wishes.minPrice()) || !same(before.maxPrice(), wishes.maxPrice()),
				!Objects.equals(before.bedrooms(), wishes.bedrooms()),
				!Objects.equals(before.rentType(), wishes.rentType()));
	}

	private static boolean same(BigDecimal one, BigDecimal other) {
		return (one != null && other != null) ? one.compareTo(other) == 0 : one == other;
	}

	private static void write(Database database, String userId, Wishes wishes, Instant now, boolean area,
			boolean prices, boolean bedrooms, boolean rentType) {
		database.statement("contact/keep-preference")
			.param("user_id", userId)
			.param("area", wishes.area())
			.param("min_price", wishes.minPrice())
			.param("max_price", wishes.maxPrice())
			.param("bedrooms", wishes.bedrooms())
			.param("rent_type", wishes.rentType())
			.param("area_changed", area)
			.param("prices_changed", prices)
			.param("bedrooms_changed", bedrooms)
			.param("rent_type_changed", rentType)
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
