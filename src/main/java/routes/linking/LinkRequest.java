package routes.linking;

/**
 * What somebody who wants to link asked for.
 *
 * @param email the address, lower case; null if it is refused
 * @param refusal the text's key of the refusal, null if it is granted
 * @param minutes when the next code can be had, in minutes; 0 unless there were too many
 */
public record LinkRequest(String email, String refusal, long minutes) {

	public boolean isRefused() {
		return this.refusal != null;
	}

}
