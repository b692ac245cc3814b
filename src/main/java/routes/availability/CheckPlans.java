package routes.availability;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.Reach;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Finds out whom a check is put to: the listing's agents who have a number, have not sent
 * STOP and are not refused by the provider.
 */
@Component("checkPlans")
public class CheckPlans {

	private final Platform platform;

	private final Contacts contacts;

	private final HubProperties properties;

	public CheckPlans(Platform platform, Contacts contacts, HubProperties properties) {
		this.platform = platform;
		this.contacts = contacts;
		this.properties = properties;
	}

	/**
	 * Plans the check that a caller of the API asks for.
	 * @param request the fields of the request
	 * @return whom it would be put to; nobody if no agent has a usable number
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public CheckPlan planRequest(Map<String, Object> request) {
		return plan(request.get("listing_id").toString());
	}

	/**
	 * Plans a check.
	 * @param listingId the listing
	 * @return whom it would be put to; nobody if no agent has a usable number
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public CheckPlan plan(String listingId) {
		Optional<Property> listing = this.platform.property(listingId);
		if (listing.isEmpty()) {
			return new CheckPlan(listingId, null, null, null, List.of());
		}
		Property known = listing.get();
		List<Agent> agents = new ArrayList<>();
		for (String id : new LinkedHashSet<>(known.agentIds())) {
			this.platform.user(id).flatMap((user) -> agent(user, known)).ifPresent(agents::add);
		}
		return new CheckPlan(known.id(), known.title(), known.currency(), known.rentPeriod(), agents);
	}

	private Optional<Agent> agent(PlatformUser user, Property listing) {
		return this.contacts.reach(user.id(), user.phone())
			.filter(Reach::willing)
			.map((reach) -> new Agent(user.id(), (user.name() != null) ? user.name() : "", user.phone(),
					Texts.language(reach.language(), user.language(), this.properties.language()),
					zone(user.timeZone(), listing.timeZone()), reach));
	}

	private String zone(String... wishes) {
		for (String wish : wishes) {
			try {
				if (wish != null) {
					return ZoneId.of(wish).getId();
				}
			}
			catch (DateTimeException ex) {
				// one that nobody knows is as good as none
			}
		}
		return this.properties.timeZone().getId();
	}

}
