package routes.listings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hub.channel.Text;
import hub.chat.Cards;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.platform.Property;
import hub.platform.PropertyChange;
import hub.platform.Written;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Lets agents change status, rent and description of their listings. All else is changed
 * on the website.
 */
@Component("propertyEdits")
public class PropertyEdits {

	private static final List<String> STATES = List.of(Property.AVAILABLE, Property.UNAVAILABLE, Property.RENTED);

	/** Takes the words that were asked about. */
	private static final String KEEP = "keep";

	private static final int SHORTEST_DESCRIPTION = 10;

	private static final int LONGEST_DESCRIPTION = 3000;

	/** Of words that are asked about. */
	private static final int LONGEST_QUOTE = 300;

	/** A rent so many times the former one may be a slip of the thumb. */
	private static final BigDecimal LEAP = BigDecimal.valueOf(4);

	private final Platform platform;

	private final AgentProperties properties;

	private final RentReader rents;

	private final Options options;

	private final Texts texts;

	public PropertyEdits(Platform platform, AgentProperties properties, RentReader rents, Options options,
			Texts texts) {
		this.platform = platform;
		this.properties = properties;
		this.rents = rents;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Offers what can be changed, asks for what it is to be, or takes what was chosen.
	 * @param turn the agent's turn
	 * @param property the listing
	 * @param objects the listing, perhaps a field, perhaps its new value
	 * @return what is to be changed, if that is clear
	 */
	public PropertyEdit choose(Turn turn, Property property, List<String> objects) {
		String field = (objects.size() > 1) ? objects.get(1) : "";
		String value = (objects.size() > 2) ? objects.get(2) : "";
		turn.leaveDialogue();
		switch (field) {
			case "status" -> {
				if (STATES.contains(value)) {
					return new PropertyEdit(PropertyChange.status(value));
				}
				askStatus(turn, property);
			}
			case "price" -> {
				if (value.matches("[1-9]\\d{0,12}")) {
					return new PropertyEdit(PropertyChange.price(new BigDecimal(value)));
				}
				turn.ask("listings-take-price", this.properties.data(property), Turn.PATIENCE);
				say(turn, property, "price",
						Cards.amount((property.price() != null) ? property.price() : BigDecimal.ZERO,
								property.currency(), turn.language()));
			}
			case "description" -> {
				String words = value.equals(KEEP) ? this.properties.words(turn, "listings-take-description", property)
						: null;
				if (words != null) {
					return new PropertyEdit(PropertyChange.description(words));
				}
				turn.ask("listings-take-description", this.properties.data(property), Turn.PATIENCE);
				say(turn, property, "description", "");
			}
			default -> offer(turn, property);
		}
		return new PropertyEdit(null);
	}

	private void offer(Turn turn, Property property) {
		List<Option> options = new ArrayList<>();
		for (String field : List.of("status", "price", "description")) {
			options.add(new Option("property_edit:" + property.id() + ":" + field,
					this.texts.say(turn.language(), "edit." + field)));
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "edit.offer", AgentProperties.title(property),
				this.properties.summary(turn, property)))
			.withOptions(options, null));
	}

	private void askStatus(Turn turn, Property property) {
		List<Option> options = new ArrayList<>();
		STATES.stream()
			.filter((status) -> !status.equals(property.status()))
			.forEach((status) -> options.add(new Option("property_edit:" + property.id() + ":status:" + status,
					this.properties.status(turn, status))));
		options.add(this.options.of(turn, "property_view:" + property.id()));
		turn.reply(
				OutboundMessage.text(this.texts.say(turn.language(), "edit.ask.status", AgentProperties.title(property),
						this.properties.status(turn, property.status())))
					.withOptions(options, null));
	}

	private void say(Turn turn, Property property, String field, String now) {
		turn.reply(OutboundMessage
			.text(this.texts.say(turn.language(), "edit.ask." + field, AgentProperties.title(property), now)));
	}

	/**
	 * Takes an agent's words for the new rent.
	 * @param turn the agent's turn
	 * @param property the listing
	 * @return what is to be changed, if the words are a rent and likely meant; null if
	 * there is no number in them and a visitor's question waits as well: then they are
	 * its answer rather, and the question about the rent goes on waiting
	 */
	public PropertyEdit takePrice(Turn turn, Property property) {
		Optional<BigDecimal> rent = this.rents.read(turn.message().text());
		if (rent.isEmpty() && turn.sender().isAsked() && turn.message().text().chars().noneMatch(Character::isDigit)) {
			return null;
		}
		if (rent.isEmpty()) {
			turn.ask("listings-take-price", this.properties.data(property), Turn.PATIENCE);
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "edit.no-price")));
			return new PropertyEdit(null);
		}
		turn.leaveDialogue();
		if (property.price() != null && isLeap(property.price(), rent.get())) {
			String confirm = "property_edit:" + property.id() + ":price:" + rent.get().toPlainString();
			turn.askConsent(confirm);
			turn.reply(OutboundMessage
				.text(this.texts.say(turn.language(), "edit.leap", AgentProperties.title(property),
						Cards.amount(property.price(), property.currency(), turn.language()),
						Cards.amount(rent.get(), property.currency(), turn.language())))
				.withOption(new Option(confirm, this.texts.say(turn.language(), "edit.leap-yes")))
				.withOption(new Option("property_edit:" + property.id() + ":price",
						this.texts.say(turn.language(), "edit.leap-no"))));
			return new PropertyEdit(null);
		}
		return new PropertyEdit(PropertyChange.price(rent.get()));
	}

	private static boolean isLeap(BigDecimal before, BigDecimal after) {
		return before.signum() > 0
				&& (after.compareTo(before.multiply(LEAP)) > 0 || before.compareTo(after.multiply(LEAP)) > 0);
	}

	/**
	 * Takes an agent's words for the new description.
	 * @param turn the agent's turn
	 * @param property the listing
	 * @return what is to be changed, if the words are a description
	 */
	public PropertyEdit takeDescription(Turn turn, Property property) {
		String text = Text.clean(turn.message().text()).strip();
		if (text.length() < SHORTEST_DESCRIPTION || text.length() > LONGEST_DESCRIPTION) {
			turn.ask("listings-take-description", this.properties.data(property), Turn.PATIENCE);
			turn.reply(OutboundMessage.text(
					this.texts.say(turn.language(), "edit.no-description", SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION)));
			return new PropertyEdit(null);
		}
		if (turn.sender().isAsked()) {
			// A visitor waits for an answer as well, and these words may be it
			turn.ask("listings-take-description", this.properties.data(property, text), Turn.PATIENCE);
			turn.reply(OutboundMessage
				.text(this.texts.say(turn.language(), "edit.sure", AgentProperties.title(property),
						Text.shorten(text, LONGEST_QUOTE)))
				.withOption(new Option("property_edit:" + property.id() + ":description:" + KEEP,
						this.texts.say(turn.language(), "edit.leap-yes")))
				.withOption(this.options.of(turn, "agent_inquiries")));
			return new PropertyEdit(null);
		}
		turn.leaveDialogue();
		return new PropertyEdit(PropertyChange.description(text));
	}

	/**
	 * Changes the listing at the platform, and tells what came of it.
	 * @param turn the agent's turn
	 * @param property the listing
	 * @param edit what is to be different
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public void save(Turn turn, Property property, PropertyEdit edit) {
		Written<Property> written = this.platform.updateProperty(property.id(), edit.change(), turn.key("edit"));
		String text;
		if (written.done()) {
			Property now = written.value();
			String key = (edit.change().description() != null) ? "edit.done-description" : "edit.done";
			text = this.texts.say(turn.language(), key, AgentProperties.title(now), this.properties.summary(turn, now));
		}
		else {
			text = this.texts.say(turn.language(),
					(written.refusal() == Written.Refusal.ABSENT) ? "own.unknown" : "edit.not-taken",
					AgentProperties.title(property));
		}
		this.options.reply(turn, text, "property_view:" + property.id(), "agent_properties", "main_menu");
	}

}
