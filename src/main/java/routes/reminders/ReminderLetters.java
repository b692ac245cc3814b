package routes.reminders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import hub.channel.Text;
import hub.contact.Addressee;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.message.Validity;
import hub.platform.Inspection;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Outbox;

import org.springframework.stereotype.Component;

/**
 * Writes reminders. Text and approved template say the same values in the same order;
 * which of the two goes out is decided when it is sent.
 */
@Component("reminderLetters")
public class ReminderLetters {

	private static final int LONGEST = 120;

	private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

	private final Texts texts;

	private final Moments moments;

	private final Outbox outbox;

	public ReminderLetters(Texts texts, Moments moments, Outbox outbox) {
		this.texts = texts;
		this.moments = moments;
		this.outbox = outbox;
	}

	/**
	 * Writes a page of reminders of one name.
	 * @param checked what the platform says of them
	 * @param text the text's key
	 * @param template the name of the approved template
	 * @param values what is put into the text's {@code {0}}, {@code {1}}, … and into the
	 * template's parameters, separated by commas: {@code name} (of whom it is for),
	 * {@code home}, {@code place}, {@code time}, {@code agent} (how to reach the agent),
	 * {@code seeker} (who comes), {@code booking}
	 * @param options what can be chosen, separated by commas: ids of actions, with what
	 * they are about behind a colon: {@code home}, {@code agent} or {@code booking}
	 * @return a letter for each
	 */
	public List<ReminderLetter> write(Reminders.Checked checked, String text, String template, String values,
			String options) {
		List<ReminderLetter> letters = new ArrayList<>();
		for (DueReminder reminder : checked.standing()) {
			Addressee addressee = checked.addressees().get(reminder.userId());
			if (addressee == null || !addressee.reach().willing()) {
				letters.add(new ReminderLetter(reminder, null));
				continue;
			}
			OutboundMessage message = message(reminder, addressee, text, template, values, options);
			letters.add(new ReminderLetter(reminder,
					this.outbox.message(addressee.reach().contactId(), addressee.reach().identity(), message, false,
							"reminder-" + reminder.name() + "-" + reminder.viewing().id())));
		}
		return letters;
	}

	private OutboundMessage message(DueReminder reminder, Addressee addressee, String text, String template,
			String values, String options) {
		String language = addressee.language();
		String[] said = COMMA.splitAsStream(values)
			.map((value) -> value(reminder.viewing(), addressee, value))
			.map((value) -> Text.isBlank(value) ? this.texts.say(language, "reminders.unknown") : value)
			.toArray(String[]::new);
		List<Option> offered = new ArrayList<>();
		List<String> payloads = new ArrayList<>();
		COMMA.splitAsStream(options).forEach((option) -> {
			String action = option.split(":", 2)[0];
			Optional<String> object = object(reminder.viewing().inspection(), option);
			payloads.add(object.map((id) -> action + ":" + id).orElse(action));
			if (object.isPresent() || !option.contains(":")) {
				offered.add(new Option(payloads.get(payloads.size() - 1),
						this.texts.say(language, "action." + action + ".title"),
						this.texts.sayIfAny(language, "action." + action + ".description")));
			}
		});
		return OutboundMessage.text(this.texts.say(language, text, (Object[]) said))
			.withOptions(offered, this.texts.say(language, "menu.open"))
			.withTemplate(new Template(template, Arrays.asList(said), payloads))
			.withLanguage(language)
			.withPriority(Priority.REMINDER)
			.withValidity(new Validity(reminder.viewing().inspection().scheduledDatetime(), reminder.about()));
	}

	private String value(Viewing viewing, Addressee addressee, String name) {
		Inspection inspection = viewing.inspection();
		return switch (name) {
			case "name" -> Text.plain(addressee.firstName(), LONGEST);
			case "home" -> Text.plain(inspection.propertyTitle(), LONGEST);
			case "place" -> Text.plain(inspection.location(), LONGEST);
			case "time" -> Moments.say(inspection.scheduledDatetime(), this.moments.zone(viewing.timeZone()),
					addressee.language());
			case "agent" -> Text.plain(inspection.agentContact(), LONGEST);
			case "seeker" -> Text.plain(viewing.seekerName(), LONGEST);
			case "booking" -> inspection.id();
			default -> throw new IllegalArgumentException("A reminder knows no value '" + name + "'");
		};
	}

	private static Optional<String> object(Inspection inspection, String option) {
		String[] parts = option.split(":", 2);
		if (parts.length == 1) {
			return Optional.empty();
		}
		return Optional.ofNullable(switch (parts[1]) {
			case "home" -> inspection.propertyId();
			case "agent" -> inspection.agentId();
			case "booking" -> inspection.id();
			default -> throw new IllegalArgumentException("A reminder is not about a '" + parts[1] + "'");
		});
	}

}
