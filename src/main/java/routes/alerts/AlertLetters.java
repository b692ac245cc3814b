package routes.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.chat.Cards;
import hub.contact.Addressee;
import hub.contact.Contacts;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.message.Validity;
import hub.platform.Property;
import hub.text.Texts;
import hub.turn.Outbox;

import org.springframework.stereotype.Component;

/**
 * Writes news of new homes: at most three in a message, and how many more there are.
 */
@Component("alertLetters")
public class AlertLetters {

	private static final int SHOWN = 3;

	private static final int LONGEST = 80;

	private final Contacts contacts;

	private final Cards cards;

	private final Texts texts;

	private final Outbox outbox;

	public AlertLetters(Contacts contacts, Cards cards, Texts texts, Outbox outbox) {
		this.contacts = contacts;
		this.cards = cards;
		this.texts = texts;
		this.outbox = outbox;
	}

	/**
	 * Writes a message for each seeker.
	 * @param digests what is new, null for nothing
	 * @return a letter for each
	 */
	public List<AlertLetter> write(List<Digest> digests) {
		if (digests == null) {
			return List.of();
		}
		Map<String, Addressee> seekers = this.contacts.linked(digests.stream().map(Digest::userId).toList());
		List<AlertLetter> letters = new ArrayList<>();
		for (Digest digest : digests) {
			Addressee seeker = seekers.get(digest.userId());
			boolean willing = seeker != null && seeker.reach().willing();
			letters.add(
					new AlertLetter(
							digest, willing
									? this.outbox.message(seeker.reach().contactId(), seeker.reach().identity(),
											message(digest, seeker), false, "alert-" + digest.homes().get(0).id())
									: null));
		}
		return letters;
	}

	private OutboundMessage message(Digest digest, Addressee seeker) {
		String language = seeker.language();
		List<Property> shown = digest.homes().subList(0, Math.min(SHOWN, digest.homes().size()));
		int more = digest.homes().size() - shown.size();
		String rest = (more > 0) ? this.texts.say(language, "alerts.more", more) : null;
		String name = Text.plain(seeker.firstName(), LONGEST);
		String homes = lines("\n\n", Stream.concat(shown.stream().map((home) -> home(home, language)), stream(rest)));
		String titles = lines(" · ",
				Stream.concat(shown.stream().map((home) -> Text.plain(home.title(), LONGEST)), stream(rest)));
		List<Option> options = List.of(new Option("seeker_browse", this.texts.say(language, "alerts.browse-all")),
				new Option("disable_alerts", this.texts.say(language, "action.disable_alerts.title")));
		return OutboundMessage.text(this.texts.say(language, "alerts.digest", name, homes))
			.withPicture(shown.get(0).images().stream().findFirst().map(Media::image).orElse(null))
			.withOptions(options, null)
			.withTemplate(new Template("new_listings", List.of(name, Integer.toString(digest.homes().size()), titles),
					options.stream().map(Option::id).toList()))
			.withLanguage(language)
			.withPriority(Priority.REMINDER)
			.withValidity(new Validity(null, about(digest.userId())));
	}

	/**
	 * What somebody's news are known by when they are taken back.
	 * @param userId the platform's id of the seeker
	 * @return the same for all news of this seeker
	 */
	static String about(String userId) {
		return "alerts-" + userId;
	}

	private String home(Property home, String language) {
		String rooms = (home.bedrooms() != null) ? this.texts.say(language, "alerts.bedrooms", home.bedrooms()) : null;
		return "*" + Text.plain(home.title(), LONGEST) + "*\n"
				+ lines(" · ", Stream.of(Text.plain((home.area() != null) ? home.area() : home.location(), LONGEST),
						this.cards.price(home, language), rooms));
	}

	private static Stream<String> stream(String line) {
		return (line != null) ? Stream.of(line) : Stream.empty();
	}

	private static String lines(String between, Stream<String> lines) {
		return lines.filter((line) -> !Text.isBlank(line)).collect(Collectors.joining(between));
	}

}
