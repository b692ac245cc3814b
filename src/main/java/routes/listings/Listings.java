package routes.listings;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.chat.Card;
import hub.chat.Cards;
import hub.config.HubProperties;
import hub.http.HttpProblem;
import hub.http.Paging;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformRefusedException;
import hub.platform.Property;
import hub.platform.PropertyFilter;
import hub.platform.Slot;
import hub.text.Moments;

import org.springframework.stereotype.Component;

/**
 * Listings as the API shows them.
 */
@Component("listings")
public class Listings {

	private final Platform platform;

	private final Cards cards;

	private final Moments moments;

	private final HubProperties properties;

	public Listings(Platform platform, Cards cards, Moments moments, HubProperties properties) {
		this.platform = platform;
		this.cards = cards;
		this.moments = moments;
		this.properties = properties;
	}

	/**
	 * Finds available listings.
	 * @param parameters the filter, {@code limit} and {@code cursor}, and the visitor's
	 * {@code latitude} and {@code longitude}, as the contract gives them
	 * @return a page of cards
	 * @throws HttpProblem 422 if the cursor is none of the platform's
	 */
	public Map<String, Object> list(Map<String, Object> parameters) {
		Long bedrooms = (Long) parameters.get("bedrooms");
		String cursor = (String) parameters.get("cursor");
		PropertyFilter filter = new PropertyFilter(Property.AVAILABLE, null, (String) parameters.get("area"),
				(BigDecimal) parameters.get("min_price"), (BigDecimal) parameters.get("max_price"),
				(bedrooms != null) ? bedrooms.intValue() : null, (String) parameters.get("rent_type"),
				(String) parameters.get("q"), ((Long) parameters.get("limit")).intValue(), cursor);
		Page<Property> page = find(filter);
		List<Card> cards = page.items()
			.stream()
			.map((property) -> this.cards.card(property, this.properties.language(),
					degrees(parameters.get("latitude")), degrees(parameters.get("longitude"))))
			.toList();
		return Paging.page(cards, page.nextCursor());
	}

	private Page<Property> find(PropertyFilter filter) {
		try {
			return this.platform.properties(filter);
		}
		catch (PlatformRefusedException ex) {
			if (filter.cursor() == null) {
				throw ex;
			}
			throw HttpProblem.invalid("cursor", "is not the next_cursor of a page");
		}
	}

	private static Double degrees(Object value) {
		return (value != null) ? ((BigDecimal) value).doubleValue() : null;
	}

	/**
	 * Shows a listing.
	 * @param property the listing, empty for none
	 * @return its card
	 * @throws HttpProblem 404 if there is none
	 */
	public Card show(Optional<Property> property) {
		return property.map((known) -> this.cards.card(known, this.properties.language()))
			.orElseThrow(Listings::unknown);
	}

	/**
	 * Shows when a listing can be inspected.
	 * @param property the listing, empty for none
	 * @param slots its times, empty if there is no such listing
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of free slots, in order of time, each in the listing's time zone
	 * @throws HttpProblem 404 if there is no such listing, 422 if the cursor is none of
	 * ours
	 */
	public Map<String, Object> slots(Optional<Property> property, Optional<List<Slot>> slots,
			Map<String, Object> parameters) {
		ZoneId zone = this.moments.zone(property.orElseThrow(Listings::unknown).timeZone());
		List<FreeSlot> free = slots.orElseThrow(Listings::unknown)
			.stream()
			.filter(Slot::free)
			.sorted((one, other) -> one.datetime().compareTo(other.datetime()))
			.map((slot) -> new FreeSlot(slot.id(), slot.datetime().atZone(zone).toOffsetDateTime()))
			.toList();
		return Paging.page(free, parameters);
	}

	private static HttpProblem unknown() {
		return HttpProblem.notFound("There is no such property");
	}

	/**
	 * A time at which a listing can be inspected.
	 *
	 * @param id the platform's id
	 * @param datetime when, with the offset of the listing's time zone
	 */
	public record FreeSlot(String id, OffsetDateTime datetime) {
	}

}
