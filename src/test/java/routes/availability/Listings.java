package routes.availability;

import java.util.List;

import hub.platform.Property;

/**
 * Listings as the platform tells of them.
 */
final class Listings {

	private Listings() {
	}

	static Property of(String id, String title, String... agents) {
		return new Property(id, title, null, null, null, "NGN", "year", "available", null, null, null, null, null, null,
				null, null, null, null, null, "Africa/Lagos", List.of(agents), null, null);
	}

}
