package routes.listings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.Text;
import hub.chat.Cards;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.platform.Property;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * An agent's own listings. Whatever an agent does with one, it is looked up here first:
 * one of somebody else's is as unknown as one that is gone.
 */
@Component("agentProperties")
public class AgentProperties {

	private static final int PAGE = 5;

	/** Rows of a list that asks which one is meant (Meta: 10), one being the way out. */
	private static final int MOST_TO_CHOOSE = 9;

	private static final int LONGEST_TITLE = 80;

	private static final int LONGEST_DESCRIPTION = 600;

	private final Platform platform;

	private final Cards cards;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	private final ObjectMapper json;

	public AgentProperties(Platform platform, Cards cards, Shown shown, Options options, Texts texts,
			ObjectMapper json) {
		this.platform = platform;
		this.cards = cards;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
		this.json = json;
	}

	/**
	 * Finds the listing that an action is about: the one it names, else the one that was
	 * shown last, else the only one. Where that is none or unclear, the agent is
	 * answered.
	 * @param turn the agent's turn
	 * @param action the action, such as {@code property_edit}
	 * @param objects what it names, the listing first; may be empty
	 * @return the listing; null if the turn is answered
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Property find(Turn turn, String action, List<String> objects) {
		turn.leaveDialogue();
		String id = this.shown.property(turn, objects.isEmpty() ? null : objects.get(0));
		if (id != null) {
			Optional<Property> found = own(turn, id);
			if (found.isEmpty()) {
				refuse(turn);
			}
			return found.orElse(null);
		}
		return only(turn, action);
	}

	/**
	 * Lets the agent choose a listing for an action, if there are several.
	 * @param turn the agent's turn
	 * @param action the action, such as {@code property_schedule}
	 * @return the only listing; null if the turn is answered
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Property only(Turn turn, String action) {
		turn.leaveDialogue();
		List<Property> all = all(turn);
		if (all.size() == 1) {
			return all.get(0);
		}
		choose(turn, action, all);
		return null;
	}

	/**
	 * Finds the listing that a dialogue is about.
	 * @param turn the agent's turn, whose dialogue was begun with {@link #data}
	 * @return the listing; null if it is gone, and the turn is answered
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Property recall(Turn turn) {
		Optional<Property> found = own(turn, dialogueProperty(turn));
		if (found.isEmpty()) {
			refuse(turn);
		}
		return found.orElse(null);
	}

	private String dialogueProperty(Turn turn) {
		return remembered(turn).path("property").asText();
	}

	private JsonNode remembered(Turn turn) {
		try {
			return this.json.readTree(turn.sender().dialogue().data());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("What a dialogue remembers can't be read", ex);
		}
	}

	/**
	 * What a dialogue about a listing remembers together with words.
	 * @param property the listing
	 * @param words what was said
	 * @return JSON, as {@link #recall} and {@link #words} read it
	 */
	String data(Property property, String words) {
		return this.json.createObjectNode().put("property", property.id()).put("words", words).toString();
	}

	/**
	 * The words that a dialogue remembers.
	 * @param turn the agent's turn
	 * @param dialogue the dialogue
	 * @param property the listing that they are about
	 * @return the words; null if there are none any more, or they are about another one
	 */
	String words(Turn turn, String dialogue, Property property) {
		if (!turn.awaitsWords() || !turn.sender().dialogue().name().equals(dialogue)
				|| !dialogueProperty(turn).equals(property.id())) {
			return null;
		}
		return remembered(turn).path("words").asText(null);
	}

	/**
	 * What a dialogue about a listing remembers.
	 * @param property the listing
	 * @return JSON, as {@link #recall} reads it
	 */
	String data(Property property) {
		return this.json.createObjectNode().put("property", property.id()).toString();
	}

	private Optional<Property> own(Turn turn, String id) {
		return this.platform.property(id).filter((property) -> property.agentIds().contains(turn.account().userId()));
	}

	private List<Property> all(Turn turn) {
		return this.platform.propertiesOf(turn.account().userId()).orElse(List.of());
	}

	private void refuse(Turn turn) {
		turn.leaveDialogue();
		this.options.reply(turn, this.texts.say(turn.language(), "own.unknown"), "agent_properties", "main_menu");
	}

