package routes.listings;

import hub.platform.PropertyChange;

/**
 * What an agent wants to be different about a listing, once it is clear.
 *
 * @param change the change, null while the agent is still asked
 */
public record PropertyEdit(PropertyChange change) {

	/**
	 * Whether there is something to be changed.
	 * @return false if the turn is answered already
	 */
	public boolean isDecided() {
		return this.change != null;
	}

}
