package routes.menu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.contact.Role;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.text.Consent;
import hub.text.SearchWords;
import hub.text.Texts;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Shows menus and reads what was chosen from them.
 */
@Component("menus")
public class Menus {

	/** A greeting must leave room for what it is about. */
	private static final int LONGEST_NAME = 60;

	private static final Logger log = LoggerFactory.getLogger(Menus.class);

	/** Between the names that an action has beside its title. */
	private static final Pattern OR = Pattern.compile("\\|");

	private static final Pattern EDGES = Pattern.compile("^[\\s*]+|[\\s*.!?,;…]+$");

	private final MenuCatalog catalog;

	private final Texts texts;

	/** The actions that go by a name, in any language. */
	private final Map<String, List<String>> named = new HashMap<>();

	public Menus(MenuCatalog catalog, Texts texts) {
		this.catalog = catalog;
		this.texts = texts;
		for (String language : Texts.LANGUAGES) {
			catalog.actions()
				.keySet()
				.stream()
				.sorted()
				.forEach((id) -> names(language, id)
					.forEach((name) -> this.named.computeIfAbsent(name, (any) -> new ArrayList<>()).add(id)));
		}
	}

	private Stream<String> names(String language, String id) {
		return Stream.of("title", "words")
			.map((kind) -> this.texts.sayIfAny(language, "action." + id + "." + kind))
			.filter((text) -> text != null)
			.flatMap(OR::splitAsStream)
			.map(Menus::bare);
	}

	private static String bare(String words) {
		return EDGES.matcher(SearchWords.fold(words)).replaceAll("");
	}

	/**
	 * Reads words that are an action's name, such as what is on its button. They mean
	 * what a tap would: not everybody taps.
	 * @param turn the turn
	 * @return the action's id; null if the words name none that this person may choose
	 */
	public String named(Turn turn) {
		return this.named.getOrDefault(bare(turn.message().text()), List.of())
			.stream()
			.filter((id) -> this.catalog.action(id)
				.filter((action) -> action.route() != null && action.allows(role(turn)))
				.isPresent())
			.findFirst()
			.orElse(null);
	}

	/**
	 * Reads what was chosen. A token that is not ours, or not for this person, does
	 * nothing.
	 * @param turn the turn of a tap, or of words that name an action
	 * @return the action, or why it is refused
	 */
	public ChosenAction choose(Turn turn) {
		return chosen(turn, (turn.message().choice() != null) ? turn.message().choice() : named(turn));
	}

	/**
	 * Reads yes or no in answer to the question that waits for it.
	 * @param turn the turn
	 * @return what was agreed to; null for no
	 */
	public ChosenAction consent(Turn turn) {
		String token = turn.sender().dialogue().data();
		turn.leaveDialogue();
		return Consent.read(turn.message().text()).orElse(false) ? chosen(turn, token) : null;
	}

	/**
	 * Answers a no.
	 * @param turn the turn
	 */
	public void decline(Turn turn) {
		show(turn, menuOf(turn), this.texts.say(turn.language(), "consent.no"));
	}

	private ChosenAction chosen(Turn turn, String chosen) {
		ActionToken token = ActionToken.parse(chosen);
		Optional<MenuCatalog.Definition> definition = this.catalog.action(token.action());
		Role role = role(turn);
		if (definition.isEmpty()) {
			return new ChosenAction(token.action(), token.objects(), null, "action.unknown");
		}
		if (!definition.get().allows(role)) {
			return new ChosenAction(token.action(), token.objects(), null,
					(role == null) ? "action.link-first" : "action.not-for-you");
		}
		if (definition.get().route() == null) {
			log.warn("The action {} was chosen, but nobody has built it", token.action());
			return new ChosenAction(token.action(), token.objects(), null, "action.unbuilt");
		}
		return new ChosenAction(token.action(), token.objects(), definition.get().route(), null);
	}

	/**
	 * Answers a choice that can't be done, with a way on.
	 * @param turn the turn
	 * @param action the refused choice
	 */
	public void refuse(Turn turn, ChosenAction action) {
		show(turn, menuOf(turn), this.texts.say(turn.language(), action.refusal()));
	}

	/**
	 * Greets somebody who has just linked, with the menu of their role, or with the one
	 * that their role has for this.
	 * @param turn the turn
	 */
	public void welcome(Turn turn) {
		String role = turn.account().role().key();
		String first = role + "_welcome";
		show(turn, this.catalog.menus().containsKey(first) ? first : role,
				this.texts.say(turn.language(), "welcome." + role, name(turn)));
	}

	/**
	 * Shows the menu of the person's role.
	 * @param turn the turn
	 */
	public void main(Turn turn) {
		turn.leaveDialogue();
		String menu = menuOf(turn);
		show(turn, menu,
				this.texts.say(turn.language(), "menu." + menu + ".text", turn.contact().linked() ? name(turn) : ""));
	}

	/**
	 * Says what the person can do, with the menu of help.
	 * @param turn the turn
	 */
	public void help(Turn turn) {
		String who = menuOf(turn);
		show(turn, turn.contact().linked() ? "help" : "guest_help", this.texts.say(turn.language(), "help." + who));
	}

	/**
	 * Offers the languages, or takes the chosen one.
	 * @param turn the turn
	 * @param action the choice, whose object is the language; none to offer them
	 */
	public void language(Turn turn, ChosenAction action) {
		if (action.objects().isEmpty() || !Texts.LANGUAGES.contains(action.objects().get(0))) {
			List<Option> options = new ArrayList<>();
			for (String language : Texts.LANGUAGES) {
				options.add(new Option("language:" + language, this.texts.say(language, "language.name")));
			}
			options.add(option(turn, "main_menu"));
			turn.reply(
					OutboundMessage.text(this.texts.say(turn.language(), "language.ask")).withOptions(options, null));
			return;
		}
		String language = action.objects().get(0);
		turn.change((database) -> database.statement("turn/choose-language")
			.param("contact_id", turn.contact().id())
			.param("language", language)
			.update());
		turn.speak(language);
		show(turn, menuOf(turn), this.texts.say(language, "language.done"));
	}

	private void show(Turn turn, String menu, String text) {
		List<Option> options = this.catalog.items(menu).stream().map((id) -> option(turn, id)).toList();
		turn.reply(OutboundMessage.text(text).withOptions(options, this.texts.say(turn.language(), "menu.open")));
	}

	private Option option(Turn turn, String id) {
		return new Option(id, this.texts.say(turn.language(), "action." + id + ".title"),
				this.texts.sayIfAny(turn.language(), "action." + id + ".description"));
	}

	private static Role role(Turn turn) {
		return turn.contact().linked() ? turn.account().role() : null;
	}

	private static String name(Turn turn) {
		return Text.plain(turn.account().firstName(), LONGEST_NAME);
	}

	private static String menuOf(Turn turn) {
		return turn.contact().linked() ? turn.account().role().key() : "guest";
	}

}
