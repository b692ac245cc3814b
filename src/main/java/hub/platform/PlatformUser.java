package hub.platform;

import java.util.stream.Stream;

/**
 * A user as the platform tells of them.
 *
 * @param id the platform's id
 * @param email the mail address
 * @param role {@code agent}, {@code seeker}, {@code inspector} or {@code admin}
 * @param name the full name
 * @param phone E.164, null for none
 * @param timeZone such as {@code Africa/Lagos}, null for unknown
 * @param language such as {@code en}, null for unknown
 */
public record PlatformUser(String id, String email, String role, String name, String phone, String timeZone,
		String language) {

	/**
	 * Whether all is there that nobody is without.
	 * @return false if the id, the address, the role or the name is missing
	 */
	boolean isWhole() {
		return Stream.of(this.id, this.email, this.role, this.name).noneMatch((part) -> part == null || part.isBlank());
	}

}
