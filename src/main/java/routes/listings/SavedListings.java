package routes.listings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import hub.channel.Text;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Property;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * The homes that seekers keep. They belong to the account.
 */
@Component("savedListings")
public class SavedListings {

	/** The rows of one list (Meta: 10), one of which goes on. */
	private static final int PAGE = 9;

	private static final int LONGEST_TITLE = 80;

	private final Database database;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public SavedListings(Database database, Shown shown, Options options, Texts texts) {
		this.database = database;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Whether a seeker keeps a home.
	 * @param turn the seeker's turn
	 * @param id the home
	 * @return true if so
	 */
	boolean isSaved(Turn turn, String id) {
		return this.database.statement("listings/is-saved")
			.param("user_id", turn.account().userId())
			.param("property_id", id)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Keeps a home.
	 * @param turn the seeker's turn
	 * @param property the home
	 */
	public void save(Turn turn, Optional<Property> property) {
		Property home = property.orElseThrow();
		String key = isSaved(turn, home.id()) ? "saved.already" : "saved.done";
		turn.change((database) -> database.statement("listings/save-listing")
			.param("user_id", turn.account().userId())
			.param("property_id", home.id())
			.param("title", Text.plain(home.title(), LONGEST_TITLE))
			.param("at", Database.time(turn.now()))
			.update());
		this.shown.noteProperty(turn, home.id());
		this.options.reply(turn, this.texts.say(turn.language(), key, Text.plain(home.title(), LONGEST_TITLE)),
				"booking_slots:" + home.id(), "property_details:" + home.id(), "saved");
	}

	/**
	 * Keeps a home no longer.
	 * @param turn the seeker's turn
	 * @param id the home
	 */
	public void unsave(Turn turn, String id) {
		forget(turn, id);
		this.options.reply(turn, this.texts.say(turn.language(), "saved.removed"), "saved", "seeker_browse",
				"main_menu");
	}

	/**
	 * Forgets a home without a word.
	 * @param turn the seeker's turn
	 * @param id the home
	 */
	void forget(Turn turn, String id) {
		turn.change((database) -> database.statement("listings/drop-saved")
			.param("user_id", turn.account().userId())
			.param("property_id", id)
			.update());
	}

	/**
	 * Lists what a seeker keeps, the latest first.
	 * @param turn the seeker's turn
	 * @param object how many come before, null for none
	 */
	public void list(Turn turn, String object) {
		turn.leaveDialogue();
		int skip = (object != null && object.matches("\\d{1,6}")) ? Integer.parseInt(object) : 0;
		List<Option> homes = new ArrayList<>(this.database.statement("listings/list-saved")
			.param("user_id", turn.account().userId())
			.param("most", PAGE + 1)
			.param("skip", skip)
			.query((row, n) -> new Option("details:" + row.getString("property_id"), row.getString("title")))
			.list());
		if (homes.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "saved.none"), "seeker_browse", "main_menu");
			return;
		}
		String titles = homes.stream().limit(PAGE).map((home) -> "• " + home.title()).collect(Collectors.joining("\n"));
		boolean more = homes.size() > PAGE;
		List<Option> page = new ArrayList<>(homes.subList(0, Math.min(PAGE, homes.size())));
		this.shown.note(turn, Shown.Kind.PROPERTY,
				page.stream().map((home) -> home.id().substring("details:".length())).toList());
		page.add(more ? new Option("saved:" + (skip + PAGE), this.texts.say(turn.language(), "options.more"))
				: this.options.of(turn, "seeker_browse"));
		String text = this.texts.say(turn.language(), "saved.list");
		OutboundMessage message = OutboundMessage.text(text)
			.withOptions(page, this.texts.say(turn.language(), "listing.which-open"));
		// a row's or a button's title is cut, a numbered line is not
		turn.reply(this.options.areNumbered(turn, message) ? message : OutboundMessage.text(text + "\n\n" + titles)
			.withOptions(page, this.texts.say(turn.language(), "listing.which-open")));
	}

}
