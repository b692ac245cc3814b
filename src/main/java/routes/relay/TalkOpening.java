package routes.relay;

import java.util.LinkedHashSet;
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
 * Finds the agent whom a visitor's words about a listing go to.
 */
@Component
public class TalkOpening {

	private final Talks talks;

	private final Contacts contacts;

	private final Platform platform;

	private final String defaultLanguage;

	public TalkOpening(Talks talks, Contacts contacts, Platform platform, HubProperties properties) {
		this.talks = talks;
		this.contacts = contacts;
		this.platform = platform;
		this.defaultLanguage = properties.language();
	}

	/**
	 * How the agent of a talk that goes on is reached.
	 * @param talk the talk
	 * @return the way, or that there is none
	 */
	TalkPlan goOn(Talk talk) {
		return this.contacts.reach(talk.agentId(), talk.phone())
			.filter(Reach::willing)
			.map((reach) -> new TalkPlan(talk, reach, null))
			.orElseGet(() -> TalkPlan.refused("relay.unreachable"));
	}

	/**
	 * A talk with the first of a listing's agents who can be reached.
	 * @param property the listing
	 * @param threadId the visitor's thread, null for one on WhatsApp
	 * @param seekerContactId the visitor's contact, null for one in the web chat
	 * @param visitorName how the visitor is called, empty for unknown
	 * @param visitorLanguage what the visitor is written in
	 * @return the talk that would begin, or that nobody can be reached
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	TalkPlan open(Property property, Long threadId, Long seekerContactId, String visitorName, String visitorLanguage) {
		for (String id : new LinkedHashSet<>(property.agentIds())) {
			Optional<PlatformUser> agent = this.platform.user(id);
			Optional<Reach> reach = agent.flatMap((user) -> this.contacts.reach(user.id(), user.phone()))
				.filter(Reach::willing);
			if (reach.isPresent()) {
				PlatformUser user = agent.get();
				String language = Texts.language(reach.get().language(), user.language(), this.defaultLanguage);
				Talk talk = new Talk(this.talks.reserve(), threadId, seekerContactId, visitorLanguage, property.id(),
						property.title(), visitorName, user.id(), (user.name() != null) ? user.name() : "", language,
						reach.get().contactId(), user.phone(), Talk.newToken(), null, true, false);
				return new TalkPlan(talk, reach.get(), null);
			}
		}
		return TalkPlan.refused("relay.unreachable");
	}

}
