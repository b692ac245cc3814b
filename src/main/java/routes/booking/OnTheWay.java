package routes.booking;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import hub.channel.Text;
import hub.contact.Role;
import hub.message.Location;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * What somebody needs on the way to an inspection: where it is, and the agent's number,
 * which is for those who take part in one.
 */
@Component("onTheWay")
public class OnTheWay {

	private static final int LONGEST_PLACE = 200;

	private static final int LONGEST_NAME = 60;

	private final Platform platform;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public OnTheWay(Platform platform, Shown shown, Options options, Texts texts) {
		this.platform = platform;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Shows where a home is: on the map, or else by an address that a map finds.
	 * @param turn the turn
	 * @param property the home, empty if it is no more
	 */
	public void direct(Turn turn, Optional<Property> property) {
		if (property.isEmpty()) {
			boolean seeker = turn.account().role() == Role.SEEKER;
			String text = this.texts.say(turn.language(), seeker ? "listing.gone" : "listing.gone-for-others");
			this.options.reply(turn, text, seeker ? "seeker_browse" : "main_menu");
			return;
		}
		Property home = property.get();
		this.shown.noteProperty(turn, home.id());
		String title = SlotOffers.title(home);
		String place = Text.plain((home.location() != null) ? home.location() : home.area(), LONGEST_PLACE);
		if (home.latitude() != null && home.longitude() != null) {
			turn.reply(OutboundMessage.text(title)
				.withLocation(new Location(home.latitude(), home.longitude(), title, place)));
			return;
		}
		String words = place.isEmpty() ? this.texts.say(turn.language(), "directions.unknown", title) : this.texts.say(
				turn.language(), "directions.link", title, place,
				"https://www.google.com/maps/search/?api=1&query=" + URLEncoder.encode(place, StandardCharsets.UTF_8));
		this.options.reply(turn, words, "main_menu");
	}

	/**
	 * Tells an agent's number to somebody who has an inspection with them.
	 * @param turn the turn
	 * @param found the person's inspections, empty if the platform knows no such person
	 * @param agentId the agent, null for the one of the inspection that is next
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public void call(Turn turn, Optional<List<Inspection>> found, String agentId) {
		boolean seeker = turn.account().role() == Role.SEEKER;
		String last = this.shown.inspection(turn, null);
		Optional<Inspection> common = found.orElse(List.of())
			.stream()
			.filter((inspection) -> !inspection.status().equals(Inspection.CANCELLED)
					&& inspection.agentContact() != null && inspection.agentId() != null)
			.filter((inspection) -> agentId == null || agentId.equals(inspection.agentId()))
			.min(Comparator.<Inspection, Boolean>comparing((inspection) -> !inspection.id().equals(last))
				.thenComparing((inspection) -> !inspection.open())
				.thenComparing(Inspection::scheduledDatetime));
		if (common.isEmpty()) {
			if (seeker) {
				this.options.reply(turn, this.texts.say(turn.language(), "call.not-booked"), "contact_agents",
						"seeker_bookings", "main_menu");
			}
			else {
				this.options.reply(turn, this.texts.say(turn.language(), "call.unknown"), "main_menu");
			}
			return;
		}
		Inspection inspection = common.get();
		String name = this.platform.user(inspection.agentId())
			.map(PlatformUser::name)
			.map((known) -> Text.plain(known, LONGEST_NAME))
			.orElse("");
		String title = Text.plain(inspection.propertyTitle(), SlotOffers.LONGEST_TITLE);
		String number = Text.plain(inspection.agentContact(), LONGEST_NAME);
		String text = name.isEmpty() ? this.texts.say(turn.language(), "call.number", title, number)
				: this.texts.say(turn.language(), "call.named-number", title, number, name);
		if (seeker) {
			this.options.reply(turn, text, "contact_agent:" + inspection.propertyId(), "seeker_bookings", "main_menu");
		}
		else {
			this.options.reply(turn, text, "main_menu");
		}
	}

}