	private void choose(Turn turn, String action, List<Property> all) {
		if (all.isEmpty()) {
			none(turn);
			return;
		}
		List<Option> options = new ArrayList<>();
		all.stream().limit(MOST_TO_CHOOSE).forEach((property) -> options.add(row(turn, action, property)));
		options.add(this.options.of(turn, (all.size() > MOST_TO_CHOOSE) ? "agent_properties" : "main_menu"));
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "own.which"))
			.withOptions(options, this.texts.say(turn.language(), "options.open")));
	}

	private void none(Turn turn) {
		this.options.reply(turn, this.texts.say(turn.language(), "own.none"), "help", "main_menu");
	}

	/**
	 * Shows the agent's listings, five at a time.
	 * @param turn the agent's turn
	 * @param objects where to begin, counted from 0; empty for the beginning
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public void list(Turn turn, List<String> objects) {
		turn.leaveDialogue();
		List<Property> all = all(turn);
		if (all.isEmpty()) {
			none(turn);
			return;
		}
		int first = Math.min(begin(objects), (all.size() - 1) / PAGE * PAGE);
		List<Property> page = all.subList(first, Math.min(first + PAGE, all.size()));
		StringBuilder text = new StringBuilder(
				this.texts.say(turn.language(), "own.list", first + 1, first + page.size(), all.size()));
		page.forEach((property) -> text.append("\n\n*")
			.append(title(property))
			.append("*\n")
			.append(summary(turn, property)));
		List<Option> options = new ArrayList<>();
		page.forEach((property) -> options.add(row(turn, "property_view", property)));
		if (first + PAGE < all.size()) {
			options
				.add(new Option("agent_properties:" + (first + PAGE), this.texts.say(turn.language(), "options.more")));
		}
		options.add(this.options.of(turn, "agent_analytics"));
		options.add(this.options.of(turn, "main_menu"));
		this.shown.note(turn, Shown.Kind.PROPERTY, page.stream().map(Property::id).toList());
		turn.reply(OutboundMessage.text(text.toString())
			.withOptions(options, this.texts.say(turn.language(), "options.open")));
	}

	private static int begin(List<String> objects) {
		boolean named = !objects.isEmpty() && objects.get(0).matches("\\d{1,6}");
		return named ? Integer.parseInt(objects.get(0)) / PAGE * PAGE : 0;
	}

	/**
	 * Shows one of the agent's listings.
	 * @param turn the agent's turn
	 * @param property the listing
	 */
	public void show(Turn turn, Property property) {
		this.shown.noteProperty(turn, property.id());
		StringBuilder text = new StringBuilder("*").append(title(property)).append("*");
		if (!Text.isBlank(property.location())) {
			text.append('\n').append(Text.plain(property.location(), LONGEST_TITLE));
		}
		text.append('\n').append(summary(turn, property));
		if (property.bedrooms() != null && property.bathrooms() != null) {
			text.append('\n')
				.append(this.texts.say(turn.language(), "own.rooms", property.bedrooms(), property.bathrooms()));
		}
		if (!Text.isBlank(property.description())) {
			text.append("\n\n").append(Text.shorten(Text.clean(property.description()).strip(), LONGEST_DESCRIPTION));
		}
		OutboundMessage message = this.options.offer(turn, OutboundMessage.text(text.toString()),
				"property_edit:" + property.id(), "property_schedule:" + property.id(), "main_menu");
		turn.reply(property.images().isEmpty() ? message : message.withPicture(Media.image(property.images().get(0))));
	}

	private Option row(Turn turn, String action, Property property) {
		return new Option(action + ":" + property.id(), title(property), summary(turn, property));
	}

	/**
	 * Status and rent in one line.
	 * @param turn whose language counts
	 * @param property the listing
	 * @return such as {@code Available · ₦2,500,000 / year}
	 */
	String summary(Turn turn, Property property) {
		String status = status(turn, property.status());
		String price = this.cards.price(property, turn.language());
		return (price != null) ? status + " · " + price : status;
	}

	String status(Turn turn, String status) {
		String known = (status != null) ? this.texts.sayIfAny(turn.language(), "own.status." + status) : null;
		return (known != null) ? known : this.texts.say(turn.language(), "own.status.unavailable");
	}

	static String title(Property property) {
		return Text.plain(property.title(), LONGEST_TITLE);
	}

}
