package hub.contact;

/**
 * A person of the Inspector platform whom a contact is linked to.
 *
 * @param userId the platform's id
 * @param email the account's mail address
 * @param role what the person is
 * @param name the person's name
 * @param language such as {@code fr}, null if the platform does not say
 * @param timeZone such as {@code Africa/Lagos}, null if the platform does not say
 */
public record Account(String userId, String email, Role role, String name, String language, String timeZone) {

	/**
	 * The first word of the name, to greet with.
	 * @return never blank unless the name is
	 */
	public String firstName() {
		return this.name.strip().split("\\s+", 2)[0];
	}

}
