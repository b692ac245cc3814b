package routes.alerts;

import java.util.List;

import hub.platform.Property;

/**
 * All that is new to a seeker.
 *
 * @param userId the platform's id of the seeker
 * @param homes the newest first; never empty
 */
public record Digest(String userId, List<Property> homes) {

	public Digest {
		homes = List.copyOf(homes);
	}

}
