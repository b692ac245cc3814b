package routes.broadcasts;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import hub.contact.Role;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.Property;
import hub.platform.PropertyFilter;

import org.springframework.stereotype.Component;

/**
 * Who offers homes in a part of town. The platform knows it, by its listings.
 */
@Component("areaAgents")
public class AreaAgents {

	private static final int PAGE = 100;

	/** No part of town has more; a platform whose cursors go in circles must end. */
	private static final int MOST_PAGES = 500;

	private final Platform platform;

	public AreaAgents(Platform platform) {
		this.platform = platform;
	}

	/**
	 * Finds the agents of a broadcast's area.
	 * @param wish the broadcast
	 * @return the platform's ids of those who have a listing there, whatever its status;
	 * empty if the broadcast is for no area, or for no agents
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public List<String> find(BroadcastWish wish) {
		Audience audience = wish.audience();
		if (audience.area() == null || (audience.role() != null && !audience.role().equals(Role.AGENT.key()))) {
			return List.of();
		}
		Set<String> agents = new TreeSet<>();
		String cursor = null;
		int pages = 0;
		do {
			if (++pages > MOST_PAGES) {
				throw new IllegalStateException("The platform's list of listings has no end");
			}
			Page<Property> page = this.platform.properties(
					new PropertyFilter(null, null, audience.area(), null, null, null, null, null, PAGE, cursor));
			page.items()
				.stream()
				.filter((home) -> audience.area().equalsIgnoreCase(home.area()))
				.forEach((home) -> agents.addAll(home.agentIds()));
			cursor = page.nextCursor();
		}
		while (cursor != null);
		return List.copyOf(agents);
	}

}
