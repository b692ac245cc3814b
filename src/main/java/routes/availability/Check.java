package routes.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A visitor's question whether a listing is available. Times are business time.
 *
 * @param id the hub's id
 * @param userId the platform's id of the visitor
 * @param visitorName how the visitor is called, empty for unknown
 * @param language what the visitor is answered in
 * @param threadId where the visitor is answered
 * @param listingId what is asked for
 * @param listingTitle what the listing is called
 * @param currency the listing's, null for unknown
 * @param rentPeriod the listing's, null for unknown
 * @param state how far it has come
 * @param askedAt when the visitor asked
 * @param expiresAt when it ends without an answer
 * @param dueAt when something happens if no answer comes, null once it is closed
 * @param answeredAt when an agent said yes or no, null for not yet
 * @param price the rent that the agent named, as people are shown it; null for none
 * @param availableFrom the day that the agent named, null for none
 * @param photos the addresses of the agent's photos; empty for none
 */
public record Check(long id, String userId, String visitorName, String language, long threadId, String listingId,
		String listingTitle, String currency, String rentPeriod, CheckState state, Instant askedAt, Instant expiresAt,
		Instant dueAt, Instant answeredAt, String price, LocalDate availableFrom, List<String> photos) {

	public Check {
		photos = List.copyOf(photos);
	}

}
