package routes.availability;

import java.util.List;

/**
 * Whom a check of a listing would be put to.
 *
 * @param listingId the listing
 * @param title what it is called, null for an unknown listing
 * @param currency what its rent is paid in, null for unknown
 * @param rentPeriod for how long its rent is paid, null for unknown
 * @param agents those of its agents who can be asked, in the platform's order
 */
public record CheckPlan(String listingId, String title, String currency, String rentPeriod, List<Agent> agents) {

	public CheckPlan {
		agents = List.copyOf(agents);
	}

	/**
	 * Whether the platform knows the listing.
	 * @return true if so
	 */
	public boolean isKnown() {
		return this.title != null;
	}

}
