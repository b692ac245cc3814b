package routes.listings;

import java.util.Optional;

import hub.contact.Wishes;
import hub.store.Database;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * The rows of what contacts are looking through.
 */
@Component
public class Searches {

	private final Database database;

	public Searches(Database database) {
		this.database = database;
	}

	/**
	 * What a contact is looking through.
	 * @param contactId the contact
	 * @return empty for nothing yet
	 */
	Optional<SearchState> find(long contactId) {
		return this.database.statement("listings/find-search")
			.param("contact_id", contactId)
			.query((row, n) -> new SearchState(
					new Wishes(row.getString("area"), row.getBigDecimal("min_price"), row.getBigDecimal("max_price"),
							row.getObject("bedrooms", Integer.class), row.getString("rent_type")),
					row.getString("cursor"), row.getBoolean("ended")))
			.optional();
	}

	/**
	 * Keeps with a turn what its contact is looking through.
	 * @param turn the turn
	 * @param search how far it has come
	 */
	void keep(Turn turn, SearchState search) {
		Wishes wishes = search.wishes();
		turn.change((database) -> database.statement("listings/keep-search")
			.param("contact_id", turn.contact().id())
			.param("area", wishes.area())
			.param("min_price", wishes.minPrice())
			.param("max_price", wishes.maxPrice())
			.param("bedrooms", wishes.bedrooms())
			.param("rent_type", wishes.rentType())
			.param("cursor", search.cursor())
			.param("ended", search.ended())
			.param("at", Database.time(turn.now()))
			.update());
	}

}
