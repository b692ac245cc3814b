package hub.contact;

/**
 * Somebody of the platform whom the hub writes to of its own accord.
 *
 * @param userId the platform's id
 * @param name the full name
 * @param reach where it goes
 * @param language what is written in: what the contact chose, else what the platform says
 */
public record Addressee(String userId, String name, Reach reach, String language) {

	/**
	 * The first word of the name, to greet with.
	 * @return never blank unless the name is
	 */
	public String firstName() {
		return this.name.strip().split("\\s+", 2)[0];
	}

}
