package hub.contact;

import java.util.Locale;
import java.util.Optional;

/**
 * What somebody is on the Inspector platform.
 */
public enum Role {

	/** Looks for a home. */
	SEEKER,
	/** Offers homes. */
	AGENT,
	/** Visits homes for others. */
	INSPECTOR,
	/** Runs the platform. */
	ADMIN;

	/**
	 * The name that data and interfaces use.
	 * @return such as {@code seeker}
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a role by its name.
	 * @param key such as {@code seeker}, in any case; null for none
	 * @return the role, empty for a name that is none
	 */
	public static Optional<Role> of(String key) {
		for (Role role : values()) {
			if (role.name().equalsIgnoreCase(key)) {
				return Optional.of(role);
			}
		}
		return Optional.empty();
	}

}
