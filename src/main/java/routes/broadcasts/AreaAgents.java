package routes.broadcasts;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import hub.contact.Role;
import hub.platform.Cursors;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.Property;
import hub.platform.PropertyFilter;

import org.springframework.stereotype.Component;

/**
 * Who offers homes in a part of town. The platform knows it, by its listings.
 */
@Component("areaAgents")
public class AreaAgents {

	private static final int PAGE = 100;

	/** No part of town has more. */
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
	 * @throws PlatformUnavailableException if the platform can't be asked, or its list
	 * has no end
	 */
	public List<String> find(BroadcastWish wish) {
		Audience audience = wish.audience();
		if (audience.area() == null || (audience.role() != null && !audience.role().equals(Role.AGENT.key()))) {
			return List.of();
		}
		Set<String> agents = new TreeSet<>();
		Cursors cursors = new Cursors(MOST_PAGES);
		Page<Property> page;
		do {
			page = this.platform.properties(new PropertyFilter(null, null, audience.area(), null, null, null, null,
					null, PAGE, cursors.next()));
			page.items()
				.stream()
				.filter((home) -> audience.area().equalsIgnoreCase(home.area()))
				.forEach((home) -> agents.addAll(home.agentIds()));
		}
		while (cursors.follow(page));
		if (cursors.isLost()) {
			throw new PlatformUnavailableException(
					"The platform's list of a part of town goes in circles, or does not end", null);
		}
		return List.copyOf(agents);
	}

}
