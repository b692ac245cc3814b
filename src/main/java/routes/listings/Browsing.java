package routes.listings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hub.channel.WebLink;
import hub.contact.Preferences;
import hub.contact.Role;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformRefusedException;
import hub.platform.Property;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Shows seekers homes, a few at a time. Browsing begins with what they prefer; a filter
 * holds until they begin anew.
 */
@Component("browsing")
public class Browsing {

	private static final int PAGE = 3;

	/** Beside the one above the words. */
	private static final int MORE_PHOTOS = 4;

	private static final Logger log = LoggerFactory.getLogger(Browsing.class);

	private final Platform platform;

	private final Preferences preferences;

	private final Searches searches;

	private final SavedListings saved;

	private final ListingWords words;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public Browsing(Platform platform, Preferences preferences, Searches searches, SavedListings saved,
			ListingWords words, Shown shown, Options options, Texts texts) {
		this.platform = platform;
		this.preferences = preferences;
		this.searches = searches;
		this.saved = saved;
		this.words = words;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Begins with what the seeker prefers.
	 * @param turn the turn
	 * @return the search
	 */
	public SearchState begin(Turn turn) {
		turn.leaveDialogue();
		return SearchState.of(this.preferences.wishes(turn.account().userId()));
	}

	/**
	 * Begins anew with what is looked for now.
	 * @param turn the turn
	 * @return the search
	 */
	public SearchState again(Turn turn) {
		SearchState search = goOn(turn);
		return SearchState.of(search.wishes());
	}

	/**
	 * Goes on where the seeker is.
	 * @param turn the turn
	 * @return the search, perhaps one that has ended; one that begins if there is none
	 */
	public SearchState goOn(Turn turn) {
		turn.leaveDialogue();
		return this.searches.find(turn.contact().id()).orElseGet(() -> begin(turn));
	}

	/**
	 * Finds the next homes. A place in the list that the platform no longer knows is the
	 * beginning; what it does not take as something to look for, such as an area of no
	 * name, fits no home.
	 * @param search the search
	 * @return a page of them
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 * @throws PlatformRefusedException if it does not take a search for anything at all
	 */
	public Page<Property> find(SearchState search) {
		try {
			return this.platform.properties(search.filter(PAGE));
		}
		catch (PlatformRefusedException ex) {
			if (search.cursor() != null) {
				return find(SearchState.of(search.wishes()));
			}
			if (search.wishes().isAny()) {
				throw ex;
			}
			log.warn("The platform does not take what is looked for: {}", ex.getMessage());
			return new Page<>(List.of(), null);
		}
	}

	/**
	 * Shows homes, each with its photo, and what can be done next.
	 * @param turn the turn
	 * @param search the search
	 * @param page the homes
	 */
	public void show(Turn turn, SearchState search, Page<Property> page) {
		if (page.items().isEmpty()) {
			sayNothing(turn, search);
			return;
		}
		boolean last = page.nextCursor() == null;
		this.searches.keep(turn, new SearchState(search.wishes(), page.nextCursor(), last));
		this.shown.note(turn, Shown.Kind.PROPERTY, page.items().stream().map(Property::id).toList());
		List<OutboundMessage> homes = page.items().stream().map((home) -> home(turn, home)).toList();
		String summary = this.words.summary(search.wishes(), turn.language());
		String[] actions = last ? new String[] { "filter", "saved", "main_menu" }
				: new String[] { "browse_more", "filter", "main_menu" };
		boolean numbered = homes.stream().anyMatch((home) -> this.options.areNumbered(turn, home));
		String goOn = numbered ? "browse.choose" : "browse.next";
		String end = numbered ? "browse.choose-last" : "browse.last";
		OutboundMessage message = this.options.offer(turn,
				OutboundMessage.text(this.texts.say(turn.language(), last ? end : goOn, summary)), actions);
		if (numbered) {
			homes.forEach((home) -> turn.reply(home.withOptions(List.of(), null)));
			List<Option> choices = new ArrayList<>();
			page.items().forEach((home) -> choices.add(new Option("details:" + home.id(), this.words.title(home))));
			choices.addAll(message.options());
			turn.reply(message.withOptions(choices, message.optionsLabel()));
			return;
		}
		homes.forEach(turn::reply);
		turn.reply(message);
	}

	private OutboundMessage home(Turn turn, Property home) {
		OutboundMessage message = OutboundMessage.text(this.words.teaser(home, turn.language()))
			.withPicture(picture(home));
		return this.options.offer(turn, message, "book:" + home.id(), "save:" + home.id(), "details:" + home.id());
	}

	private static Media picture(Property home) {
		return pictures(home).stream().findFirst().map(Media::image).orElse(null);
	}

	private static List<String> pictures(Property home) {
		return home.images().stream().filter((image) -> WebLink.of(image) != null).toList();
	}

	private void sayNothing(Turn turn, SearchState search) {
		if (search.cursor() != null) {
			sayEnd(turn, search);
			return;
		}
		this.searches.keep(turn, new SearchState(search.wishes(), null, true));
		String text = search.wishes().isAny() ? this.texts.say(turn.language(), "browse.none") : this.texts
			.say(turn.language(), "browse.none-such", this.words.summary(search.wishes(), turn.language()));
		this.options.reply(turn, text, "filter", "enable_alerts", "main_menu");
	}

	/**
	 * Says that there are no more homes.
	 * @param turn the turn
	 * @param search the search, which has ended
	 */
	public void sayEnd(Turn turn, SearchState search) {
		this.searches.keep(turn, new SearchState(search.wishes(), search.cursor(), true));
		String text = this.texts.say(turn.language(), "browse.end",
				this.words.summary(search.wishes(), turn.language()));
		this.options.reply(turn, text, "filter", "seeker_browse", "main_menu");
	}

	/**
	 * Shows all about a home: its photos, then words and what can be done with it.
	 * @param turn the turn
	 * @param id the home
	 * @param property the home, empty if it is no more
	 */
	public void details(Turn turn, String id, Optional<Property> property) {
		turn.leaveDialogue();
		if (property.isEmpty()) {
			gone(turn, id);
			return;
		}
		Property home = property.get();
		this.shown.noteProperty(turn, home.id());
		List<String> pictures = pictures(home);
		int count = Math.min(pictures.size(), 1 + MORE_PHOTOS);
		for (int n = 1; n < count; n++) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "listing.photo", n + 1, count))
				.withPicture(Media.image(pictures.get(n))));
		}
		String save = this.saved.isSaved(turn, home.id()) ? "unsave:" : "save:";
		OutboundMessage message = OutboundMessage.text(this.words.details(home, turn.language()))
			.withPicture(picture(home));
		if (!home.available()) {
			String text = message.text() + "\n\n" + this.texts.say(turn.language(), "listing.not-available");
			turn.reply(this.options.offer(turn, OutboundMessage.text(text).withPicture(message.picture()),
					"seeker_browse", save + home.id(), "main_menu"));
			return;
		}
		turn.reply(
				this.options.offer(turn, message, "book:" + home.id(), save + home.id(), "contact_agent:" + home.id()));
	}

	/**
	 * Says that a home is no longer on the platform, and forgets it where it was saved.
	 * @param turn the turn
	 * @param id the home
	 */
	public void gone(Turn turn, String id) {
		this.saved.forget(turn, id);
		this.options.reply(turn, this.texts.say(turn.language(), "listing.gone"), "seeker_browse", "saved",
				"main_menu");
	}

	/**
	 * Asks which home a choice is about: of those that were shown last.
	 * @param turn the turn of a seeker, an agent or an inspector
	 * @param action the choice's action, such as {@code property_details}
	 */
	public void choose(Turn turn, String action) {
		turn.leaveDialogue();
		List<Option> homes = new ArrayList<>();
		for (String id : this.shown.last(turn, Shown.Kind.PROPERTY)) {
			this.platform.property(id)
				.ifPresent((home) -> homes.add(new Option(action + ":" + home.id(), this.words.title(home),
						this.words.kind(home.rentType(), turn.language()))));
		}
		if (homes.isEmpty()) {
			if (turn.account().role() == Role.SEEKER) {
				this.options.reply(turn, this.texts.say(turn.language(), "listing.choose-first"), "seeker_browse",
						"saved", "main_menu");
			}
			else {
				this.options.reply(turn, this.texts.say(turn.language(), "listing.choose-first-for-others"),
						"main_menu");
			}
			return;
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "listing.which"))
			.withOptions(homes, this.texts.say(turn.language(), "listing.which-open")));
	}

}
